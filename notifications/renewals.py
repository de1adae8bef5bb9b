"""« Recevoir un nouveau lien »: mailed to whoever has opinions to give, and answered alike to everybody else."""

from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from cases import seat_links
from cases.forms.opinions import RenewalForm
from cases.views.links import lapsed
from notifications.outbox import tell
from workflow.models import User

TEMPLATE = "lien_avis"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request: HttpRequest) -> HttpResponse:
    """GET asks for an address, POST mails it its link; the answer never says whether anybody is known there."""
    if request.method != "POST":
        return lapsed(request, status=200)
    form = RenewalForm(request.POST)
    if not form.is_valid():
        return lapsed(request, form, status=422)
    mail(form.cleaned_data["email"], timezone.now())
    return lapsed(request, sent=True, status=200)


def mail(address: str, at: datetime) -> None:
    """One mail an hour at most, because anybody may ask for anybody."""
    person = User.objects.filter(email__iexact=address, is_active=True).first()
    dossier = seat_links.led_to(person) if person else None
    if dossier is not None:
        tell(person, TEMPLATE, reason=f"{TEMPLATE}|{at:%H}", at=at, subject=dossier)

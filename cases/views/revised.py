"""The budget of an action made smaller, beside the one that was asked for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.hanging import pages_of
from cases.revised import revision_of
from cases.sight import sight
from cases.words import Audience


@require_safe
def dossier_revised(request: HttpRequest, uuid) -> HttpResponse:
    """Its holder and the team read every financier; a financier reads its own, the others as one sum."""
    dossier = get_object_or_404(pages_of(request.user), uuid=uuid)
    seen = sight(dossier, by=request.user, at=timezone.now())
    if not seen.reads_revisions:
        raise Http404
    own = {one.line.pk for one in seen.lines} if seen.audience == Audience.FINANCIER else None
    revision = revision_of(dossier, own=own)
    if revision is None:
        raise Http404
    return render(request, "cases/revised.html", {"dossier": dossier, "seen": seen, "revision": revision})

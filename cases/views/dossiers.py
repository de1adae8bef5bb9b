"""One dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.hanging import pages_of
from cases.sight import sight
from cases.words import Audience

PAGES = {Audience.HOLDER: "cases/holder_dossier.html"}
"""Whose page is their own; all others share one."""


@require_safe
def dossier_detail(request: HttpRequest, uuid) -> HttpResponse:
    """One dossier as this person sees it."""
    dossier = get_object_or_404(pages_of(request.user), uuid=uuid)
    seen = sight(dossier, by=request.user, at=timezone.now())
    page = PAGES.get(seen.audience, "cases/dossier_detail.html")
    return render(request, page, {"dossier": dossier, "seen": seen})

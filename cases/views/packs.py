"""The elected members' pack: which committees they prepare, and what they read of each; nothing is written here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases.models import Committee
from cases.packs import pack
from cases.sitting import nearest_first
from workflow.calendar import paris_day


@require_safe
def pack_list(request: HttpRequest) -> HttpResponse:
    """The committees to come, the nearest first, then those that have sat."""
    on = paris_day(timezone.now())
    known = Committee.objects.read_by(request.user)
    committees = nearest_first(known, on)
    return render(request, "cases/packs.html", {"committees": committees})


@require_safe
def committee_pack(request: HttpRequest, uuid) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.read_by(request.user), uuid=uuid)
    return render(request, "cases/committee_pack.html", {"committee": committee, "pack": pack(committee)})

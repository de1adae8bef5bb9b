"""The list of dossiers, and one dossier."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from cases.forms.filters import DossierFilters
from cases.models import Dossier
from cases.sight import sight
from cases.tables import DossierTable, Pages

PER_PAGE = 50


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """What this person may see, filtered by the address alone."""
    visible = Dossier.objects.visible_to(request.user)
    filters = DossierFilters(request.GET, user=request.user, dossiers=visible)
    table = DossierTable(filters.kept(visible).for_list(request.user), audience=filters.audience)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(Pages, per_page=PER_PAGE, page=request.GET.get("page"))
    return render(request, "cases/dossier_list.html", {"table": table, "filters": filters})


@require_safe
def dossier_detail(request: HttpRequest, uuid) -> HttpResponse:
    """One dossier as this person sees it."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
    seen = sight(dossier, by=request.user, at=timezone.now())
    return render(request, "cases/dossier_detail.html", {"dossier": dossier, "seen": seen})

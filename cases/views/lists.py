"""The list of dossiers: filtered by the address alone, kept as views, taken away as a table."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import RequestConfig

from cases import by_orientation, exports, saved_views, words
from cases.bulk import ACTIONS
from cases.forms.filters import DossierFilters
from cases.forms.saved_views import SavedViewForm
from cases.models import Dossier, SavedView
from cases.tables import DossierTable, Pages

PER_PAGE = 50
EVERYTHING = saved_views.EVERYTHING
LONGEST = 500
CHANGES = {
    "first": (saved_views.open_first, words.VIEW_MOVED),
    "later": (saved_views.open_last, words.VIEW_MOVED),
    "alone": (saved_views.stop_sharing, words.VIEW_ALONE),
    "forget": (saved_views.forget, words.VIEW_FORGOTTEN),
}


@require_safe
def dossier_list(request: HttpRequest) -> HttpResponse:
    """What this person may see; the bare address opens their first view where they chose one."""
    filters = DossierFilters(request.GET, user=request.user)
    views = saved_views.views_of(request.user) if filters.is_team else []
    first = saved_views.first_of(views, request.user)
    if first and not request.META["QUERY_STRING"]:
        return redirect(saved_views.address_of(first))
    return _shown(request, filters, views)


@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Give a name to what the list shows now."""
    filters = DossierFilters(QueryDict(request.POST.get("query", "")[:LONGEST]), user=request.user)
    if not filters.is_team:
        raise Http404
    form = _keeping(request, filters, request.POST)
    if not form.is_valid():
        back = f"{reverse('dossier-list')}?{filters.address or EVERYTHING}"
        return render(request, "cases/saved_view.html", {"form": form, "back": back}, status=422)
    view = saved_views.keep(request.user, form.facts(), opens_first=form.cleaned_data["opens_first"])
    messages.success(request, words.view_kept(view.name))
    return redirect(saved_views.address_of(view))


@require_POST
def change_view(request: HttpRequest, uuid) -> HttpResponse:
    """Open first, stop sharing or forget one of one's own views."""
    view = get_object_or_404(SavedView.objects.owned_by(request.user), uuid=uuid)
    change, thanks = CHANGES.get(request.POST.get("change", ""), (None, ""))
    if change is None:
        return HttpResponse(words.NO_SUCH_ACTION, status=422)
    change(view)
    messages.success(request, thanks)
    return redirect(saved_views.address_of(view))


@require_safe
def dossier_export(request: HttpRequest, kind: str, table: str = "dossiers") -> HttpResponse:
    """What the filters show, as a workbook or as plain text; never a contact, never a live formula."""
    filters = DossierFilters(request.GET, user=request.user)
    if table in exports.OF_TEAM and not filters.is_team:
        raise Http404
    kept = filters.kept(Dossier.objects.visible_to(request.user))
    write, content_type = exports.WRITERS[table, kind]
    content = write(kept, user=request.user, audience=filters.audience)
    name = f"{table}-{timezone.localdate():%Y-%m-%d}.{kind}"
    told = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=told)


@require_safe
def programming_by_orientation(request: HttpRequest) -> HttpResponse:
    """What the filters keep, priority by priority; for the team and the committee."""
    if not by_orientation.is_read_by(request.user):
        raise Http404
    filters = DossierFilters(request.GET, user=request.user)
    shares = by_orientation.shares_of(filters.kept(Dossier.objects.visible_to(request.user)), request.user)
    context = {"shares": shares, "total": by_orientation.total(shares), "here": filters.address}
    return render(request, "cases/by_orientation.html", context)


def _shown(request: HttpRequest, filters: DossierFilters, views) -> HttpResponse:
    kept = filters.kept(Dossier.objects.visible_to(request.user)).for_list(request.user)
    table = DossierTable(kept, audience=filters.audience)
    RequestConfig(request, paginate=False).configure(table)
    table.paginate(Pages, per_page=PER_PAGE, page=request.GET.get("page"))
    context = {"table": table, "filters": filters, "here": filters.address, "views": views}
    if filters.is_team:
        context["form"] = _keeping(request, filters)
        context["actions"] = [(action.name, action.label) for action in ACTIONS]
    return render(request, "cases/dossier_list.html", context)


def _keeping(request: HttpRequest, filters: DossierFilters, data=None) -> SavedViewForm:
    return SavedViewForm(
        data, owner=request.user, cycles=filters.team_cycles, initial={"query": filters.address}
    )

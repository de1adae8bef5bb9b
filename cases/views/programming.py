"""The programming of a call: its table, on which the team proposes amounts and the others read."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import amounts, programming, programming_sight
from cases import programming_words as words
from cases.forms.programming import ProgrammingFilters
from workflow.models import Cycle


@require_safe
def programming_list(request: HttpRequest) -> HttpResponse:
    """The calls whose programming one reads; one alone is opened at once."""
    calls = list(programming_sight.calls_of(request.user))
    if len(calls) == 1:
        return redirect("programming-table", calls[0].code)
    return render(request, "cases/programmings.html", {"calls": calls})


class TableView(View):
    """GET shows a page of the table; POST keeps the amounts that were changed, each by itself."""

    template = "cases/programming.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        self.find(**kwargs)
        if request.method == "POST" and not self.sight.of_team:
            return render(request, "403.html", status=403)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if not amounts.is_whole(request.POST):
            return self.shown(problem=words.PAGE_INCOMPLETE, status=422)
        only = request.htmx.trigger_name or "" if request.htmx else ""
        cells = amounts.read(request.POST, only)
        self.keep(cells)
        return self.live(cells) if request.htmx else self.answered(cells)

    def answered(self, cells: list[amounts.Typed]) -> HttpResponse:
        left = [cell for cell in cells if cell.error]
        if left:
            return self.shown(typed=cells, problem=self.why(left), status=409 if is_stale(left) else 422)
        messages.success(self.request, words.amounts_kept(len(cells)) if cells else words.NOTHING_CHANGED)
        return redirect(self.request.get_full_path())

    def live(self, cells: list[amounts.Typed]) -> HttpResponse:
        """What moves on the page when one amount does: its cell, its dossier, the sums of its group and its column."""
        context = self.context({cell.line: cell for cell in cells})
        context["cells"] = cells
        return render(self.request, "cases/programming_live.html", context, status=200)

    def why(self, left: list[amounts.Typed]) -> str:
        return words.amounts_left(len(left)) if self.sight.writes else left[0].error

    def shown(self, *, typed=(), problem: str = "", status: int = 200) -> HttpResponse:
        context = self.context({cell.line: cell for cell in typed}) | {"problem": problem}
        return render(self.request, self.template, context, status=status)

    def context(self, typed: dict[int, amounts.Typed]) -> dict[str, Any]:
        filters = ProgrammingFilters(self.request.GET, cycle=self.cycle)
        table = programming.table(self.cycle, filters, page=self.page, scenario=self.scenario)
        return {"cycle": self.cycle, "sight": self.sight, "filters": filters, "table": table, "typed": typed}

    @property
    def page(self) -> int:
        asked = self.request.GET.get("page", "")
        return int(asked) if asked.isdecimal() and len(asked) < 7 else 1

    # What a subclass says

    cycle: Cycle
    sight: programming_sight.Sight
    scenario = None

    def find(self, **kwargs) -> None:
        raise NotImplementedError

    def keep(self, cells: list[amounts.Typed]) -> None:
        raise NotImplementedError


class ProgrammingView(TableView):
    """The team's own proposals."""

    def find(self, code: str) -> None:
        self.cycle = get_object_or_404(programming_sight.calls_of(self.request.user), code=code)
        self.sight = programming_sight.sight_of(self.cycle, self.request.user)

    def keep(self, cells: list[amounts.Typed]) -> None:
        amounts.keep(self.cycle, cells, by=self.request.user, at=self.at)


def is_stale(cells: list[amounts.Typed]) -> bool:
    return any(cell.stale for cell in cells)

"""Scenarios: the list, the table of one, a cut spread over it, two or three side by side, and one applied."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from cases import amounts, comparing, exported_scenarios, scenarios
from cases import programming_sight as sight
from cases import programming_words as words
from cases.bulk import chosen
from cases.exports import XLSX
from cases.forms.scenarios import ApplyForm, BeginForm, RenameForm
from cases.models import Scenario
from cases.programming_states import ScenarioMove, ScenarioState
from cases.tables import ROW
from cases.views.editing import VersionedPage
from cases.views.moves import status_of
from cases.views.programming import TableView, is_stale
from workflow import engine
from workflow.refusal import Refused

CHANGES = (ScenarioMove.SET_ASIDE, ScenarioMove.TAKE_UP)


def _call_of(request: HttpRequest, code: str):
    """The call, for its team; nobody else knows that scenarios exist."""
    cycle = get_object_or_404(sight.calls_of(request.user), code=code)
    if not sight.sight_of(cycle, request.user).of_team:
        raise Http404
    return cycle


def _scenario(request: HttpRequest, uuid) -> Scenario:
    return get_object_or_404(Scenario.objects.visible_to(request.user).for_pages(), uuid=uuid)


def _refused(request: HttpRequest, scenario: Scenario, refused: Refused) -> HttpResponse:
    context = {"cycle": scenario.cycle, "problem": str(refused), "scenario": scenario}
    return render(request, "cases/programming_refused.html", context, status=status_of(refused.codes))


class ScenariosView(View):
    """GET lists them; POST begins one."""

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.cycle = _call_of(request, code)
        return super().dispatch(request, code)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.shown(BeginForm(cycle=self.cycle))

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = BeginForm(request.POST, cycle=self.cycle)
        if not form.is_valid():
            return self.shown(form, status=422)
        name, copied = form.cleaned_data["name"], form.cleaned_data["copied"]
        scenario, new = scenarios.begin(self.cycle, name, copied, by=request.user, at=timezone.now())
        messages.success(request, words.SCENARIO_BEGUN if new else words.SCENARIO_THERE)
        return redirect("scenario", scenario.uuid)

    def shown(self, form: BeginForm, *, status: int = 200) -> HttpResponse:
        known = list(Scenario.objects.of_cycle(self.cycle.pk))
        context = {
            "cycle": self.cycle,
            "form": form,
            "at_work": [one for one in known if one.state == ScenarioState.OPEN],
            "aside": [one for one in known if one.state != ScenarioState.OPEN],
        }
        return render(self.request, "cases/scenarios.html", context, status=status)


class RenameView(VersionedPage):
    """GET shows its name; POST gives it another."""

    template, saved = "cases/scenario_rename.html", words.SCENARIO_RENAMED

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.subject = _scenario(request, uuid)
        return super().dispatch(request)

    def form(self, data=None) -> RenameForm:
        return RenameForm(self.subject, data)

    def save(self, form: RenameForm) -> None:
        name, version = form.cleaned_data["name"], form.cleaned_data["version"]
        scenarios.rename(self.subject, name, by=self.request.user, at=self.at, version=version)

    def beside(self, form: RenameForm) -> dict[str, Any]:
        return {"scenario": self.subject}

    def onward(self) -> str:
        return reverse("scenario", args=[self.subject.uuid])


class ScenarioView(TableView):
    """The same table as the programming's, as the scenario supposes it: what is typed here moves nothing elsewhere."""

    template = "cases/scenario.html"

    def find(self, uuid) -> None:
        self.scenario = _scenario(self.request, uuid)
        self.cycle = self.scenario.cycle
        seen = sight.sight_of(self.cycle, self.request.user)
        self.sight = sight.of_scenario(seen, self.scenario)

    def keep(self, cells: list[amounts.Typed]) -> None:
        scenarios.keep(self.scenario, cells, by=self.request.user, at=self.at)

    def context(self, typed: dict[int, amounts.Typed]) -> dict[str, Any]:
        return super().context(typed) | {"scenario": self.scenario, "supposed": {}}


class SupposedView(ScenarioView):
    """POST keeps what the scenario supposes of envelopes."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        if not amounts.is_whole(request.POST):
            return self.shown(problem=words.PAGE_INCOMPLETE, status=422)
        cells = amounts.read(request.POST, kind=amounts.CEILING)
        scenarios.suppose(self.scenario, cells, by=request.user, at=self.at)
        left = [cell for cell in cells if cell.error]
        if left:
            self.supposed = {cell.line: cell for cell in cells}
            return self.shown(problem=self.why(left), status=409 if is_stale(left) else 422)
        messages.success(request, words.SCENARIO_SAVED if cells else words.NOTHING_CHANGED)
        return redirect("scenario", self.scenario.uuid)

    supposed: dict[int, amounts.Typed] = {}

    def context(self, typed: dict[int, amounts.Typed]) -> dict[str, Any]:
        return super().context(typed) | {"supposed": self.supposed}


@require_POST
def scenario_spread(request: HttpRequest, uuid) -> HttpResponse:
    """Lower one envelope's open lines in proportion until they hold in what the scenario supposes."""
    scenario, asked = _scenario(request, uuid), request.POST.get("envelope", "")
    if not asked.isdecimal() or len(asked) > 18:
        return HttpResponse(words.NO_SUCH_ACTION, status=422)
    try:
        many = scenarios.spread(scenario, int(asked), by=request.user, at=timezone.now())
    except Refused as refused:
        return _refused(request, scenario, refused)
    messages.success(request, words.shared_out(many) if many else words.NOTHING_TO_SHARE)
    return redirect("scenario", scenario.uuid)


@require_POST
def scenario_move(request: HttpRequest, uuid, move: str) -> HttpResponse:
    """Set aside, or take up again."""
    scenario, version = _scenario(request, uuid), request.POST.get("version", "")
    if move not in CHANGES:
        raise Http404
    if not version.isdecimal() or len(version) > 9:
        return HttpResponse(words.PAGE_INCOMPLETE, status=422)
    try:
        engine.fire(scenario, move, by=request.user, at=timezone.now(), version=int(version))
    except Refused as refused:
        return _refused(request, scenario, refused)
    messages.success(request, words.scenario_moved(move))
    return redirect("scenarios", scenario.cycle.code)


def _compared(request: HttpRequest, cycle) -> comparing.Comparison | None:
    """Those that the address names; None, and why is said, where they are too few or too many."""
    named = list(chosen(f"{uuid}:0" for uuid in request.GET.getlist("s")))
    found = list(Scenario.objects.of_cycle(cycle.pk).named(named))
    if comparing.FEWEST <= len(found) <= comparing.MOST:
        return comparing.compare(cycle, found)
    messages.warning(request, words.CHOOSE_TWO)
    return None


@require_safe
def scenario_compare(request: HttpRequest, code: str) -> HttpResponse:
    """Two or three, beside what the team proposes."""
    cycle = _call_of(request, code)
    comparison = _compared(request, cycle)
    if comparison is None:
        return redirect("scenarios", cycle.code)
    context = {"cycle": cycle, "comparison": comparison}
    return render(request, "cases/scenario_compare.html", context)


@require_safe
def scenario_book(request: HttpRequest, code: str) -> HttpResponse:
    """The same comparison, taken away."""
    cycle = _call_of(request, code)
    comparison = _compared(request, cycle)
    if comparison is None:
        return redirect("scenarios", cycle.code)
    told = {"Content-Disposition": f'attachment; filename="scenarios-{cycle.code}.xlsx"'}
    return HttpResponse(exported_scenarios.as_workbook(comparison), content_type=XLSX, headers=told)


class ApplyView(View):
    """GET shows each proposal that would change, and those that somebody changed meanwhile; POST applies the chosen."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.scenario, self.at = _scenario(request, uuid), timezone.now()
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(ApplyForm(initial={"version": self.scenario.version}))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        sent = [*request.POST.get("fresh", "").split(), *request.POST.getlist(ROW)]
        form, rows = ApplyForm(request.POST), chosen(sent, most=scenarios.AT_ONCE)
        if not form.is_valid() or not rows:
            return self.shown(form, problem=words.TICK_ONE, status=422)
        version = form.cleaned_data["version"]
        try:
            fates = scenarios.apply(self.scenario, rows, by=request.user, at=self.at, version=version)
        except Refused as refused:
            form.renew(Scenario.objects.get(pk=self.scenario.pk).version)
            return self.shown(form, problem=str(refused), status=status_of(refused.codes))
        return self.done(fates)

    def done(self, fates: list[scenarios.Fate] | None) -> HttpResponse:
        if fates is None:
            messages.success(self.request, words.ALREADY_APPLIED)
            return redirect("scenario", self.scenario.uuid)
        many = sum(one.outcome.passes for one in fates)
        context = {"scenario": self.scenario, "fates": fates, "told": words.applied(many), "many": many}
        return render(self.request, "cases/scenario_applied.html", context)

    def shown(self, form: ApplyForm, *, problem: str = "", status: int = 200) -> HttpResponse:
        seen = sight.sight_of(self.scenario.cycle, self.request.user)
        context = {"scenario": self.scenario, "form": form, "problem": problem, "sight": seen}
        found = scenarios.differences(self.scenario)
        context["fresh"] = [one for one in found if not one.is_stale]
        context["stale"] = [one for one in found if one.is_stale]
        return render(self.request, "cases/scenario_apply.html", context, status=status)

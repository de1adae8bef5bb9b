"""Committees: the list, and the table on which one is written down, dossier by dossier."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import committee_words, sitting, words
from cases.board import Row, board
from cases.forms.committees import DeferralForm, RowForm, versions_of
from cases.models import Committee, Dossier
from cases.states import DossierMove
from cases.views.committee_pages import CommitteePage
from cases.views.moves import status_of
from workflow import engine, roles
from workflow.calendar import paris_day
from workflow.refusal import Refused
from workflow.roles import Role


@require_safe
def committee_list(request: HttpRequest) -> HttpResponse:
    """The committees of one's cycles: those to come, the nearest first, then those that have sat."""
    on = paris_day(timezone.now())
    known = list(Committee.objects.visible_to(request.user).with_counts())
    waiting = sitting.waiting_for(known)
    for one in known:
        one.waiting = waiting[one.pk]
    committees = sitting.nearest_first(known, on)
    writes = Role.COORDINATOR in roles.roles_of(request.user)
    return render(request, "cases/committees.html", {"committees": committees, "writes": writes})


@require_safe
def dossier_committee(request: HttpRequest, uuid) -> HttpResponse:
    """From a dossier to its place on a committee's table; the list where none is planned or may be followed."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), uuid=uuid)
    committee = sitting.committee_of(dossier, request.user, paris_day(timezone.now()))
    if committee is None:
        return redirect("committee-list")
    table = reverse("committee-detail", args=[committee.uuid])
    return redirect(f"{table}#dossier-{dossier.reference}")


class CommitteeView(CommitteePage):
    """GET shows the table; POST notes the words of one dossier, decides it, defers it, or settles all ready ones."""

    def prepare(self) -> None:
        self.results: list[sitting.Result] = []
        self.spread()

    def spread(self) -> None:
        """Lay the dossiers on the table as they are now."""
        self.board = board(sitting.tabled(self.committee, self.request.user), self.committee.cycle)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown()

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if request.POST.get("action") == "decide-ready":
            return self.decide_ready()
        row = self.board.row_of(request.POST.get("dossier", ""))
        if row is None:
            return self.left_the_table(request.POST.get("dossier", ""))
        actions = {"note": self.note, "decide": self.decide, "defer": self.defer, "resume": self.resume}
        actions |= {"propose": self.propose, "undecide": self.undecide}
        act = actions.get(request.POST.get("action", ""))
        return act(row) if act else self.shown(problem=words.CHOOSE_AN_ACTION, status=422)

    # What may be done

    def propose(self, row: Row) -> HttpResponse:
        """Fill in what the financiers proposed; it is read again, then noted or decided."""
        RowForm(row, self.request.POST).show()
        for cell in row.cells:
            cell.errors.clear()
            cell.propose()
        row.proposed = True
        return self.shown()

    def note(self, row: Row) -> HttpResponse:
        return self.noted(row) or self.back_to(row, words.LINES_NOTED)

    def decide(self, row: Row) -> HttpResponse:
        problem = self.noted(row)
        if problem:
            return problem
        versions = versions_of([row], self.request.POST)
        [result] = sitting.decide([row], self.committee, versions, by=self.request.user, at=self.at)
        if result.refusals:
            return self.refused(row, result.refusals)
        return self.back_to(row, words.decided(row.dossier.reference), gone=True)

    def decide_ready(self) -> HttpResponse:
        """Only those that were ready on the page too: a dossier completed since was not read as it is."""
        asked = versions_of(self.board.ready, self.request.POST)
        rows = [row for row in self.board.ready if row.dossier.pk in asked]
        if not rows:
            return self.shown(problem=words.NONE_READY, status=422)
        self.results = sitting.decide(rows, self.committee, asked, by=self.request.user, at=self.at)
        self.spread()
        return self.shown()

    def defer(self, row: Row) -> HttpResponse:
        form = DeferralForm(self.request.POST)
        if not form.is_valid():
            row.errors += [f"{form.fields[name].label} : {said[0]}" for name, said in form.errors.items()]
            return self.shown(status=422)
        facts = form.facts | {"committee": self.committee.pk}
        return self.moved(row, DossierMove.DEFER, facts, words.DEFERRED)

    def resume(self, row: Row) -> HttpResponse:
        return self.moved(row, DossierMove.RESUME, {}, words.RESUMED)

    def undecide(self, row: Row) -> HttpResponse:
        facts = {"reason": self.request.POST.get("reason", "").strip()}
        return self.moved(row, DossierMove.UNDECIDE, facts, committee_words.DECISION_TAKEN_BACK)

    # What is said

    def left_the_table(self, uuid: str) -> HttpResponse:
        """The same click twice is no mistake; a dossier that somebody else took away is one."""
        if any(str(one.dossier.uuid) == uuid for one in self.committee.passages.for_pages()):
            messages.success(self.request, words.already(DossierMove.DECIDE.label))
            return redirect(self.request.path)
        return self.shown(problem=words.LEFT_THE_TABLE, status=422)

    def noted(self, row: Row) -> HttpResponse | None:
        """Write the financiers' words; the page again, with what was typed, where one could not be."""
        form = RowForm(row, self.request.POST)
        if not form.is_valid():
            form.show()
            return self.shown(status=422)
        refused = sitting.note(form, by=self.request.user, at=self.at)
        if not refused:
            return None
        self.spread()
        fresh = RowForm(self.board.row_of(str(row.dossier.uuid)) or row, self.request.POST)
        fresh.show()
        sitting.explain(fresh.cells, refused)
        return self.shown(status=status_of([one.code for refusals in refused.values() for one in refusals]))

    def moved(self, row: Row, move: str, facts: dict, told: str) -> HttpResponse:
        version = versions_of([row], self.request.POST).get(row.dossier.pk)
        try:
            engine.fire(row.dossier, move, by=self.request.user, at=self.at, version=version, facts=facts)
        except Refused as refused:
            return self.refused(row, refused.refusals)
        return self.back_to(row, told)

    def refused(self, row: Row, refusals) -> HttpResponse:
        self.spread()
        there = self.board.row_of(str(row.dossier.uuid)) or row
        there.errors += [refusal.sentence for refusal in refusals]
        return self.shown(status=status_of([refusal.code for refusal in refusals]))

    def back_to(self, row: Row, told: str, *, gone: bool = False) -> HttpResponse:
        messages.success(self.request, told)
        anchor = "" if gone else f"#dossier-{row.dossier.reference}"
        return redirect(f"{self.request.path}{anchor}")

    def shown(self, *, problem: str = "", status: int = 200) -> HttpResponse:
        context = self.shared | {
            "board": self.board,
            "decided": self.committee.passages.that_decided().for_pages(),
            "results": self.results,
            "problem": problem,
        }
        return render(self.request, "cases/committee.html", context, status=status)

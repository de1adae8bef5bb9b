"""The projected page: one point of the agenda on the screen, noted by a key or a click, with or without JavaScript."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from cases import committee_words as told
from cases import projection, words
from cases.board import Board, Row
from cases.forms.agenda_items import ConclusionForm
from cases.forms.committees import RowForm, whole
from cases.models import Attendee
from cases.states import ItemMove
from cases.views.committees import CommitteeView
from cases.views.moves import status_of
from workflow import engine
from workflow.refusal import Refused


class SittingView(CommitteeView):
    """The committee's table, a page at a time: `?n=3` is the third point, nothing the cover."""

    def spread(self) -> None:
        number = whole(self.request.GET.get("n")) or 0
        self.slide = projection.slide(self.committee, number, proposing=self.request.method == "GET")
        self.board = self.slide.board or Board([], [])

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        """A screen that only looks asks again and again: it is told « nothing new » in no words at all."""
        if request.GET.get("seen") == self.slide.seen:
            return HttpResponse(status=204)
        return self.shown()

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        actions = {"ask-list": self.ask_list, "settle": self.settle, "conclude": self.conclude}
        act = actions.get(request.POST.get("action", ""))
        if act:
            return act()
        row = self.board.row_of(request.POST.get("dossier", ""))
        if row is not None and request.POST.get("action") == "ask":
            return self.ask(row)
        return super().post(request, uuid)

    # One dossier

    def ask(self, row: Row) -> HttpResponse:
        """What would be recorded, said before it is."""
        form = RowForm(row, self.request.POST)
        valid = form.is_valid()
        form.take() if valid else form.show()
        return self.shown(confirming=valid, status=200 if valid else 422)

    # A consent list

    def ask_list(self) -> HttpResponse:
        projection.propose(self.slide.open_rows)
        return self.shown(confirming=True)

    def settle(self) -> HttpResponse:
        """Only what stands as the page showed it: a dossier that changed since is read again first."""
        projection.propose(self.slide.open_rows)
        agreed = self.slide.agreed
        rows = [
            row
            for row in agreed
            if self.request.POST.get(f"seen-{row.dossier.pk}") == projection.seen_of([row])
        ]
        if not rows:
            return self.shown(problem=words.NONE_READY, status=422)
        self.results = projection.settle(rows, self.committee, by=self.request.user, at=self.at)
        settled = sum(not one.refusals for one in self.results)
        if settled == len(agreed):
            messages.success(self.request, told.settled(settled))
            return redirect(self.here)
        self.spread()
        projection.propose(self.slide.open_rows)
        return self.shown()

    # What is official

    def conclude(self) -> HttpResponse:
        form = ConclusionForm(self.request.POST)
        if self.slide.point is None or not form.is_valid():
            return self.shown(problem=words.CHOOSE_AN_ACTION, status=422)
        facts = {"conclusion": form.cleaned_data["conclusion"]}
        version, item = form.cleaned_data["version"], self.slide.point.item
        try:
            engine.fire(
                item, ItemMove.CONCLUDE, by=self.request.user, at=self.at, version=version, facts=facts
            )
        except Refused as refused:
            self.spread()
            said = form.cleaned_data["conclusion"]
            return self.shown(problem=str(refused), status=status_of(refused.codes), typed=said)
        messages.success(self.request, told.ITEM_CONCLUDED)
        return redirect(self.here)

    # What is said

    @property
    def here(self) -> str:
        return f"{self.request.path}?{urlencode({'n': self.slide.number})}"

    def back_to(self, row: Row, told: str, *, gone: bool = False) -> HttpResponse:
        messages.success(self.request, told)
        return redirect(self.here)

    def shown(
        self, *, problem: str = "", status: int = 200, confirming: bool = False, typed: str = ""
    ) -> HttpResponse:
        context: dict[str, Any] = self.shared | {
            "slide": self.slide,
            "confirming": confirming,
            "results": self.results,
            "problem": problem,
            "typed": typed,
            "expected": Attendee.objects.of(self.committee).with_goals() if not self.slide.number else (),
        }
        return render(self.request, "cases/committee_sitting.html", context, status=status)

"""« Adapter l'action »: what changes and its budget, then before and after on one page, then it is done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from cases.fitting import fitting_of
from cases.forms.adapting import AdaptForm
from cases.models import FundingLine
from cases.views.moves import MoveView, status_of
from workflow import engine

SUMS, AGAIN = "sums", "again"
"""The names of the buttons that add up again, and that go back from before and after."""


class AdaptView(MoveView):
    """Nothing is final before its holder has read what is typed beside what stands."""

    model = FundingLine
    template = "cases/adapt.html"

    def post(self, request: HttpRequest, line: FundingLine, move: str) -> HttpResponse:
        """A form that is stale, or that was read over as it is, goes to the door."""
        form = self.form(line, move, request.POST)
        if SUMS in request.POST or AGAIN in request.POST:
            return self.shown(line, move, self.unsent(line, move, form))
        if not form.is_valid():
            return self.shown(line, move, form, status=422)
        if form.cleaned_data["version"] != line.version or form.is_confirmed:
            return super().post(request, line, move)
        return self.before_and_after(line, move, form)

    def unsent(self, line: FundingLine, move: str, typed: AdaptForm) -> AdaptForm:
        """What was typed, with its sums: nothing is kept, and nothing is wrong yet."""
        form = self.form(line, move)
        form.initial |= {name: typed[name].value() for name in form.fields}
        return form

    def before_and_after(self, line: FundingLine, move: str, form: AdaptForm) -> HttpResponse:
        refusals = engine.refusals(line, move, by=self.request.user, at=self.at, facts=form.facts)
        if refusals:
            form.refuse(refusals)
            return self.shown(line, move, form, status=status_of([one.code for one in refusals]))
        context = {"dossier": line.dossier, "line": line, "move": self.model.moves(move), "form": form}
        context |= {"fitting": fitting_of(line, form.facts["budget"]), "back": self.back(line)}
        moved = form.was_confirmed
        return render(
            self.request, "cases/adapt_confirm.html", context | {"moved": moved}, status=409 if moved else 200
        )

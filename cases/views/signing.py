"""The programming as a whole: open to its readers or not, signed off, opened again, and on paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import programming_sight as sight
from cases import programming_words as words
from cases import signing
from cases.chronicle import story_of
from cases.forms.signing import ReopeningForm, SharingForm, SignatureForm
from cases.models import SignedProgramming
from cases.programming_sheet import sheet_of
from cases.programming_states import ProgrammingMove
from cases.views.editing import FormPage
from cases.views.moves import status_of
from workflow import engine
from workflow.refusal import Refused

FIRST = 1
"""The version of a programming that was just opened: what a page shows of one that is not there yet."""


class WholeView(View):
    """What only the coordination does; 404 for whoever may not know of the programming, 403 for its other readers."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.cycle = get_object_or_404(sight.calls_of(request.user), code=code)
        self.sight = sight.sight_of(self.cycle, request.user)
        if not self.sight.coordinates:
            return render(request, "403.html", status=403)
        return super().dispatch(request, code)

    def back(self, told: str) -> HttpResponse:
        messages.success(self.request, told)
        return redirect("programming-table", self.cycle.code)


class SharingView(WholeView):
    """POST opens the table to financiers and committee, or closes it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = SharingForm(request.POST)
        if not form.is_valid():
            return self.said(words.NOTHING_CHOSEN, 422)
        shared, version = form.cleaned_data["shared"], form.cleaned_data["version"]
        try:
            done = sight.share(
                self.sight, self.cycle, shared=shared, by=request.user, at=self.at, version=version
            )
        except Refused as refused:
            return self.said(str(refused), status_of(refused.codes))
        told = words.OPENED_TO_FINANCIERS if shared else words.CLOSED_TO_FINANCIERS
        return self.back(told if done else words.ALREADY_SO)

    def said(self, problem: str, status: int) -> HttpResponse:
        context = {"cycle": self.cycle, "problem": problem, "scenario": None}
        return render(self.request, "cases/programming_refused.html", context, status=status)


class SignView(WholeView):
    """GET shows what would be signed and what forbids it; POST signs the very table that was shown."""

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        table = signing.table_of(self.cycle.pk)
        initial = {"version": self.sight.version, "seen": table.digest}
        return self.shown(SignatureForm(cycle=self.cycle, initial=initial), table)

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = SignatureForm(request.POST, cycle=self.cycle)
        if not form.is_valid():
            return self.shown(form, signing.table_of(self.cycle.pk), status=422)
        try:
            self.sign(form)
        except Refused as refused:
            return self.refused(form, refused)
        return self.back(words.SIGNED_OFF)

    def sign(self, form: SignatureForm) -> None:
        by, version = self.request.user, form.cleaned_data["version"]
        programming = sight.opened(self.sight, self.cycle, by=by, at=self.at)
        move = ProgrammingMove.SIGN_OFF
        engine.fire(programming, move, by=by, at=self.at, version=version or FIRST, facts=form.facts)

    def refused(self, form: SignatureForm, refused: Refused) -> HttpResponse:
        table = signing.table_of(self.cycle.pk)
        form.refuse(refused.refusals)
        if "stale" in refused.codes:
            self.sight = sight.now(self.cycle, self.request.user)
            form.renew(self.sight.version, table.digest)
        return self.shown(form, table, status=status_of(refused.codes))

    def shown(self, form: SignatureForm, table: signing.Table, *, status: int = 200) -> HttpResponse:
        context = {
            "cycle": self.cycle,
            "sight": self.sight,
            "form": form,
            "table": table,
            "ballot": signing.ballot_of(self.cycle.pk),
        }
        return render(self.request, "cases/programming_sign.html", context, status=status)


class ReopenView(WholeView, FormPage):
    """GET asks why; POST opens the programming again, what was signed staying as it was."""

    template, saved = "cases/programming_reopen.html", words.REOPENED

    def form(self, data=None) -> ReopeningForm:
        return ReopeningForm(data, initial={"version": self.sight.version})

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        there = self.sight.programming is not None
        return super().post(request, code) if there else self.shown(self.form(request.POST), status=422)

    def save(self, form: ReopeningForm) -> None:
        version, facts = form.cleaned_data["version"], {"reason": form.cleaned_data["reason"]}
        programming, move = self.sight.programming, ProgrammingMove.REOPEN
        engine.fire(programming, move, by=self.request.user, at=self.at, version=version, facts=facts)

    def refused(self, form: ReopeningForm, refused: Refused) -> HttpResponse:
        form.renew(self.sight.programming.version)
        return super().refused(form, refused)

    def beside(self, form: ReopeningForm) -> dict[str, Any]:
        return {"cycle": self.cycle, "sight": self.sight}

    def onward(self) -> str:
        return reverse("programming-table", args=[self.cycle.code])


@require_safe
def programming_story(request: HttpRequest, code: str) -> HttpResponse:
    """Each table that was signed; for the team also who opened, signed and opened again, and why."""
    cycle = get_object_or_404(sight.calls_of(request.user), code=code)
    seen = sight.sight_of(cycle, request.user)
    told = story_of(seen.programming, request.user) if seen.of_team and seen.programming else []
    signed = SignedProgramming.objects.of_cycle(cycle.pk).without_content()
    context = {"cycle": cycle, "sight": seen, "signed": signed, "story": told}
    return render(request, "cases/programming_story.html", context)


@require_safe
def programming_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The table as it is now, whole, on A4 landscape."""
    cycle = get_object_or_404(sight.calls_of(request.user), code=code)
    return _on_paper(request, cycle, signing.table_of(cycle.pk), signed=None)


@require_safe
def programming_signed(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A table as it was signed; nothing that happened since shows in it."""
    cycle = get_object_or_404(sight.calls_of(request.user), code=code)
    signed = get_object_or_404(SignedProgramming.objects.of_cycle(cycle.pk), number=number)
    return _on_paper(request, cycle, signing.read(signed.content), signed=signed)


def _on_paper(request: HttpRequest, cycle, table: signing.Table, *, signed) -> HttpResponse:
    context = {"cycle": cycle, "sheet": sheet_of(table), "signed": signed, "at": timezone.now()}
    return render(request, "cases/programming_sheet.html", context)

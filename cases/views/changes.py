"""What changes after the answer: a page per dossier to ask, and each request with its answer."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import after_words, changes
from cases.change_life import UNDER_WAY
from cases.forms.changes import AskChangeForm
from cases.models import Change, Dossier
from cases.sight import works_on
from cases.states import ChangeMove
from cases.views.moves import MoveView, status_of
from workflow import engine
from workflow.refusal import Refused


class ChangesView(View):
    """All that was asked of one dossier, newest first, and the form by which one asks."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.at = timezone.now()
        self.dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        if not works_on(Change, self.dossier, by=request.user, at=self.at):
            raise Http404
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(AskChangeForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = AskChangeForm(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            changes.ask(self.dossier, form.facts(), by=request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status=status_of(refused.codes))
        messages.success(request, after_words.CHANGE_ASKED)
        return redirect("changes", self.dossier.uuid)

    def shown(self, form: AskChangeForm, status: int = 200) -> HttpResponse:
        rows = list(Change.objects.on_dossier(self.dossier))
        for one in rows:
            one.dossier = self.dossier
        context = {
            "dossier": self.dossier,
            "form": form,
            "asks": self.dossier.state in UNDER_WAY,
            "changes": [(one, changes.subjects_of(one), self.moves(one)) for one in rows],
        }
        return render(self.request, "cases/changes.html", context, status=status)

    def moves(self, change: Change) -> list[ChangeMove]:
        return [ChangeMove(name) for name in engine.available(change, by=self.request.user, at=self.at)]


class ChangeMoveView(MoveView):
    """One answer, with what was asked beside it."""

    model, template = Change, "cases/change_move.html"

    def more(self, subject) -> dict[str, Any]:
        return {"line": None, "change": subject, "about": changes.subjects_of(subject)}

    def page(self, subject) -> str:
        return reverse("changes", args=[subject.dossier.uuid])

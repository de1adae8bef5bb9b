"""What changes after the answer: a page per dossier to ask, and each request with its answer."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cases import after_words, changes
from cases.change_life import UNDER_WAY
from cases.forms.changes import AskChangeForm
from cases.models import Change
from cases.sight import works_on
from cases.states import ChangeMove
from cases.views.editing import DossierPage
from cases.views.moves import MoveView
from workflow import engine


class ChangesView(DossierPage):
    """All that was asked of one dossier, newest first, and the form by which one asks."""

    template, saved, once = "cases/changes.html", after_words.CHANGE_ASKED, True

    def allowed(self) -> None:
        if not works_on(Change, self.dossier, by=self.request.user, at=self.at):
            raise Http404

    def form(self, data=None) -> AskChangeForm:
        return AskChangeForm(data)

    def save(self, form: AskChangeForm) -> None:
        changes.ask(self.dossier, form.facts(), by=self.request.user, at=self.at)

    def beside(self, form: AskChangeForm) -> dict[str, Any]:
        rows = list(Change.objects.on_dossier(self.dossier))
        for one in rows:
            one.dossier = self.dossier
        told = [(one, changes.subjects_of(one), self.moves(one)) for one in rows]
        return super().beside(form) | {"asks": self.dossier.state in UNDER_WAY, "changes": told}

    def moves(self, change: Change) -> list[ChangeMove]:
        return [ChangeMove(name) for name in engine.available(change, by=self.request.user, at=self.at)]


class ChangeMoveView(MoveView):
    """One answer, with what was asked beside it."""

    model, template = Change, "cases/change_move.html"

    def more(self, subject) -> dict[str, Any]:
        return {"line": None, "change": subject, "about": changes.subjects_of(subject)}

    def page(self, subject) -> str:
        return reverse("changes", args=[subject.dossier.uuid])

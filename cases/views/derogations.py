"""The coordinator opens a closed window for one named dossier, until one evening, for one reason."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cases import words
from cases.derogations import closed_gates, derogations_of, grant, may_grant
from cases.forms.derogations import DerogationForm
from cases.views.editing import DossierPage
from workflow.calendar import paris_day


class DerogationView(DossierPage):
    """Only the windows that are shut for this dossier's next moves are offered."""

    template, saved, once = "cases/derogation.html", words.DEROGATION_OPEN, True

    def allowed(self) -> None:
        if not may_grant(self.dossier, by=self.request.user, at=self.at):
            raise Http404
        self.gates = closed_gates(self.dossier, self.at)

    def form(self, data=None) -> DerogationForm:
        return DerogationForm(data, gates=list(self.gates), today=paris_day(self.at))

    def save(self, form: DerogationForm) -> None:
        grant(self.dossier, **form.cleaned_data, by=self.request.user, at=self.at)

    def beside(self, form: DerogationForm) -> dict[str, Any]:
        return super().beside(form) | {"gates": self.gates, "known": derogations_of(self.dossier)}

    def onward(self) -> str:
        return reverse("dossier-detail", args=[self.dossier.uuid])

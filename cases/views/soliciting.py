"""The team asks one more financier while a dossier is being read."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from cases import words
from cases.forms.soliciting import SolicitForm
from cases.models import Envelope
from cases.soliciting import READ_NOW, envelopes_for, may_solicit, solicit
from cases.views.editing import DossierPage


class SolicitView(DossierPage):
    """GET offers the envelopes that nothing is asked of yet; POST adds the line, and invites where it may answer."""

    template, once = "cases/solicit.html", True

    def allowed(self) -> None:
        if not may_solicit(self.dossier, self.request.user):
            raise Http404
        self.envelopes = envelopes_for(self.dossier)

    def form(self, data=None) -> SolicitForm:
        """Sent twice, its envelope is no longer offered: the door says then that it is done."""
        return SolicitForm(
            self.envelopes if data is None else Envelope.objects.of_cycle(self.dossier.cycle_id), data
        )

    def save(self, form: SolicitForm) -> None:
        solicit(self.dossier, **form.cleaned_data, by=self.request.user, at=self.at)

    def thanks(self, form: SolicitForm) -> str:
        return words.solicited(form.cleaned_data["envelope"].financier)

    def beside(self, form: SolicitForm) -> dict[str, Any]:
        reads = self.dossier.state in READ_NOW
        return super().beside(form) | {"invites": reads, "some": self.envelopes.exists()}

    def onward(self) -> str:
        return reverse("dossier-detail", args=[self.dossier.uuid])

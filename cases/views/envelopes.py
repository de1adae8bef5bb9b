"""Envelopes: what each holds, its ledger, and the coordinator's corrections."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cases import envelopes, words
from cases.forms.envelopes import EnvelopeForm
from cases.models import Envelope
from cases.tables import Pages
from cases.views.editing import VersionedPage
from workflow import engine, roles
from workflow.roles import Role

PER_PAGE = 50


def _seen_by(user):
    return envelopes.with_sums(Envelope.objects.visible_to(user).for_pages())


@require_safe
def envelope_list(request: HttpRequest) -> HttpResponse:
    """Every envelope of the cycles one works in; a financier's own. Call by call, the current one first."""
    calls = envelopes.by_call(_seen_by(request.user))
    return render(request, "cases/envelopes.html", {"calls": calls})


class EnvelopeView(VersionedPage):
    """GET shows the envelope and its ledger; POST corrects it."""

    template, saved = "cases/envelope.html", words.ENVELOPE_CORRECTED

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.subject = get_object_or_404(_seen_by(request.user), uuid=uuid)
        self.may_correct = roles.may(roles.seen_by(request.user), self.subject, [Role.COORDINATOR])
        if request.method == "POST" and not self.may_correct:
            return render(request, "403.html", status=403)
        return super().dispatch(request, uuid)

    def form(self, data=None) -> EnvelopeForm:
        return EnvelopeForm(self.subject, data)

    def save(self, form: EnvelopeForm) -> None:
        version = form.cleaned_data["version"]
        engine.amend(self.subject, form.changes, by=self.request.user, at=self.at, version=version)

    def beside(self, form: EnvelopeForm) -> dict[str, Any]:
        self.subject.overrun = envelopes.overrun(self.subject)
        movements = Pages(envelopes.ledger(self.subject), PER_PAGE).get_page(self.request.GET.get("page"))
        for one in movements:
            one.told = envelopes.told(one)
        return {"envelope": self.subject, "movements": movements, "may_correct": self.may_correct}

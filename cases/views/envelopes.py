"""Envelopes: what each holds, its ledger, and the coordinator's corrections."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import envelopes, words
from cases.chronicle import changes_since
from cases.forms.envelopes import EnvelopeForm
from cases.models import Envelope
from cases.tables import Pages
from cases.views.moves import status_of
from workflow import engine, roles
from workflow.refusal import Refused
from workflow.roles import Role

PER_PAGE = 50


def _seen_by(user):
    return envelopes.with_sums(Envelope.objects.visible_to(user).for_pages())


@require_safe
def envelope_list(request: HttpRequest) -> HttpResponse:
    """Every envelope of the cycles one works in; a financier's own. Call by call, the current one first."""
    calls = envelopes.by_call(_seen_by(request.user))
    return render(request, "cases/envelopes.html", {"calls": calls})


class EnvelopeView(View):
    """GET shows the envelope and its ledger; POST corrects it."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.envelope = get_object_or_404(_seen_by(request.user), uuid=uuid)
        held = roles.seen_by(request.user)
        self.may_correct = roles.may(held, self.envelope, [Role.COORDINATOR])
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(EnvelopeForm(self.envelope))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        if not self.may_correct:
            return render(request, "403.html", status=403)
        form = EnvelopeForm(self.envelope, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        version = form.cleaned_data["version"]
        try:
            engine.amend(self.envelope, form.changes, by=request.user, at=timezone.now(), version=version)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, words.ENVELOPE_CORRECTED)
        return redirect(request.path)

    def refused(self, form: EnvelopeForm, refused: Refused) -> HttpResponse:
        changed, kept = [], []
        if "stale" in refused.codes:
            changed = changes_since(self.envelope, form.cleaned_data["version"], self.request.user)
            kept = form.kept_otherwise()
            form.renew(self.envelope.version)
        form.refuse(refused.refusals)
        return self.shown(form, changed=changed, kept=kept, status=status_of(refused.codes))

    def shown(self, form: EnvelopeForm, *, changed=(), kept=(), status: int = 200) -> HttpResponse:
        self.envelope.overrun = envelopes.overrun(self.envelope)
        movements = Pages(envelopes.ledger(self.envelope), PER_PAGE).get_page(self.request.GET.get("page"))
        for one in movements:
            one.told = envelopes.told(one)
        context = {
            "envelope": self.envelope,
            "movements": movements,
            "form": form,
            "may_correct": self.may_correct,
            "changed": changed,
            "kept": kept,
        }
        return render(self.request, "cases/envelope.html", context, status=status)

"""The team asks one more financier while a dossier is being read."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import words
from cases.forms.soliciting import SolicitForm
from cases.models import Dossier, Envelope
from cases.soliciting import READ_NOW, envelopes_for, may_solicit, solicit
from cases.views.moves import status_of
from workflow.refusal import Refused


class SolicitView(View):
    """GET offers the envelopes that nothing is asked of yet; POST adds the line, and invites where it may answer."""

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        if not may_solicit(self.dossier, request.user):
            raise Http404
        self.envelopes = envelopes_for(self.dossier)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(SolicitForm(self.envelopes))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = SolicitForm(Envelope.objects.of_cycle(self.dossier.cycle_id), request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            solicit(self.dossier, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status=status_of(refused.codes))
        messages.success(request, words.solicited(form.cleaned_data["envelope"].financier))
        return redirect("dossier-detail", self.dossier.uuid)

    def shown(self, form: SolicitForm, status: int = 200) -> HttpResponse:
        context = {"dossier": self.dossier, "form": form, "invites": self.dossier.state in READ_NOW}
        context["some"] = self.envelopes.exists()
        return render(self.request, "cases/solicit.html", context, status=status)

"""The team files for a holder: begins the request, then says who engages the association and how that is known."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import behalf, words
from cases.forms.behalf import BehalfForm, CommitmentForm
from cases.models import Dossier
from cases.states import EDITABLE
from cases.views.editing import EditView
from workflow import engine
from workflow.calendar import paris_day
from workflow.roles import TEAM
from workflow.situation import Situation


class BehalfView(View):
    """Begin a request for an organisation, known or new."""

    def form(self, data=None) -> BehalfForm:
        cycles = behalf.calls_of(self.request.user).select_related("current", "contract")
        if not cycles.exists():
            raise Http404
        known = behalf.organisations_of(self.request.user)
        return BehalfForm(data, cycles=cycles, organisations=known, initial={"cycle": cycles[0].pk})

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "cases/behalf.html", {"form": self.form()})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return render(request, "cases/behalf.html", {"form": form}, status=422)
        typed = form.cleaned_data
        dossier = behalf.begin(
            typed["cycle"], form.holder(), typed["title"], by=request.user, at=timezone.now()
        )
        messages.success(request, words.BEGUN_FOR_ANOTHER)
        return redirect("behalf-commitment", dossier.uuid)


class CommitmentView(EditView):
    """Who engages the association, and how it was confirmed to the team."""

    template = "cases/behalf_commitment.html"
    saved = words.COMMITMENT_NOTED

    def subject_of(self, dossier: Dossier) -> Dossier:
        if dossier.state not in EDITABLE or not is_team(dossier, by=self.request.user, at=self.at):
            raise Http404
        return dossier

    def form(self, data=None) -> CommitmentForm:
        return CommitmentForm(data, dossier=self.dossier, today=paris_day(self.at))

    def save(self, form: CommitmentForm) -> None:
        version = form.cleaned_data["version"]
        engine.amend(self.dossier, form.changes(), by=self.request.user, at=self.at, version=version)

    def onward(self) -> str:
        return reverse("dossier-request", args=[self.dossier.uuid])


def is_team(dossier: Dossier, *, by, at) -> bool:
    """Whether this person is of the team of that dossier's call."""
    return Situation([dossier], by, at).allows(dossier, TEAM)

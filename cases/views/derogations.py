"""The coordinator opens a closed window for one named dossier, until one evening, for one reason."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import words
from cases.derogations import closed_gates, derogations_of, grant, may_grant
from cases.forms.derogations import DerogationForm
from cases.models import Dossier
from cases.views.moves import status_of
from workflow.calendar import paris_day
from workflow.refusal import Refused


class DerogationView(View):
    """Only the windows that are shut for this dossier's next moves are offered."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        if not may_grant(self.dossier, by=request.user, at=self.at):
            raise Http404
        self.gates = closed_gates(self.dossier, self.at)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            grant(self.dossier, **form.cleaned_data, by=request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.add_error(None, str(refused))
                return self.shown(form, status=status_of(refused.codes))
        messages.success(request, words.DEROGATION_OPEN)
        return redirect("dossier-detail", self.dossier.uuid)

    def form(self, data=None) -> DerogationForm:
        return DerogationForm(data, gates=list(self.gates), today=paris_day(self.at))

    def shown(self, form: DerogationForm, status: int = 200) -> HttpResponse:
        context = {"dossier": self.dossier, "form": form, "gates": self.gates}
        context["known"] = derogations_of(self.dossier)
        return render(self.request, "cases/derogation.html", context, status=status)

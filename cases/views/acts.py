"""The agreement of one award, noted by the team once everybody has signed it; and the day money came back."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from cases import after_words
from cases.forms.acts import FACTS, ActForm
from cases.models import FundingLine
from cases.payments import may_note
from cases.states import LineState
from cases.views.editing import VersionedPage
from workflow import engine
from workflow.calendar import paris_day


class ActView(VersionedPage):
    template = "cases/line_act.html"
    saved = after_words.ACT_NOTED

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        mine = FundingLine.objects.paid_to(request.user).payable()
        self.subject = get_object_or_404(mine.for_pages(), uuid=uuid)
        self.dossier = self.subject.dossier
        if not may_note(self.subject, by=request.user, at=self.at):
            raise Http404
        return super().dispatch(request, uuid)

    def form(self, data=None) -> ActForm:
        known = {name: getattr(self.subject, name) for name in (*FACTS, "version")}
        back = self.subject.state == LineState.SETTLED and self.subject.given_back > 0
        return ActForm(data, initial=known, on=paris_day(self.at), given_back=back)

    def save(self, form: ActForm) -> None:
        by, version = self.request.user, form.cleaned_data["version"]
        engine.amend(self.subject, form.changes(), by=by, at=self.at, version=version)

    def beside(self, form: ActForm) -> dict:
        return {"dossier": self.dossier, "subject": self.subject}

    def onward(self) -> str:
        return reverse("line-payments", args=[self.subject.uuid])

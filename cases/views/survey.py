"""The mirror survey: answered once by whoever lived the year, read by its team."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View
from django.views.decorators.http import require_safe

from cases import survey, words
from cases.forms.survey import SurveyForm
from cases.views.moves import status_of
from workflow.models import Cycle
from workflow.refusal import Refused


class SurveyView(View):
    """A page missing to who had no part in that year; outside its days it says when they are."""

    def dispatch(self, request: HttpRequest, code: str) -> HttpResponse:
        self.at = timezone.now()
        self.survey = survey.survey_of(request.user, code)
        if self.survey is None:
            raise Http404
        return super().dispatch(request, code)

    def get(self, request: HttpRequest, code: str) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            survey.answer(self.survey, form.cleaned_data, by=request.user, at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.add_error(None, str(refused))
                return self.shown(form, status=status_of(refused.codes))
        messages.success(request, words.SURVEY_ANSWERED)
        return redirect("todo")

    def form(self, data=None) -> SurveyForm:
        return SurveyForm(data, questions=self.survey.questions)

    def shown(self, form: SurveyForm, status: int = 200) -> HttpResponse:
        context = {"survey": self.survey, "form": form, "open": self.survey.is_open(self.at)}
        return render(self.request, "cases/survey.html", context, status=status)


@require_safe
def survey_results(request: HttpRequest, code: str) -> HttpResponse:
    """What everybody said of one year."""
    cycle = get_object_or_404(Cycle.objects.surveyed_by(request.user), code=code)
    found = survey.results_of(cycle, timezone.now())
    if found is None:
        raise Http404
    return render(request, "cases/survey_results.html", {"found": found, "cycle": cycle})

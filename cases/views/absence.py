"""A financier's own absence: said once, for every seat that both people hold."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views import View

from cases import exchange_words as words
from cases import standing_in
from cases.forms.absence import AbsenceForm
from cases.models import Absence
from cases.views.moves import status_of
from workflow import roles
from workflow.calendar import paris_day
from workflow.refusal import Refused
from workflow.roles import Role


class AbsenceView(View):
    """GET shows it; POST says it, or ends it."""

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if Role.FINANCIER not in roles.roles_of(request.user):
            raise Http404
        self.at = timezone.now()
        self.colleagues = standing_in.colleagues(request.user)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(AbsenceForm(self.colleagues))

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("action") == "back":
            standing_in.come_back(request.user, at=self.at)
            return self.done(words.BACK)
        form = AbsenceForm(self.colleagues, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        said = form.cleaned_data
        try:
            standing_in.leave(request.user, said["stand_in"], said["begins_on"], said["ends_on"], at=self.at)
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status=status_of(refused.codes))
        return self.done(words.away(said["stand_in"], said["begins_on"], said["ends_on"]))

    def done(self, told: str) -> HttpResponse:
        messages.success(self.request, told)
        return redirect("opinions")

    def shown(self, form: AbsenceForm, status: int = 200) -> HttpResponse:
        context = {
            "form": form,
            "some": self.colleagues.exists(),
            "known": Absence.objects.of(self.request.user).until(paris_day(self.at)),
        }
        return render(self.request, "cases/absence.html", context, status=status)

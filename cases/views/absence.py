"""A financier's own absence: said once, for every seat that both people hold."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cases import exchange_words as words
from cases import standing_in
from cases.forms.absence import AbsenceForm
from cases.models import Absence
from cases.views.editing import FormPage
from workflow import roles
from workflow.calendar import paris_day
from workflow.roles import Role


class AbsenceView(FormPage):
    """GET shows it; POST says it, or ends it."""

    template, once = "cases/absence.html", True

    def dispatch(self, request: HttpRequest) -> HttpResponse:
        if Role.FINANCIER not in roles.roles_of(request.user):
            raise Http404
        self.colleagues = standing_in.colleagues(request.user)
        return super().dispatch(request)

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("action") != "back":
            return super().post(request)
        standing_in.come_back(request.user, at=self.at)
        messages.success(request, words.BACK)
        return redirect(self.onward())

    def form(self, data=None) -> AbsenceForm:
        return AbsenceForm(self.colleagues, data)

    def save(self, form: AbsenceForm) -> None:
        said = form.cleaned_data
        standing_in.leave(self.request.user, said["stand_in"], said["begins_on"], said["ends_on"], at=self.at)

    def thanks(self, form: AbsenceForm) -> str:
        said = form.cleaned_data
        return words.away(said["stand_in"], said["begins_on"], said["ends_on"])

    def beside(self, form: AbsenceForm) -> dict[str, Any]:
        known = Absence.objects.of(self.request.user).until(paris_day(self.at))
        return {"some": self.colleagues.exists(), "known": known}

    def onward(self) -> str:
        return reverse("opinions")

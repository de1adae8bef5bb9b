"""What the pages of one committee share: who may read it, who writes, and where its other pages are."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import words
from cases.forms.committee_settings import SettingsForm
from cases.models import Committee
from cases.views.editing import VersionedPage
from workflow import engine, roles
from workflow.roles import Role


class CommitteePage(View):
    """One committee, found among those that a person follows; only its coordinator writes."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid, *args, **kwargs) -> HttpResponse:
        self.committee = get_object_or_404(Committee.objects.visible_to(request.user), uuid=uuid)
        held = roles.seen_by(request.user)
        self.may_write = roles.may(held, self.committee, [Role.COORDINATOR])
        self.of_team = roles.may(held, self.committee, roles.TEAM)
        if request.method == "POST" and not self.may_write:
            return render(request, "403.html", status=403)
        self.prepare()
        return super().dispatch(request, uuid, *args, **kwargs)

    def prepare(self) -> None:
        """Read what both methods need, once the committee is known."""

    @property
    def shared(self) -> dict[str, Any]:
        """What every template of a committee reads."""
        return {"committee": self.committee, "may_write": self.may_write, "of_team": self.of_team}


class SettingsView(CommitteePage, VersionedPage):
    """GET shows which dossiers lie before it, where and at what time it sits; POST changes that."""

    template, saved = "cases/committee_settings.html", words.COMMITTEE_SET

    def dispatch(self, request: HttpRequest, uuid, *args, **kwargs) -> HttpResponse:
        answer = super().dispatch(request, uuid, *args, **kwargs)
        return answer if self.may_write else render(request, "403.html", status=403)

    def prepare(self) -> None:
        self.subject = self.committee

    def form(self, data=None) -> SettingsForm:
        return SettingsForm(self.committee, data)

    def save(self, form: SettingsForm) -> None:
        version = form.cleaned_data["version"]
        engine.amend(self.committee, form.changes, by=self.request.user, at=self.at, version=version)

    def beside(self, form: SettingsForm) -> dict[str, Any]:
        return self.shared

    def onward(self) -> str:
        return reverse("committee-detail", args=[self.committee.uuid])

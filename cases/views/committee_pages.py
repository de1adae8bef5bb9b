"""What the pages of one committee share: who may read it, who writes, and where its other pages are."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import words
from cases.chronicle import changes_since
from cases.forms.committee_settings import SettingsForm
from cases.models import Committee
from cases.views.moves import status_of
from workflow import engine, roles
from workflow.refusal import Refused
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


class SettingsView(CommitteePage):
    """GET shows which dossiers lie before it, where and at what time it sits; POST changes that."""

    def dispatch(self, request: HttpRequest, uuid, *args, **kwargs) -> HttpResponse:
        answer = super().dispatch(request, uuid, *args, **kwargs)
        return answer if self.may_write else render(request, "403.html", status=403)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(SettingsForm(self.committee))

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = SettingsForm(self.committee, request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        version = form.cleaned_data["version"]
        try:
            engine.amend(self.committee, form.changes, by=request.user, at=self.at, version=version)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, words.COMMITTEE_SET)
        return redirect("committee-detail", uuid=uuid)

    def refused(self, form: SettingsForm, refused: Refused) -> HttpResponse:
        changed = []
        if "stale" in refused.codes:
            changed = changes_since(self.committee, form.cleaned_data["version"], self.request.user)
            self.committee.refresh_from_db()
            form.renew(self.committee.version)
        form.refuse(refused.refusals)
        return self.shown(form, changed=changed, status=status_of(refused.codes))

    def shown(self, form: SettingsForm, *, changed=(), status: int = 200) -> HttpResponse:
        context = self.shared | {"form": form, "changed": changed}
        return render(self.request, "cases/committee_settings.html", context, status=status)

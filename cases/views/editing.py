"""What the pages that edit without a move share: the version read, every reason, what was typed, what changed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases.chronicle import changes_since
from cases.models import Dossier
from cases.views.moves import status_of
from workflow.refusal import Refused
from workflow.words import SAVED


class EditView(View):
    """One form on something of one dossier. A subclass names its template and how it reads and saves."""

    template: str
    saved = SAVED

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid) -> HttpResponse:
        self.dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        self.subject = self.subject_of(self.dossier)
        return super().dispatch(request, uuid)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.save(form)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, self.saved)
        return redirect(self.onward(request))

    def refused(self, form, refused: Refused) -> HttpResponse:
        stale = "stale" in refused.codes
        if stale and self.subject is None:
            self.subject = self.subject_of(self.dossier)  # because somebody has just opened it
        kept = form.kept_otherwise() if stale else []
        changed = []
        if stale and self.subject is not None:
            changed = changes_since(self.subject, form.cleaned_data["version"], self.request.user)
        form.refuse(refused.refusals)
        if stale:
            form.renew(self.subject.version if self.subject else 0)
        return self.shown(form, changed=changed, kept=kept, status=status_of(refused.codes))

    def shown(self, form, *, changed=(), kept=(), status: int = 200) -> HttpResponse:
        context = {"dossier": self.dossier, "subject": self.subject, "form": form}
        context |= {"changed": changed, "kept": kept}
        return render(self.request, self.template, context | self.more(form), status=status)

    # What a subclass says

    def subject_of(self, dossier: Dossier) -> Any:
        """What carries the version; None before it exists."""
        return dossier

    def form(self, data=None, files=None):
        raise NotImplementedError

    def save(self, form) -> None:
        raise NotImplementedError

    def more(self, form) -> dict[str, Any]:
        return {}

    def onward(self, request: HttpRequest) -> str:
        return request.path

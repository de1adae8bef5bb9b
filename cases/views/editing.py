"""What every page with one form shares: every reason beside what was typed; where it was stale, what changed."""

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

ALREADY = ["already"]


class FormPage(View):
    """One form, shown, then saved through the door.

    A subclass says what it reads (in `dispatch`), its form, how it saves, what the page shows beside, and what is next.
    """

    template: str
    saved = SAVED
    once = False
    """Whether « already » means that all of it is kept: sent twice, it is done once and told twice."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.save(form)
        except Refused as refused:
            if not self.once or refused.codes != ALREADY:
                return self.refused(form, refused)
            messages.success(request, self.again(form, refused))
        else:
            self.thank(form)
        return redirect(self.onward())

    def refused(self, form, refused: Refused) -> HttpResponse:
        form.refuse(refused.refusals)
        return self.shown(form, status=status_of(refused.codes))

    def shown(self, form, *, status: int = 200, **more) -> HttpResponse:
        return render(self.request, self.template, {"form": form} | self.beside(form) | more, status=status)

    # What a subclass says

    def form(self, data=None):
        raise NotImplementedError

    def save(self, form) -> None:
        raise NotImplementedError

    def beside(self, form) -> dict[str, Any]:
        """What the page shows besides its form."""
        return {}

    def thanks(self, form) -> str:
        return self.saved

    def thank(self, form) -> None:
        messages.success(self.request, self.thanks(form))

    def again(self, form, refused: Refused) -> str:
        """What the second click is told."""
        return self.thanks(form)

    def onward(self) -> str:
        """An address, or where its subject has its page."""
        return self.request.path


class VersionedPage(FormPage):
    """A form on something that has a version: a page that is no longer current says what changed since it was read."""

    subject: Any = None
    """What carries the version; None before it exists."""

    def refused(self, form, refused: Refused) -> HttpResponse:
        changed, kept = [], []
        if "stale" in refused.codes:
            self.subject = self.now()
            kept = form.kept_otherwise()
            if self.subject is not None:
                changed = changes_since(self.subject, form.cleaned_data["version"], self.request.user)
            form.renew(self.subject.version if self.subject else 0)
        form.refuse(refused.refusals)
        return self.shown(form, changed=changed, kept=kept, status=status_of(refused.codes))

    def shown(self, form, *, changed=(), kept=(), status: int = 200, **more) -> HttpResponse:
        return super().shown(form, changed=changed, kept=kept, status=status, **more)

    def now(self) -> Any:
        """The subject as it stands; the door has read it again by itself."""
        return self.subject


class DossierPage(FormPage):
    """A form on one dossier that this person may know of."""

    def dispatch(self, request: HttpRequest, uuid, *args, **kwargs) -> HttpResponse:
        self.dossier = get_object_or_404(Dossier.objects.visible_to(request.user).for_pages(), uuid=uuid)
        return self.allowed() or super().dispatch(request, uuid, *args, **kwargs)

    def allowed(self) -> HttpResponse | None:
        """Raise, or answer, where this person reads the dossier but not this page."""

    def beside(self, form) -> dict[str, Any]:
        return {"dossier": self.dossier}


class EditView(VersionedPage, DossierPage):
    """A form on one thing of one dossier; a subclass says how that thing is found."""

    def allowed(self) -> HttpResponse | None:
        self.subject = self.subject_of(self.dossier)

    def subject_of(self, dossier: Dossier) -> Any:
        return dossier

    def now(self) -> Any:
        """Somebody may have just opened it."""
        return self.subject or self.subject_of(self.dossier)

    def beside(self, form) -> dict[str, Any]:
        return super().beside(form) | {"subject": self.subject} | self.more(form)

    def more(self, form) -> dict[str, Any]:
        return {}

"""What was said and agreed: the record of a meeting, a step waived, what is still to do."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import meetings, rereading
from cases.forms.meetings import MetForm, WaiverForm
from cases.models import AgreedAction, Booking, Dossier, Support
from cases.sight import works_on
from cases.tables import Pages
from cases.views.editing import DossierPage
from cases.views.moves import MoveView
from cases.words import MEETING_MISSED, MEETING_NOTED, STEP_WAIVED, agreed_moved
from workflow import roles
from workflow.calendar import paris_day
from workflow.situation import Situation

PER_PAGE = 20
ANCHOR, HOME = "#convenu", "accueil"


class RecordView(MoveView):
    """The record of a meeting that was asked for."""

    template = "cases/meeting.html"

    def get(self, request: HttpRequest, subject, move: str) -> HttpResponse:
        """A re-reading is said remark by remark, on a page of its own."""
        awaited = rereading.under_way(subject) if self.model is Dossier else None
        return redirect("rereading", subject.uuid) if awaited else super().get(request, subject, move)

    def thanks(self, label: str) -> str:
        return MEETING_MISSED if self.request.POST.get("held") == "no" else MEETING_NOTED

    def more(self, subject) -> dict[str, Any]:
        return {"line": None, "house": getattr(subject, "dossier", subject) or subject}

    def page(self, subject) -> str:
        """What is said before there is a request is said of a session."""
        if self.model is Booking and subject.dossier is None:
            return reverse("session-desk", args=[subject.session.uuid])
        return super().page(subject)


class AgreedView(MoveView):
    """One tap on something to do; the page where it was tapped is shown again."""

    model, template = AgreedAction, "cases/agreed_move.html"

    def more(self, subject) -> dict[str, Any]:
        return {"line": None, "action": subject, "on": self.asked_on}

    @property
    def asked_on(self) -> str:
        return self.request.POST.get("on") or self.request.GET.get("on", "")

    def thanks(self, label: str) -> str:
        return agreed_moved(self.kwargs["move"])

    def page(self, subject) -> str:
        """The request on which it was read, if this person may know of it: next year's, not that of the meeting."""
        if self.asked_on == HOME:
            return f"{reverse('todo')}{ANCHOR}"
        seen = Dossier.objects.visible_to(self.request.user)
        asked = meetings.key_of(self.asked_on)
        dossier = seen.filter(uuid=asked).first() if asked else None
        return f"{reverse('dossier-detail', args=[dossier.uuid])}{ANCHOR}" if dossier else reverse("agreed")


class AddView(DossierPage):
    """What the team adds to the accompaniment of one dossier."""

    def allowed(self) -> None:
        if not works_on(Support, self.dossier, by=self.request.user, at=self.at):
            raise PermissionDenied

    def onward(self) -> str:
        return f"{reverse('dossier-detail', args=[self.dossier.uuid])}{ANCHOR}"

    def beside(self, form) -> dict[str, Any]:
        return super().beside(form) | {"back": self.onward(), "changed": [], "refusals": ()}


class MetView(AddView):
    """The record of a meeting that nobody had asked for here."""

    template, saved = "cases/met.html", MEETING_NOTED

    def form(self, data=None) -> MetForm:
        steps = meetings.recordable(self.dossier)
        return MetForm(self.dossier, data, on=paris_day(self.at), steps=steps)

    def save(self, form: MetForm) -> None:
        meetings.note_meeting(self.dossier, form.chosen, form.facts, by=self.request.user, at=self.at)


class WaiverView(AddView):
    """A required step that this request may do without."""

    template, saved = "cases/waiver.html", STEP_WAIVED

    def form(self, data=None) -> WaiverForm:
        return WaiverForm(data, steps=meetings.waivable(self.dossier))

    def save(self, form: WaiverForm) -> None:
        reason = form.cleaned_data["reason"]
        meetings.waive(self.dossier, form.chosen, reason, by=self.request.user, at=self.at)


@require_safe
def agreed(request: HttpRequest) -> HttpResponse:
    """Everything agreed that this person may know of and that is still to do."""
    at = timezone.now()
    rows = AgreedAction.objects.visible_to(request.user).to_do().for_pages().in_order()
    page = Pages(rows, PER_PAGE).get_page(request.GET.get("page", ""))
    situation = Situation(list(page), request.user, at, held_by=roles.seen_by)
    shown = [meetings.seen(situation, one) for one in page]
    return render(request, "cases/agreed.html", {"page": page, "agreed": shown})

"""Any move of any machine through one view: the door decides, the page shows what it said."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import words
from cases.chronicle import changes_since
from cases.forms.moves import form_of
from cases.models import (
    AgreedAction,
    Booking,
    Change,
    Dossier,
    Feedback,
    FundingLine,
    Idea,
    Inquiry,
    Remark,
    Report,
    Session,
    Support,
)
from cases.sight import may_fire
from cases.states import DossierMove, LineMove
from workflow import engine
from workflow.calendar import paris_day
from workflow.charts import chart_of
from workflow.refusal import Refused, no_right

SEEN = {
    Dossier: lambda user: Dossier.objects.visible_to(user).for_pages(),
    FundingLine: lambda user: FundingLine.objects.visible_to(user).for_pages(),
    Feedback: lambda user: Feedback.objects.within_reach(user).for_pages(),
    Inquiry: lambda user: Inquiry.objects.visible_to(user).for_pages(),
    Support: lambda user: Support.objects.within_reach(user).for_pages(),
    Booking: lambda user: Booking.objects.visible_to(user).for_pages(),
    Remark: lambda user: Remark.objects.visible_to(user).for_pages(),
    AgreedAction: lambda user: AgreedAction.objects.visible_to(user).for_pages(),
    Change: lambda user: Change.objects.visible_to(user).for_pages(),
    Report: lambda user: Report.objects.within_reach(user).for_pages(),
    Session: lambda user: Session.objects.within_reach(user).for_pages(),
    Idea: lambda user: Idea.objects.visible_to(user).for_pages(),
}
DESKS = {
    (Dossier, DossierMove.SUBMIT): "dossier-request",
    (Dossier, DossierMove.COMPLETE): "dossier-completion",
    (Dossier, DossierMove.ADMIT): "dossier-instruction",
    (Dossier, DossierMove.OPEN_REVIEW): "dossier-instruction",
    (Dossier, DossierMove.ANSWER): "dossier-feedback",
}
CHOICES = (LineMove.ACCEPT, LineMove.ADAPT, LineMove.RENOUNCE)
"""The holder's, made on the page of the answer."""
WRITING_AGAIN = (DossierMove.TAKE_BACK, DossierMove.RESTORE)
STATUS = {"no_right": 403, "stale": 409}


def status_of(codes: list[str]) -> int:
    """403 where the role does not allow it, 409 for a page that is no longer current, 422 for anything else."""
    return next((STATUS[code] for code in codes if code in STATUS), 422)


class MoveView(View):
    """GET shows what the move asks and what still forbids it; POST fires it."""

    model: ClassVar[type] = Dossier
    template = "cases/move.html"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid, move: str) -> HttpResponse:
        subject = self.asked(uuid, move)
        if not may_fire(subject, move, by=request.user, at=self.at):
            return self.forbidden(subject, move)
        return super().dispatch(request, subject, move)

    def get(self, request: HttpRequest, subject, move: str) -> HttpResponse:
        refusals = engine.refusals(subject, move, by=request.user, at=self.at)
        return self.shown(subject, move, self.form(subject, move), refusals=refusals)

    def post(self, request: HttpRequest, subject, move: str) -> HttpResponse:
        form = self.form(subject, move, request.POST)
        if not form.is_valid():
            return self.shown(subject, move, form, status=422)
        version = form.cleaned_data["version"]
        try:
            outcome = engine.fire(
                subject, move, by=request.user, at=self.at, version=version, facts=form.facts
            )
        except Refused as refused:
            return self.refused(subject, move, form, refused)
        label = self.model.moves(move).label
        messages.success(request, words.already(label) if outcome.repeated else self.thanks(label))
        return redirect(self.onward(subject))

    def form(self, subject, move: str, data=None):
        return form_of(self.model, move)(subject, data, on=paris_day(self.at))

    def asked(self, uuid, move: str) -> Any:
        """The subject of a move that exists, if this person may know of it."""
        subject = get_object_or_404(SEEN[self.model](self.request.user), uuid=uuid)
        if move not in chart_of(self.model):
            raise Http404
        return subject

    def forbidden(self, subject, move: str) -> HttpResponse:
        """The same words whatever the state, because a holder must not read a decision in a refusal."""
        context = {
            "dossier": subject if self.model is Dossier else subject.dossier,
            "move": self.model.moves(move),
            "refusals": [no_right()],
            "back": self.page(subject),
        }
        return render(self.request, "cases/not_yours.html", context, status=403)

    def refused(self, subject, move: str, form, refused: Refused) -> HttpResponse:
        """The same page, what was typed, every reason; where it was stale also what changed, and the new version."""
        changed = changes_since(subject, form.cleaned_data["version"], self.request.user)
        stale = "stale" in refused.codes
        form.refuse(refused.refusals)
        if stale:
            form.renew(subject.version)
        return self.shown(
            subject, move, form, changed=changed if stale else [], status=status_of(refused.codes)
        )

    def shown(self, subject, move: str, form, *, refusals=(), changed=(), status: int = 200) -> HttpResponse:
        context = {
            "subject": subject,
            "dossier": subject if self.model is Dossier else subject.dossier,
            "move": self.model.moves(move),
            "form": form,
            "refusals": refusals,
            "changed": changed,
            "back": self.back(subject),
            "desk": self.desk(subject, move),
            "means": words.means(move),
        } | self.more(subject)
        return render(self.request, self.template, context, status=status)

    def more(self, subject) -> dict[str, Any]:
        """What the page of one kind of subject shows besides."""
        return {"line": subject if self.model is FundingLine else None}

    def thanks(self, label: str) -> str:
        return words.done(label)

    def back(self, subject) -> str:
        if self.model is Feedback:
            return reverse("dossier-feedback", args=[subject.dossier.uuid])
        if self.model is FundingLine and self.kwargs["move"] in CHOICES:
            return reverse("dossier-answer", args=[subject.dossier.uuid])
        return self.page(subject)

    def page(self, subject) -> str:
        """Where whoever may know of the subject reads about it."""
        return reverse("dossier-detail", args=[getattr(subject, "dossier", subject).uuid])

    def desk(self, subject, move: str) -> str:
        """The page where what this move still lacks is written; blank where there is none."""
        page = DESKS.get((self.model, move))
        return reverse(page, args=[subject.uuid]) if page else ""

    def onward(self, subject) -> str:
        if self.kwargs["move"] in WRITING_AGAIN:
            return reverse("dossier-request", args=[subject.uuid])
        return self.back(subject)

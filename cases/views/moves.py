"""Any move of any machine through one view: the door decides, the page shows what it said."""

from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import inbox
from cases.chronicle import changes_since
from cases.forms.moves import form_of
from cases.models import Dossier, Feedback, FundingLine, Report, Support
from workflow import engine
from workflow.charts import chart_of
from workflow.refusal import Refused

SEEN = {
    Dossier: lambda user: Dossier.objects.visible_to(user).for_pages(),
    FundingLine: lambda user: FundingLine.objects.visible_to(user).for_pages(),
    Feedback: lambda user: Feedback.objects.within_reach(user).for_pages(),
    Support: lambda user: Support.objects.within_reach(user).for_pages(),
    Report: lambda user: Report.objects.within_reach(user).for_pages(),
}
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

    def get(self, request: HttpRequest, uuid, move: str) -> HttpResponse:
        subject, form_class = self.asked(uuid, move)
        refusals = engine.refusals(subject, move, by=request.user, at=self.at)
        status = 403 if "no_right" in [one.code for one in refusals] else 200
        return self.shown(subject, move, form_class(subject), refusals=refusals, status=status)

    def post(self, request: HttpRequest, uuid, move: str) -> HttpResponse:
        subject, form_class = self.asked(uuid, move)
        form = form_class(subject, request.POST)
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
        messages.success(
            request, f"« {label} » : c’est déjà fait." if outcome.repeated else self.thanks(label)
        )
        return redirect(self.onward(subject))

    def asked(self, uuid, move: str) -> tuple[Any, type]:
        """The subject, if this person may know of it, and the form of a move that exists."""
        subject = get_object_or_404(SEEN[self.model](self.request.user), uuid=uuid)
        if move not in chart_of(self.model):
            raise Http404
        return subject, form_of(self.model, move)

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
        } | self.more(subject)
        return render(self.request, self.template, context, status=status)

    def more(self, subject) -> dict[str, Any]:
        """What the page of one kind of subject shows besides."""
        return {"line": subject if self.model is FundingLine else None}

    def thanks(self, label: str) -> str:
        return f"« {label} » : c’est fait."

    def back(self, subject) -> str:
        if self.model is Feedback:
            return reverse("dossier-feedback", args=[subject.dossier.uuid])
        return reverse("dossier-detail", args=[getattr(subject, "dossier", subject).uuid])

    def onward(self, subject) -> str:
        return self.back(subject)


class OpinionView(MoveView):
    """One opinion in two minutes, then the next."""

    model = FundingLine
    template = "cases/opinion.html"

    def more(self, line: FundingLine) -> dict[str, Any]:
        envelope = line.envelope
        taken = FundingLine.objects.on_envelope_beside(line).taken()
        left = FundingLine.objects.awaiting(self.request.user).count()
        return {"line": line, "envelope": envelope, "taken": taken, "left": left}

    def thanks(self, label: str) -> str:
        left = len(inbox.opinions(self.request.user))
        return f"Votre avis est transmis. {f'Il en reste {left}.' if left else 'C’était le dernier : merci.'}"

    def onward(self, line: FundingLine) -> str:
        following = inbox.opinions(self.request.user).first()
        return reverse("line-move", args=[following.uuid, "opine"]) if following else reverse("todo")

"""The holder's side after filing: receipt, points to complete, the answer."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cases import consultation, papers
from cases.answer import answer_of
from cases.chronicle import changes_since
from cases.forms.holders import ReplyForm
from cases.hanging import pages_of
from cases.models import CompletionRequest, Dossier
from cases.offered_meeting import offered_meeting
from cases.receipt import receipt
from cases.sight import sight
from cases.states import DossierMove
from cases.views.editing import EditView
from cases.views.moves import status_of
from cases.words import Audience, points_left
from workflow import engine
from workflow.refusal import Refused, stale

TOLD = (Audience.HOLDER, Audience.TEAM)


def _seen(request: HttpRequest, uuid, at):
    """The dossier and what this person sees of it; a missing page to who is neither its holder nor the team."""
    dossier = get_object_or_404(pages_of(request.user), uuid=uuid)
    seen = sight(dossier, by=request.user, at=at)
    if seen.audience not in TOLD:
        raise Http404
    return dossier, seen


@require_safe
def dossier_receipt(request: HttpRequest, uuid) -> HttpResponse:
    """Which filing counts, and until when it may be taken back."""
    at = timezone.now()
    dossier, seen = _seen(request, uuid, at)
    found = receipt(dossier, by=request.user, at=at)
    if found is None:
        raise Http404
    return render(request, "cases/receipt.html", {"dossier": dossier, "seen": seen, "receipt": found})


@require_safe
def dossier_answer(request: HttpRequest, uuid) -> HttpResponse:
    """Each financier's own word, the explained sheet, and what the holder may choose."""
    at = timezone.now()
    dossier, seen = _seen(request, uuid, at)
    answer = answer_of(dossier, seen, at=at)
    if answer is None:
        raise Http404
    if consultation.looked_at(request.method, request.headers):
        consultation.note(dossier, seen.audience, answer, by=request.user, at=at)
    is_theirs = seen.audience == Audience.HOLDER
    meeting = offered_meeting(dossier, answer.sheet, request.user, at) if is_theirs else None
    context = {"dossier": dossier, "seen": seen, "answer": answer, "meeting": meeting}
    return render(request, "cases/answer.html", context)


class CompletionView(EditView):
    """Answer what the team asked for, one point at a time; each is saved by itself."""

    template = "cases/completion.html"

    def subject_of(self, dossier: Dossier) -> CompletionRequest:
        mine = CompletionRequest.objects.within_reach(self.request.user).open_for(dossier)
        return get_object_or_404(mine)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(None)

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        asked = request.POST.get("point", "")
        if not (asked.isdecimal() and len(asked) < 4 and int(asked) < len(self.subject.items)):
            return self.shown(None, status=422)
        form = self.reply_form(int(asked), request.POST, request.FILES)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            self.save(form)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, points_left(len(self.fresh().unanswered)))
        return redirect(f"{request.path}#point-{form.rank + 1}")

    def reply_form(self, rank: int, data=None, files=None) -> ReplyForm:
        known = self.subject.replies.get(str(rank), "")
        start = {"version": self.subject.version, "reply": known, "was": known}
        return ReplyForm(data, files, item=self.subject.items[rank], rank=rank, initial=start)

    def save(self, form: ReplyForm) -> None:
        """Laid over what stands there now: only a change of this very point makes the form stale."""
        now, key, typed = self.fresh(), str(form.rank), form.cleaned_data
        known = now.replies.get(key, "")
        if known not in (_lines(typed["was"]), form.words):
            raise Refused([stale()])
        by, at = self.request.user, self.at
        if known != form.words:
            changes = {"replies": now.replies | {key: form.words}}
            engine.amend(now, changes, by=by, at=at, version=now.version)
        if typed["file"]:
            code = papers.code_of_item(now, form.rank)
            papers.join(self.dossier, code, typed["file"], by=by, at=at)

    def refused(self, form: ReplyForm, refused: Refused) -> HttpResponse:
        self.subject = self.fresh()
        form.refuse(refused.refusals)
        if "stale" not in refused.codes:
            return self.shown(form, status=status_of(refused.codes))
        known = self.subject.replies.get(str(form.rank), "")
        changed = changes_since(self.subject, form.cleaned_data["version"], self.request.user)
        form.renew(self.subject.version)
        form.compared_with(known)
        return self.shown(form, changed=changed, kept=[(form.item, known)], status=409)

    def more(self, form: ReplyForm | None) -> dict:
        """Every point with its own form; the one just sent keeps what was typed."""
        ranks = range(len(self.subject.items))
        codes = [papers.code_of_item(self.subject, rank) for rank in ranks]
        joined = papers.papers_of(self.dossier, codes)
        forms = [form if form and form.rank == rank else self.reply_form(rank) for rank in ranks]
        done = [bool(self.subject.replies.get(str(rank), "").strip()) for rank in ranks]
        return {
            "form": form or self.reply_form(0),
            "points": list(zip(forms, done, (joined[code] for code in codes), strict=True)),
            "left": done.count(False),
            "send": reverse("dossier-move", args=[self.dossier.uuid, DossierMove.COMPLETE]),
        }

    def fresh(self) -> CompletionRequest:
        return CompletionRequest.objects.get(pk=self.subject.pk)


def _lines(text: str) -> str:
    """As a browser sends it back: its line ends are not ours."""
    return text.replace("\r\n", "\n")

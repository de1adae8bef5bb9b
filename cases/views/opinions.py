"""The financier's two minutes: what awaits its seats, one sheet, several at once, a question. Signed in or by link."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views import View

from cases import batches, shown, standing_in, survey, words
from cases.desk import Desk, answers_of, purse_beside, said_beside
from cases.forms.opinions import InquiryForm, OpinionForm, ReplyForm
from cases.models import FundingLine, Inquiry
from cases.pack import pack
from cases.views.moves import MoveView, status_of
from cases.views.printed import pdf
from workflow import engine
from workflow.calendar import paris_day
from workflow.refusal import Refused


class DeskView(View):
    """What the pages of the desk share: the instant, and whose desk it is."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    @property
    def own_desk(self) -> Desk:
        return Desk(self.request.user)

    def page(self, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
        return render(
            self.request, template, {"seats": self.own_desk, **context, **self.around()}, status=status
        )

    def around(self) -> dict[str, Any]:
        """What the shell shows otherwise than for who has signed in."""
        return {}


class OpinionsView(DeskView):
    """What awaits these seats, the most urgent first; what was given, to correct; what remains in the envelopes."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        desk = self.own_desk
        context = {"board": desk.board(self.at), "batch_url": desk.url("batch"), "pack_url": desk.url("pack")}
        context["surveys"] = survey.awaiting(desk.user, self.at) if desk.link is None else []
        return self.page("cases/opinions.html", context)


class PackView(DeskView):
    """The same dossiers, to read away from a screen."""

    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        return pdf(pack(self.own_desk, self.at), "dossiers-a-lire.pdf", taken=True)


class OpinionView(MoveView):
    """One opinion, bound to what was read, then the next."""

    model = FundingLine
    template = "cases/opinion.html"
    by_link = False
    reread: Sequence[str] = ()

    @property
    def own_desk(self) -> Desk:
        return Desk(self.request.user)

    def form(self, line: FundingLine, move: str, data=None) -> OpinionForm:
        self.read = shown.Shown([line])
        told = {} if data is None else standing_in.delegations(self.request.user, [line], paris_day(self.at))
        return OpinionForm(
            line, data, digest=self.read.digest(line), by_link=self.by_link, delegation=told.get(line.pk)
        )

    def refused(self, line: FundingLine, move: str, form: OpinionForm, refused: Refused) -> HttpResponse:
        self.reread = shown.changed(form.cleaned_data["seen"], form.digest)
        return super().refused(line, move, form, refused)

    def more(self, line: FundingLine) -> dict[str, Any]:
        known = (line.proposed, line.team_proposal, line.requested)
        return {
            "line": line,
            "seats": self.own_desk,
            "left": self.own_desk.awaiting().count(),
            "purse": purse_beside(line, next(one for one in known if one is not None)),
            "summary": self.read.summary(line),
            "answers": answers_of(line.dossier),
            "quarters": list(line.dossier.neighbourhoods.order_by("code")),
            "inquiries": Inquiry.objects.about([line.dossier_id]),
            "others": said_beside(line),
            "reread": self.reread,
            "list_url": self.own_desk.url("list"),
            "inquiry_url": self.own_desk.url("inquiry", line.uuid),
            "question": InquiryForm(auto_id="ask_%s"),
        } | self.around()

    def around(self) -> dict[str, Any]:
        return {}

    def thanks(self, label: str) -> str:
        return words.opinion_sent(self.own_desk.awaiting().count())

    def onward(self, line: FundingLine) -> str:
        following = self.own_desk.awaiting().first()
        return self.own_desk.url("opinion", following.uuid) if following else self.own_desk.url("list")


class BatchView(DeskView):
    """Several consensual opinions at once: GET lists amounts and what would remain, POST gives them."""

    by_link = False

    def get(self, request: HttpRequest, **kwargs) -> HttpResponse:
        return self.shown(None if request.GET.get("tous") else request.GET.getlist("line"))

    def post(self, request: HttpRequest, **kwargs) -> HttpResponse:
        results = batches.give(
            self.own_desk.lines(), request.POST, by=request.user, at=self.at, by_link=self.by_link
        )
        if not results:
            return self.shown([], status=422)
        left = self.own_desk.awaiting().count()
        context = {"results": results, "left": left, "list_url": self.own_desk.url("list")}
        return self.page("cases/opinions_sent.html", context)

    def shown(self, chosen: list[str] | None, status: int = 200) -> HttpResponse:
        board = self.own_desk.board(self.at)
        context = {
            "batch": batches.of(board, chosen),
            "several": board.cycles,
            "list_url": self.own_desk.url("list"),
        }
        return self.page("cases/opinions_batch.html", context, status)


class InquiryView(DeskView):
    """Ask the holder, without holding up the round."""

    def dispatch(self, request: HttpRequest, uuid, **kwargs) -> HttpResponse:
        self.line = get_object_or_404(self.own_desk.lines(), uuid=uuid)
        return super().dispatch(request, uuid, **kwargs)

    def get(self, request: HttpRequest, uuid) -> HttpResponse:
        return self.shown(InquiryForm())

    def post(self, request: HttpRequest, uuid) -> HttpResponse:
        form = InquiryForm(request.POST)
        if not form.is_valid():
            return self.shown(form, 422)
        try:
            self.ask(form.cleaned_data["question"])
        except Refused as refused:
            if refused.codes != ["already"]:
                form.refuse(refused.refusals)
                return self.shown(form, status_of(refused.codes))
        messages.success(request, words.QUESTION_SENT)
        return redirect(self.own_desk.url("opinion", uuid))

    def ask(self, question: str) -> None:
        line, by = self.line, self.request.user
        inquiry = Inquiry(
            dossier=line.dossier,
            cycle_id=line.cycle_id,
            organisation_id=line.organisation_id,
            seat_id=line.seat_id,
            asked_by=by,
            asked_at=self.at,
            question=question,
        )
        engine.open_many([inquiry], by=by, at=self.at, facts={"question": question})

    def shown(self, form: InquiryForm, status: int = 200) -> HttpResponse:
        line = self.line
        context = {"form": form, "line": line, "back": self.own_desk.url("opinion", line.uuid)}
        return self.page("cases/inquiry_ask.html", context, status)


class ReplyView(MoveView):
    """The holder's answer to a financier's question."""

    model = Inquiry
    template = "cases/inquiry.html"

    def form(self, inquiry: Inquiry, move: str, data=None) -> ReplyForm:
        return ReplyForm(inquiry, data)

    def more(self, inquiry: Inquiry) -> dict[str, Any]:
        return {"inquiry": inquiry}

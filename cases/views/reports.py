"""The report of the year: its holder writes and sends it here, the team reads it beside what was planned."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View

from cases import papers, reports
from cases.chronicle import changes_since
from cases.forms.files import ACCEPTED
from cases.forms.report import FORMS, PieceForm, ReportForm, SendingForm
from cases.models import Dossier, Report, ReportKind
from cases.report_topics import ReportPart, ReportTopic, topics_of
from cases.states import ReportMove, ReportState
from cases.views.autosaving import Autosaved
from cases.views.moves import status_of
from cases.words import already, done, joined
from workflow import engine
from workflow.refusal import Refused


class OneReport(View):
    """What the pages of one report share: the report if one may read it, its accounts, what is still missing."""

    kind_of = ReportKind.FINAL
    writing = (ReportState.DRAFT, ReportState.TO_CORRECT)

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at, self.by = timezone.now(), request.user

    def dispatch(self, request: HttpRequest, uuid, **more) -> HttpResponse:
        self.read(uuid)
        return super().dispatch(request, **more)

    def read(self, uuid) -> None:
        """As it stands now: read again where somebody else passed meanwhile."""
        self.dossier = get_object_or_404(Dossier.objects.visible_to(self.by).for_pages(), uuid=uuid)
        mine = Report.objects.within_reach(self.by).order_by("pk")
        self.report = get_object_or_404(mine, dossier=self.dossier, kind_of=self.kind_of)
        self.report.dossier = self.dossier
        self.lines = reports.lines_of(self.dossier)
        self.statement = reports.statement_of(self.report, self.lines)
        self.topics = topics_of(self.report)
        self.writes = self.report.state in self.writing

    def form_of(self, topic: ReportTopic, data=None, **options) -> ReportForm:
        form = FORMS[topic.slug]
        return form(data, report=self.report, statement=self.statement, topic=topic, **options)

    def missing(self) -> list:
        return list(engine.refusals(self.report, ReportMove.FILE, by=self.by, at=self.at))

    def steps(self, current: ReportTopic | None, missing: list) -> list[dict]:
        """The topics as a list to walk along: which is complete, which one stands open."""
        return [
            {
                "topic": one,
                "url": self.url_of(one),
                "current": one == current,
                "complete": not any(one.holds(refusal.place) for refusal in missing),
                "remarks": 0,
            }
            for one in self.topics
        ]

    def url_of(self, topic: ReportTopic) -> str:
        name = "report-topic" if self.report.is_final else "interim-topic"
        return reverse(name, args=[self.dossier.uuid, topic.slug])

    @property
    def overview(self) -> str:
        name = "dossier-report" if self.report.is_final else "dossier-interim"
        return reverse(name, args=[self.dossier.uuid])

    def shared(self) -> dict:
        found = {"dossier": self.dossier, "report": self.report, "statement": self.statement}
        return found | {"overview": self.overview, "writes": self.writes}


class ReportTopicView(OneReport, Autosaved):
    """One topic, saved as one types. A reader is led to the whole report."""

    def dispatch(self, request: HttpRequest, uuid, topic: str) -> HttpResponse:
        return super().dispatch(request, uuid, slug=topic)

    def read(self, uuid) -> None:
        super().read(uuid)
        self.topic = next((one for one in self.topics if one.slug == self.kwargs["topic"]), None)
        if self.topic is None:
            raise Http404

    def reread(self) -> None:
        self.read(self.dossier.uuid)

    def refuse_readers(self) -> None:
        """Whoever reads a report may write it while it is open: its holder, and the team for them."""
        if not self.writes:
            raise PermissionDenied

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.writes:
            return redirect(self.overview)
        return self.shown(self.form(initial={"page": secrets.token_hex(8)}))

    def form(self, data=None, **options) -> ReportForm:
        return self.form_of(self.topic, data, own=self.remembered(data), **options)

    def save(self, form: ReportForm) -> None:
        if changes := form.changes():
            engine.amend(self.report, changes, by=self.by, at=self.at, version=self.report.version)

    def partly(self, form: ReportForm, status: int) -> HttpResponse:
        self.reread()
        context = {"form": form, "at": self.at, "status": status, "seen": form.now_seen()}
        return render(self.request, "cases/report_saved.html", context | self.around(), status=status)

    def onward(self, form: ReportForm, status: int) -> HttpResponse:
        if status != 200:
            self.reread()
            form.renew()
            return self.shown(form, status=status)
        if "leave" in self.request.POST:
            return redirect("dossier-detail", self.dossier.uuid)
        rank = self.topics.index(self.topic) + 1
        following = self.topics[rank : rank + 1]
        return redirect(self.url_of(following[0]) if following else self.overview)

    def shown(self, form: ReportForm, *, status: int = 200) -> HttpResponse:
        return render(self.request, "cases/report_topic.html", {"form": form} | self.around(), status=status)

    def around(self) -> dict:
        rank, missing = self.topics.index(self.topic), self.missing()
        return self.shared() | {
            "topic": self.topic,
            "steps": self.steps(self.topic, missing),
            "rank": rank + 1,
            "before": self.url_of(self.topics[rank - 1]) if rank else "",
            "last": rank + 1 == len(self.topics),
            "money": self.topic.slug == ReportPart.ACCOUNTS,
            "gaps": self.topic.slug == ReportPart.GAPS,
        }


class ReportView(OneReport):
    """The whole report: read over and sent by its holder, read and answered by the team."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.shown(self.sending())

    def post(self, request: HttpRequest) -> HttpResponse:
        if "join" in request.POST:
            return self.join(PieceForm(request.POST, request.FILES))
        form = self.sending(request.POST)
        if not form.is_valid():
            return self.shown(form, asked=True, status=422)
        if not self.writes:
            messages.info(request, already(ReportMove.FILE.label))
            return redirect("dossier-detail", self.dossier.uuid)
        version = form.cleaned_data["version"]
        try:
            reports.send(self.report, form.facts(self.at), by=self.by, at=self.at, version=version)
        except Refused as refused:
            return self.refused(form, refused, version)
        messages.success(request, done(ReportMove.FILE.label))
        return redirect("dossier-detail", self.dossier.uuid)

    def join(self, form: PieceForm) -> HttpResponse:
        if not self.writes:
            raise PermissionDenied
        if not form.is_valid():
            return self.shown(self.sending(), piece=form, status=422)
        file = form.cleaned_data["file"]
        papers.join(self.dossier, papers.code_of_report(self.report), file, by=self.by, at=self.at)
        messages.success(self.request, joined(file.name))
        return redirect(f"{self.overview}#pieces")

    def sending(self, data=None) -> SendingForm:
        return SendingForm(data, report=self.report)

    def refused(self, form: SendingForm, refused: Refused, version: int) -> HttpResponse:
        """What forbids it stands in the list of what is missing; an older page shows what changed since."""
        changed = changes_since(self.report, version, self.by) if "stale" in refused.codes else []
        self.read(self.dossier.uuid)
        form.renew(self.report.version)
        listed = self.missing()
        form.refuse(one for one in refused.refusals if one.place in form.fields or one not in listed)
        return self.shown(form, changed=changed, asked=True, status=status_of(refused.codes))

    def shown(
        self, form: SendingForm, *, piece=None, changed=(), asked: bool = False, status: int = 200
    ) -> HttpResponse:
        missing = self.missing() if self.writes else []
        elsewhere = [one for one in missing if not any(topic.holds(one.place) for topic in self.topics)]
        steps = self.steps(None, missing)
        context = self.shared() | {
            "form": form,
            "piece": piece or PieceForm(),
            "accept": ACCEPTED,
            "asked": asked,
            "changed": changed,
            "missing": missing,
            "steps": steps,
            "begin": next((one["url"] for one in steps if not one["complete"]), ""),
            "parts": [self.part(topic, missing) for topic in self.topics],
            "elsewhere": [one for one in elsewhere if one.place not in form.fields],
        }
        return render(self.request, "cases/report.html", context | self.read_by_all(), status=status)

    def part(self, topic: ReportTopic, missing: list) -> dict:
        """One topic as it will be read, with what it still lacks and where to write it."""
        form, url = self.form_of(topic), self.url_of(topic)
        lacking = [one for one in missing if topic.holds(one.place)]
        said = [(f"{url}#{form.target_of(one.place)}", one.sentence) for one in lacking]
        money = topic.slug == ReportPart.ACCOUNTS
        silent = money or topic.slug in (ReportPart.GAPS, ReportPart.CORRECTIONS)
        told = [] if silent else form.read()
        return {"topic": topic, "url": url, "answers": told, "missing": said, "money": money}

    def read_by_all(self) -> dict:
        code = papers.code_of_report(self.report)
        moves = engine.available(self.report, by=self.by, at=self.at)
        accepted = self.report.state == ReportState.ACCEPTED and self.report.is_final
        return {
            "papers": papers.papers_of(self.dossier, [code])[code],
            "moves": [(ReportMove(name), found) for name, found in moves.items() if name != ReportMove.FILE],
            "exchanges": self.report.exchanges,
            "backs": reports.backs(self.statement, self.lines) if accepted else [],
            "settles": accepted and reports.may_settle(self.lines, by=self.by, at=self.at),
        }

"""A draft re-read: remarks part by part, what the holder answers, two versions side by side."""

from typing import Any

from django.contrib import messages
from django.forms import CharField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cases import rereading, versions
from cases.forms.rereading import RemarkForm
from cases.models import QuestionKind, Remark
from cases.remark_life import ANSWER, OWN_TEXTS, text_of
from cases.states import RemarkMove
from cases.support_life import GUIDES
from cases.topics import Part, Topic
from cases.views.moves import MoveView, status_of
from cases.views.topics import OneRequest
from cases.words import REMARK_NOTED, remark_answered
from workflow.refusal import Refused
from workflow.roles import Role
from workflow.situation import Situation


class ReadTogether(OneRequest):
    """What a request's accompaniment reads; nobody else knows that there is one."""

    readers = GUIDES

    def read(self, uuid) -> None:
        super().read(uuid)
        self.carried = None  # because last year's words are proposed to who writes, and not yet this year's
        probe = Remark(dossier=self.dossier)
        if not Situation([self.dossier], self.by, self.at).allows(probe, self.readers, "see"):
            raise Http404


class RereadingView(ReadTogether):
    """The whole draft with what was said of each part."""

    def get(self, request: HttpRequest) -> HttpResponse:
        support = rereading.latest(self.dossier)
        said = rereading.remarks_on(self.dossier, by=self.by, at=self.at)
        context = {
            "dossier": self.dossier,
            "support": support,
            "open": rereading.under_way(self.dossier) is not None,
            "topics": [
                (topic, rereading.parts_of(topic, self.form_of(topic), said))
                for topic in self.topics
                if topic.slug != Part.PAPERS
            ],
            "count": sum(one.remark.is_open for several in said.values() for one in several),
        }
        return render(request, "cases/rereading.html", context)


class RemarkAddView(ReadTogether):
    """One remark on one part, beside the answer as it stands."""

    def dispatch(self, request: HttpRequest, uuid, part: str) -> HttpResponse:
        return super().dispatch(request, uuid, part=part)

    def read(self, uuid) -> None:
        super().read(uuid)
        self.support = rereading.under_way(self.dossier)
        self.topic = rereading.topic_of(self.kwargs["part"], self.topics)
        if self.support is None or self.topic is None:
            raise Http404
        parts = rereading.parts_of(self.topic, self.form_of(self.topic), {})
        self.part = next((one for one in parts if one.name == self.kwargs["part"]), None)
        if self.part is None:
            raise Http404

    def get(self, request: HttpRequest, part: str) -> HttpResponse:
        return self.shown(self.form())

    def post(self, request: HttpRequest, part: str) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid():
            return self.shown(form, status=422)
        try:
            rereading.add(self.support, self.part.name, form.cleaned_data, by=self.by, at=self.at)
        except Refused as refused:
            self.read(self.dossier.uuid)
            form.refuse(refused.refusals)
            form.renew()
            return self.shown(form, status=status_of(refused.codes))
        messages.success(request, REMARK_NOTED)
        return redirect(self.back)

    def form(self, data=None) -> RemarkForm:
        return RemarkForm(data, dossier=self.dossier, part=self.part.name, replaces=self.replaced)

    @property
    def replaced(self) -> CharField | None:
        """The field in whose place other words could stand; None where it holds no text."""
        kinds = {f"{ANSWER}{one.code}": one.kind for one in self.topic.questions}
        texts = (QuestionKind.TEXT, QuestionKind.LONG)
        is_text = self.part.name in OWN_TEXTS or kinds.get(self.part.name) in texts
        return self.form_of(self.topic).fields[self.part.name] if is_text else None

    @property
    def back(self) -> str:
        return f"{reverse('rereading', args=[self.dossier.uuid])}#{self.part.name}"

    def shown(self, form: RemarkForm, status: int = 200) -> HttpResponse:
        context = {
            "dossier": self.dossier,
            "part": self.part,
            "topic": self.topic,
            "form": form,
            "back": self.back,
        }
        return render(self.request, "cases/remark.html", context, status=status)


class RemarkView(MoveView):
    """What becomes of a remark: on the holder's own screen, or on the re-reader's."""

    model, template = Remark, "cases/remark_move.html"

    def thanks(self, label: str) -> str:
        return remark_answered(self.kwargs["move"])

    def more(self, subject) -> dict[str, Any]:
        proposed = subject.wording if self.kwargs["move"] == RemarkMove.TAKE else ""
        written = text_of(subject.dossier, subject.part)
        return {
            "line": None,
            "remark": subject,
            "compared": versions.compared(written, proposed) if proposed else None,
        }

    def back(self, subject) -> str:
        """The holder's own screen of that part; the whole re-reading for who re-reads."""
        key, anchor = subject.dossier.uuid, f"#remarque-{subject.uuid}"
        if Situation([subject], self.request.user, self.at).allows(subject, [Role.HOLDER]):
            return f"{reverse('dossier-topic', args=[key, rereading.screen_of(subject).slug])}{anchor}"
        return f"{reverse('rereading', args=[key])}{anchor}"


class VersionsView(ReadTogether):
    """What was read, or filed, against what stands there now."""

    readers = (Role.HOLDER, *GUIDES)

    def get(self, request: HttpRequest) -> HttpResponse:
        kept = versions.versions_of(self.dossier)
        chosen = versions.chosen(kept, request.GET.get("avant", ""))
        found = self.changes(chosen.content) if chosen else []
        context = {
            "dossier": self.dossier,
            "versions": kept,
            "chosen": chosen,
            "topics": found,
            "count": sum(len(several) for _, several in found),
        }
        return render(request, "cases/versions.html", context)

    def changes(self, content: dict) -> list[tuple[Topic, list]]:
        """Topic by topic, those in which something differs."""
        then = versions.as_it_was(self.dossier, content)
        quarters = {one.code: one.pk for one in self.dossier.cycle.contract.neighbourhoods.order_by("pk")}
        known = sorted(quarters[code] for code in content.get("neighbourhoods", ()) if code in quarters)
        lines = versions.lines_as_they_were(self.lines(), content)
        found = []
        for topic in self.topics:
            more = {Part.ESSENTIALS: {"quarters": known}, Part.BUDGET: {"lines": lines}}.get(topic.slug, {})
            before = self.form_of(topic, dossier=then, **more)
            differing = versions.changes(before, self.form_of(topic))
            if topic.slug == Part.BUDGET:
                differing += versions.account_changes(content["budget"], self.dossier.budget)
            found += [(topic, differing)] if differing else []
        return found

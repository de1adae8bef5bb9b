"""The request is written here, one topic a screen: saved as one types, or by its button."""

import secrets

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views import View

from cases import documents, drafts, rereading
from cases.budget import Budget
from cases.carried import carried
from cases.forms.files import ACCEPTED
from cases.forms.request import FORMS
from cases.forms.topics import TopicForm
from cases.models import Document, Dossier, Envelope, Question
from cases.sight import is_writer, may_write
from cases.states import DossierMove, DossierState
from cases.topics import Part, Topic, topics_of
from cases.views.autosaving import Autosaved
from cases.words import remark_answered
from workflow import engine, published


class OneRequest(View):
    """What the pages of one request share: the dossier if one may see it, its topics, what is still missing."""

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        self.at = timezone.now()

    def dispatch(self, request: HttpRequest, uuid, **more) -> HttpResponse:
        self.read(uuid)
        return super().dispatch(request, **more)

    def read(self, uuid) -> None:
        """As it stands now: read again where somebody else passed meanwhile."""
        seen = Dossier.objects.visible_to(self.request.user).for_pages().with_remarks()
        self.dossier = get_object_or_404(seen.select_related("cycle__contract"), uuid=uuid)
        [questions] = published.rows_of(Question, [self.dossier.rules]).values()
        self.topics = topics_of(questions)
        self.writes = may_write(self.dossier, by=self.by, at=self.at)
        self.carried = carried(self.dossier, self.by) if self.writes else None

    def form_of(self, topic: Topic, data=None, dossier: Dossier | None = None, **options) -> TopicForm:
        """`dossier`: an earlier version of it, where that is read."""
        if topic.slug == Part.BUDGET:
            options = {"envelopes": self.envelopes(), "lines": self.lines()} | options
        options["carried"] = self.carried
        form = FORMS.get(topic.slug, TopicForm)
        return form(data, dossier=dossier or self.dossier, topic=topic, **options)

    @cached_property
    def remarks(self) -> dict[str, list[rereading.Said]]:
        """{part: what was said of it} for who writes; closed remarks are over."""
        if not (self.writes and self.dossier.has_remarks):
            return {}
        return rereading.remarks_on(self.dossier, by=self.by, at=self.at, closed=False)

    def unread(self, topic: Topic) -> int:
        """How many remarks of one topic await its writer."""
        here = [said for part, said in self.remarks.items() if rereading.topic_of(part, [topic])]
        return sum(one.awaits_its_holder for several in here for one in several)

    def envelopes(self) -> list[Envelope]:
        return list(Envelope.objects.of_cycle(self.dossier.cycle_id))

    def lines(self) -> list:
        return list(self.dossier.lines.select_related("envelope__financier").order_by("pk"))

    def documents(self) -> list[Document]:
        return list(self.dossier.documents.order_by("pk"))

    @property
    def by(self):
        return self.request.user

    @property
    def completes(self) -> bool:
        """Whether the request is open only because the team asked for something."""
        return self.dossier.state == DossierState.INCOMPLETE

    def missing(self) -> list:
        """What still forbids to file; nothing is missing once it was filed."""
        if self.completes:
            return []
        return list(engine.refusals(self.dossier, DossierMove.SUBMIT, by=self.by, at=self.at))

    def steps(self, current: Topic | None, missing: list) -> list[dict]:
        """The topics as a list to walk along: which is complete, which one stands open."""
        return [
            {
                "topic": one,
                "url": self.url_of(one),
                "current": one == current,
                "complete": not any(one.holds(refusal.place) for refusal in missing),
                "remarks": self.unread(one),
            }
            for one in self.topics
        ]

    def url_of(self, topic: Topic) -> str:
        return reverse("dossier-topic", args=[self.dossier.uuid, topic.slug])

    def refuse_readers(self) -> None:
        if not is_writer(self.dossier, by=self.by, at=self.at):
            raise PermissionDenied


class TopicView(OneRequest, Autosaved):
    """One topic. A reader is led to the whole request; a writer finds what was kept a moment ago."""

    def dispatch(self, request: HttpRequest, uuid, topic: str) -> HttpResponse:
        return super().dispatch(request, uuid, slug=topic)

    def read(self, uuid) -> None:
        super().read(uuid)
        self.topic = next((one for one in self.topics if one.slug == self.kwargs["topic"]), None)
        if self.topic is None:
            raise Http404

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        if not self.writes:
            return redirect("dossier-request", self.dossier.uuid)
        return self.shown(self.form(initial={"page": secrets.token_hex(8)}))

    def form(self, data=None, **options) -> TopicForm:
        return self.form_of(self.topic, data, own=self.remembered(data), **options)

    def save(self, form: TopicForm) -> None:
        drafts.save(self.dossier, form.changes(), form.amounts(), by=self.by, at=self.at)

    def reread(self) -> None:
        self.read(self.dossier.uuid)

    # What is answered

    def partly(self, form: TopicForm, status: int) -> HttpResponse:
        """For the autosave: what became of it, the marks of the next one, the list of topics, the totals."""
        self.read(self.dossier.uuid)
        context = {"form": form, "at": self.at, "status": status, "seen": form.now_seen()}
        return render(self.request, "cases/topic_saved.html", context | self.around(), status=status)

    def onward(self, form: TopicForm, status: int) -> HttpResponse:
        if status != 200:
            self.read(self.dossier.uuid)
            form.renew()
            return self.shown(form, status=status)
        if said := self.request.POST.get("remark", ""):
            return self.answered(*said.partition(":")[::2])
        if "leave" in self.request.POST:
            return redirect("dossier-detail", self.dossier.uuid)
        rank = self.topics.index(self.topic) + 1
        following = self.topics[rank : rank + 1]
        return redirect(self.url_of(following[0]) if following else self.overview)

    def answered(self, uuid: str, move: str) -> HttpResponse:
        """A remark answered from its own screen: what was typed is saved first, what asks for words has its page."""
        known = {str(one.remark.uuid): one for said in self.remarks.values() for one in said}
        said = known.get(uuid)
        if said is None or move not in said.moves:
            return redirect(self.url_of(self.topic))
        if move not in rereading.ONE_TAP:
            return redirect("remark-move", uuid, move)
        engine.fire(said.remark, move, by=self.by, at=self.at)
        messages.success(self.request, remark_answered(move))
        return redirect(f"{self.url_of(self.topic)}#remarque-{uuid}")

    @property
    def overview(self) -> str:
        return reverse("dossier-request", args=[self.dossier.uuid])

    def shown(self, form: TopicForm, *, paper=None, fault: str = "", status: int = 200) -> HttpResponse:
        joining = self.dossier.state in documents.JOINABLE
        for name in form.asked:
            form[name].remarks = self.remarks.get(name, [])
        context = {"form": form, "paper": paper, "fault": fault, "joining": joining}
        return render(self.request, "cases/topic.html", context | self.around(), status=status)

    def around(self) -> dict:
        """The topic among the others, and the money where it is the topic."""
        missing = self.missing()
        rank = self.topics.index(self.topic)
        found = {
            "dossier": self.dossier,
            "overview": self.overview,
            "topic": self.topic,
            "steps": self.steps(self.topic, missing),
            "rank": rank + 1,
            "before": self.url_of(self.topics[rank - 1]) if rank else "",
            "last": rank + 1 == len(self.topics),
            "writes": self.writes,
            "remarks": self.remarks.get(f"{rereading.THEME}{self.topic.slug}", []),
        }
        return found | self.money() | self.papers()

    def money(self) -> dict:
        if self.topic.slug != Part.BUDGET:
            return {"budget": None, "share": None}
        budget = Budget.of(self.dossier, self.lines())
        return {"budget": budget, "share": budget.share(self.dossier.total_cost)}

    def papers(self) -> dict:
        if self.topic.slug != Part.PAPERS:
            return {"papers": [], "accept": ""}
        found = documents.papers_of(self.dossier, self.topic.questions, self.documents(), by=self.by)
        return {"papers": found, "accept": ACCEPTED}

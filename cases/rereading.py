"""A draft re-read: its parts, the remarks on each, and how a remark comes about."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cases.agreeing import ANSWER
from cases.forms.topics import TopicForm
from cases.line_sight import Offer, offered
from cases.models import Dossier, Question, Remark, Support
from cases.remark_life import mark_of, text_of
from cases.states import RemarkMove, RemarkState, SupportState
from cases.topics import Topic, topics_of
from workflow import engine, locks, published, roles
from workflow.refusal import Refused, stale
from workflow.situation import Situation

THEME = "theme-"
"""How a part begins that is a whole topic."""
LEFT_OUT = ("account-", "amount-")
"""Fields that nobody remarks on one by one: the budget is one part."""


ONE_TAP = (RemarkMove.HANDLE, RemarkMove.AGAIN)
"""Answers that ask for nothing more."""


@dataclass(frozen=True)
class Said:
    """One remark, and what its reader may do with it."""

    remark: Remark
    offers: list[Offer]

    @property
    def moves(self) -> list[str]:
        return [one.name for one in self.offers]

    @property
    def answers(self) -> list[Offer]:
        """What its holder may answer; to close it is whose re-reads."""
        return [one for one in self.offers if one.name != RemarkMove.CLOSE]

    @property
    def awaits_its_holder(self) -> bool:
        return self.remark.is_open and bool(self.answers)


@dataclass(frozen=True)
class Part:
    """Something of the request that one may remark on, with what was said of it."""

    name: str
    label: str
    answer: str
    remarks: list[Said]


def parts_of(topic: Topic, form: TopicForm, remarks: dict[str, list[Said]]) -> list[Part]:
    """The whole topic first, then question by question."""
    whole = f"{THEME}{topic.slug}"
    told = {name: one for name, one in form.told().items() if not name.startswith(LEFT_OUT)}
    asked = [Part(name, label, answer, remarks.get(name, [])) for name, (label, answer) in told.items()]
    return [Part(whole, topic.label, "", remarks.get(whole, [])), *asked]


def remarks_on(dossier: Dossier, *, by, at: datetime, closed: bool = True) -> dict[str, list[Said]]:
    """{part: what this person may read of it}; a holder needs no closed ones beside what they write."""
    rows = Remark.objects.visible_to(by).of(dossier).in_order()
    found: dict[str, list[Said]] = {}
    situation = Situation(list(rows), by, at, held_by=roles.seen_by)
    for one in situation.subjects:
        one.dossier = dossier  # because its rights are the dossier's
        if closed or one.state != RemarkState.CLOSED:
            found.setdefault(one.part, []).append(Said(one, _offers(situation, one)))
    return found


def _offers(situation: Situation, remark: Remark) -> list[Offer]:
    moves = engine.offers(situation, remark)
    return [offered(remark, name, ()) for name in moves if not moves[name]]


def under_way(dossier: Dossier) -> Support | None:
    """The re-reading that its holder asked for and that nobody has finished."""
    asked = Support.objects.filter(dossier=dossier, state=SupportState.ASKED, content__isnull=False)
    return asked.order_by("pk").last()


def latest(dossier: Dossier) -> Support | None:
    """The re-reading under way, else the last one."""
    asked = Support.objects.filter(dossier=dossier, content__isnull=False).select_related("noted_by")
    return under_way(dossier) or asked.order_by("pk").last()


def add(support: Support, part: str, typed: dict, *, by, at: datetime) -> None:
    """A new remark on what was read: `seen` is the mark of the answer on the page. Raises `Refused`."""
    with transaction.atomic(), locks.holding():
        locks.take([Dossier.objects.filter(pk=support.dossier_id)])
        dossier = Dossier.objects.select_related("rules").get(pk=support.dossier_id)
        if typed["seen"] != mark_of(text_of(dossier, part)):
            raise Refused([stale()])
        remark = Remark(
            dossier=dossier,
            support=support,
            author=by,
            part=part,
            text=typed["text"],
            wording=typed["wording"],
        )
        engine.open_many([remark], by=by, at=at)


def topic_of(part: str, topics: Iterable[Topic]) -> Topic | None:
    """On which screen a part stands."""
    for topic in topics:
        codes = {f"{ANSWER}{one.code}" for one in topic.questions}
        if part == f"{THEME}{topic.slug}" or part in codes or (ANSWER not in part and topic.holds(part)):
            return topic
    return None


def screen_of(remark: Remark) -> Topic:
    """The screen on which its holder writes what a remark is about; the first where the call asks it no more."""
    [questions] = published.rows_of(Question, [remark.dossier.rules]).values()
    topics = topics_of(questions)
    return topic_of(remark.part, topics) or topics[0]

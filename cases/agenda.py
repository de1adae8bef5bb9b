"""The first page of whoever holds more than one's own requests: what awaits them by due date, counted and narrowed."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.http import QueryDict

from cases import drafts, sessions, survey
from cases.models import Dossier
from cases.tables import Pages
from cases.tasks import KINDS, OPINE, Rows, Task, Urgency, counts, sources_of
from cases.words import Audience, said, task, waiting
from workflow.calendar import paris_day
from workflow.roles import Role, roles_of

PER_PAGE = 20
TODO_HOME = "À faire"
HOLDER = Audience.HOLDER


@dataclass(frozen=True)
class Choice:
    """One way to narrow the list: its words, how many tasks it keeps, the address it leads to."""

    label: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class Heap:
    """The tasks of one urgency: how many in all, and those of this page."""

    label: str
    late: bool
    count: int
    tasks: list[Task]


@dataclass(frozen=True)
class Home:
    """What somebody lands on: what awaits them, and their own requests."""

    title: str
    page: Page
    heaps: list[Heap]
    urgencies: list[Choice]
    kinds: list[Choice]
    opinions: int
    requests: list[tuple[Dossier, str, str]]
    """(dossier, its state in the holder's words, what happens meanwhile)"""
    calls: list
    """The calls in which this person may begin a request."""
    surveys: list[survey.Survey]
    appointments: list[sessions.Appointment]
    """A holder's own booked sessions"""
    unsaid: list[sessions.Shown]
    """Sessions of which the team still says who came"""


def home(user, at: datetime, asked: QueryDict) -> Home:
    """Tasks by twenties; a page beyond the last shows the last, a filter that means nothing filters nothing."""
    held = roles_of(user)
    sources = sources_of(user, held, paris_day(at))
    found = counts(sources)
    kind, urgency = asked.get("kind", ""), asked.get("when", "")
    kind, urgency = kind if kind in KINDS else "", urgency if urgency in Urgency.values else ""
    kept = _kept(found, kind, urgency)
    page = Pages(Rows(sources, kind, urgency, kept), PER_PAGE).get_page(asked.get("page", ""))
    return Home(
        title=TODO_HOME,
        page=page,
        heaps=_heaps(list(page), kept),
        urgencies=_urgencies(found, kind, urgency),
        kinds=_kinds(found, kind, urgency),
        opinions=_kept(found, OPINE, "").total(),
        requests=requests_of(user) if Role.HOLDER in held else [],
        calls=list(drafts.open_calls(at)) if Role.HOLDER in held else [],
        surveys=survey.awaiting(user, at),
        appointments=sessions.appointments(user, at) if Role.HOLDER in held else [],
        unsaid=sessions.unsaid(user, at) if held & {Role.INSTRUCTOR, Role.COORDINATOR} else [],
    )


def requests_of(user) -> list[tuple[Dossier, str, str]]:
    """A holder's own dossiers, each with its state in their words and what happens meanwhile."""
    mine = Dossier.objects.of_holder(user).select_related("cycle", "organisation")
    return [
        (
            one,
            said(one.state, one.get_state_display(), HOLDER),
            task(HOLDER, one.state) or waiting(HOLDER, one.state),
        )
        for one in mine.order_by("-cycle__year", "number")
    ]


def _kept(found: Counter, kind: str, urgency: str) -> Counter:
    return Counter(
        {key: many for key, many in found.items() if kind in ("", key[0]) and urgency in ("", key[1])}
    )


def _heaps(tasks: list[Task], kept: Counter) -> list[Heap]:
    """The heaps of this page in their order; each says how many it holds beyond the page."""
    held = [(one, [task for task in tasks if task.urgency == one]) for one in Urgency]
    return [
        Heap(one.label, one == Urgency.LATE, _kept(kept, "", one).total(), mine) for one, mine in held if mine
    ]


def _urgencies(found: Counter, kind: str, urgency: str) -> list[Choice]:
    every = [("", "Tout"), *Urgency.choices]
    ways = [(value, label, _kept(found, kind, value).total()) for value, label in every]
    return [
        Choice(label, many, _address(kind, value), value == urgency)
        for value, label, many in ways
        if many or value in ("", urgency)
    ]


def _kinds(found: Counter, kind: str, urgency: str) -> list[Choice]:
    """Only the kinds of work that this person has; where there is but one, there is nothing to choose."""
    here = {one for one, _ in found}
    ways = [("", "Toutes les tâches"), *((one, label) for one, label in KINDS.items() if one in here)]
    if len(ways) < 3 and not kind:
        return []
    return [
        Choice(label, _kept(found, value, urgency).total(), _address(value, urgency), value == kind)
        for value, label in ways
    ]


def _address(kind: str, urgency: str) -> str:
    asked = QueryDict(mutable=True)
    asked.update({name: value for name, value in (("kind", kind), ("when", urgency)) if value})
    return f"?{asked.urlencode()}"

"""One dossier's page costs at most fourteen statements, whoever reads it and whatever hangs on it."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases.models import Payment
from tests import sessions
from tests import year as play
from tests.cases import reached, reported
from workflow import engine
from workflow.models import Derogation
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db

READERS = ("holder", "instructor", "coordinator", "financier")
LATE = play.day("2026-11-20")
AFTER_ALL = play.day("2028-01-10")
COSTS = {
    "draft": (12, 12, 12, 6),
    "late": (13, 13, 13, 6),
    "submitted": (12, 12, 12, 6),
    "instruction": (10, 11, 11, 6),
    "review": (11, 11, 12, 11),
    "committee": (11, 11, 12, 11),
    "decided": (12, 12, 13, 11),
    "answered": (12, 13, 14, 12),
    "reporting": (13, 14, 14, 12),
    "report read": (13, 14, 14, 12),
}
"""{stage: statements for each reader}; 6 are a financier's missing page, because nobody has asked its opinion yet."""


@pytest.fixture
def year():
    return play.a_year()


def accompanied(year):
    """A draft on which all hangs: an idea met at a session, a re-reading, something agreed, a seat still to come."""
    draft, idea = play.a_draft(year), sessions.an_idea(year)
    met = sessions.booked(year, sessions.a_session(year), idea=idea)
    sessions.moved(met, "attend", year.instructor, sessions.AFTER)
    sessions.moved(met, "note", year.instructor, sessions.AFTER, record="Trente habitants viendront.")
    sessions.moved(idea, "become", year.holder, sessions.AFTER, dossier=draft.pk)
    asked = reached.fired(draft, "ask_support", year.holder, play.WRITING, step="relecture").supports.get()
    reached.remark(year, support=asked)
    engine.fire(asked, "finish", by=year.instructor, at=play.WRITING)
    reached.agreed(year, support=asked)
    sessions.booked(year, sessions.a_session(year, AFTER_ALL), dossier=draft)
    return play.fresh(draft)


def let_in_late(year, draft) -> None:
    """The window is shut, and a named derogation opens it: the draft is read with both."""
    row = Derogation(
        cycle=year.cycle, subject_label="cases.dossier", subject_id=draft.pk,
        move="submit", until=date(2026, 11, 21), reason="Panne du site",
    )  # fmt: skip
    engine.open_many([row], by=year.coordinator, at=LATE)


def stages(year) -> Iterator[tuple[str, object, object]]:
    """(stage, dossier, the day of its page), one after the other on one and the same dossier."""
    draft = accompanied(year)
    yield "draft", draft, play.WRITING
    let_in_late(year, draft)
    yield "late", draft, LATE
    dossier = reached.fired(draft, "submit", year.holder, LATE)
    yield "submitted", dossier, play.READING
    play.read(year, dossier)
    dossier = reached.fired(dossier, "admit", year.instructor, play.READING)
    yield "instruction", dossier, play.READING
    engine.fire_many(dossier.lines.order_by("pk"), "invite", by=year.instructor, at=play.REVIEWING)
    due = date(2027, 1, 15)
    dossier = reached.fired(dossier, "open_review", year.instructor, play.REVIEWING, deadline=due)
    reached.inquiry(year, reached.line_of(dossier))
    yield "review", dossier, play.REVIEWING
    for name in year.envelopes:
        play.opine(year, dossier, name)
    dossier = play.fresh(dossier)
    yield "committee", dossier, play.SITTING
    yield from _afterwards(year, dossier)


def _afterwards(year, dossier):
    first, other = dossier.lines.order_by("pk")
    engine.fire(first, "grant", by=year.coordinator, at=play.SITTING, facts={"amount": Decimal(500)})
    engine.fire(other, "refuse", by=year.coordinator, at=play.SITTING)
    sitting = year.cycle.committees.get().pk
    dossier = reached.fired(dossier, "decide", year.coordinator, play.SITTING, committee=sitting)
    yield "decided", dossier, play.SITTING
    letters = dossier.lines.order_by("pk")
    engine.fire_many(
        letters, "notify", by=year.coordinator, at=play.ANSWERING, facts={"notified_on": date(2027, 4, 20)}
    )
    play.explained(year, dossier)
    dossier = reached.fired(dossier, "answer", year.coordinator, play.ANSWERING)
    advance = Payment(line=play.fresh(first), amount=Decimal(100))
    engine.open_many([advance], by=year.instructor, at=play.ANSWERING)
    yield "answered", dossier, play.ANSWERING
    dossier = reached.fired(dossier, "open_reporting", SYSTEM, play.REPORTING)
    yield "reporting", dossier, play.REPORTING
    report = reported.sent(year, dossier.reports.get())
    engine.fire(report, "accept", by=year.instructor, at=play.REPORTING)
    yield "report read", play.fresh(dossier), play.REPORTING


def cost(client, user, dossier) -> int:
    client.force_login(user)
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("dossier-detail", args=[dossier.uuid]))
    return len(asked)


def test_every_page_of_a_dossier_is_read_in_fourteen_statements_at_most(client, year, on_day):
    people = [year.financiers["etat"] if name == "financier" else getattr(year, name) for name in READERS]
    found = {}
    for stage, dossier, at in stages(year):
        on_day(at)
        found[stage] = tuple(cost(client, user, dossier) for user in people)
    assert found == COSTS
    assert max(max(each) for each in COSTS.values()) <= 14


def test_the_page_says_what_it_found_hanging_there(client, year, on_day):
    draft = accompanied(year)
    on_day(play.WRITING)
    client.force_login(year.holder)
    seen = client.get(reverse("dossier-detail", args=[draft.uuid])).context["seen"]
    met, coming, agreed, remarks = (
        getattr(seen.meetings, name) for name in ("met", "coming", "agreed", "remarks")
    )
    assert [one.label for one in met] == ["Rendez-vous", "Relecture"]
    assert [one.row.session.starts_at for one in coming] == [AFTER_ALL]
    assert [one.action.text for one in agreed] == ["Demander le RIB"]
    assert [one.text for one in remarks] == ["Dites qui répare, et quoi."]
    assert seen.neighbourhoods == [one.name for one in draft.neighbourhoods.order_by("code")]

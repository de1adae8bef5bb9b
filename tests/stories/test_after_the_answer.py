"""After the answer: an action that costs less, one that does not take place, one that ends later, one halfway."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.deadlines import pass_day
from cases.ledger import sums_hold
from cases.models import Dossier, Report
from cases.sight import sight
from notifications import reminders
from notifications.models import Message
from tests import year as play
from tests.cases import reached, reported
from tests.cases.test_payment import noted
from tests.firing import fired
from workflow import engine, journal

pytestmark = pytest.mark.django_db


def told(year, template: str) -> list[str]:
    found = Message.objects.filter(template=template, recipient=year.holder)
    return [str(day) for day in found.order_by("pk").values_list("planned_on", flat=True)]


def holds(dossier) -> list[str]:
    by = dossier.cycle.grants.filter(role="coordinator").get().user
    found = engine.refusals(play.fresh(dossier), "close", by=by, at=play.REPORTING)
    return [one.code for one in found]


def test_an_action_spends_less_than_planned_and_gives_money_back():
    """GIVEN 500 € paid for an action that was to cost 98 500 €
    WHEN it cost a tenth less, and its report says so
    THEN a tenth is unspent; its financier takes it back, the envelope keeps its figures, and the year closes."""
    year = play.a_year()
    report = Report.objects.get(dossier=play.reporting(year))
    line = report.dossier.lines.get(outcome="granted")
    noted(year, line, 400, kind_of="advance", paid_on=date(2027, 4, 20))
    balance = noted(year, line, 100, kind_of="balance")
    assert holds(report.dossier) == ["report_missing", "not_settled"]

    why = {"total": "Deux ateliers annulés par la pluie."}
    report = reported.sent(year, report, spent=Decimal(88_650), explained=why)
    fired(report, "accept", year.instructor, play.REPORTING)
    assert holds(report.dossier) == ["not_settled"]
    assert play.fresh(balance).expected_on == date(2028, 2, 18)

    line = fired(line, "settle", year.instructor, play.REPORTING, given_back=Decimal(50))
    assert (line.due, play.fresh(balance).amount) == (450, 50)
    assert play.fresh(year.envelopes["etat"]).decided == 500
    assert told(year, "financement_solde") == ["2027-12-20"]
    pass_day(play.REPORTING)
    assert play.fresh(report.dossier).state == "closed"


def test_an_action_is_not_done(client, on_day):
    """GIVEN an award that was told, of which nothing was paid yet
    WHEN the holder says that the action does not take place, and the team accepts
    THEN the money is the envelope's again in that very breath, the financier is told, and no report is asked."""
    on_day(play.ANSWERING)
    year = play.a_year()
    dossier = play.answered(year)
    client.force_login(year.holder)
    typed = {"kind_of": "undone", "text": "Notre salarié est parti.", "whole": "on"}
    assert client.post(reverse("changes", args=[dossier.uuid]), typed).status_code == 302
    fired(dossier.changes.get(), "accept", year.instructor, play.ANSWERING)
    assert play.fresh(year.envelopes["etat"]).decided == 0
    heard = Message.objects.filter(template="financement_rendu_au_financeur")
    assert [one.recipient for one in heard] == [year.financiers["etat"]]
    pass_day(play.day("2027-12-15", 0))
    dossier = play.fresh(dossier)
    assert (dossier.state, dossier.reports.count()) == ("closed", 0)
    page = sight(
        Dossier.objects.for_its_page(year.holder).get(pk=dossier.pk),
        by=year.holder,
        at=play.day("2027-12-16"),
    )
    assert [one.sentence for one in page.story if "n’a pas lieu" in one.sentence] != []


def test_an_extension_moves_the_reports_day():
    """GIVEN two reports that are due by 30 June
    WHEN one action is extended by three months, and its report with it
    THEN its reminders follow its own day, and the other's stay where they were."""
    year = play.a_year()
    usual, longer = play.reporting(year), play.reporting(year)
    asked = {"kind_of": "extension", "about": [], "new_end": date(2028, 3, 31)}
    one = reported.change(year, longer, at=play.REPORTING, **asked)
    fired(one, "accept", year.instructor, play.REPORTING, report_due_on=date(2028, 9, 28))

    def reminded(day: str) -> list[int]:
        reminders.plan(play.day(day))
        rows = Message.objects.filter(template="rappel_bilan", planned_on=day).order_by("subject_id")
        return list(rows.values_list("subject_id", flat=True))

    fired(longer.lines.get(outcome="granted"), "accept", year.holder, play.REPORTING)
    assert reminded("2028-06-15") == [usual.pk]
    assert reminded("2028-09-13") == [longer.pk]
    seen = Dossier.objects.for_its_page(year.holder).get(pk=longer.pk)
    assert sight(seen, by=year.holder, at=play.REPORTING).next.due == date(2028, 9, 28)
    waiting = Message.objects.filter(template="rappel_bilan", subject_id=longer.pk).get()
    assert reminders.still_holds(waiting)
    fired(
        reported.change(year, longer, at=play.REPORTING, **asked | {"new_end": date(2028, 6, 30)}),
        "accept", year.instructor, play.REPORTING, report_due_on=date(2028, 12, 28),
    )  # fmt: skip
    assert not reminders.still_holds(waiting)


def test_halfway_the_calendar_asks_how_far_one_is():
    """GIVEN a call that asks for an intermediate report in October
    WHEN the day comes, and comes again
    THEN each kept award has one report to write, its holder is told once, and is reminded until it is sent."""
    rule = {"code": "mi-parcours", "kind": "interim_due", "milestone": "mi-parcours", "days_before": [7]}
    year = play.a_year(halfway=("2027-10-01", "2027-10-29"), reminders=[rule])
    kept, nothing = play.answered(year), play.answered(year, amount=0)
    pass_day(play.day("2027-09-30", 23))
    assert Report.objects.count() == 0
    for _ in range(2):
        pass_day(play.day("2027-10-01", 0))
    assert [one.dossier for one in Report.objects.filter(kind_of="intermediate")] == [kept]
    assert nothing.reports.count() == 0
    assert told(year, "bilan_intermediaire_attendu") == ["2027-10-01"]
    reminders.plan(play.day("2027-10-22"))
    assert told(year, "rappel_bilan_intermediaire") == ["2027-10-22"]


def test_what_was_asked_and_answered_leaves_a_journal_that_holds():
    """GIVEN an extension asked for, accepted, and money given back
    WHEN the chain is read again
    THEN it is whole, and the ledger says what the envelopes say."""

    year = play.a_year()
    dossier = play.answered(year)
    asked = {"kind_of": "extension", "about": [], "new_end": date(2028, 3, 31)}
    one = reported.change(year, dossier, **asked)
    fired(one, "accept", year.instructor, play.ANSWERING, report_due_on=date(2028, 9, 28))
    line = reached.line_of(dossier)
    fired(line, "settle", year.instructor, play.ANSWERING, given_back=Decimal(120), freed=True)
    assert list(sums_hold()) == []
    assert list(journal.prose_faults()) == []

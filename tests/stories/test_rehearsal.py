"""A year of Vitry-le-François, rehearsed: thirty fictional dossiers, five financiers, two silent, one by phone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from cases.models import Dossier, Envelope, Feedback, FundingLine, LedgerEntry, Opinion
from cases.states import FINAL, FeedbackState, LineState
from cases.workbook import read_programming
from notifications.rehearsal import account
from notifications.rehearsal.printing import text_of
from notifications.rehearsal.programming import programming_of
from notifications.rehearsal.year import play
from tests.rehearsed import a_small_year, told
from tests.year import day
from workflow import loading
from workflow.calendar import is_working_day
from workflow.roles import Role

pytestmark = pytest.mark.django_db

FIXTURES = Path(__file__).parents[2] / "fixtures"


def vitry(seed: int = 1, **options):
    cycle = loading.load(FIXTURES / "cycles" / "vitry_2027.yaml", at=day("2026-01-01"))
    return play(cycle, read_programming(FIXTURES / "vitry_2027_dossiers.xlsx"), seed=seed, **options)


def test_given_two_silent_financiers_and_one_on_the_phone_the_year_of_vitry_still_ends():
    """Given thirty dossiers and five financiers, when the year is played, then each dossier ends or says why not."""
    played = vitry()
    assert (len(played.silent), len(played.phoned)) == (2, 1)
    the_committees_table_is_complete_on_its_date(played)
    each_dossier_ends_or_says_why_not(played)
    no_refusal_leaves_without_a_checked_sheet()
    no_envelope_is_overspent()
    the_phone_call_is_on_record(played)
    nobody_works_on_a_day_off(played)
    the_account_reads_on_eighty_columns(played)


def the_committees_table_is_complete_on_its_date(played):
    assert min(on for on, table in played.tables.items() if table) == date(2027, 2, 11)
    states = {cell.state for _, cells in played.table.values() for cell in cells.values()}
    assert states <= {LineState.ANSWERED, LineState.SILENT, LineState.GRANTED, LineState.REQUESTED}
    silent = {cell.state for _, cells in played.table.values() for cell in cells.values() if not cell.verdict}
    assert LineState.SILENT in silent
    assert len(played.table) >= 20


def each_dossier_ends_or_says_why_not(played):
    waiting = account.waiting_of(played.stage)
    ended = Dossier.objects.filter(state__in=FINAL).count()
    assert ended + len(waiting) == Dossier.objects.count() == 30
    assert ended >= 25
    assert [one.reference for one in waiting if not one.reasons] == []


def no_refusal_leaves_without_a_checked_sheet():
    refused = FundingLine.objects.filter(outcome=LineState.REFUSED, dossier__answered_at__isnull=False)
    delivered = Feedback.objects.filter(state=FeedbackState.DELIVERED, checked_by__isnull=False)
    explained = set(delivered.values_list("dossier", flat=True))
    assert set(refused.values_list("dossier", flat=True)) - explained == set()
    assert refused.exists()


def no_envelope_is_overspent():
    for envelope in Envelope.objects.order_by("pk"):
        booked = sum((entry.amount for entry in LedgerEntry.objects.filter(envelope=envelope)), Decimal(0))
        assert booked == envelope.decided
        assert envelope.to_arbitrate == 0


def the_phone_call_is_on_record(played):
    recorded = Opinion.objects.exclude(source="").values_list("line__envelope__financier__name", flat=True)
    assert set(recorded) == set(played.phoned)
    assert recorded.exists()


def nobody_works_on_a_day_off(played):
    at_work = {Role.INSTRUCTOR, Role.COORDINATOR, Role.FINANCIER}
    worked = {attempt.at.date() for attempt in played.attempts if attempt.role in at_work}
    assert [on for on in sorted(worked) if not is_working_day(on)] == []
    assert len(worked) > 20


def the_account_reads_on_eighty_columns(played):
    said = text_of(played)
    assert [line for line in said.splitlines() if len(line) > 80] == []
    for title in (
        "CE QUI TOMBE",
        "LES MESSAGES",
        "LA CHARGE",
        "L’ARGENT",
        "LE TABLEAU DU COMITÉ",
        "LES REFUS",
    ):
        assert title in said


# The rule of chance -------------------------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_account_byte_for_byte(transactional_again):
    assert transactional_again(seed=5) == transactional_again(seed=5)


def test_another_seed_gives_another_year(transactional_again):
    assert transactional_again(seed=5) != transactional_again(seed=6)


@pytest.fixture
def transactional_again():
    """Play a small year and forget it, so that the next one begins from the same empty tables."""
    from django.db import transaction

    def account_of(seed: int) -> tuple:
        with transaction.atomic():
            played = a_small_year(seed=seed)
            found = text_of(played), [told(attempt) for attempt in played.attempts]
            transaction.set_rollback(True)
        return found

    return account_of


# Real holders -------------------------------------------------------------------------------------------------------


def test_gentle_holders_meet_no_refusal_no_word_and_no_cut():
    played = a_small_year(gentle=True)
    waiting = {one.state for one in account.waiting_of(played.stage)}
    met = {one.code for attempt in played.attempts for _, refusals in attempt.refused for one in refusals}
    assert met <= {"not_marked"}
    assert waiting == {"En instruction"}  # because the small year has a grid, and nobody real is marked
    assert not Opinion.objects.exists()


def test_the_years_end_is_a_programming_again():
    played = a_small_year()
    from tests.rehearsed import a_programming

    after = programming_of(played.stage, a_programming())
    decided = {
        row.number: sum((line.decided or Decimal(0) for line in row.lines), Decimal(0)) for row in after.rows
    }
    kept = FundingLine.objects.filter(decided__gt=0)
    assert sum(decided.values()) == sum((line.decided for line in kept), Decimal(0)) > 0
    assert {row.committee_decision for row in after.rows} >= {"Clos", "Retiré"}


def test_a_small_call_is_rehearsed_too():
    played = a_small_year(count=1)
    assert len(account.waiting_of(played.stage)) + Dossier.objects.filter(state__in=FINAL).count() == 1

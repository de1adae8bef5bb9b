"""What each move of a financier's line leaves behind: the opinion, the money, the letter, the holder's choice."""

from datetime import date
from decimal import Decimal

import pytest

from tests import year as play
from tests.cases.reached import LINES, fired

pytestmark = pytest.mark.django_db

OPINION = {"verdict": "reserved", "amount": Decimal("450.00"), "motive": "Budget à resserrer."}
LETTER = {"notified_on": date(2027, 4, 20), "letter_reference": "2027-147-12"}
AGREEMENT = {"amount": Decimal(300), "agreement": "CPO 2026-2028"}
RECORDED = {**OPINION, "source": "Appel du 12 février", "author": "La déléguée"}


@pytest.mark.parametrize(
    "state, move, role, at, facts, left",
    [
        (
            "invited", "opine", "financier", play.REVIEWING, OPINION,
            {"verdict": "reserved", "proposed": 450, "motive": "Budget à resserrer.", "opinion_source": ""},
        ),
        (
            "invited", "record_opinion", "instructor", play.REVIEWING, RECORDED,
            {"verdict": "reserved", "opinion_source": "Appel du 12 février", "opinion_by": "La déléguée"},
        ),
        (
            "answered", "grant", "coordinator", play.SITTING, {"amount": Decimal(500)},
            {"outcome": "granted", "decided": 500, "booked": 500},
        ),
        ("answered", "refuse", "coordinator", play.SITTING, {}, {"outcome": "refused", "decided": 0, "booked": 0}),
        (
            "answered", "withhold", "coordinator", play.SITTING, {},
            {"outcome": "undisclosed", "decided": None, "booked": 0},
        ),
        (
            "requested", "carry_over", "coordinator", play.READING, AGREEMENT,
            {"outcome": "granted", "decided": 300, "booked": 300, "agreement": "CPO 2026-2028"},
        ),
        ("undisclosed", "release", "coordinator", play.SITTING, {}, {"outcome": "", "decided": None, "booked": 0}),
        ("granted", "notify", "coordinator", play.ANSWERING, LETTER, LETTER),
        ("notified", "accept", "holder", play.ANSWERING, {}, {"decided": 500, "booked": 500}),
        ("notified", "renounce", "holder", play.ANSWERING, {}, {"outcome": "granted", "decided": 0, "booked": 0}),
        (
            "notified", "settle", "instructor", play.REPORTING, {"given_back": Decimal(120)},
            {"given_back": 120, "decided": 500},
        ),
        ("to_ask", "confirm", "instructor", play.READING, {"amount": Decimal(80)}, {"proposed": 80}),
        ("confirmed", "decline", "instructor", play.READING, {"reason": "Non"}, {"proposed": None}),
    ],
)  # fmt: skip
def test_a_move_leaves_exactly(state, move, role, at, facts, left):
    year = play.a_year()
    line = LINES[state](year)
    by = year.financiers["etat"] if role == "financier" else getattr(year, role)
    after = fired(line, move, by, at, **facts)
    assert {name: getattr(after, name) for name in left} == left


def test_an_opinion_says_who_gave_it_and_when_until_it_is_corrected():
    year = play.a_year()
    line = LINES["invited"](year)
    financier = year.financiers["etat"]
    fired(line, "opine", financier, play.REVIEWING, **OPINION)
    later = play.day("2026-12-12")
    after = fired(line, "opine", financier, later, verdict="favourable")
    assert (after.opinion_by, after.opinion_at, after.verdict) == (str(financier), later, "favourable")
    given = [(one.verdict, one.at) for one in after.opinions.order_by("pk")]
    assert given == [("reserved", play.REVIEWING), ("favourable", later)]

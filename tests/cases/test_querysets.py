"""Which rows each person may see, by role: their own, another organisation's, another cycle's; then the adjectives."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cases.models import Document, Dossier, Envelope, Feedback, FundingLine, Report
from tests import year as play
from tests.cases.reached import LINES, REPORTS, fired, line_of, sheet
from workflow.models import Grant, Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db

SEEN = {
    "coordinator": {"own", "unasked", "neighbour"},
    "instructor": {"own", "unasked", "neighbour"},
    "committee": {"own", "unasked", "neighbour"},
    "third_party": {"own", "unasked", "neighbour"},
    "elected": set(),
    "holder": {"own", "unasked"},
    "neighbour": {"neighbour"},
    "financier": {"own", "neighbour"},
    "elsewhere": {"elsewhere"},
    "seat_elsewhere": set(),
    "nobody": set(),
}
"""What each person knows of: `unasked` is a draft on which no financier was asked anything yet."""


@pytest.fixture
def town():
    return Town()


class Town:
    """Two cycles and two holders in the first; the same State sits in both."""

    def __init__(self):
        year, elsewhere = play.a_year(), play.a_year("ailleurs_2027")
        other = Organisation.objects.create(name="Les Voisins")
        neighbours = replace(
            year, holder_organisation=other, holder=play.person("voisins", Role.HOLDER, None, other)
        )
        self.year = year
        self.dossiers = {
            "own": play.in_review(year),
            "unasked": play.a_draft(year),
            "neighbour": play.in_review(neighbours),
            "elsewhere": play.in_review(elsewhere),
        }
        self.people = {
            "coordinator": year.coordinator,
            "instructor": year.instructor,
            "committee": play.person("elu", Role.COMMITTEE, year.cycle),
            "elected": play.person("elue", Role.ELECTED, year.cycle),
            "third_party": play.person("tiers", Role.THIRD_PARTY, year.cycle),
            "holder": year.holder,
            "neighbour": neighbours.holder,
            "financier": year.financiers["etat"],
            "elsewhere": elsewhere.coordinator,
            "seat_elsewhere": self._same_seat_in(elsewhere),
            "nobody": play.person("personne"),
        }

    def _same_seat_in(self, other):
        seat = self.year.envelopes["etat"].financier.organisation
        return play.person("etat-ailleurs", Role.FINANCIER, other.cycle, seat)

    def seen(self, rows, path):
        """{person: names of the dossiers that lie at the end of `path` from the rows they see}."""
        names = {dossier.pk: name for name, dossier in self.dossiers.items()}
        return {
            name: {names[key] for key in rows(person).values_list(path, flat=True)}
            for name, person in self.people.items()
        }


def test_each_person_sees_exactly_their_dossiers(town):
    assert town.seen(Dossier.objects.visible_to, "pk") == SEEN


def test_each_person_sees_the_lines_of_what_they_see(town):
    assert town.seen(FundingLine.objects.visible_to, "dossier") == SEEN


def test_a_document_is_seen_with_its_dossier(town):
    assert town.seen(Document.objects.visible_to, "dossier") == SEEN


def test_a_financier_sees_no_other_seats_line(town):
    seen = FundingLine.objects.visible_to(town.people["financier"])
    assert {line.seat for line in seen.select_related("seat")} == {
        town.year.envelopes["etat"].financier.organisation
    }


def test_a_financier_owes_the_opinions_of_its_seat_until_it_has_given_them(town):
    financier = town.people["financier"]
    asked = [line_of(town.dossiers[name]).pk for name in ("own", "neighbour")]
    owed = FundingLine.objects.awaiting(financier).order_by("pk")
    assert list(owed.values_list("pk", flat=True)) == asked
    play.opine(town.year, town.dossiers["own"], "etat")
    assert list(owed.values_list("pk", flat=True)) == asked[1:]


@pytest.mark.parametrize(
    "who, seen", [("coordinator", 1), ("instructor", 1), ("holder", 1), ("financier", 0), ("elsewhere", 0)]
)
def test_a_feedback_sheet_is_within_reach_of_the_team_and_of_its_holder(who, seen):
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    sheet(year)
    user = other.coordinator if who == "elsewhere" else year.person(Role(who))
    assert Feedback.objects.within_reach(user, "see").count() == seen


def test_a_holder_acts_on_their_own_report_alone():
    year, other = play.a_year(), play.a_year("ailleurs_2027")
    REPORTS["draft"](year)
    assert [Report.objects.within_reach(one.holder).count() for one in (year, other)] == [1, 0]


def test_a_decision_is_read_by_its_holder_once_it_is_notified():
    year = play.a_year()
    line = LINES["granted"](year)
    mine = FundingLine.objects.filter(pk=line.pk)
    assert [mine.decided_for(one).count() for one in (year.holder, year.coordinator)] == [0, 1]
    fired(line, "notify", year.coordinator, play.ANSWERING, notified_on=play.ANSWERING.date())
    assert mine.decided_for(year.holder).count() == mine.to_choose(year.holder).count() == 1
    fired(line, "accept", year.holder, play.ANSWERING)
    assert mine.to_choose(year.holder).count() == 0


def test_a_financier_is_counted_by_what_it_decided_else_by_what_it_proposed():
    year = play.a_year()
    dossier = play.in_committee(year)
    fired(line_of(dossier), "grant", year.coordinator, play.SITTING, amount=Decimal(300))
    assert dossier.lines.taken() == 300 + 500


def test_a_cycle_has_its_own_envelopes_alone():
    year, _ = play.a_year(), play.a_year("ailleurs_2027")
    assert [one.code for one in Envelope.objects.of_cycle(year.cycle.pk)] == ["etat", "agglo"]


def test_a_role_that_is_taken_away_shows_nothing_any_longer():
    year = play.a_year()
    play.a_draft(year)
    Grant.objects.filter(user=year.holder).delete()
    assert Dossier.objects.visible_to(year.holder).count() == 0


def test_who_stands_for_an_organisation_this_year_knows_nothing_of_its_other_years():
    year, other = play.a_year(), play.a_year("autre_2027")
    other.holder, other.holder_organisation = year.holder, year.holder_organisation
    mine, elsewhere = play.submitted(year), play.a_draft(other)
    passing = play.person("stagiaire", Role.HOLDER, year.cycle, year.holder_organisation)
    for dossiers in (Dossier.objects.visible_to(passing), Dossier.objects.of_holder(passing)):
        assert [one.pk for one in dossiers] == [mine.pk]
    lines = FundingLine.objects.visible_to(passing).values_list("dossier", flat=True)
    assert set(lines) == {mine.pk}
    assert [one.pk for one in Dossier.objects.visible_to(year.holder).order_by("pk")] == [
        mine.pk,
        elsewhere.pk,
    ]

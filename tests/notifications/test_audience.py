"""The audiences: from a subject to people, by the cycle, the organisation or the seat."""

import pytest

from cases.models import Dossier, FundingLine, Report
from notifications.audience import WAYS, Audience, scope_of, told
from tests import year as play
from tests.cases.reached import FEEDBACKS
from workflow.roles import Role

pytestmark = pytest.mark.django_db


def people(audience: Audience, subject) -> list[str]:
    """Names before the @ of an audience of one subject."""
    found = told(audience, type(subject)).filter(pk=subject.pk).values_list("told", flat=True)
    users = play.User.objects.filter(pk__in=list(found)).order_by("email")
    return [one.email.split("@")[0] for one in users]


def test_the_team_is_the_cycles():
    year = play.a_year()
    play.a_year("autre_2027")
    dossier = play.a_draft(year)
    assert people(Audience.TEAM, dossier) == ["coordination-essai_2027", "instruction-essai_2027"]
    assert people(Audience.COORDINATION, dossier) == ["coordination-essai_2027"]


def test_a_holder_of_every_cycle_and_one_of_this_cycle_are_both_the_holder():
    year = play.a_year()
    play.person("nouveau", Role.HOLDER, year.cycle, year.holder_organisation)
    assert people(Audience.HOLDER, play.a_draft(year)) == ["nouveau", "porteur-essai_2027"]


def test_the_financier_of_a_line_is_its_seat_in_this_cycle():
    year = play.a_year()
    line = play.a_draft(year).lines.get(envelope=year.envelopes["agglo"])
    other = play.a_year("autre_2027")
    play.person("agglo-de-l-an-prochain", Role.FINANCIER, other.cycle, line.seat)
    assert people(Audience.FINANCIER, line) == ["agglo-essai_2027"]


def test_a_third_party_is_named_in_the_cycle():
    year = play.a_year()
    play.person("tiers", Role.THIRD_PARTY, year.cycle, None)
    assert people(Audience.THIRD_PARTY, play.a_draft(year)) == ["tiers"]


def test_consulted_financiers_are_those_who_were_asked_in_a_round():
    year = play.a_year()
    assert people(Audience.CONSULTED, play.in_instruction(year)) == []
    assert people(Audience.CONSULTED, play.in_review(year)) == ["agglo-essai_2027", "etat-essai_2027"]


@pytest.mark.parametrize(
    "policy, readers",
    [
        ("other", ["coordination-essai_2027", "relecture"]),
        ("coordinator", ["coordination-essai_2027"]),
    ],
)
def test_a_sheet_is_read_over_by_whom_the_policy_names_and_by_none_of_its_writers(policy, readers):
    year = play.a_year(feedback_check=policy)
    play.person("relecture", Role.INSTRUCTOR, year.cycle)
    assert people(Audience.READERS, FEEDBACKS["reading"](year)) == readers


def test_a_report_is_reached_through_its_dossier_and_a_line_by_itself():
    assert [scope_of(model) for model in (Dossier, FundingLine, Report)] == ["", "", "dossier__"]


def test_every_audience_has_a_way():
    assert set(WAYS) == set(Audience)

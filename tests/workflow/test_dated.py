"""What each person sees of the calls' dates, how vague dates are placed and said, and what a moved date changes."""

from datetime import UTC, date

import pytest

from tests import year as play
from tests.cycles import vitry_with
from workflow import engine, loading
from workflow.calendar import Region
from workflow.dated import Dated, DatedKind, holidays, of_calls, seen_by
from workflow.models import Cycle, Milestone, Organisation, Step
from workflow.roles import Role, read_once
from workflow.triggers import lifted

pytestmark = pytest.mark.django_db

LATER = "  - code: cloture\n    libellé: Date limite de dépôt\n    du: 2026-11-30"
YEAR = date(2026, 9, 1), date(2027, 8, 31)
AT = play.WRITING


@pytest.fixture
def year():
    return play.a_year()


def milestone(year, code: str) -> Milestone:
    return Milestone.objects.get(cycle=year.cycle, code=code)


def amend(year, code: str, **changes) -> None:
    engine.amend(milestone(year, code), changes, by=year.coordinator, at=AT)


def add_step(year, code: str, **facts) -> None:
    """A step of the published version, written as only a test may."""
    with lifted():
        Step.objects.create(version=year.rules, code=code, label=code.capitalize(), **facts)


def dates(user, first=YEAR[0], last=YEAR[1]) -> list[Dated]:
    """What somebody sees but public holidays and what awaits them."""
    kinds = (DatedKind.MILESTONE, DatedKind.WINDOW)
    return [one for one in seen_by(user, first, last, AT) if one.kind in kinds]


def plain(words: str) -> str:
    """No-break spaces as ordinary ones."""
    return words.replace("\u00a0", " ")


def labels(user, **days) -> list[str]:
    return [one.label for one in dates(user, **days)]


EVERY = ["Ouverture", "Cloture", "Comite", "Reponse"]


def test_dates_stand_in_order_with_what_they_open_and_close(year):
    said = [(one.label, one.said, one.kind.value, plain(one.note)) for one in dates(year.coordinator)]
    assert said == [
        ("Ouverture", "jeudi 1er octobre 2026", "window", "Ouvre : Depot."),
        ("Cloture", "dimanche 15 novembre 2026", "window", "Ferme : Depot."),
        ("Comite", "mercredi 10 février 2027", "window", "Ouvre : Reponse."),
        ("Reponse", "jeudi 15 avril 2027", "milestone", ""),
    ]


def test_what_is_not_announced_is_for_those_who_work_on_the_call(year):
    amend(year, "comite", public=False)
    reader = play.person("lectrice", Role.COMMITTEE, year.cycle)
    third = play.person("tiers", Role.THIRD_PARTY, year.cycle)
    for user in (year.coordinator, year.instructor, year.financiers["etat"], reader, third):
        assert labels(user) == EVERY
    assert labels(year.holder) == ["Ouverture", "Cloture", "Reponse"]
    assert labels(play.person("passant")) == []


def test_a_window_on_a_date_that_is_not_announced_is_not_said_either(year):
    add_step(year, "lecture", kind="rereading", closes=milestone(year, "comite"), closes_offset=-4)
    assert "Fermeture de « Lecture »" in labels(year.holder)
    amend(year, "comite", public=False)
    assert "Fermeture de « Lecture »" not in labels(year.holder)


def test_each_sees_the_calls_they_work_on_and_a_holder_every_published_one(year):
    other = play.a_year("ailleurs_2027")
    for mine, theirs in ((year, other), (other, year)):
        assert {one.code for one in dates(mine.instructor)} == {mine.cycle.code}
        assert {one.code for one in dates(mine.financiers["etat"])} == {mine.cycle.code}
        assert {one.code for one in dates(mine.holder)} == {mine.cycle.code, theirs.cycle.code}


def test_a_call_in_preparation_is_its_team_s_own_business(year):
    Cycle.objects.filter(pk=year.cycle.pk).update(current=None)
    assert [labels(user) for user in (year.holder, year.financiers["etat"])] == [[], []]
    assert labels(year.coordinator) == EVERY
    assert {(one.note, one.url) for one in dates(year.instructor)} == {("", "")}


def test_a_window_that_turns_some_days_later_stands_by_itself(year):
    add_step(
        year, "rappel", kind="appointment", opens=milestone(year, "ouverture"), opens_offset=3,
        closes=milestone(year, "cloture"), closes_offset=-4,
    )  # fmt: skip
    found = {one.label: (one.said, one.uid) for one in dates(year.holder) if "Rappel" in one.label}
    assert found == {
        "Ouverture de « Rappel »": ("dimanche 4 octobre 2026", f"{year.cycle.uuid}-rappel-ouvre"),
        "Fermeture de « Rappel »": ("mercredi 11 novembre 2026", f"{year.cycle.uuid}-rappel-ferme"),
    }


def test_a_vague_date_covers_all_the_days_it_may_mean_and_is_said_no_more_exactly(year):
    amend(year, "reponse", precision="quinzaine")
    [one] = [one for one in dates(year.holder) if one.label == "Reponse"]
    assert (one.said, one.days, one.is_vague) == (
        "mi-avril 2027",
        (date(2027, 4, 8), date(2027, 4, 22)),
        True,
    )
    for day, seen in (
        ("2027-04-07", False),
        ("2027-04-08", True),
        ("2027-04-22", True),
        ("2027-04-23", False),
    ):
        on = date.fromisoformat(day)
        assert ("Reponse" in labels(year.holder, first=on, last=on)) is seen


def test_an_end_counts_in_full_and_the_day_after_is_empty(year):
    for day, found in (("2026-11-14", []), ("2026-11-15", ["Cloture"]), ("2026-11-16", [])):
        on = date.fromisoformat(day)
        assert labels(year.holder, first=on, last=on) == found


def test_a_date_that_moves_keeps_its_identity_and_its_sequence_grows(year):
    before = {one.label: one for one in dates(year.holder)}
    amend(year, "cloture", starts_on=date(2026, 11, 22), ends_on=date(2026, 11, 22))
    after = {one.label: one for one in dates(year.holder)}
    assert after["Cloture"].uid == before["Cloture"].uid == str(milestone(year, "cloture").uuid)
    assert after["Cloture"].sequence == before["Cloture"].sequence + 1
    assert after["Ouverture"] == before["Ouverture"]


def test_a_window_s_sequence_grows_with_its_date_and_with_the_rules(tmp_path):
    holder = play.person("porteuse", Role.HOLDER, None, Organisation.objects.create(name="Les Tisserands"))

    def loaded(**changes) -> Dated:
        loading.load(vitry_with(tmp_path, changes), at=play.BEFORE)
        closed = "Fermeture de « Rendez-vous avec le service »"
        [one] = [one for one in dates(holder) if one.label == closed]
        return one

    later = {"  - code: cloture\n    libellé: Date limite de dépôt\n    du: 2026-11-24": LATER}
    first, moved = loaded(), loaded(**later)
    ruled = loaded(**later, **{"jours_avis: 21": "jours_avis: 28"})
    assert first.uid == moved.uid == ruled.uid
    assert [one.first for one in (first, moved, ruled)] == [date(2026, 11, 20), *[date(2026, 11, 26)] * 2]
    assert first.sequence < moved.sequence < ruled.sequence


def test_public_holidays_are_those_of_the_call_s_own_region(year):
    def rest(user):
        seen = seen_by(user, date(2027, 5, 1), date(2027, 5, 31), AT)
        return [(one.first.day, one.label) for one in seen if one.kind == DatedKind.HOLIDAY]

    national = [
        (1, "Fête du Travail"),
        (6, "Ascension"),
        (8, "Fête de la Victoire"),
        (17, "Lundi de Pentecôte"),
    ]
    assert rest(year.holder) == rest(play.person("passante")) == national
    Cycle.objects.filter(pk=year.cycle.pk).update(region=Region.MARTINIQUE)
    assert rest(year.holder) == [*national, (22, "Abolition de l’esclavage")]


def test_two_regions_name_a_shared_holiday_once():
    found = list(holidays({Region.MARTINIQUE, Region.METROPOLE}, date(2027, 12, 20), date(2028, 1, 2)))
    assert [(one.first, one.label) for one in found] == [
        (date(2027, 12, 25), "Noël"),
        (date(2028, 1, 1), "Jour de l’an"),
    ]


def test_what_two_sources_say_alike_is_said_once_by_the_nearest(year):
    from cases.models import Committee

    Committee.objects.filter(cycle=year.cycle).update(label="Comite")
    found = [one.kind for one in seen_by(year.coordinator, *YEAR, AT) if one.label == "Comite"]
    assert found == [DatedKind.COMMITTEE]


def test_an_hour_is_said_in_paris():
    begins, ends = play.day("2027-03-28", 9), play.day("2027-03-28", 11)
    facts = {"uid": "x", "kind": DatedKind.SESSION, "label": "Atelier"}
    one = Dated.at_hours(begins.astimezone(UTC), ends, **facts)
    assert plain(one.said) == "dimanche 28 mars 2027, de 9 h à 11 h"
    assert (one.first, one.last, one.lasts) == (date(2027, 3, 28), date(2027, 3, 28), False)


@pytest.mark.parametrize("calls", [1, 3])
def test_the_dates_of_many_calls_cost_as_much_as_those_of_one(year, calls, django_assert_num_queries):
    for number in range(1, calls):
        play.a_year(f"essai_{number}")
    with read_once(), django_assert_num_queries(3):
        found = [one for one in of_calls(year.holder, *YEAR, AT) if one.kind != DatedKind.HOLIDAY]
    assert len([one for one in found if one.overlaps(*YEAR)]) == 4 * calls

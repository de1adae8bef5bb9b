"""What hangs on a date, by pure comparison of two documents."""

from datetime import date

import pytest

from tests import year as play
from tests.cycles import VITRY
from workflow import forecast, loading
from workflow.campaign import Campaign, with_part


def section(name: str):
    return next(one for one in loading.sections() if one.name == name)


def moved(code: str, **values):
    before = loading.read(VITRY)
    return before, with_part(before, section("jalons"), code, before["jalons"][code] | values)


def windows(before, after):
    return [one for one in forecast.moving(before, after) if "erture" in one.what or "ermeture" in one.what]


def test_every_window_that_hangs_on_the_date_moves_by_its_own_offset():
    before, after = moved("cloture", ends_on=date(2026, 12, 1))
    assert windows(before, after) == [
        ("Fermeture de « Rendez-vous avec le service »", date(2026, 11, 20), date(2026, 11, 27)),
        (
            "Fermeture de « Atelier « écrire et chiffrer sa demande » »",
            date(2026, 11, 24),
            date(2026, 12, 1),
        ),
        ("Fermeture de « Dépôt des demandes »", date(2026, 11, 24), date(2026, 12, 1)),
    ]


def test_nothing_moves_where_no_date_did():
    before, after = moved("cloture", note="à minuit", label="Fin du dépôt")
    assert windows(before, after) == []


def test_a_worry_is_what_the_move_itself_brings():
    before, after = moved("cloture", starts_on=date(2026, 9, 1), ends_on=date(2026, 9, 1))
    assert "empty_window" in {one.code for one in forecast.worries(before, after)}
    assert forecast.worries(after, after) == []


def test_a_committee_on_the_old_day_may_come_along_to_the_new_one():
    before, after = moved("comite_pilotage", starts_on=date(2027, 3, 25), ends_on=date(2027, 3, 25))
    row = after["jalons"]["comite_pilotage"]
    [one] = forecast.companions(before, section("jalons"), "comite_pilotage", row)
    assert (one.section.name, one.code, one.on) == ("comités", "Comité de pilotage", date(2027, 3, 25))
    along = forecast.moved_along(after, before, section("jalons"), "comite_pilotage", [one.key])
    assert along["comités"]["Comité de pilotage"]["on"] == date(2027, 3, 25)
    assert forecast.moved_along(after, before, section("jalons"), "comite_pilotage", []) == after


@pytest.mark.django_db
def test_who_waits_behind_a_date_and_who_lives_under_which_rules():
    year = play.a_year()
    play.a_draft(year)
    play.submitted(year, title="Jardin")
    document = Campaign.of(year.cycle).document
    assert forecast.waiting(year.cycle, document, "cloture") == [("Depot", "dossier", 1)]
    assert forecast.waiting(year.cycle, document, "bilan") == []
    assert forecast.by_version(year.cycle) == {1: 2}

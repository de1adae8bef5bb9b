"""A date moves in the middle of the year: what moves with it is said before anything is saved."""

from datetime import date

import pytest

from tests import year as play
from tests.campaigns import as_shown, typed
from workflow import journal
from workflow.models import Entry

pytestmark = pytest.mark.django_db

CLOSING = "/campagne/essai_2027/jalons/cloture/"
SITTING = "/campagne/essai_2027/jalons/comite/"


@pytest.fixture
def year(on_day):
    """Given a year under way, with two drafts and one dossier filed."""
    on_day(play.WRITING)
    year = play.a_year()
    play.a_draft(year)
    play.a_draft(year, title="Jardin")
    play.submitted(year, title="Chorale")
    return year


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def foreseen(answer) -> list[tuple]:
    return [(one.what, one.was, one.now) for one in answer.context["moves"]]


def test_before_saving_the_page_says_what_moves_and_for_whom(coordinator, year):
    # When she types a later closing day
    answer = typed(coordinator, CLOSING, confirmed=False, starts_on="2026-11-22", ends_on="2026-11-22")
    # Then the window's end is announced, with who waits behind it
    assert ("Fermeture de « Depot »", date(2026, 11, 15), date(2026, 11, 22)) in foreseen(answer)
    assert [(one.step, one.many) for one in answer.context["waiting"]] == [("Depot", 2)]
    assert "2 dossiers doivent encore passer cette étape" in answer.content.decode()
    # and nothing is saved yet
    assert year.cycle.milestones.get(code="cloture").ends_on == date(2026, 11, 15)


def test_once_confirmed_the_date_moves_for_everybody_and_the_journal_says_who(coordinator, year):
    answer = typed(coordinator, CLOSING, starts_on="2026-11-22", ends_on="2026-11-22")
    assert answer.url == "/campagne/essai_2027/jalons/"
    closing = year.cycle.milestones.get(code="cloture")
    assert closing.ends_on == date(2026, 11, 22)
    # Dates are not pinned: the dossiers under way follow, under the same rules
    assert year.rules.steps.get(code="depot").last_day == date(2026, 11, 22)
    assert year.cycle.versions.count() == 1
    entry = Entry.objects.get(subject_label="workflow.milestone", subject_id=closing.pk)
    assert (entry.actor, journal.facts_of(entry)["ends_on"]) == (
        year.coordinator,
        ["2026-11-15", "2026-11-22"],
    )
    told = coordinator.get("/campagne/essai_2027/").context["story"]
    assert told[0].sentence == (
        "A déplacé « Cloture » : dimanche 15 novembre 2026 devient dimanche 22 novembre 2026"
    )


def test_a_date_that_would_shut_a_door_before_it_opens_is_a_warning(coordinator):
    answer = typed(coordinator, CLOSING, confirmed=False, starts_on="2026-09-01", ends_on="2026-09-01")
    assert "empty_window" in [one.code for one in answer.context["worries"]]


def test_a_committee_that_sat_on_that_day_moves_along_if_she_leaves_it_ticked(coordinator, year):
    answer = typed(coordinator, SITTING, confirmed=False, starts_on="2027-02-17", ends_on="2027-02-17")
    assert [one.key for one in answer.context["companions"]] == ["comités/Comité des financeurs"]
    typed(coordinator, SITTING, starts_on="2027-02-17", ends_on="2027-02-17")
    assert year.cycle.committees.get().on == date(2027, 2, 17)


def test_a_committee_that_she_unticks_stays(coordinator, year):
    sent = as_shown(coordinator.get(SITTING), starts_on="2027-02-17", ends_on="2027-02-17")
    coordinator.post(SITTING, sent | {"confirmed": "oui"})
    assert year.cycle.milestones.get(code="comite").starts_on == date(2027, 2, 17)
    assert year.cycle.committees.get().on == date(2027, 2, 10)


def test_what_moves_nothing_is_saved_at_once(coordinator, year):
    answer = typed(coordinator, CLOSING, confirmed=False, note="Jusqu’à minuit.")
    assert answer.status_code == 302
    assert year.cycle.milestones.get(code="cloture").note == "Jusqu’à minuit."

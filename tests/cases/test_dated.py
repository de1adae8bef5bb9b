"""What the calendar shows of the dossiers: each their own deadlines, others only counted, and the meetings."""

from datetime import date

import pytest
from django.urls import reverse

from cases import models as cases
from cases.dated import agreed, committees, deadlines, sessions
from tests import year as play
from tests.cases import reached
from tests.sessions import AFTER, a_house, a_session, booked, moved
from workflow import engine
from workflow.dated import seen_by
from workflow.models import Grant, Milestone
from workflow.roles import Role, read_once

pytestmark = pytest.mark.django_db

YEAR = date(2026, 9, 1), date(2028, 8, 31)


@pytest.fixture
def year():
    return play.a_year()


def due(user, at=play.WRITING, first=YEAR[0], last=YEAR[1]) -> list:
    return list(deadlines(user, first, last, at))


def said(user, at=play.WRITING) -> list[tuple]:
    return [(one.first.isoformat(), one.label.replace("\u00a0", " ")) for one in due(user, at)]


def test_a_holder_s_draft_is_due_on_the_last_day_of_filing(year):
    draft = play.a_draft(year, title="Atelier vélo")
    [one] = due(year.holder)
    assert (one.first, one.label, one.note) == (
        date(2026, 11, 15),
        "Déposer « Atelier vélo »",
        "Avant minuit.",
    )
    assert (one.uid, one.url) == (f"{draft.uuid}-submit", reverse("dossier-request", args=[draft.uuid]))


def test_what_is_done_leaves_the_calendar(year):
    dossier = play.submitted(year)
    assert said(year.holder) == []
    facts = {"items": ["Le budget signé"], "due_on": date(2026, 12, 20)}
    engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    assert said(year.holder, play.READING) == [("2026-12-20", "Compléter « Atelier vélo »")]


def test_a_day_said_for_one_dossier_outside_the_days_asked_is_not_there(year):
    play.a_draft(year)
    assert due(year.holder, first=date(2026, 11, 16)) == []
    assert due(year.holder, last=date(2026, 11, 14)) == []


def test_nobody_reads_another_s_deadline(year):
    play.a_draft(year)
    other = play.a_year("ailleurs_2027")
    for user in (other.holder, other.instructor, other.financiers["etat"], year.financiers["etat"]):
        assert said(user) == []


def test_the_team_sees_so_many_dossiers_and_no_title(year):
    for title in ("Atelier vélo", "Jardin"):
        play.in_committee(year, title=title)
    expected = [("2027-02-10", "Enregistrer la décision (2 dossiers)")]
    assert said(year.coordinator, play.REVIEWING) == expected
    [one] = due(year.coordinator, play.REVIEWING)
    assert one.url == f"{reverse('todo')}?kind=team-decide"
    assert one.uid == f"{year.cycle.uuid}-team-decide-2027-02-10"


def test_a_financier_sees_how_many_opinions_are_owed_by_which_day(year):
    play.in_review(year, date(2027, 1, 15), title="Atelier vélo")
    play.in_review(year, date(2027, 1, 15), title="Jardin")
    play.in_review(year, date(2027, 1, 22), title="Théâtre")
    for name in ("etat", "agglo"):
        assert said(year.financiers[name], play.REVIEWING) == [
            ("2027-01-15", "Donner mon avis (2 dossiers)"),
            ("2027-01-22", "Donner mon avis (1 dossier)"),
        ]
    [first, _] = due(year.financiers["etat"], play.REVIEWING)
    assert first.url == reverse("opinions")


def test_a_deadline_keeps_its_identity_and_its_sequence_grows_with_its_date(year):
    draft = play.a_draft(year)
    [before] = due(year.holder)
    cloture = Milestone.objects.get(cycle=year.cycle, code="cloture")
    week_later = dict.fromkeys(("starts_on", "ends_on"), date(2026, 11, 22))
    engine.amend(cloture, week_later, by=year.coordinator, at=play.WRITING)
    [after] = due(year.holder)
    assert (after.uid, after.first) == (before.uid, date(2026, 11, 22))
    assert after.sequence == before.sequence + 1
    engine.amend(draft, {"title": "Autre titre"}, by=year.holder, at=play.WRITING)
    [renamed] = due(year.holder)
    assert renamed.sequence == after.sequence + 1


def test_committees_stand_for_the_team_and_for_those_who_sit(year):
    sitting = cases.Committee.objects.get(cycle=year.cycle)
    member = play.person("membre", Role.COMMITTEE, year.cycle)
    for user in (year.coordinator, year.instructor, member):
        [one] = committees(user, *YEAR, play.WRITING)
        assert (one.uid, one.label, one.first) == (str(sitting.uuid), sitting.label, date(2027, 2, 10))
    for user in (year.holder, year.financiers["etat"], play.a_year("ailleurs_2027").coordinator):
        assert sitting.uuid not in [one.uid for one in committees(user, *YEAR, play.WRITING)]


def test_a_committee_that_moves_keeps_its_identity_and_its_sequence_grows(year):
    [before] = committees(year.coordinator, *YEAR, play.WRITING)
    sitting = cases.Committee.objects.get(cycle=year.cycle)
    engine.amend(sitting, {"on": date(2027, 2, 17)}, by=year.coordinator, at=play.WRITING)
    [after] = committees(year.coordinator, *YEAR, play.WRITING)
    assert (after.uid, after.first) == (before.uid, date(2027, 2, 17))
    assert after.sequence > before.sequence


def test_what_was_agreed_stands_in_the_calendar_of_whoever_does_it_until_it_is_ticked(year):
    theirs = reached.agreed(year, "Demander le RIB")
    reached.agreed(year, "Relire le budget", year.instructor, support=theirs.support)
    days = date(2026, 11, 5), date(2026, 11, 5)

    def taken(user):
        return [(one.label, one.uid, one.note) for one in agreed(user, *days, play.WRITING)]

    assert taken(year.holder) == [("Demander le RIB", str(theirs.uuid), "Convenu en rencontre.")]
    assert [one[0] for one in taken(year.instructor)] == ["Relire le budget"]
    for user in (year.coordinator, year.financiers["etat"], play.a_year("ailleurs_2027").holder):
        assert taken(user) == []
    assert list(agreed(year.holder, date(2026, 11, 6), date(2026, 12, 1), play.WRITING)) == []
    engine.fire(theirs, "tick", by=year.holder, at=play.WRITING)
    assert taken(year.holder) == []
    assert [one for one in due(year.instructor, play.READING) if "convenu" in one.label] == []


def meetings(user, first=date(2026, 10, 1), last=date(2026, 10, 31)) -> list[tuple]:
    seen = sessions(user, first, last, play.WRITING)
    return [(one.label, one.said.replace("\u00a0", " "), one.note, one.own, one.cancelled) for one in seen]


WHEN = "jeudi 22 octobre 2026, de 14 h à 16 h"


def test_a_meeting_says_its_seats_and_to_whoever_booked_that_theirs_is_taken(year):
    session = a_session(year, seats=1)
    queue = a_house(year, "Voisins")
    assert meetings(year.holder) == [("Rendez-vous", WHEN, "1 place libre.", False, False)]
    booked(year, session)
    booked(year, session, **queue)
    assert meetings(year.holder) == [("Rendez-vous", WHEN, "Votre place est prise.", True, False)]
    assert meetings(queue["by"]) == [("Rendez-vous", WHEN, "Vous êtes sur la liste d’attente.", True, False)]
    assert meetings(a_house(year, "Passants")["by"]) == [("Rendez-vous", WHEN, "Complet.", False, False)]
    assert meetings(year.instructor) == [("Rendez-vous", WHEN, "Vous animez. Complet.", True, False)]
    assert meetings(year.coordinator) == [("Rendez-vous", WHEN, "Complet.", False, False)]
    assert meetings(year.financiers["etat"]) == []


def test_whoever_waited_in_vain_is_not_told_to_wait_once_it_was_held(year):
    session = a_session(year, seats=1)
    queue = a_house(year, "Voisins")
    seated = booked(year, session)
    booked(year, session, **queue)
    moved(seated, "attend", year.instructor, AFTER)
    assert play.fresh(session).state == "held"
    assert meetings(queue["by"]) == [("Rendez-vous", WHEN, "Vous étiez sur la liste d’attente.", True, False)]


def test_a_meeting_leads_its_team_to_the_list_and_the_others_to_their_booking(year):
    session = a_session(year)
    pages = {"session": year.holder, "session-desk": year.instructor}
    for name, user in pages.items():
        [one] = sessions(user, *YEAR, play.WRITING)
        assert one.url == reverse(name, args=[session.uuid])


def test_a_meeting_that_has_begun_stays_in_the_calendar_of_its_team_and_of_those_who_booked(year):
    booked(year, a_session(year))
    passers = a_house(year, "Passants")["by"]
    begun = play.day("2026-10-22", 15)

    def reads(user):
        return [one.label for one in sessions(user, *YEAR, begun)]

    assert reads(year.holder) == reads(year.coordinator) == ["Rendez-vous"]
    assert reads(passers) == []


def test_a_seat_given_back_concerns_its_holder_no_longer(year):
    booking = booked(year, a_session(year))
    moved(booking, "cancel", year.holder)
    assert meetings(year.holder) == [("Rendez-vous", WHEN, "5 places libres.", False, False)]


def test_a_cancelled_meeting_is_said_to_those_who_were_to_come_and_to_the_team(year):
    session = a_session(year)
    booked(year, session)
    moved(session, "cancel", year.coordinator, reason="La salle est fermée.")
    told = [("Rendez-vous", WHEN, "La séance est annulée.")]
    assert [one[:3] for one in meetings(year.holder)] == told
    assert [one[3:] for one in meetings(year.holder)] == [(True, True)]
    assert [one[3:] for one in meetings(year.coordinator)] == [(False, True)]
    assert meetings(a_house(year, "Passants")["by"]) == []


def test_a_meeting_that_moves_keeps_its_identity_and_its_sequence_grows(year):
    session = a_session(year)
    [before] = sessions(year.holder, *YEAR, play.WRITING)
    later = {"starts_at": play.day("2026-10-23", 14), "ends_at": play.day("2026-10-23", 16)}
    facts = {
        "venue": session.venue,
        "host": session.host_id,
        "place": session.place,
        "note": "",
        "anyway": False,
    }
    moved(session, "reschedule", year.coordinator, **later, **facts)
    [after] = sessions(year.holder, *YEAR, play.WRITING)
    assert (after.uid, after.first) == (before.uid, date(2026, 10, 23))
    assert after.sequence > before.sequence


def test_two_meetings_at_one_hour_are_two(year):
    a_session(year, place="Maison de quartier")
    a_session(year, host=year.coordinator, place="Mairie")
    shown = seen_by(year.holder, date(2026, 10, 22), date(2026, 10, 22), play.WRITING)
    assert {one.place for one in shown} == {"Maison de quartier", "Mairie"}


@pytest.mark.parametrize("rows", [1, 3])
def test_many_meetings_ask_as_much_as_one(year, rows, django_assert_num_queries):
    for number in range(rows):
        booked(year, a_session(year, play.day(f"2026-10-{22 + number}", 14)))
    with read_once(), django_assert_num_queries(4):
        found = list(sessions(year.holder, *YEAR, play.WRITING))
    assert len(found) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_person_with_every_role_asks_as_much_for_one_dossier_as_for_three(
    year, rows, django_assert_num_queries
):
    for number in range(rows):
        play.a_draft(year, title=f"Brouillon {number}")
        play.in_review(year, title=f"Action {number}")
    seat = year.envelopes["etat"].financier.organisation
    for role, cycle, organisation in (
        (Role.INSTRUCTOR, year.cycle, None),
        (Role.COORDINATOR, year.cycle, None),
        (Role.FINANCIER, year.cycle, seat),
    ):
        Grant.objects.create(user=year.holder, role=role, cycle=cycle, organisation=organisation)
    with read_once(), django_assert_num_queries(9):
        found = due(year.holder, play.REVIEWING)
    assert len(found) == rows + 1

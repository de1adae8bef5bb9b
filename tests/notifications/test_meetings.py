"""The mail that asks a partner what it expects: one per person, held and worded as others, its link never kept."""

from datetime import date

import pytest

from cases import attendance, goals, standing_in
from cases.models import Attendee, GoalsRequest
from notifications import delivery, reminders
from notifications.choices import Audience
from notifications.models import MailText, Message, MessageStatus
from notifications.rendering import rendered, unsealed
from tests import year as play
from tests.notifications.letters import a_told_year, message
from workflow.models import Cycle
from workflow.roles import Role

pytestmark = pytest.mark.django_db
TEMPLATE = "attentes_demandees"


@pytest.fixture
def year():
    return a_told_year()


def press(year, at=play.READING):
    committee = year.cycle.committees.select_related("cycle").get()
    return goals.ask(committee, by=year.coordinator, at=at)


def heard() -> list[str]:
    rows = Message.objects.filter(template=TEMPLATE).select_related("recipient").order_by("recipient__email")
    return [one.recipient.email.split("@")[0] for one in rows]


def seat(year):
    return year.envelopes["etat"].financier.organisation


def test_each_person_of_each_seat_is_written_to_once_however_often_it_is_pressed(year):
    play.person("adjointe", Role.FINANCIER, year.cycle, seat(year))
    press(year)
    first = heard()
    assert [name.removesuffix("-essai_2027") for name in first] == ["adjointe", "agglo", "etat"]
    press(year)
    press(year, play.REVIEWING)
    assert heard() == first


def test_who_is_away_is_not_written_to_and_who_answers_is(year):
    colleague = play.person("adjointe", Role.FINANCIER, year.cycle, seat(year))
    etat, day = year.financiers["etat"], play.READING.date()
    standing_in.leave(etat, colleague, day, date(2026, 12, 31), at=play.READING)
    press(year)
    assert etat.email.split("@")[0] not in heard()
    assert colleague.email.split("@")[0] in heard()


def test_it_says_which_sitting_and_leads_to_where_one_writes_and_its_link_is_kept_nowhere(year):
    press(year)
    row = message(TEMPLATE, recipient=year.financiers["etat"])
    assert (row.cycle, row.dossier, row.audience) == (year.cycle, None, Audience.FINANCIER)
    told = rendered(row)
    plain = " ".join(told.text.replace("\u00a0", " ").split())
    assert (
        told.subject.replace("\u00a0", " ") == "Ce que vous attendez de la séance du mercredi 10 février 2027"
    )
    assert "« Comité des financeurs » se réunit le mercredi 10 février 2027, à 9 h" in plain
    assert "Sans réponse de votre part, la séance se tient comme prévu." in plain
    request = GoalsRequest.objects.get(seat=seat(year))
    assert f"⟦attentes:{request.pk}⟧" in told.text
    path = attendance.path_of(Attendee.objects.get(seat=seat(year)))
    assert path not in told.text
    assert path in unsealed(row, told.text, at=play.READING)


def test_the_coordinator_words_it_with_the_fields_of_a_committee(year):
    press(year)
    row = message(TEMPLATE, recipient=year.financiers["etat"])
    words = {"subject": "Avant le {seance}", "body": "Que voulez-vous de « {comite} », {personne} ?"}
    MailText.objects.create(cycle=year.cycle, template=TEMPLATE, **words)
    told = rendered(row)
    assert told.subject.replace("\u00a0", " ") == "Avant le mercredi 10 février 2027"
    assert "Que voulez-vous de « Comité des financeurs », Etat-essai_2027" in " ".join(
        told.text.replace("\u00a0", " ").replace("\u2060", "").split()
    )
    assert "⟦attentes" in told.text


def test_it_waits_behind_the_stop_button_and_says_nothing_any_more_once_it_was_said(year):
    Cycle.objects.filter(pk=year.cycle.pk).update(mail_stopped=True)
    press(year)
    delivery.sweep(lambda: play.READING)
    assert message(TEMPLATE).status == MessageStatus.WAITING
    row = message(TEMPLATE, recipient=year.financiers["etat"])
    assert reminders.still_holds(row, play.READING) is True
    theirs = Attendee.objects.get(seat=seat(year))
    attendance.expect(theirs, "Deux actions.", theirs.version, at=play.READING)
    assert reminders.still_holds(row, play.READING) is False
    other = message(TEMPLATE, recipient=year.financiers["agglo"])
    assert [reminders.still_holds(other, at) for at in (play.SITTING, play.ANSWERING)] == [True, False]

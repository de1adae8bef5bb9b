"""A volunteer keeps the year's dates in her telephone: what moves in the campaign moves there."""

from datetime import date

import icalendar
import pytest
from django.test import Client

from notifications import subscriptions
from tests import year as play
from tests.campaigns import typed
from tests.sessions import a_session, booked, moved

pytestmark = pytest.mark.django_db

CLOSING = "/campagne/essai_2027/jalons/cloture/"
CYCLE = "/campagne/essai_2027/cycle/"
ADDRESS = "/calendrier/abonnement/"


@pytest.fixture
def year(on_day):
    """Given a year under way and a draft."""
    on_day(play.WRITING)
    year = play.a_year()
    play.a_draft(year)
    return year


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


@pytest.fixture
def holder(year):
    """And a volunteer who made an address for her telephone."""
    browser = Client()
    browser.force_login(year.holder)
    browser.post(ADDRESS, {"act": "renew", "key": ""})
    return browser


def address(year) -> str:
    return ADDRESS + subscriptions.address_of(subscriptions.alive(year.holder)).rsplit("/", 1)[1]


def telephone(path: str) -> dict:
    """{what it says: the event} once the telephone has read that address again; it signs in nowhere."""
    answer = Client().get(path)
    return {str(one["summary"]): one for one in icalendar.Calendar.from_ical(answer.content).events}


def test_a_deadline_that_moves_by_a_week_moves_in_the_telephone(coordinator, holder, year):
    path = address(year)
    before = telephone(path)
    assert before["Déposer « Atelier vélo »"].start == date(2026, 11, 15)
    # When the coordinator moves the closing day by a week, in the campaign's pages
    typed(coordinator, CLOSING, starts_on="2026-11-22", ends_on="2026-11-22")
    # Then the telephone reads the new day, knows that it is the same thing, and that this is newer
    after = telephone(path)
    for what in ("Cloture", "Déposer « Atelier vélo »"):
        assert after[what].start == date(2026, 11, 22)
        assert after[what]["uid"] == before[what]["uid"]
        assert int(after[what]["sequence"]) > int(before[what]["sequence"])
    # and what did not move is told as it was
    assert after["Ouverture"]["sequence"] == before["Ouverture"]["sequence"]


def test_a_date_made_vague_promises_no_day_any_more(coordinator, holder, year):
    typed(
        coordinator, "/campagne/essai_2027/jalons/reponse/", precision="quinzaine",
        starts_on="2027-04-15", ends_on="2027-04-15",
    )  # fmt: skip
    answer = telephone(address(year))["Reponse (mi-avril 2027)"]
    assert (answer.start, answer.end, str(answer["status"])) == (
        date(2027, 4, 8), date(2027, 4, 23), "TENTATIVE",
    )  # fmt: skip
    page = holder.get("/calendrier/?month=2027-04").content.decode()
    assert "mi-avril 2027" in page
    assert "jeudi 15 avril" not in page


def test_a_meeting_enters_the_telephone_with_its_seat_and_leaves_it_with_it(holder, year):
    path, session = address(year), a_session(year)
    assert "Rendez-vous" not in telephone(path)
    # When she books, and then the meeting is put off by a day
    booking = booked(year, session)
    first = telephone(path)["Rendez-vous"]
    facts = {
        "venue": session.venue,
        "host": session.host_id,
        "place": session.place,
        "note": "",
        "anyway": False,
    }
    times = {"starts_at": play.day("2026-10-23", 14), "ends_at": play.day("2026-10-23", 16)}
    moved(session, "reschedule", year.coordinator, **times, **facts)
    # Then the same meeting stands on the next day
    then = telephone(path)["Rendez-vous"]
    assert (then["uid"], then.start.date()) == (first["uid"], date(2026, 10, 23))
    assert int(then["sequence"]) > int(first["sequence"])
    # and once she gives her seat back it is gone
    moved(booking, "cancel", year.holder)
    assert "Rendez-vous" not in telephone(path)


def test_overseas_the_calendar_keeps_its_own_holidays(coordinator, holder, year):
    may = "/calendrier/?month=2027-05"
    assert "Abolition de l’esclavage" not in holder.get(may).content.decode()
    typed(coordinator, CYCLE, region="guadeloupe")
    assert "Abolition de l’esclavage" in holder.get(may).content.decode()


def test_an_address_that_got_about_is_changed_and_the_old_one_opens_nothing(holder, year):
    old = address(year)
    holder.post(ADDRESS, {"act": "renew", "key": str(subscriptions.alive(year.holder).uuid)})
    assert Client().get(old).status_code == 404
    assert "Cloture" in telephone(address(year))

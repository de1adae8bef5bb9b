"""The meeting that a sheet offers: booked in the page, or asked, and found in the to-do of whoever is named."""

import pytest
from django.urls import reverse

from cases.models import AgreedAction, Booking
from tests import sessions
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db

SOON = play.day("2027-05-04", 14)


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    return play.a_year()


@pytest.fixture
def dossier(year):
    return reached.delivered(year, meeting_with=year.instructor).dossier


def asked(client, year, dossier):
    client.force_login(year.holder)
    return client.post(reverse("feedback-meeting", args=[dossier.uuid]))


def read(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-answer", args=[dossier.uuid]))


def test_an_open_day_of_the_person_named_is_booked_in_one_click(client, year, dossier):
    session = sessions.a_session(year, SOON, at=play.ANSWERING)
    sessions.a_session(year, SOON, at=play.ANSWERING, host=year.coordinator)
    sessions.a_session(year, SOON, at=play.ANSWERING, step="relecture")
    meeting = read(client, year.holder, dossier).context["meeting"]
    assert [one.session.pk for one in meeting.free] == [session.pk]
    booking = {"organisation": dossier.organisation_id, "about": "none"}
    assert client.post(reverse("session", args=[session.uuid]), booking).status_code == 302
    assert Booking.objects.get().session_id == session.pk
    page = read(client, year.holder, dossier)
    assert [one.session.pk for one in page.context["meeting"].booked] == [session.pk]
    assert "Demander qu’on me rappelle" not in page.content.decode()


def test_a_wish_lands_in_the_to_do_of_the_person_named_once(client, year, dossier):
    for _ in range(2):
        assert asked(client, year, dossier).status_code == 302
    wish = AgreedAction.objects.get()
    assert (wish.member, wish.project_id, wish.organisation_id) == (
        year.instructor, dossier.project_id, dossier.organisation_id,
    )  # fmt: skip
    assert list(AgreedAction.objects.awaiting(year.instructor, play.ANSWERING.date())) == [wish]
    assert "Votre demande est transmise à" in read(client, year.holder, dossier).content.decode()


def test_a_wish_outlives_its_request_and_stands_in_next_year_s_draft(client, year):
    dossier = play.decided(year, 0)
    play.explained(year, dossier, meeting_with=year.instructor)
    asked(client, year, dossier)
    wish = AgreedAction.objects.get()
    letter = {"notified_on": play.ANSWERING.date()}
    engine.fire_many(
        dossier.lines.order_by("pk"), "notify", by=year.coordinator, at=play.ANSWERING, facts=letter
    )
    for move in ("answer", "close"):
        engine.fire(dossier, move, by=year.coordinator, at=play.ANSWERING)
    assert list(AgreedAction.objects.awaiting(year.instructor, play.ANSWERING.date())) == [wish]
    assert list(AgreedAction.objects.standing_on(play.a_draft(year))) == []
    again = play.a_draft(year)
    type(again).objects.filter(pk=again.pk).update(project=dossier.project)
    assert list(AgreedAction.objects.standing_on(play.fresh(again))) == [wish]


def test_where_the_person_named_has_left_the_coordination_hears_of_it(client, year, dossier):
    engine.fire(year.instructor.grants.get(), "end", by=year.coordinator, at=play.ANSWERING)
    assert asked(client, year, dossier).status_code == 302
    assert AgreedAction.objects.get().member == year.coordinator


def test_only_the_holder_of_a_delivered_sheet_that_offers_one_may_ask(client, year):
    offered = reached.delivered(year, meeting_with=year.instructor).dossier
    none = reached.delivered(year).dossier
    draft = reached.sheet(year, meeting_with=year.instructor).dossier
    stranger = play.a_year("ailleurs").holder
    tried = ((year.holder, none), (year.holder, draft), (year.coordinator, offered), (stranger, offered))
    for user, dossier in tried:
        client.force_login(user)
        assert client.post(reverse("feedback-meeting", args=[dossier.uuid])).status_code == 404
    assert AgreedAction.objects.count() == 0


def test_the_team_reads_the_answer_without_the_buttons_that_are_its_holder_s(client, year, dossier):
    page = read(client, play.person("lecture", Role.INSTRUCTOR, year.cycle), dossier)
    assert (page.status_code, page.context["meeting"]) == (200, None)

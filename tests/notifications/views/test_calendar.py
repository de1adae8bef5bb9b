"""The calendar's pages, its files and its secret address: each sees their own, in every shape alike."""

from datetime import date

import icalendar
import pytest
from django.urls import reverse

from notifications import subscriptions, words
from notifications.models import CalendarKey
from tests import year as play
from tests.sessions import a_session, booked
from workflow import engine
from workflow.models import Milestone

pytestmark = pytest.mark.django_db

AT = play.WRITING


@pytest.fixture(autouse=True)
def _in_october(on_day):
    on_day(AT)


@pytest.fixture
def year():
    return play.a_year()


def signed_in(client, user):
    client.force_login(user)
    return client


def shown(client, **query) -> str:
    answer = client.get(reverse("calendar"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def address(user) -> str:
    key = subscriptions.alive(user)
    subscriptions.renew(user, str(key.uuid) if key else "", AT)
    return "/" + subscriptions.address_of(subscriptions.alive(user)).split("/", 3)[3]


def events(client, path: str) -> dict:
    """{summary: event} of what a machine without a session reads there."""
    client.logout()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return {str(one["summary"]): one for one in icalendar.Calendar.from_ical(answer.content).events}


def amend(year, code: str, **changes) -> None:
    milestone = Milestone.objects.get(cycle=year.cycle, code=code)
    engine.amend(milestone, changes, by=year.coordinator, at=AT)


# ── The page ────────────────────────────────────────────────────────────────


def test_a_month_is_a_table_whose_days_say_all_in_words(client, year):
    play.a_draft(year)
    page = shown(signed_in(client, year.holder), month="2026-11")
    assert "<h1>Novembre 2026</h1>" in page
    assert page.count('role="columnheader"') == 7
    assert page.count('role="cell"') == 42
    assert "Déposer «\u00a0Atelier vélo\u00a0»" in page
    assert 'datetime="2026-11-15"' in page


def test_a_vague_date_is_said_as_such_beside_the_days(client, year):
    amend(year, "reponse", precision="quinzaine")
    client = signed_in(client, year.holder)
    for view in ("month", "agenda"):
        page = shown(client, month="2027-04", view=view)
        assert "<b>mi-avril 2027</b>" in page
        assert "jeudi 15 avril" not in page


def test_a_list_offers_a_file_for_each_date(client, year):
    client = signed_in(client, year.holder)
    page = shown(client, month="2026-10", view="agenda")
    uid = Milestone.objects.get(cycle=year.cycle, code="cloture").uuid
    path = reverse("calendar-event", args=[uid])
    assert f'href="{path}"' in page
    answer = client.get(path)
    assert answer["Content-Disposition"] == f'attachment; filename="{uid}.ics"'
    [event] = icalendar.Calendar.from_ical(answer.content).events
    assert (str(event["summary"]), event.start) == ("Cloture", date(2026, 11, 15))


def test_a_file_of_what_one_does_not_see_is_not_found(client, year):
    amend(year, "comite", public=False)
    hidden = Milestone.objects.get(cycle=year.cycle, code="comite").uuid
    path = reverse("calendar-event", args=[hidden])
    assert signed_in(client, year.instructor).get(path).status_code == 200
    assert signed_in(client, year.holder).get(path).status_code == 404
    assert client.get(reverse("calendar-event", args=["n-existe-pas"])).status_code == 404


def test_what_people_typed_is_never_markup(client, year):
    amend(year, "cloture", label="<b>Fin</b> & suite", note="<script>x</script>")
    client = signed_in(client, year.holder)
    for view in ("month", "agenda"):
        page = shown(client, month="2026-11", view=view)
        assert "&lt;b&gt;Fin&lt;/b&gt; &amp; suite" in page
        assert "<script>x" not in page


# ── The secret address ──────────────────────────────────────────────────────


def click(client, act: str, key: str = "") -> list[str]:
    answer = client.post(reverse("calendar-address"), {"act": act, "key": key}, follow=True)
    return [str(one) for one in answer.context["messages"]]


def test_a_person_makes_changes_and_gives_up_an_address(client, year):
    client = signed_in(client, year.holder)
    assert "Créer mon adresse" in client.get(reverse("calendar-address")).content.decode()
    assert click(client, "renew") == [words.ADDRESS_MADE]
    page = client.get(reverse("calendar-address"))
    key = subscriptions.alive(year.holder)
    assert subscriptions.address_of(key) in page.content.decode()
    assert subscriptions.address_of(key).replace("http://", "webcal://") in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert click(client, "renew", str(key.uuid)) == [words.ADDRESS_MADE]
    assert click(client, "give_up", str(subscriptions.alive(year.holder).uuid)) == [words.ADDRESS_GIVEN_UP]
    assert subscriptions.alive(year.holder) is None


def test_the_same_click_twice_says_nothing_twice_and_a_click_without_a_choice_is_refused(client, year):
    client = signed_in(client, year.holder)
    assert [click(client, "renew"), click(client, "renew")] == [[words.ADDRESS_MADE], []]
    assert CalendarKey.objects.count() == 1
    for sent in ({}, {"act": "sell"}):
        answer = client.post(reverse("calendar-address"), sent)
        assert answer.status_code == 422
    assert "Choisissez ce que devient l’adresse." in client.post(reverse("calendar-address")).content.decode()


def test_a_machine_reads_what_its_person_sees_without_a_session(client, year):
    play.a_draft(year)
    found = events(client, address(year.holder))
    assert list(found) == ["Ouverture", "Déposer « Atelier vélo »", "Cloture", "Comite", "Reponse", "Bilan"]
    assert found["Bilan"].end == date(2028, 7, 1)


def test_the_answer_is_kept_by_no_shared_cache_and_found_by_no_engine(client, year):
    path = address(year.holder)
    answer = client.get(path)
    assert (answer["Cache-Control"], answer["X-Robots-Tag"]) == ("private", "noindex, nofollow")
    assert answer.cookies == {}
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_an_address_that_was_replaced_given_up_or_never_was_is_not_found(client, year):
    old = address(year.holder)
    new = address(year.holder)
    assert [client.get(path).status_code for path in (old, new)] == [404, 200]
    subscriptions.give_up(year.holder, str(subscriptions.alive(year.holder).uuid), AT)
    assert client.get(new).status_code == 404
    assert client.get(reverse("calendar-feed", args=["A" * 43])).status_code == 404


def test_a_role_taken_back_empties_the_calendar_at_once(client, year):
    path = address(year.financiers["etat"])
    assert "Cloture" in events(client, path)
    for grant in year.financiers["etat"].grants.all():
        engine.fire(grant, "end", by=year.coordinator, at=AT)
    assert events(client, path) == {}


def test_nobody_else_s_business_stands_in_it(client, year):
    play.a_draft(year, title="Atelier vélo")
    play.in_review(year, title="Jardin partagé")
    for name, user in (("etat", year.financiers["etat"]), ("team", year.instructor)):
        client.logout()
        content = client.get(address(user)).content.decode()
        assert ("Atelier" in content, "Jardin" in content, year.holder_organisation.name in content) == (
            False, False, False,
        ), name  # fmt: skip
    amend(year, "comite", public=False)
    assert "Comite" not in events(client, address(year.holder))


def test_a_meeting_is_in_the_calendar_of_those_who_come_or_host_and_no_name_with_it(client, year):
    session = a_session(year, place="Maison de quartier")
    assert "Rendez-vous" not in events(client, address(year.holder))
    booked(year, session)
    found = events(client, address(year.holder))["Rendez-vous"]
    assert (found.start, str(found["location"])) == (session.starts_at, "Maison de quartier")
    content = client.get(address(year.instructor)).content.decode()
    assert "SUMMARY:Rendez-vous" in content
    assert [name for name in (year.holder.first_name, year.holder_organisation.name) if name in content] == []
    assert "SUMMARY:Rendez-vous" not in client.get(address(year.coordinator)).content.decode()


def test_a_date_that_moves_grows_its_sequence_and_keeps_its_identity(client, year):
    path = address(year.holder)
    before = events(client, path)["Cloture"]
    amend(year, "cloture", starts_on=date(2026, 11, 22), ends_on=date(2026, 11, 22))
    after = events(client, path)["Cloture"]
    assert (after["uid"], after.start) == (before["uid"], date(2026, 11, 22))
    assert int(after["sequence"]) > int(before["sequence"])


@pytest.mark.parametrize("rows", [1, 3])
def test_a_machine_asks_as_much_for_one_dossier_as_for_three(client, year, rows, django_assert_num_queries):
    for number in range(rows):
        play.a_draft(year, title=f"Action {number}")
        booked(year, a_session(year, play.day(f"2026-11-0{3 + number}", 14)))
    path = address(year.holder)
    with django_assert_num_queries(12):
        answer = client.get(path)
    assert answer.content.decode().count("SUMMARY:Déposer") == rows

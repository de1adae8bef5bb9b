"""The team's pages: a series in one go, the load of a week, the list on the day, a session changed."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from cases import models as cases
from tests import year as play
from tests.cases.views.test_sessions import text
from tests.pages import form_with
from tests.sessions import AFTER, MEETING, a_house, a_session, an_idea, booked, full, moved
from workflow import engine
from workflow.calendar import PARIS
from workflow.models import Step
from workflow.roles import Role
from workflow.triggers import lifted

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def plan(client, year, **typed):
    path = reverse("session-plan", args=[year.cycle.code])
    usual = {"step": "rendez-vous", "day": "2026-10-28", "begins": "14:00", "ends": "16:00", "rhythm": "once"}
    usual |= {"venue": "ours", "place": "Mairie", "host": year.instructor.pk, "seats": "5", "note": ""}
    return client.post(path, usual | typed, follow=True)


def allowed(year, hours: int) -> None:
    with lifted(connection.alias):  # because the rules of a published year stand still
        Step.objects.filter(version=year.rules, code="rendez-vous").update(weekly_load=hours)


def agenda_of(client, year):
    client.force_login(year.instructor)
    return client.get(reverse("agenda"))


def test_one_session_is_planned_on_the_clock_of_paris(client, year):
    client.force_login(year.instructor)
    page = plan(client, year)
    session = cases.Session.objects.get()
    assert "La séance est au calendrier." in text(page)
    assert session.starts_at.astimezone(PARIS).isoformat() == "2026-10-28T14:00:00+01:00"
    assert (session.when, session.seats, session.host, session.series) == (
        "mercredi 28 octobre 2026, de 14\u00a0h à 16\u00a0h",
        5,
        year.instructor,
        None,
    )


def test_a_series_skips_holidays_and_says_so(client, year):
    client.force_login(year.instructor)
    page = plan(client, year, day="2026-10-28", rhythm="weekly", until="2026-11-25")
    days = [one.starts_at.astimezone(PARIS).date() for one in cases.Session.objects.order_by("starts_at")]
    assert days == [date(2026, 10, 28), date(2026, 11, 4), date(2026, 11, 18), date(2026, 11, 25)]
    assert "4 séances sont au calendrier. Jour férié laissé de côté : mercredi 11 novembre." in text(page)
    assert len(set(cases.Session.objects.values_list("series", flat=True))) == 1
    plan(client, year, day="2026-12-01", rhythm="fortnightly", until="2026-12-31")
    later = cases.Session.objects.filter(starts_at__gte=play.day("2026-12-01", 0)).order_by("starts_at")
    assert [one.starts_at.astimezone(PARIS).day for one in later] == [1, 15, 29]


def test_a_series_is_planned_whole_or_not_at_all(client, year):
    client.force_login(year.instructor)
    a_session(year, play.day("2026-11-04", 15))
    page = plan(client, year, rhythm="weekly", until="2026-11-18")
    assert page.status_code == 422
    assert "anime déjà une séance : mercredi 4 novembre 2026, de 15 h à 17 h" in text(page)
    assert cases.Session.objects.count() == 1
    assert "Garder cet horaire quand même" in text(page)
    plan(client, year, rhythm="weekly", until="2026-11-18", anyway="on")
    assert cases.Session.objects.count() == 4


def test_the_same_click_plans_once_and_says_so(client, year):
    client.force_login(year.instructor)
    for _ in range(2):
        page = plan(client, year, rhythm="weekly", until="2026-11-18")
    assert (page.status_code, cases.Session.objects.count()) == (200, 3)
    assert "C’est déjà fait : la même chose est enregistrée." in text(page)
    page = plan(client, year, rhythm="weekly", until="2026-11-25")
    assert (page.status_code, cases.Session.objects.count()) == (422, 3)
    assert "Une partie est déjà enregistrée : n’ajoutez que ce qui manque." in text(page)


def test_a_presence_noted_by_mistake_is_corrected_until_something_is_written(client, year, on_day):
    session, draft = a_session(year), play.a_draft(year)
    one = booked(year, session, dossier=draft)
    moved(one, "attend", year.instructor, AFTER)
    on_day(AFTER)
    client.force_login(year.instructor)
    path = reverse("session-desk", args=[session.uuid])
    form = form_with(client.get(path), f"{one.pk}-said")
    page = client.post(path, form.fields | {f"{one.pk}-said": "miss"}, follow=True)
    assert "Les présences sont notées." in text(page)
    assert (play.fresh(one).state, draft.supports.get().state) == ("absent", "missed")
    moved(one, "attend", year.instructor, AFTER)
    moved(draft.supports.get(), "note", year.instructor, AFTER, record="Budget à revoir.")
    page = client.get(path)
    assert (page.context["unsaid"], "Le compte rendu est envoyé." in text(page)) == (False, True)


def test_every_reason_stands_beside_its_field(client, year):
    client.force_login(year.instructor)
    page = plan(client, year, day="2026-10-01", ends="13:00", place="")
    assert page.status_code == 422
    form = page.context["form"]
    assert {name: len(said) for name, said in form.errors.items()} == {"ends": 1, "day": 1, "place": 1}
    assert "anyway" not in form.fields
    page = plan(client, year, rhythm="weekly", until="")
    assert "Dites jusqu’à quel jour la série revient." in text(page)


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"day": "2026-11-11", "until": "2026-11-12"}, "Chaque jour de cette série est férié"),
        ({"until": "2029-11-12"}, "Une série compte 60 séances au plus"),
    ],
)
def test_a_series_without_a_day_or_without_end_is_refused_with_its_reason(client, year, typed, said):
    client.force_login(year.instructor)
    page = plan(client, year, rhythm="weekly", **typed)
    assert (page.status_code, cases.Session.objects.count()) == (422, 0)
    assert said in text(page)


def test_an_hour_that_the_clock_jumps_over_ends_before_it_starts(client, year):
    client.force_login(year.instructor)
    page = plan(client, year, day="2027-03-28", begins="02:30", ends="03:15")
    assert (page.status_code, cases.Session.objects.count()) == (422, 0)
    assert "La séance finit avant de commencer." in text(page)


def test_a_week_that_asks_too_much_of_the_team_is_said(client, year):
    allowed(year, 5)
    client.force_login(year.coordinator)
    a_session(year, play.day("2026-10-27", 9), hours=4)
    page = plan(client, year)
    assert "Semaine du lundi 26 octobre : 6 h de « Rendez-vous », pour 5 h prévues au plus." in text(page)
    agenda = text(client.get(reverse("agenda")))
    assert "Rendez-vous : 6 h, plus que les 5 h prévues" in agenda


def test_a_session_that_the_calendar_left_behind_is_said(client, year):
    session = a_session(year)
    closing = year.cycle.milestones.get(code="cloture")
    with lifted(connection.alias):  # because the rules of a published year stand still
        Step.objects.filter(version=year.rules, code="rendez-vous").update(closes=closing)
    assert "Hors des dates" not in text(agenda_of(client, year))
    engine.amend(
        closing,
        {"starts_on": date(2026, 10, 20), "ends_on": date(2026, 10, 20)},
        by=year.coordinator,
        at=play.WRITING,
    )
    said = "Hors des dates de cette étape (jusqu’au mardi 20 octobre 2026) : déplacez la séance"
    assert said in text(agenda_of(client, year))
    assert said in text(client.get(reverse("session-desk", args=[session.uuid])))


def test_the_list_says_who_sits_who_waits_and_for_what(client, year):
    session = full(year)
    booked(year, session, idea=an_idea(year, title="Un jardin partagé"))
    client.force_login(year.instructor)
    page = text(client.get(reverse("session-desk", args=[session.uuid])))
    assert "1 inscrit sur 1 place" in page
    assert "1 en attente, dans l’ordre" in page
    assert "Idée : Un jardin partagé" in page


def test_attendance_is_noted_on_the_day_and_closes_the_session(client, year, on_day):
    session = a_session(year)
    came, missed = booked(year, session), booked(year, session, **a_house(year, "Voisins"))
    client.force_login(year.instructor)
    path = reverse("session-desk", args=[session.uuid])
    assert "Noter les présences" not in text(client.get(path))
    on_day(AFTER)
    client.force_login(year.instructor)
    form = form_with(client.get(path), f"{came.pk}-said")
    assert client.post(path, form.fields).status_code == 422
    page = client.post(path, form.fields | {f"{came.pk}-said": "attend"}, follow=True)
    assert "Les présences sont notées." in text(page)
    assert [play.fresh(one).state for one in (came, missed)] == ["attended", "booked"]
    assert play.fresh(session).state == "planned"
    assert "Dites qui est venu" in text(client.get(reverse("agenda")))
    form = form_with(client.get(path), f"{missed.pk}-said")
    client.post(path, form.fields | {f"{missed.pk}-said": "miss"})
    assert (play.fresh(missed).state, play.fresh(session).state) == ("absent", "held")


def test_a_list_that_somebody_else_noted_meanwhile_is_refused(client, year, on_day):
    session = a_session(year)
    one = booked(year, session)
    on_day(AFTER)
    client.force_login(year.instructor)
    path = reverse("session-desk", args=[session.uuid])
    form = form_with(client.get(path), f"{one.pk}-said")
    moved(one, "miss", year.coordinator, AFTER)
    page = client.post(path, form.fields | {f"{one.pk}-said": "attend"})
    assert page.status_code == 409
    assert play.fresh(one).state == "absent"


def test_a_third_party_notes_its_own_sessions_and_decides_nothing(client, year, on_day):
    third = play.person("tierce", Role.THIRD_PARTY, year.cycle)
    own, other = a_session(year, host=third), a_session(year)
    mine, theirs = booked(year, own), booked(year, other)
    client.force_login(third)
    agenda = text(client.get(reverse("agenda")))
    assert "Nouvelle séance" not in agenda
    on_day(AFTER)
    client.force_login(third)
    for session, one, status in ((own, mine, 302), (other, theirs, 422)):
        path = reverse("session-desk", args=[session.uuid])
        page = client.get(path)
        assert "Annuler la séance" not in text(page)
        sent = form_with(page, f"{one.pk}-said").fields | {f"{one.pk}-said": "attend"}
        assert client.post(path, sent).status_code == status
    assert [play.fresh(one).state for one in (mine, theirs)] == ["attended", "booked"]
    assert client.get(reverse("session-move", args=[own.uuid, "cancel"])).status_code == 403


def test_the_team_books_for_an_association_that_rings(client, year):
    session, draft = a_session(year), play.a_draft(year)
    client.force_login(year.instructor)
    path = reverse("session-desk", args=[session.uuid])
    sent = {"action": "book", "organisation": draft.organisation_id, "dossier": draft.pk}
    page = client.post(path, sent, follow=True)
    assert f"{draft.organisation} a une place." in text(page)
    booking = session.bookings.get()
    assert (booking.person, booking.dossier, booking.state) == (year.instructor, draft, "booked")
    again = client.post(path, sent, follow=True)
    assert (again.status_code, session.bookings.count()) == (200, 1)
    assert "C’est déjà fait : la même chose est enregistrée." in text(again)


def test_a_session_changes_by_its_form_and_by_nobody_who_read_an_older_page(client, year):
    session = a_session(year)
    booked(year, session)
    client.force_login(year.instructor)
    path = reverse("session-move", args=[session.uuid, "reschedule"])
    form = form_with(client.get(path), "day")
    assert (form.fields["day"], form.fields["begins"]) == (["2026-10-22"], ["14:00"])
    sent = form.fields | {"day": "2026-10-23", "begins": "09:30", "ends": "11:00", "note": "Sonnez au 3."}
    page = client.post(path, sent, follow=True)
    assert "La séance est changée. Les inscrits sont prévenus." in text(page)
    assert play.fresh(session).when == "vendredi 23 octobre 2026, de 9\u00a0h\u00a030 à 11\u00a0h"
    assert client.post(path, sent | {"place": "Ailleurs"}).status_code == 409


def test_a_cancelled_session_asks_for_its_reason(client, year):
    session = a_session(year)
    client.force_login(year.coordinator)
    path = reverse("session-move", args=[session.uuid, "cancel"])
    form = form_with(client.get(path), "reason")
    assert client.post(path, form.fields).status_code == 422
    client.post(path, form.fields | {"reason": "Grippe."})
    assert (play.fresh(session).state, play.fresh(session).reason) == ("cancelled", "Grippe.")


def test_orientations_that_nobody_answers_come_first(client, year):
    rows = [("emploi", "Emploi"), ("sante", "Santé"), ("culture", "Culture")]
    emploi, sante, _ = [
        cases.Orientation.objects.create(cycle=year.cycle, code=code, label=label) for code, label in rows
    ]
    draft = play.a_draft(year)
    cases.Dossier.objects.filter(pk=draft.pk).update(orientation=emploi)
    withdrawn = play.a_draft(year)
    cases.Dossier.objects.filter(pk=withdrawn.pk).update(orientation=sante)
    moved(withdrawn, "withdraw", year.holder)
    an_idea(year, orientation=emploi)
    client.force_login(year.instructor)
    answered = client.get(reverse("orientations", args=[year.cycle.code])).context["answered"]
    assert [(str(one.orientation), one.dossiers, one.ideas) for one in answered] == [
        ("Santé", 0, 0),
        ("Culture", 0, 0),
        ("Emploi", 1, 1),
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_agenda_costs_the_same_for_one_session_and_for_three(
    client, year, django_assert_num_queries, rows
):
    for rank in range(rows):
        booked(year, full(year), idea=an_idea(year))
        moved(a_session(year), "cancel", year.instructor, reason="Neige.")
        a_session(year, MEETING.replace(day=23 + rank))
    client.force_login(year.coordinator)
    with django_assert_num_queries(12):
        client.get(reverse("agenda"))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_costs_the_same_for_one_booking_and_for_three(client, year, django_assert_num_queries, rows):
    session = a_session(year, seats=2)
    for _ in range(rows):
        booked(year, session, idea=an_idea(year))
    client.force_login(year.coordinator)
    with django_assert_num_queries(9):
        client.get(reverse("session-desk", args=[session.uuid]))


def test_who_came_leads_to_the_record_of_the_meeting_until_it_is_written(client, year, on_day):
    session, draft = a_session(year), play.a_draft(year)
    mine = booked(year, session, dossier=draft)
    theirs = booked(year, session, **a_house(year, "Voisins"))
    for one in (mine, theirs):
        moved(one, "attend", year.instructor, AFTER)
    on_day(AFTER)
    client.force_login(year.instructor)
    path = reverse("session-desk", args=[session.uuid])
    support = draft.supports.get()
    page = text(client.get(path))
    for way in (f"/accompagnements/{support.uuid}/note/", f"/inscriptions/{theirs.uuid}/note/"):
        assert f'href="{way}"' in page
        record = client.get(way)
        sent = form_with(record, "record").fields | {"record": "Le budget est à revoir."}
        assert client.post(way, sent).status_code == 302
    assert [play.fresh(one).record for one in (support, theirs)] == ["Le budget est à revoir."] * 2
    assert text(client.get(path)).count("Le compte rendu est envoyé.") == 2


def test_a_request_shows_the_sessions_that_are_booked_for_it(client, year):
    draft = play.a_draft(year)
    session = a_session(year)
    booked(year, session, dossier=draft)
    for person, page in ((year.holder, "session"), (year.instructor, "session-desk")):
        client.force_login(person)
        shown = text(client.get(reverse("dossier-detail", args=[draft.uuid])))
        assert "jeudi 22 octobre 2026, de 14 h à 16 h" in shown
        assert reverse(page, args=[session.uuid]) in shown

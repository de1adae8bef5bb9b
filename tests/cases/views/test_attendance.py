"""The page of those who come: noted together, odd lines explained, an old page told, a link without an account."""

import pytest
from django.test import Client
from django.urls import reverse

from cases import attendance
from cases.models import Attendee, GoalsRequest
from tests import year as play
from tests.cases.reached import attendee

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def sheet(client, year):
    """The list of attendance as its coordinator uses it."""
    client.force_login(year.coordinator)
    address = reverse("committee-attendance", args=[year.cycle.committees.get().uuid])

    def use(action="", presences=(), **typed):
        if not action:
            return client.get(address)
        rows = {}
        for one, presence, by in presences:
            rows |= {f"{one.pk}-version": one.version, f"{one.pk}-presence": presence}
            rows |= {f"{one.pk}-represented_by": by}
        return client.post(address, {"action": action} | rows | typed)

    return use


def said(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def names() -> list[tuple[str, str]]:
    return [(one.name, one.presence) for one in Attendee.objects.order_by("name")]


def test_people_without_an_account_are_added_line_by_line(sheet):
    typed = "Awa Diallo, adjointe, Ville\nLuc Petit\n\nZoé Roux, déléguée du préfet, État, Marne"
    assert sheet("add", people=typed).status_code == 302
    rows = [(one.name, one.quality, one.organisation) for one in Attendee.objects.order_by("name")]
    assert rows == [
        ("Awa Diallo", "adjointe", "Ville"),
        ("Luc Petit", "", ""),
        ("Zoé Roux", "déléguée du préfet", "État, Marne"),
    ]


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("", "écrivez au moins un nom."),
        (", adjointe", "chaque ligne commence par un nom."),
        ("A" * 300, "200 caractères au plus"),
    ],
)
def test_an_odd_line_is_explained_and_adds_nobody(sheet, typed, sentence):
    response = sheet("add", people=typed)
    assert (response.status_code, sentence in said(response), names()) == (422, True, [])


def test_presences_are_noted_together(year, sheet):
    first, second, third = (attendee(year, name) for name in ("Awa", "Luc", "Zoé"))
    told = [(first, "present", ""), (second, "represented", "Zoé"), (third, "excused", "oubliée")]
    assert sheet("note", told).status_code == 302
    assert names() == [("Awa", "present"), ("Luc", "represented"), ("Zoé", "excused")]
    assert play.fresh(third).represented_by == ""
    assert "2 présentes ou représentées" in said(sheet())


def test_who_is_represented_says_by_whom(year, sheet):
    one = attendee(year)
    response = sheet("note", [(one, "represented", "")])
    assert (response.status_code, "dites qui le représente." in said(response)) == (422, True)
    assert names() == [("Awa Diallo", "invited")]


def test_an_old_page_notes_the_others_and_says_which_one_changed(year, sheet):
    first, second = attendee(year, "Awa"), attendee(year, "Luc")
    sheet("note", [(first, "present", ""), (second, "invited", "")])
    response = sheet("note", [(first, "excused", ""), (second, "present", "")])
    assert response.status_code == 409
    assert "Cette page n’est plus à jour" in said(response)
    assert names() == [("Awa", "present"), ("Luc", "present")]


def test_somebody_invited_by_mistake_is_taken_out(year, sheet):
    one = attendee(year)
    kept = sheet(f"remove-{one.pk}", [(one, "invited", "")], **{f"{one.pk}-version": 0})
    assert (kept.status_code, len(names())) == (422, 1)
    assert sheet(f"remove-{one.pk}", [(one, "invited", "")]).status_code == 302
    gone = sheet(f"remove-{one.pk}")
    assert (gone.status_code, "n’est plus sur la liste" in said(gone), names()) == (422, True, [])


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_person_and_for_three(
    client, year, sheet, count, django_assert_num_queries
):
    for rank in range(count):
        attendee(year, f"Personne {rank}")
    with django_assert_num_queries(7):
        sheet()


def test_a_partner_without_account_writes_what_it_expects_and_all_read_it(client, year):
    one = attendee(year, organisation="Bailleur")
    stranger, path = Client(), attendance.path_of(one)
    assert stranger.get(path)["Referrer-Policy"] == "same-origin"
    typed = {"version": one.version, "goals": "Parler du <b>local</b>."}
    assert stranger.post(path, typed).status_code == 302
    assert stranger.post(path, typed).status_code == 302  # the same click twice
    client.force_login(year.instructor)
    shown = said(client.get(reverse("committee-agenda", args=[one.committee.uuid])))
    assert "Parler du &lt;b&gt;local&lt;/b&gt;." in shown
    stale = stranger.post(path, typed | {"goals": "Autre chose."})
    assert (stale.status_code, "Autre chose." in said(stale)) == (409, True)


def test_a_link_that_is_over_says_so_and_changes_nothing(client, year, on_day):
    one = attendee(year)
    path = attendance.path_of(one)
    typed = {"version": one.version, "goals": "Trop tard."}
    on_day(play.ANSWERING)
    for response in (client.get(path), client.post(path, typed), client.get(f"{path[:-2]}x/")):
        shown = said(response)
        assert (response.status_code, response["Referrer-Policy"]) == (404, "same-origin")
        assert "Il vaut jusqu’au soir du comité, tant que vous y êtes invité. Rien n’a été changé." in shown
    assert play.fresh(one).goals == ""


def test_partners_are_asked_in_one_press_and_the_page_says_so_ever_after(client, year, sheet, on_day):
    on_day(play.READING)
    sheet("invite")
    assert "Le courriel part vers : Agglo essai_2027, Etat essai_2027." in said(sheet())
    assert sheet("goals").status_code == 302
    shown = said(sheet())
    assert "Le courriel part vers 2 partenaires." in shown
    assert shown.count("déjà envoyé le <time") == 2
    assert "mardi 1er décembre 2026</time>, pas encore de réponse." in shown
    assert "Demander à" not in shown
    on_day(play.SITTING)
    client.force_login(year.coordinator)
    assert sheet("goals").status_code == 302
    assert "Déjà envoyé le mardi 1er décembre 2026 : rien ne part une seconde fois." in said(sheet())
    one = Attendee.objects.get(organisation="Etat essai_2027")
    attendance.expect(one, "Deux actions.", one.version, at=play.SITTING)
    assert said(sheet()).count("réponse reçue") == 1
    on_day(play.ANSWERING)
    client.force_login(year.coordinator)
    assert "déjà envoyé" not in said(sheet())
    assert sheet("goals").status_code == 302


def test_only_the_coordinator_asks_partners(client, year):
    page = reverse("committee-attendance", args=[year.cycle.committees.get().uuid])
    for who, status in ((year.instructor, 403), (year.financiers["etat"], 404), (year.holder, 404)):
        client.force_login(who)
        assert client.post(page, {"action": "goals"}).status_code == status, who
    assert GoalsRequest.objects.count() == 0


def test_the_team_writes_it_where_it_was_told_by_telephone(client, year):
    one = attendee(year)
    client.force_login(year.coordinator)
    address = reverse("attendee", args=[one.uuid])
    assert attendance.path_of(one) in client.get(address).content.decode()
    typed = {"version": one.version, "name": one.name, "quality": "adjointe", "organisation": "Ville"}
    assert client.post(address, typed | {"goals": "Deux actions."}).status_code == 302
    assert (play.fresh(one).goals, play.fresh(one).quality) == ("Deux actions.", "adjointe")
    again = client.post(address, typed | {"goals": "Trois actions."})
    assert (again.status_code, "Trois actions." in said(again)) == (409, True)

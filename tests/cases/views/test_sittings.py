"""The projected page as its coordinator uses it: asked, confirmed, concluded, and what an old or odd page gets."""

import pytest
from django.urls import reverse

from cases.models import AgendaItem
from tests import year as play
from tests.cases.reached import item
from tests.cases.test_projection import prepared, torn
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def screen(client, year):
    """The projected page: `screen(3)` shows the third point, `screen(3, "ask", …)` presses a button there."""
    client.force_login(year.coordinator)
    address = reverse("committee-sitting", args=[year.cycle.committees.get().uuid])

    def use(number=0, action="", **typed):
        path = f"{address}?n={number}"
        return client.post(path, {"action": action} | typed) if action else client.get(path)

    return use


def said(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def number_of(title: str) -> int:
    items = AgendaItem.objects.order_by("rank")
    return next(rank for rank, one in enumerate(items, 1) if one.title.startswith(title))


def typed(dossier, *words) -> dict:
    found = {
        "dossier": str(dossier.uuid),
        "version": dossier.version,
        f"version-{dossier.pk}": dossier.version,
    }
    for line, (word, amount) in zip(dossier.lines.order_by("pk"), words, strict=True):
        found |= {f"{line.pk}-version": line.version, f"{line.pk}-word": word, f"{line.pk}-amount": amount}
    return found


def test_the_cover_shows_the_day_and_without_an_agenda_says_so(year, screen):
    assert "L’ordre du jour n’est pas encore fait." in said(screen())
    torn(year)
    prepared(year)
    assert "Accueil et tour de table" in said(screen())


def test_a_dossier_is_asked_confirmed_and_decided_through_the_door(year, screen):
    dossier = torn(year)
    prepared(year)
    here = number_of("001")
    words = typed(dossier, ("grant", "400"), ("refuse", ""))
    asked = screen(here, "ask", **words)
    assert "Vous enregistrez" in said(asked)
    assert "Etat essai_2027 : <b>Accordé 400 €</b>" in said(asked)
    assert play.fresh(dossier).state == "committee"
    assert screen(here, "decide", **words).url.endswith(f"?n={here}")
    assert play.fresh(dossier).state == "decided"
    assert [line.decided for line in dossier.lines.order_by("pk")] == [400, 0]
    assert "Décidé" in said(screen(here))


def test_what_is_missing_is_said_before_anything_is_confirmed(year, screen):
    dossier = torn(year)
    prepared(year)
    response = screen(number_of("001"), "ask", **typed(dossier, ("grant", ""), ("refuse", "")))
    assert (response.status_code, "écrivez le montant accordé." in said(response).lower()) == (422, True)
    assert "Vous enregistrez" not in said(response)


def test_words_are_noted_live_and_the_proposal_of_the_others_stays(year, screen):
    dossier = torn(year)
    prepared(year)
    here = number_of("001")
    screen(here, "note", **typed(dossier, ("grant", "350"), ("", "")))
    assert list(dossier.lines.order_by("pk").values_list("state", "decided")) == [
        ("granted", 350),
        ("answered", None),
    ]
    assert 'value="350' in screen(here).content.decode()


def test_the_consent_list_is_asked_then_settled_and_what_changed_since_is_left(year, screen):
    first, second = play.in_committee(year), play.in_committee(year, title="Fête")
    prepared(year)
    here = number_of("Liste")
    asked = screen(here, "ask-list")
    assert "Vous enregistrez 2 décisions" in said(asked)
    seen = {f"seen-{row.dossier.pk}": seen_in(asked, row.dossier.pk) for row in asked.context["slide"].agreed}
    engine.amend(second, {"dauphin_reference": "D-1"}, by=year.coordinator, at=play.SITTING)
    settled = screen(here, "settle", **seen)
    assert (settled.status_code, play.fresh(first).state, play.fresh(second).state) == (
        200,
        "decided",
        "committee",
    )
    again = screen(here, "settle", **seen)
    assert (again.status_code, "Aucun dossier n’est complet" in said(again)) == (422, True)


def seen_in(response, key: int) -> str:
    return response.content.decode().partition(f'name="seen-{key}" value="')[2].partition('"')[0]


def test_an_official_point_is_concluded_on_its_own_page(year, screen):
    point = item(year, "Signature du contrat", kind_of="signature")
    assert "Signature officielle" in said(screen(1))
    told = {"version": point.version, "conclusion": "Signé par les trois partenaires."}
    assert screen(1, "conclude", **told).status_code == 302
    assert "Signé par les trois partenaires." in said(screen(1))
    assert screen(1, "conclude", **told).status_code == 302  # the same click twice


def test_a_screen_that_only_looks_is_told_nothing_while_nothing_changes(client, year, screen):
    dossier = torn(year)
    prepared(year)
    here = number_of("001")
    client.force_login(year.instructor)
    shown = screen(here)
    assert 'hx-trigger="every 5s"' in shown.content.decode()
    seen = shown.context["slide"].seen
    assert screen(f"{here}&seen={seen}").status_code == 204
    engine.fire(dossier.lines.order_by("pk")[1], "refuse", by=year.coordinator, at=play.SITTING)
    assert screen(f"{here}&seen={seen}").status_code == 200


@pytest.mark.parametrize("number", ["", "-3", "beaucoup", "9" * 40])
def test_an_odd_page_number_shows_a_page(year, screen, number):
    prepared(year)
    assert screen(number).status_code == 200


def test_a_dossier_of_another_page_is_not_decided_from_this_one(year, screen):
    dossier = torn(year)
    prepared(year)
    response = screen(1, "decide", **typed(dossier, ("grant", "400"), ("refuse", "")))
    assert (response.status_code, play.fresh(dossier).state) == (422, "committee")


def test_a_decision_noted_by_mistake_is_taken_back_from_the_wall(year, screen):
    dossier = torn(year)
    prepared(year)
    here = number_of("001")
    screen(here, "decide", **typed(dossier, ("grant", "400"), ("refuse", "")))
    dossier = play.fresh(dossier)
    assert "Reprendre cette décision" in said(screen(here))
    sent = {"dossier": str(dossier.uuid), f"version-{dossier.pk}": dossier.version}
    assert "Une information obligatoire manque." in said(screen(here, "undecide", **sent))
    assert screen(here, "undecide", reason="Le mauvais dossier.", **sent).url.endswith(f"?n={here}")
    assert (play.fresh(dossier).state, play.fresh(year.envelopes["etat"]).decided) == ("committee", 0)
    page = said(screen(here))
    assert "Noter sans décider" in page
    assert "Reprendre cette décision" not in page

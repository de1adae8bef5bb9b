"""The financier's two minutes, in a real browser: by a link on a phone, on a desk, without JavaScript."""

from decimal import Decimal

import pytest
from django.db.models import Count
from playwright.sync_api import expect

from cases import seat_links
from cases.models import FundingLine
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import CityContract, Cycle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HEAVIEST = 300 * 1024
"""Bytes of the whole errand over the wire, from the mail to the correction."""
WIDTHS = pytest.mark.parametrize("width", [1280, 390])
LIGHTS = pytest.mark.parametrize("light", ["light", "dark"])


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def asked(year, title):
    """A line of the first financier, with the team's proposal and summary."""
    dossier = play.in_review(year, title=title)
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    engine.amend(line, {"team_proposal": Decimal(800)}, by=year.instructor, at=play.REVIEWING)
    summary = {"summary": "Une action ancrée au pied des tours."}
    engine.amend(dossier.instruction, summary, by=year.instructor, at=play.REVIEWING)
    return play.fresh(line)


def says(page) -> str:
    return page.locator("#messages").inner_text()


@pytest.fixture
def a_phone(chromium, live_server):
    """Who reads the mail on a phone and is signed in nowhere; taps are counted."""
    contexts = []

    def open_mail(path, **options):
        context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, **options)
        contexts.append(context)
        page = context.new_page()
        page.said, page.asked, page.taps = [], [], 1  # the tap on the link itself
        page.on("console", lambda message: page.said.append(message.text))
        page.on("request", lambda request: page.asked.append(request.url))
        page.weighed = weighed(page)
        page.goto(live_server.url + path, wait_until="load")
        return page

    yield open_mail
    for context in contexts:
        context.close()


def tap(page, place) -> None:
    place.tap()
    page.taps += 1


@pytest.mark.parametrize("java_script_enabled", [True, False])
def test_four_taps_from_the_mail_to_an_opinion_given(a_phone, year, java_script_enabled):
    line = asked(year, "Atelier vélo")
    path = seat_links.path_for(year.financiers["etat"], line.dossier, play.REVIEWING)
    page = a_phone(path, java_script_enabled=java_script_enabled)
    tap(page, page.get_by_text("Favorable", exact=True))
    tap(page, page.get_by_text("Comme proposé par l’équipe"))
    tap(page, page.get_by_role("button", name="Transmettre mon avis"))
    page.get_by_text("Votre avis est transmis. C’était le dernier : merci.").wait_for()
    given = play.fresh(line)
    assert (given.verdict, given.proposed, given.opinion_source) == ("favourable", 800, "par lien")
    assert page.taps == 4
    assert {cookie["name"] for cookie in page.context.cookies()} <= {"csrftoken", "messages"}


def weighed(page) -> list[int]:
    """The bytes of each answer as they came over the wire, filled while one goes on."""
    found: list[int] = []
    wire = page.context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda told: found.append(int(told["encodedDataLength"])))
    return found


def test_forty_dossiers_of_two_contracts_by_one_link(a_phone, year, sound):
    """Given a seat that is asked in two contracts, when its person opens one mail, then thirty go in one batch.

    Eight had no proposal of the team, two were left out by hand; one is corrected afterwards.
    """
    other = play.a_year("ailleurs_2027")
    CityContract.objects.create(code="CN05199X", name="Ailleurs")
    Cycle.objects.filter(pk=other.cycle.pk).update(contract=CityContract.objects.get(code="CN05199X"))
    play.share_seat(year, other)
    lines = [asked(one, f"Action {rank}") for one in (year, other) for rank in range(20)]
    for line in lines[30:38]:
        engine.amend(line, {"team_proposal": None}, by=other.instructor, at=play.REVIEWING)
    page = a_phone(seat_links.path_for(year.financiers["etat"], lines[0].dossier, play.REVIEWING))
    tap(page, page.get_by_role("link", name="Mes avis"))
    page.get_by_text("40 avis vous sont demandés").wait_for()
    sound(page)
    tap(page, page.get_by_role("button", name="Relire les 32 d’un coup"))
    page.get_by_role("heading", name="Relire avant d’envoyer").wait_for()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(32)
    sound(page)
    for title in ("Action 3", "Action 12"):
        tap(page, page.get_by_label(title, exact=False).first)
    tap(page, page.get_by_role("button", name="Transmettre les avis cochés"))
    page.get_by_text("Il en reste 10.").wait_for()
    given = FundingLine.objects.filter(pk__in=[one.pk for one in lines], state="answered")
    assert {one.proposed for one in given} == {Decimal(800)}
    assert sorted(given.values_list("cycle").annotate(Count("pk"))) == sorted(
        [(year.cycle.pk, 18), (other.cycle.pk, 12)]
    )
    assert page.taps == 6
    tap(page, page.get_by_role("link", name="Revenir à mes avis"))
    tap(page, page.get_by_role("link", name="Corriger").first)
    tap(page, page.get_by_text("Un autre montant"))
    page.get_by_label("Votre montant").fill("450")
    tap(page, page.get_by_role("button", name="Transmettre mon avis"))
    page.locator("#messages").wait_for()
    assert sorted(play.fresh(one).proposed or 0 for one in given).count(Decimal(450)) == 1
    assert page.taps == 10
    sent, kibibytes = sum(size > 0 for size in page.weighed), sum(page.weighed) / 1024
    print(f"{page.taps} appuis, {len(page.asked)} requêtes dont {sent} envoyées, {kibibytes:.0f} Kio")
    assert sum(page.weighed) < HEAVIEST


def test_by_link_every_page_is_sound_on_a_phone(a_phone, year, sound):
    first, second = asked(year, "Atelier vélo"), asked(year, "Jardin")
    path = seat_links.path_for(year.financiers["etat"], first.dossier, play.REVIEWING)
    page = a_phone(path)
    sound(page)
    page.get_by_text("Poser une question au porteur").click()
    page.get_by_label("Votre question au porteur").fill("La salle est-elle réservée ?")
    page.get_by_role("button", name="Envoyer la question").click()
    assert "Votre question est envoyée au porteur." in says(page)
    sound(page)
    page.get_by_text("Défavorable", exact=True).click()
    assert page.get_by_text("Comme demandé").is_hidden()
    page.get_by_role("button", name="Transmettre mon avis").click()
    expect(page.locator(".errors")).to_contain_text("Dites en une phrase ce qui manque à cette action.")
    sound(page)
    page.get_by_label("En une phrase, pourquoi").fill("Deux actions semblables existent.")
    page.get_by_role("button", name="Transmettre mon avis").click()
    assert "Il en reste 1." in says(page)
    page.get_by_role("link", name="Mes avis").click()
    sound(page)
    page.get_by_text("Va de soi").click()
    page.get_by_role("button", name="Relire les dossiers cochés").click()
    sound(page)
    page.get_by_role("button", name="Transmettre les avis cochés").click()
    sound(page)
    assert [play.fresh(one).verdict for one in (first, second)] == ["unfavourable", "favourable"]
    page.get_by_role("link", name="Revenir à mes avis").click()
    page.get_by_role("link", name="Désactiver ce lien").click()
    sound(page)
    page.get_by_role("button", name="Désactiver ce lien").click()
    sound(page)


@LIGHTS
@WIDTHS
def test_signed_in_two_opinions_in_a_row_and_a_correction(signed_in, year, sound, width, light):
    lines = [asked(year, "Atelier vélo"), asked(year, "Jardin")]
    page = signed_in(year.financiers["etat"], "/", width, light)
    sound(page)
    page.get_by_role("link", name="Donner mon avis").first.click()
    sound(page)
    page.get_by_text("Favorable", exact=True).click()
    page.get_by_text("Un autre montant").click()
    page.get_by_label("Votre montant").fill("1 000")
    page.get_by_role("button", name="Transmettre mon avis").click()
    assert "Il en reste 1." in says(page)
    page.get_by_text("À discuter en comité").click()
    page.get_by_role("button", name="Transmettre mon avis").click()
    assert "C’était le dernier : merci." in says(page)
    sound(page)
    page.get_by_role("link", name="Corriger").first.click()
    sound(page)
    page.get_by_text("Comme demandé").click()
    page.get_by_role("button", name="Transmettre mon avis").click()
    assert [play.fresh(line).proposed for line in lines] == [1_000, None]
    page.goto(page.url.split("/avis/")[0] + "/avis/liens/")
    sound(page)


def test_what_changed_while_the_sheet_was_open_is_said(signed_in, year, sound):
    line = asked(year, "Atelier vélo")
    page = signed_in(year.financiers["etat"], f"/lignes/{line.uuid}/opine/", 390)
    page.get_by_text("Favorable", exact=True).click()
    page.get_by_text("Comme proposé par l’équipe").click()
    engine.amend(line, {"team_proposal": Decimal(300)}, by=year.instructor, at=play.REVIEWING)
    page.get_by_role("button", name="Transmettre mon avis").click()
    expect(page.locator(".changed").first).to_contain_text("L’équipe a changé sa proposition ou sa synthèse.")
    assert page.get_by_label("Comme proposé par l’équipe : 300").is_checked()
    sound(page)
    page.get_by_role("button", name="Transmettre mon avis").click()
    assert play.fresh(line).proposed == 300


@WIDTHS
def test_the_holder_answers_a_question_from_its_own_page(signed_in, year, sound, width):
    question = reached.inquiry(year)
    page = signed_in(year.holder, f"/dossiers/{question.dossier.uuid}/", width)
    page.get_by_role("link", name="Répondre").first.click()
    sound(page)
    page.get_by_role("button", name="Envoyer ma réponse").click()
    sound(page)
    page.get_by_label("Votre réponse").fill("Oui, toute l’année.")
    page.get_by_role("button", name="Envoyer ma réponse").click()
    assert play.fresh(question).answer == "Oui, toute l’année."
    sound(page)


def test_an_expired_link_says_what_to_do(a_phone, year, sound):
    page = a_phone("/mes-avis/inconnu/")
    sound(page)
    page.get_by_label("Votre adresse électronique").fill("personne@exemple.test")
    page.get_by_role("button", name="Recevoir un nouveau lien").click()
    expect(page.locator("main")).to_contain_text("Si un avis est demandé à cette adresse")
    sound(page)

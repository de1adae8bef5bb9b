"""After a committee, in a browser: an answer is written, read over, put in a letter, told, and lived with on a phone.

The instructor explains a refusal, somebody else reads it over, the coordinator makes the letter and notifies what she
has read first; then the holder reads why, meets the team, makes the action smaller and, in winter, says what was done.
"""

from decimal import Decimal
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from cases import models as cases
from tests import correspondence, sessions
from tests import year as play
from workflow import engine
from workflow.models import Cycle, Entry
from workflow.roles import SYSTEM

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = 390
ASKED = {"60": "1400", "64": "600"}
"""Even with what is asked of both financiers."""
LONG = (
    "Nous avons comparé votre projet de jardin avec les besoins que les habitants du quartier ont dits cet hiver "
    "à l’équipe, et le COPIL a choisi autre chose."
)
FACT = "Un jardin existe à cent mètres, sans personne pour l’arroser."
ADVICE = "Venez nous voir avant l’été."


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    year = play.a_year()
    correspondence.writes(
        year,
        "agglo",
        address="3 place de l’Hôtel-de-Ville\n51300 Vitry-le-François",
        signed_at="Vitry-le-François",
    )
    Cycle.objects.filter(pk=year.cycle.pk).update(
        team_name="Équipe politique de la ville", team_phone="03 26 00 00 00"
    )
    return year


@pytest.fixture
def dossier(year):
    """The State gives half of what was asked, the intercommunality nothing; its instructor can receive in May."""
    dossier = play.decided(year, title="Jardin au pied des tours")
    cases.Dossier.objects.filter(pk=dossier.pk).update(budget=ASKED, total_cost=Decimal(2_000))
    sessions.a_session(year, play.day("2027-05-04", 14), by=year.instructor, at=play.ANSWERING)
    return dossier


def pressed(page, label: str, where: str = "link") -> None:
    """The way to a move, then the button of its own page; then what was said is read."""
    page.get_by_role("link", name=label).first.click()
    page.get_by_role("button", name=label).click()
    expect(page.locator("#messages")).to_contain_text(label)


def the_instructor_writes(page, sound) -> None:
    """On a desk: what the holder will read stands beside, and what could be clearer is said while one types."""
    agglo = page.locator("details.speaker").filter(has_text="Agglo")
    agglo.get_by_label("Motif publié").first.select_option("priorite")
    expect(page.locator("#fiche")).to_contain_text("D’autres besoins étaient plus urgents.")
    expect(agglo.locator(".rule").first).to_contain_text("Quel besoin était plus urgent ?")
    agglo.get_by_label("Fait du dossier").first.fill(LONG)
    expect(agglo.get_by_text("Phrase longue")).to_be_visible()
    agglo.get_by_role("button", name="Ajouter l’explication de « COPIL »").click()
    expect(page.locator("#fiche")).to_contain_text("COPIL (le comité qui arrête la liste des actions aidées)")
    sound(page)
    agglo.get_by_label("Fait du dossier").first.fill(FACT)
    expect(agglo.get_by_text("Phrase longue")).to_have_count(0)
    page.get_by_label("Pourquoi moins").fill("L’enveloppe ne suffit pas à toutes les demandes.")
    page.get_by_label("Ce qui a été apprécié").fill("Douze familles préparent déjà le jardin.")
    page.get_by_label("Et maintenant").fill(ADVICE)
    page.get_by_label("Rendez-vous proposé avec").select_option(label="Instruction-essai_2027")
    expect(page.locator("#fiche")).to_contain_text(ADVICE)
    page.get_by_role("button", name="Enregistrer la fiche").last.click()
    expect(page.locator("#messages")).to_contain_text("La fiche est enregistrée.")
    expect(page.get_by_text("J’ai relu la fiche : pas encore")).to_be_visible()
    sound(page)
    pressed(page, "Faire relire la fiche")
    sound(page)


def another_person_reads_it_over(page, sound) -> None:
    page.get_by_role("link", name="Relire la fiche :").click()
    expect(page.locator("#fiche")).to_contain_text(FACT)
    sound(page)
    pressed(page, "J’ai relu la fiche")


def the_coordinator_makes_the_letter(page, sound) -> None:
    page.get_by_role("link", name="Courriers").first.click()
    sound(page)
    assert "Projet : ce courrier n’a ni numéro" in printed(page, "Lire le projet (PDF) : Refus")
    page.get_by_role("button", name="Faire ce courrier : Refus").click()
    expect(page.locator("#messages")).to_contain_text("est fait")
    sound(page)
    page.get_by_role("link", name="Revenir au dossier").click()


def printed(page, name: str) -> str:
    """The words of a letter that a link of the page opens."""
    link = page.get_by_role("link", name=name)
    answer = page.request.get(page.evaluate("(one) => one.href", link.element_handle()))
    assert answer.headers["content-type"] == "application/pdf"
    said = " ".join(one.extract_text() for one in PdfReader(BytesIO(answer.body())).pages)
    return " ".join(said.split())


def the_coordinator_notifies(page, sound) -> None:
    """Both piles at once: what leaves is read first, and a second click is only told that it is done."""
    page.goto(at_home(page, "/a-notifier/"))
    for box in page.locator("input[name=picked]").all():
        box.check()
    page.get_by_label("Date de la notification").fill("2027-04-20")
    sound(page)
    page.get_by_role("button", name="Voir ce que les porteurs liront").click()
    expect(page.get_by_role("heading", name="Par courriel")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Notifier 2 décisions").click()
    expect(page.get_by_text("Prêts pour la réponse")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Répondre à ces porteurs").click()
    expect(page.get_by_text("Aucune décision n’attend d’être notifiée.")).to_be_visible()
    sound(page)


def at_home(page, path: str) -> str:
    return "/".join(page.url.split("/")[:3]) + path


def the_holder_reads_and_meets(page, sound, dossier) -> None:
    """At home on a phone: what was decided, why, the letter, a day with whoever can help, and what comes next."""
    page.emulate_media(color_scheme="dark")
    sound(page)
    page.get_by_role("link", name=dossier.title).first.click()
    sound(page)
    page.goto(at_home(page, f"/dossiers/{dossier.uuid}/reponse/"))
    for light in ("dark", "light"):
        page.emulate_media(color_scheme=light)
        sound(page)
    expect(page.locator("main")).to_contain_text("500 € accordés, pour 2 000 € demandés.")
    expect(page.locator(".sheet")).to_contain_text(FACT)
    page.get_by_role("link", name="vos courriers").click()
    sound(page)
    assert "Nous n’avons pas retenu cette demande." in printed(page, "Lire le courrier (PDF)")
    page.go_back()
    page.get_by_role("link", name="Choisir un jour").click()
    page.get_by_role("button", name="mardi 4 mai 2027").click()
    expect(page.locator("#messages")).to_be_visible()
    sound(page)


def the_holder_makes_it_smaller(page, sound, dossier) -> None:
    page.goto(at_home(page, f"/dossiers/{dossier.uuid}/reponse/"))
    page.get_by_role("link", name="Adapter l’action").click()
    page.get_by_label("Ce qui change dans l’action").fill("Six bacs au lieu de vingt.")
    page.get_by_label("60 · Achats").fill("400")
    expect(page.locator("#equilibre")).to_contain_text("Il manque 500 € de produits")
    page.get_by_label("64 · Charges de personnel").fill("100")
    expect(page.locator("#equilibre")).to_contain_text("C’est équilibré.")
    sound(page)
    page.get_by_role("button", name="Voir avant et après").click()
    expect(page.get_by_role("heading", name="Avant et après")).to_be_visible()
    sound(page)
    page.get_by_role("button", name="Confirmer : adapter l’action").click()
    page.get_by_role("link", name="le budget adapté").click()
    expect(page.get_by_role("heading", name="Le budget adapté")).to_be_visible()
    sound(page)


def the_holder_reports(phone, sound) -> None:
    """In winter, on a phone: what the action cost is written account by account, and each gap is explained."""
    sound(phone)
    phone.get_by_role("link", name="Écrire mon bilan").first.click()
    sound(phone)
    expect(phone.get_by_role("link", name="Remplir, un thème après l’autre")).to_be_visible()
    phone.get_by_role("link", name="Remplissez les charges").first.click()
    phone.get_by_label("60 · Achats").fill("300")
    phone.get_by_label("64 · Charges").fill("100")
    expect(phone.locator("#totaux")).to_contain_text("Non dépensé")
    sound(phone)
    phone.get_by_role("button", name="Continuer").click()
    phone.get_by_label("60 · Achats").fill("Nous avons récupéré du bois.")
    sound(phone)
    phone.get_by_role("button", name="Continuer").click()
    expect(phone.locator("main")).to_contain_text("L’action continue-t-elle")


def test_an_answer_is_explained_checked_told_and_lived_with(signed_in, sound, on_day, year, dossier):
    page = signed_in(year.instructor, f"/dossiers/{dossier.uuid}/fiche/")
    the_instructor_writes(page, sound)
    page = signed_in(year.coordinator)
    sound(page)
    another_person_reads_it_over(page, sound)
    pressed(page, "Transmettre la fiche")
    page.get_by_role("link", name="Revenir au dossier").first.click()
    the_coordinator_makes_the_letter(page, sound)
    the_coordinator_notifies(page, sound)
    assert play.fresh(dossier).state == "answered"
    phone = signed_in(year.holder, width=PHONE)
    the_holder_reads_and_meets(phone, sound, dossier)
    the_holder_makes_it_smaller(phone, sound, dossier)
    engine.fire(play.fresh(dossier), "open_reporting", by=SYSTEM, at=play.REPORTING)
    on_day(play.REPORTING)
    the_holder_reports(signed_in(year.holder, width=PHONE), sound)
    page = signed_in(year.instructor, f"/dossiers/{dossier.uuid}/bilan/")
    expect(page.get_by_role("cell", name="Nous avons récupéré du bois.")).to_be_visible()
    sound(page)


def test_what_goes_wrong_is_said_in_words_and_nothing_leaves_twice(signed_in, sound, year, dossier):
    # A sheet without a fact, and its own author as its reader
    page = signed_in(year.instructor, f"/dossiers/{dossier.uuid}/fiche/")
    page.get_by_label("Motif publié").first.select_option("priorite")
    page.get_by_label("Pourquoi moins").fill("Moins de séances.")
    page.get_by_label("Et maintenant").fill(ADVICE)
    page.get_by_role("button", name="Enregistrer la fiche").last.click()
    page.get_by_text("J’ai relu la fiche : pas encore").click()
    expect(page.get_by_text("Dites quel fait du dossier fonde ce motif.").last).to_be_visible()
    expect(page.get_by_text("Une personne qui n’a pas écrit la fiche doit la relire.")).to_be_visible()
    sound(page)
    page.get_by_label("Fait du dossier").first.fill(FACT)
    page.get_by_role("button", name="Enregistrer la fiche").last.click()
    expect(page.get_by_role("link", name="Faire relire la fiche")).to_be_visible()

    # Somebody checks it while its author still types
    engine.fire(dossier.feedback, "proofread", by=year.coordinator, at=play.ANSWERING)
    page.get_by_label("Et maintenant").fill("Venez plutôt en juin.")
    page.get_by_role("button", name="Enregistrer la fiche").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Venez plutôt en juin.")
    expect(page.locator("#fiche")).to_contain_text(ADVICE)
    sound(page)
    assert play.fresh(dossier.feedback).advice == ADVICE

    # The same batch on two screens: the second click is told that it is done
    engine.fire(play.fresh(dossier.feedback), "deliver", by=year.coordinator, at=play.ANSWERING)
    screens = [signed_in(year.coordinator, "/a-notifier/") for _ in range(2)]
    for one in screens:
        for box in one.locator("input[name=picked]").all():
            box.check()
        one.get_by_label("Date de la notification").fill("2027-04-20")
        one.get_by_role("button", name="Voir ce que les porteurs liront").click()
        expect(one.get_by_role("button", name="Notifier 2 décisions")).to_be_visible()
    for one, said in zip(screens, ("Les porteurs lisent désormais ces décisions.", "déjà"), strict=True):
        one.get_by_role("button", name="Notifier 2 décisions").click()
        expect(one.locator("main")).to_contain_text(said)
        sound(one)
    assert Entry.objects.filter(move="notify").count() == 2

"""The coordinator's own words in mails: named fields, checked as they are saved, and nothing more than words."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from notifications import texts
from notifications.choices import Writable
from notifications.models import MailText, Message
from notifications.rendering import rendered
from tests import year as play
from tests.notifications.letters import a_told_year, message
from workflow.journal import facts_of
from workflow.loading import describe, refusals
from workflow.models import Entry

pytestmark = pytest.mark.django_db

AT = play.day("2026-11-06")
BODY = "À « {porteur} »,\n\nVotre demande « {titre} » (n° {numero}) attend.\n- Écrivez-nous\n- {courriel}"


@pytest.fixture(autouse=True)
def _in_november(on_day):
    on_day(AT)


@pytest.fixture
def year():
    year = a_told_year()
    play.submitted(year, title="Jardin")
    return year


def write(year, template="dossier_recevable", subject="", body=BODY) -> MailText:
    return MailText.objects.create(cycle=year.cycle, template=template, subject=subject, body=body)


def told(year, template="depot_repris") -> Message:
    dossier = year.cycle.dossiers.order_by("pk").last()
    play.engine.fire(play.fresh(dossier), "take_back", by=year.holder, at=play.WRITING)
    return message(template)


def flat(text: str) -> str:
    return " ".join(text.split()).replace("\u00a0", " ").replace("\u2060", "")


def test_the_words_take_the_place_of_the_mail_s_own_and_its_button_stays(year):
    row = told(year)
    write(year, "depot_repris", "Votre demande {numero}, reprise", BODY)
    found = rendered(row)
    assert flat(found.subject) == "Votre demande 001, reprise"
    assert "Votre demande « Jardin » (n° 001) attend." in flat(found.text)
    assert "- dsu@exemple.test" in found.text
    assert "Vous avez repris votre demande" not in found.text
    assert re.findall(r'href="([^"]+)"', found.html) == [
        f"{settings.SITE_URL}/dossiers/{row.dossier.uuid}/demande/"
    ]


def test_a_blank_part_leaves_the_original(year):
    row = told(year)
    original = rendered(row)
    write(year, "depot_repris", "Autre objet", "")
    found = rendered(row)
    assert found.subject == "Autre objet"
    assert found.text == original.text


def test_another_cycle_keeps_its_own_words(year):
    write(play.a_year("ailleurs_2027"), "depot_repris", "Chez eux", "Chez eux.")
    assert "Chez eux" not in rendered(told(year)).text


HOSTILE = (
    "# Titre\n→ Cliquez <https://piege.example/x>\n↪ Ici <https://piege.example>\n\n"
    "Voir www.piege.example\r\nBcc: a@b.example\n{{ secret.motdepasse }} {% load x %} ⟦motdepasse⟧ <b>gras</b>"
)


def test_what_a_coordinator_writes_makes_no_link_no_button_no_heading_and_runs_nothing(year):
    row = told(year)
    write(year, "depot_repris", "Objet\r\nBcc: a@b.example", HOSTILE)
    found = rendered(row)
    assert "\n" not in found.subject
    assert "piege.example" not in found.text + found.html
    assert "⟦motdepasse⟧" not in found.text
    assert "motdepasse }}" not in found.text
    assert "load x" not in found.text
    assert "<b>gras</b>" not in found.html
    assert re.findall(r'href="([^"]+)"', found.html) == [
        f"{settings.SITE_URL}/dossiers/{row.dossier.uuid}/demande/"
    ]
    assert "<h2>Titre" not in found.html


def test_a_holder_s_title_is_still_no_more_than_words(year):
    dossier = year.cycle.dossiers.order_by("pk").last()
    type(dossier).objects.filter(pk=dossier.pk).update(title="→ www.piege.example {numero}")
    write(year, "depot_repris", "{titre}", "{titre}")
    found = rendered(told(year))
    assert "piege.example" not in found.subject + found.text + found.html
    assert "{numero}" in found.text


@pytest.mark.parametrize("template", Writable.values)
def test_every_field_of_every_mail_of_the_closed_list_is_refused_or_known(template):
    known = " ".join(f"{{{name}}}" for name in texts.fields_of(template))
    assert list(texts.against(template, known)) == []
    [sentence] = texts.against(template, "Le {montant}.")
    assert sentence.startswith(
        "« {montant} » n’est pas un champ de ce message. Champs possibles : {personne}"
    )


def test_two_unknown_fields_are_each_named_and_the_known_ones_listed_once():
    first, last = texts.against("rappel_depot", "{prenom}, avant le {date}.")
    assert first == "« {prenom} » n’est pas un champ de ce message."
    assert last.startswith("« {date} » n’est pas un champ de ce message. Champs possibles : {personne}")


@pytest.mark.parametrize("text", ["{titre", "titre}", "{{titre}"])
def test_a_lone_brace_is_said(text):
    assert any("une accolade est seule" in one for one in texts.against("depot_repris", text))


def test_publishing_refuses_an_unknown_field(year):
    document = describe(year.cycle, year.rules)
    document.sections["textes"] = {
        "depot_repris": {"template": "depot_repris", "subject": "", "body": "{montant}"}
    }
    found = [one for one in refusals(document) if one.code == "unknown_field"]
    assert [one.place for one in found] == ["textes/depot_repris/texte"]


# ── The page ────────────────────────────────────────────────────────────────


def url(year, template="rappel_depot") -> str:
    return reverse("mail-text", args=[year.cycle.code, template])


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def typed(coordinator, year, **more) -> dict:
    seen = coordinator.get(url(year)).context["seen"]
    return {"subject": "", "body": "", "seen": seen, **more}


def test_words_are_tried_on_a_real_dossier_saved_journaled_and_taken_back_in_one_click(coordinator, year):
    play.a_draft(year, title="Vélo")
    assert "Avec les mots d’origine" in coordinator.get(url(year)).content.decode()
    tried = coordinator.post(
        url(year), typed(coordinator, year, body="Il reste « {titre} ».", **{"try": "1"})
    )
    assert "Il reste «\u00a0Vélo\u00a0»." in tried.content.decode()
    assert not MailText.objects.exists()
    sent = typed(coordinator, year, body="Il reste « {titre} ».", save="1")
    assert coordinator.post(url(year), sent).status_code == 302
    assert MailText.objects.get().body == "Il reste « {titre} »."
    entry = Entry.objects.filter(subject_label="workflow.cycle").latest("pk")
    assert (entry.actor, list(facts_of(entry)["rows"][1])) == (year.coordinator, ["textes"])
    coordinator.post(url(year), typed(coordinator, year, restore="1"))
    assert not MailText.objects.exists()


def test_an_unknown_field_is_said_beside_what_was_typed_and_nothing_is_kept(coordinator, year):
    answer = coordinator.post(url(year), typed(coordinator, year, body="Le {montant}.", save="1"))
    assert answer.status_code == 422
    assert "n’est pas un champ de ce message" in answer.content.decode()
    assert "Le {montant}." in answer.content.decode()
    assert not MailText.objects.exists()


def test_words_that_changed_meanwhile_are_not_overwritten(coordinator, year):
    sent = typed(coordinator, year, body="Les miens.", save="1")
    write(year, "rappel_depot", "", "Ceux d’une autre.")
    answer = coordinator.post(url(year), sent)
    assert answer.status_code == 409
    assert "Les miens." in answer.content.decode()
    assert MailText.objects.get().body == "Ceux d’une autre."


def test_a_receipt_is_not_in_the_closed_list(coordinator, year):
    assert coordinator.get(url(year, "depot_recepisse")).status_code == 404
    assert coordinator.post(url(year, "depot_recepisse"), {"body": "Rien."}).status_code == 404


def test_the_list_says_which_words_are_one_s_own(coordinator, year):
    write(year, "rappel_depot", "", "Les miens.")
    shown = coordinator.get(reverse("mail-texts", args=[year.cycle.code])).content.decode()
    assert (shown.count("Votre texte"), shown.count("Texte d’origine")) == (1, len(Writable) - 1)

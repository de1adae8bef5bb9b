"""What messages say: every template, in full for each audience, whatever people typed, at a known cost."""

import re
from datetime import date

import pytest
from django.conf import settings

from notifications import reminders
from notifications.catalogue import templates
from notifications.models import Message
from notifications.rendering import rendered
from tests import year as play
from tests.cases import reached
from tests.notifications.letters import a_told_year, everything_told, message
from workflow import engine
from workflow.models import Organisation

pytestmark = pytest.mark.django_db

NEVER_IN_A_SUBJECT = re.compile(r"refus|rejet|irrecevable|non recevable|accord|favorable|€", re.IGNORECASE)
THREATS = re.compile(r"sous peine|faute de quoi|dernier rappel|impérativement|à défaut", re.IGNORECASE)
HOSTILE = (
    "→ Gagnez <https://piege.example/x>\n\n# Urgent\n- www.piege.example ⟦motdepasse⟧\r\nBcc: a@b.example"
)
UNSEEN_SINCE = {"dossier_retire_au_financeur", "dossier_classe_au_financeur"}
"""What speaks of a dossier that its reader may no longer open leads nowhere."""
NBSP = "\u00a0"


def said(one: Message) -> str:
    """A mail as it is read, French spaces made plain and the service's address short."""
    letter = rendered(one)
    text = f"{letter.subject}\n\n{letter.text}".replace(NBSP, " ").replace("\u202f", " ")
    dossier = one.dossier.uuid if one.dossier else ""
    return text.replace(settings.SITE_URL, "").replace(str(dossier), "DOSSIER")


# ── All of them ─────────────────────────────────────────────────────────────


def test_every_template_is_told_and_says_what_a_mail_must():
    everything_told()
    found = {template: message(template) for template in templates()}
    assert [template for template, one in found.items() if one is None] == []
    letters = {template: rendered(one) for template, one in found.items()}
    assert [name for name, one in letters.items() if NEVER_IN_A_SUBJECT.search(one.subject)] == []
    assert [name for name, one in letters.items() if THREATS.search(one.text)] == []
    assert [name for name, one in letters.items() if not one.text.startswith("Bonjour ")] == []
    assert {name for name, one in letters.items() if 'class="button"' not in one.html} == UNSEEN_SINCE
    assert [name for name, one in letters.items() if "None" in one.text or "—" in one.text] == []
    assert [name for name, one in letters.items() if "\n" in one.subject or len(one.subject) > 120] == []


def test_a_holders_mail_says_who_to_call_before_who_to_write_to():
    everything_told()
    holders = [message(name, audience="holder") for name in templates()]
    texts = {one.template: rendered(one).text for one in holders if one}
    called = "Service développement social urbain, au 03 53 01 00 27, ou à\ndsu@exemple.test."
    flat = {name: " ".join(text.split()) for name, text in texts.items()}
    assert [name for name, text in flat.items() if " ".join(called.split()) not in text] == []


def test_words_of_people_are_never_a_link_a_header_or_a_line(monkeypatch):
    def hostile(year):
        Organisation.objects.filter(pk=year.holder_organisation.pk).update(name=HOSTILE[:200])
        type(year.holder).objects.filter(pk=year.holder.pk).update(first_name=HOSTILE[:150])
        return year

    year = hostile(a_told_year())
    monkeypatch.setattr(play, "a_draft", lambda year, _made=play.a_draft, **kw: _made(year, title=HOSTILE))
    facts = {"items": [HOSTILE], "due_on": date(2026, 12, 20)}
    reached.fired(play.submitted(year), "ask_completion", year.instructor, play.READING, **facts)
    reached.fired(play.submitted(year), "drop", year.coordinator, play.READING, reason=HOSTILE)
    play.in_review(year)
    for one in Message.objects.select_related("recipient", "cycle").order_by("pk"):
        letter = rendered(one)
        assert "\n" not in letter.subject
        assert "piege.example" not in letter.subject + letter.text + letter.html
        assert "⟦motdepasse⟧" not in letter.text
        assert [
            one for one in re.findall(r"<(?:h2|li)>(.*)</", letter.html) if one.startswith("Urgent")
        ] == []
        linked = re.findall(r'href="([^"]+)"', letter.html)
        assert [to for to in linked if not to.startswith((settings.SITE_URL, "⟦avis:", "⟦courriels⟧"))] == []


def test_a_telephone_that_names_a_secret_address_opens_nobodys_account():
    year = a_told_year()
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(team_phone="⟦motdepasse⟧\n# Ici")
    play.submitted(year)
    letter = rendered(message("depot_recepisse"))
    assert "⟦motdepasse⟧" not in letter.text + letter.html
    assert "motdepasse # Ici" in " ".join(letter.text.split())


# ── In full ─────────────────────────────────────────────────────────────────


def test_the_receipt_says_which_filing_counts_and_the_two_months_once():
    year = a_told_year()
    play.submitted(year)
    assert said(message("depot_recepisse")) == (
        """Votre demande est déposée : Atelier vélo

Bonjour Porteur-essai_2027,

Nous avons bien reçu votre demande « Atelier vélo », dossier n° 001.

C’est le dépôt n° 1, du mardi 20 octobre 2026 à 10 h 00. C’est lui qui
compte. Gardez ce message : c’est votre accusé de réception.

Ce que vous avez à faire
Rien pour le moment. Vous pouvez encore reprendre votre demande pour la
modifier, jusqu’au dimanche 15 novembre 2026, avant minuit, tant que
l’équipe n’a pas commencé à la vérifier. Il faut alors la déposer de
nouveau.

→ Voir mon accusé de réception :
  /dossiers/DOSSIER/recepisse/

Qui peut vous aider
Service développement social urbain, au 03 53 01 00 27, ou à
dsu@exemple.test.

Et ensuite
L’équipe vérifie que le dossier est complet, puis l’étudie. Nous vous
écrivons à chaque étape.

Ce que dit la loi
Sans réponse le dimanche 20 décembre 2026, deux mois après le dépôt, la loi
considère une demande de subvention comme rejetée. C’est l’article L. 231-4,
3°, du code des relations entre le public et l’administration. Si nous vous
demandons des compléments, ce délai s’arrête en attendant. Dans un appel à
projets, la réponse arrive souvent plus tard. Nous continuons à étudier
votre demande après cette date, et nous vous répondrons.

Vous recevez ce message parce que vous suivez les demandes de « Les Tisseurs
de liens essai_2027 ». Appel à projets essai_2027. Ce message est nécessaire
au suivi : il ne se désactive pas.
"""
    )


def test_the_receipt_of_a_second_filing_says_that_it_replaces_the_first():
    year = a_told_year()
    dossier = reached.fired(play.submitted(year), "take_back", year.holder, play.WRITING)
    engine.fire(dossier, "submit", by=year.holder, at=play.day("2026-11-15", 23))
    text = " ".join(said(message("depot_recepisse")).split())
    assert (
        "C’est le dépôt n° 2, du dimanche 15 novembre 2026 à 23 h 00. C’est lui qui compte. Il remplace"
        in text
    )
    assert "jusqu’au dimanche 15 novembre 2026, avant minuit" in text


def test_after_the_deadline_nobody_is_told_that_the_request_may_be_taken_back(monkeypatch):
    year = a_told_year()
    reached.fired(play.submitted(year), "withdraw", year.holder, play.READING)
    assert "Sinon, appelez-nous sans attendre." in said(message("retrait_recepisse"))


def test_what_is_missing_is_said_item_by_item_with_its_day():
    year = a_told_year()
    facts = {"items": ["Le RIB de l’association", "Le budget signé"], "due_on": date(2026, 12, 18)}
    reached.fired(play.submitted(year), "ask_completion", year.instructor, play.READING, **facts)
    assert said(message("complements_demandes")) == (
        """Il manque quelque chose à votre dossier : Atelier vélo

Bonjour Porteur-essai_2027,

Nous avons lu votre demande « Atelier vélo », dossier n° 001. Pour
continuer, il nous manque :

- Le RIB de l’association
- Le budget signé

Votre demande reste déposée. Nous reprendrons sa lecture dès que nous aurons
vos réponses.

Ce que vous avez à faire
Répondez à chaque point, puis envoyez vos réponses au plus tard le vendredi
18 décembre 2026, avant minuit.

→ Compléter mon dossier :
  /dossiers/DOSSIER/complements/

Qui peut vous aider
Si un point n’est pas clair ou si le délai est trop court, appelez-nous.
Service développement social urbain, au 03 53 01 00 27, ou à
dsu@exemple.test.

Vous recevez ce message parce que vous suivez les demandes de « Les Tisseurs
de liens essai_2027 ». Appel à projets essai_2027. Ce message est nécessaire
au suivi : il ne se désactive pas.
"""
    )


def test_a_decision_is_read_on_the_page_and_not_in_the_mail():
    year = a_told_year()
    play.answered(year)
    reached.inadmissible(year)
    for template in ("reponse", "dossier_non_recevable", "fiche_transmise"):
        text = said(message(template))
        assert re.search(r"500|1 000|refusé|non retenu|non recevable", text) is None
        assert "/dossiers/DOSSIER/" in text


def test_the_team_reads_what_to_do():
    year = a_told_year()
    play.submitted(year)
    assert said(message("depot_a_verifier")) == (
        """À vérifier : dossier n° 001, Atelier vélo

Bonjour Instruction-essai_2027,

« Les Tisseurs de liens essai_2027 » a déposé sa demande n° 001, « Atelier
vélo », le mardi 20 octobre 2026 à 10 h 00.

À faire
Vérifiez que le dossier est complet et recevable.

→ Vérifier le dossier :
  /dossiers/DOSSIER/instruction/

Vous recevez ce message parce que vous faites partie de l’équipe. Appel à
projets essai_2027.

Choisir mes courriels :
  ⟦courriels⟧
"""
    )


def test_a_reminder_says_the_day_and_never_threatens():
    year = a_told_year()
    play.a_draft(year)
    reminders.plan(play.day("2026-11-06"))
    assert said(message("rappel_depot")) == (
        """Pensez à déposer votre demande d’ici au dimanche 15 novembre 2026 : Atelier vélo

Bonjour Porteur-essai_2027,

Vous avez commencé une demande, « Atelier vélo ». Elle n’est pas encore
déposée.

Tant qu’elle n’est pas déposée, l’équipe ne peut pas l’étudier. Ce que vous
avez écrit est gardé.

Ce que vous avez à faire
Terminez votre demande, puis déposez-la au plus tard le dimanche 15 novembre
2026, avant minuit. Si vous ne voulez plus la déposer, vous n’avez rien à
faire.

→ Continuer ma demande :
  /dossiers/DOSSIER/demande/

Qui peut vous aider
Une question, une pièce qui manque : appelez-nous. Service développement
social urbain, au 03 53 01 00 27, ou à dsu@exemple.test.

Et ensuite
Dès le dépôt, vous recevez un accusé de réception.

Vous recevez ce message parce que vous suivez les demandes de « Les Tisseurs
de liens essai_2027 ». Appel à projets essai_2027.

Choisir mes courriels :
  ⟦courriels⟧
"""
    )

"""The whole year of the demonstration, played in a real browser by those who live it.

One request, from its first word to its closed report; another that nobody could fund, and that is told why. Nothing is
done but by clicking and typing; the calendar's own work is done by the ticks; and every mail is read as it arrived.
"""

from datetime import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from cases.models import Dossier
from config import demo
from notifications.models import Message, MessageStatus
from tests.browser import acts_of_autumn as autumn
from tests.browser import acts_of_spring as spring
from tests.browser.acts_of_autumn import TITLE
from tests.browser.acts_of_spring import OTHER_HOLDER, REFUSED
from tests.browser.town import Clock, Town, address
from workflow.calendar import PARIS

pytestmark = [pytest.mark.longest, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OPENING = datetime(2026, 11, 17, 10, tzinfo=PARIS)
MAILS = [
    ("2026-11-17", "coordination", f"Accompagnement demandé : {TITLE}"),
    ("2026-11-17", "instruction", f"Accompagnement demandé : {TITLE}"),
    ("2026-11-17", "tiers", "Un porteur demande à être accompagné"),
    ("2026-11-19", "porteuse", f"Ce que nous avons convenu : {TITLE}"),
    ("2026-11-20", "porteuse", "2 actions convenues à faire"),
    ("2026-11-23", "porteuse", f"Pensez à déposer votre demande d’ici au mardi 24 novembre 2026 : {TITLE}"),
    ("2026-11-24", "coordination", f"À vérifier : dossier n° 031, {TITLE}"),
    ("2026-11-24", "instruction", f"À vérifier : dossier n° 031, {TITLE}"),
    ("2026-11-24", "porteuse", f"Votre demande est déposée : {TITLE}"),
    ("2026-11-25", "porteuse", f"Il manque quelque chose à votre dossier : {TITLE}"),
    ("2026-11-27", "porteuse", f"Vos compléments sont attendus d’ici au vendredi 4 décembre 2026 : {TITLE}"),
    ("2026-12-01", "coordination", f"Compléments reçus : dossier n° 031, {TITLE}"),
    ("2026-12-01", "instruction", f"Compléments reçus : dossier n° 031, {TITLE}"),
    ("2026-12-01", "porteuse", f"Nous avons reçu vos compléments : {TITLE}"),
    ("2026-12-03", "porteuse", f"Votre dossier est complet, l’équipe l’étudie : {TITLE}"),
    ("2027-01-04", "agglo", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027"),
    ("2027-01-04", "caf", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027"),
    ("2027-01-04", "departement", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027"),
    ("2027-01-04", "etat", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027"),
    ("2027-01-04", "ville", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027"),
    ("2027-01-12", "ville", "L’équipe a noté votre avis : dossier n° 031"),
    ("2027-01-14", "caf", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-14", "departement", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-18", "coordination", "2 avis pas encore reçus"),
    ("2027-01-18", "instruction", "2 avis pas encore reçus"),
    ("2027-01-22", "caf", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-22", "departement", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-28", "caf", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-28", "departement", "Votre avis est attendu d’ici au vendredi 29 janvier 2027"),
    ("2027-01-30", "coordination", f"Les avis sont là : dossier n° 031, {TITLE}"),
    ("2027-02-11", "instruction", f"Réponse à préparer : dossier n° 031, {TITLE}"),
    ("2027-02-15", "porteuse", f"L’équipe vous a écrit au sujet de votre dossier : {TITLE}"),
    ("2027-03-01", "porteuse", f"Un financeur vous a répondu : {TITLE}"),
    ("2027-03-03", "porteuse", f"Un financeur vous a répondu : {TITLE}"),
    ("2027-03-05", "porteuse", f"Un financeur vous a répondu : {TITLE}"),
    ("2027-03-08", "porteuse", f"Un financeur vous a répondu : {TITLE}"),
    ("2027-03-09", "porteuse", f"Votre réponse est arrivée : {TITLE}"),
    ("2027-03-10", "coordination", f"Action adaptée : dossier n° 031, {TITLE}"),
    ("2027-03-10", "etat", f"Action adaptée : dossier n° 031, {TITLE}"),
    ("2027-03-10", "instruction", f"Action adaptée : dossier n° 031, {TITLE}"),
    ("2027-12-01", "porteuse", f"C’est le moment du bilan : {TITLE}"),
    ("2028-04-28", "porteuse", f"Votre bilan est attendu d’ici au vendredi 30 juin 2028 : {TITLE}"),
    ("2028-05-02", "coordination", f"Bilan à lire : dossier n° 031, {TITLE}"),
    ("2028-05-02", "instruction", f"Bilan à lire : dossier n° 031, {TITLE}"),
    ("2028-05-02", "porteuse", f"Nous avons reçu votre bilan : {TITLE}"),
    ("2028-05-09", "porteuse", f"Un de vos financements est soldé : {TITLE}"),
    ("2028-05-09", "porteuse", f"Votre bilan est accepté : {TITLE}"),
]
"""Of each day, who was told what about the request."""
OTHER_MAILS = [
    ("2027-02-15", "porteur-13", f"L’équipe vous a écrit au sujet de votre dossier : {REFUSED}"),
    ("2027-03-09", "porteur-13", f"Votre réponse est arrivée : {REFUSED}"),
    ("2027-03-10", "porteur-13", "Votre lien de connexion"),
    ("2027-05-04", "porteur-13", "Quatre questions sur cet appel : deux minutes, sans votre nom"),
    ("2027-05-24", "porteur-13", "Quatre questions sur cet appel : deux minutes, sans votre nom"),
]


@pytest.fixture
def town(chromium, live_server, sound, settings, monkeypatch, tmp_path):
    """Vitry a week before the deadline, as `make run` shows it: its mail goes to the demonstration's letter box."""
    settings.DEMO, settings.SITE_URL, settings.LETTERS_DIR = True, live_server.url, tmp_path / "courriels"
    settings.EMAIL_BACKEND = "config.letterbox.LetterBox"
    clock = Clock(OPENING)
    monkeypatch.setattr(timezone, "now", clock.now)
    demo.build(timezone.now())
    town = Town(chromium, live_server.url, clock, sound)
    yield town
    town.goes_home()


def test_a_whole_year_of_four_roles_and_the_calendar(town):
    autumn.the_holder_begins_and_asks_an_appointment(town)
    autumn.the_instructor_records_the_appointment(town)
    autumn.the_holder_writes_topic_after_topic(town)
    autumn.the_holder_joins_the_documents_and_files(town)
    autumn.the_team_asks_what_is_missing(town)
    autumn.the_holder_completes_point_by_point(town)
    autumn.the_team_admits_and_studies(town)
    autumn.the_team_asks_five_financiers(town)
    autumn.the_state_opines_signed_in(town)
    autumn.the_intercommunality_opines_by_the_link_of_its_mail(town)
    autumn.the_town_opines_by_telephone(town)
    autumn.the_date_passes_and_the_round_closes_by_itself(town)
    spring.the_committee_decides_line_by_line(town)
    spring.the_team_explains(town)
    spring.each_financier_notifies_on_its_own_day(town)
    spring.the_holder_reads_the_answer_and_adapts(town)
    spring.the_other_holder_reads_why_without_a_password(town)
    spring.the_year_passes_and_the_holder_reports(town)
    spring.the_dossier_closes_by_itself(town)

    letters = town.letters()
    assert [one[:3] for one in letters if one.is_about(TITLE)] == MAILS
    others = [one[:3] for one in letters if address(one.to) == OTHER_HOLDER]
    answers = [one for one in others if "répondu" in one[2]]  # one a day at most, whichever financiers wrote
    assert [one for one in others if one not in answers] == OTHER_MAILS
    assert len({day for day, *_ in answers}) == len(answers) > 0
    assert [one.subject for one in letters if "refus" in one.subject.lower()] == []
    gone = (MessageStatus.SENT, MessageStatus.CANCELLED)
    assert Message.objects.exclude(status__in=gone).count() == 0
    states = dict(Dossier.objects.filter(title__in=(TITLE, REFUSED)).values_list("title", "state"))
    assert states == {TITLE: "closed", REFUSED: "closed"}
    assert town.shown - town.checked == set()
    said = StringIO()
    call_command("verify", stdout=said)
    assert said.getvalue().startswith("Tout se tient")

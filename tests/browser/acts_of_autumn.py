"""From the first word of a request to the last opinion: the holder, the team, five financiers, each at their screen."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.town import PDF, PHONE, click, confirm, follow, opened, says, type_in

TITLE = "Jardin des paliers"
SENTENCE = "Chaque mercredi, au pied des tours, avec les familles."
ASKED = {
    "État · Politique de la ville (BOP 147)": "4 000",
    "Agglomération · Contrat de ville": "2 500",
    "Ville · Contrat de ville": "2 000",
    "CAF · Fonds publics et territoires": "1 000",
    "Département · Solidarités urbaines": "500",
}
PROPOSED = {
    "État · Politique de la ville (BOP 147)": "3 000",
    "Agglomération · Contrat de ville": "1 500",
    "Ville · Contrat de ville": "1 500",
    "CAF · Fonds publics et territoires": "500",
    "Département · Solidarités urbaines": "500",
}
AGREED = "Demander l’accord du bailleur"


def the_holder_begins_and_asks_an_appointment(town):
    """Tuesday 17 November: Inès begins on her telephone, a week before the deadline."""
    page = town.comes("porteuse", PHONE)
    follow(page, "Commencer une demande")
    type_in(page, {"Nom de l’action": TITLE})
    click(page, "Commencer")
    page.get_by_label("À quelle priorité").select_option(label="Cadre de vie et tranquillité")
    page.get_by_label("Le Hamois").check()
    click(page, "Enregistrer et sortir")
    town.looks(page)
    follow(page, "Demander un accompagnement")
    page.get_by_label("Rendez-vous avec le service").check()
    town.looks(page)
    click(page, "Demander un accompagnement")
    says(page, "En accompagnement")


def the_instructor_records_the_appointment(town):
    """Thursday: Samir met her, and writes down what was agreed."""
    town.reaches(date(2026, 11, 19))
    page = town.comes("instruction")
    town.looks(page)
    follow(page, f"Consigner l’accompagnement : {TITLE}", "Consigner l’accompagnement")
    page.get_by_label("A eu lieu").check()
    type_in(page, {"Ce qui a été dit": SENTENCE, "À faire (1)": AGREED, "Avant le": "2026-11-23"})
    town.looks(page)
    click(page, "Enregistrer et envoyer au porteur")
    says(page, "Le porteur écrit sa demande.")
    says(page, AGREED)


def the_holder_writes_topic_after_topic(town):
    """Friday: she reads the record in her mail, and writes topic after topic."""
    town.reaches(date(2026, 11, 20))
    mail = town.mail("porteuse", f"Ce que nous avons convenu : {TITLE}")
    expect(mail.locator("main")).to_contain_text(AGREED)
    page = town.comes("porteuse", PHONE)
    click(page, f"C’est fait : {AGREED}")
    says(page, "C’est noté : fait.")
    follow(page, f"Continuer ma demande : {TITLE}", "Votre action : il manque")
    type_in(
        page,
        {
            "Que voulez-vous faire": "Planter ensemble.",
            "À quel besoin": SENTENCE,
            "Comment l’action": SENTENCE,
        },
    )
    click(page, "Continuer")
    type_in(page, {"Combien de personnes viennent": "40", "Comment les habitants": SENTENCE})
    page.get_by_label("Oui").check()
    click(page, "Continuer")
    type_in(page, {"Où l’action a-t-elle lieu": "Place des Tilleuls"})
    type_in(page, {"Qui s’en occupe": SENTENCE, "À quoi verrez-vous": SENTENCE})
    click(page, "Continuer")
    type_in(page, {"Coût total": "12 000 €", **ASKED})
    click(page, "Enregistrer et sortir")


def the_holder_joins_the_documents_and_files(town):
    """Monday a reminder leaves, because nothing is filed; Tuesday, the last day, she joins two papers and files."""
    town.reaches(date(2026, 11, 23))
    town.mail("porteuse", f"Pensez à déposer votre demande d’ici au mardi 24 novembre 2026 : {TITLE}")
    town.reaches(date(2026, 11, 24))
    page = town.comes("porteuse", PHONE)
    follow(page, TITLE, "Continuer ma demande", "Les pièces : il manque")
    for rank, name in enumerate(("budget.pdf", "rib.pdf")):
        page.wait_for_load_state("load")  # because the script that sends a chosen file comes after the words
        page.locator("form.upload input[type=file]").nth(rank).set_input_files(PDF | {"name": name})
        says(page, f"« {name} » est joint.")
    town.looks(page)
    click(page, "Continuer : vérifier et envoyer")
    type_in(page, {"Nom du représentant légal": "Inès Belcourt"})
    page.get_by_label("Le représentant légal confirme").check()
    town.looks(page)
    click(page, "Déposer ma demande")
    says(page, f"Votre demande « {TITLE} » est déposée.")


def the_team_asks_what_is_missing(town):
    """Wednesday: two points are not clear; she has until 4 December."""
    town.reaches(date(2026, 11, 25))
    page = town.comes("instruction")
    follow(page, f"Vérifier le dossier : {TITLE}")
    for rule in page.locator("section[aria-labelledby=recevable] fieldset").all():
        rule.get_by_label("Oui").check()
    click(page, "Enregistrer")
    town.looks(page)
    follow(page, "Revenir au dossier", "Demander des compléments")
    type_in(
        page, {"Ce qui manque": "Le relevé d’identité bancaire est illisible.\nQuels jours, à quelle heure ?"}
    )
    type_in(page, {"À compléter avant le": "2026-12-04"})
    town.looks(page)
    click(page, "Demander des compléments")
    says(page, "Le porteur complète son dossier.")


def the_holder_completes_point_by_point(town):
    """A reminder a week before; she answers one point, then the other, and sends: the next reminder stays at home."""
    town.reaches(date(2026, 11, 27))
    mail = town.mail("porteuse", "Vos compléments sont attendus d’ici au vendredi 4 décembre 2026")
    expect(mail.locator("main")).to_contain_text(TITLE)
    town.reaches(date(2026, 11, 30))
    page = town.comes("porteuse", PHONE)
    follow(page, "Compléter mon dossier")
    page.locator("#point-1").get_by_label("Joindre une pièce").set_input_files(PDF)
    click(page, "Enregistrer ma réponse au point 1")
    says(page, "Il reste 1 point.")
    town.reaches(date(2026, 12, 1))
    page = town.comes("porteuse", PHONE)
    follow(page, "Compléter mon dossier")
    page.locator("#point-2").get_by_label("Votre réponse").fill("Le mercredi, de 14 h à 17 h.")
    click(page, "Enregistrer ma réponse au point 2")
    town.looks(page)
    confirm(page, "Envoyer mes compléments", "Envoyer les compléments")
    says(page, "Envoyé")


def the_team_admits_and_studies(town):
    """December: the answers are enough. Marks, a summary, and a proposal for each financier."""
    town.reaches(date(2026, 12, 3))
    page = town.comes("instruction")
    follow(page, f"Vérifier le dossier : {TITLE}", "Revenir au dossier")
    confirm(page, "Déclarer recevable")
    town.reaches(date(2026, 12, 10))
    page = town.comes("instruction")
    follow(page, f"Instruire le dossier : {TITLE}")
    for mark in page.locator("section[aria-labelledby=grille] fieldset").all():
        mark.get_by_label("3").check()
    type_in(page, {"Synthèse": "Une action au pied des immeubles, avec le bailleur.", **PROPOSED})
    town.looks(page)
    click(page, "Enregistrer")
    says(page, "Revenir au dossier")


def the_team_asks_five_financiers(town):
    """4 January: each of the five gets a mail with a link of its own; they have until the 29th."""
    town.reaches(date(2027, 1, 4))
    page = town.comes("instruction")
    follow(page, f"Instruire le dossier : {TITLE}", "Revenir au dossier")
    for name in ("État", "Agglomération", "Ville", "CAF", "Département"):
        confirm(page, f"Demander l’avis · {name}", "Demander l’avis")
    confirm(page, "Envoyer aux financeurs", words={"Avis attendus avant le": "2027-01-29"})
    says(page, "Les financeurs donnent leur avis.")


def the_state_opines_signed_in(town):
    """Tuesday 5 January, at its desk: as the team proposes."""
    town.reaches(date(2027, 1, 5))
    page = town.comes("etat")
    town.looks(page)
    follow(page, f"Donner mon avis : {TITLE}")
    page.get_by_text("Favorable", exact=True).click()
    page.get_by_text("Comme proposé par l’équipe").click()
    town.looks(page)
    click(page, "Transmettre mon avis")
    says(page, "Votre avis est transmis.")


def the_intercommunality_opines_by_the_link_of_its_mail(town):
    """Wednesday, on a telephone, without any password."""
    town.reaches(date(2027, 1, 6))
    page = town.mail("agglo", "Votre avis est demandé sur une demande d’ici au vendredi 29 janvier 2027")
    page.locator("main a[href*='/mes-avis/']").first.click()
    says(page, TITLE)
    town.looks(page)
    page.get_by_text("Favorable avec réserve", exact=True).click()
    page.get_by_text("Un autre montant").click()
    type_in(
        page, {"Votre montant": "1 000", "En une phrase, pourquoi": "À condition que la salle soit réservée."}
    )
    click(page, "Transmettre mon avis")
    says(page, "Votre avis est transmis.")


def the_town_opines_by_telephone(town):
    """Tuesday 12: the town calls; the team notes who said what, and when."""
    town.reaches(date(2027, 1, 12))
    page = town.comes("instruction")
    opened(page, TITLE)
    follow(page, "Consigner un avis reçu autrement · Ville")
    type_in(page, {"Qui l’a donné": "Bastien Orsolle", "Quel jour": "2027-01-12"})
    page.get_by_label("Appel").check()
    page.get_by_label("Défavorable", exact=True).check()
    type_in(page, {"Son motif, en une phrase": "Deux jardins existent déjà dans ce quartier."})
    town.looks(page)
    click(page, "Consigner un avis reçu autrement")
    says(page, "Appel du mardi 12 janvier 2027")


def the_date_passes_and_the_round_closes_by_itself(town):
    """Two are reminded three times and stay silent: nobody waits for them, and nobody holds it against the request."""
    town.reaches(date(2027, 1, 30))
    mail = town.mail("coordination", f"Les avis sont là : dossier n° 031, {TITLE}")
    town.looks(mail)
    page = town.comes("coordination")
    opened(page, TITLE)
    says(page, "À décider en comité")
    says(page, "Avis non rendu")
    town.looks(page)

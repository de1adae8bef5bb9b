"""From the committee to the closed report: decided line by line, explained, notified, adapted, told, accepted."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.acts_of_autumn import TITLE
from tests.browser.town import PHONE, click, confirm, follow, opened, says, type_in

REFUSED, OTHER_HOLDER = "Marche, équilibre et prévention des chutes", "porteur-13@exemple.test"
DECIDED = {
    "État": "Accordé",
    "Agglomération": "Non retenu",
    "Ville": "Non retenu",
    "CAF": "Non retenu",
    "Département": "Non communiqué",
}


def the_committee_decides_line_by_line(town):
    """Thursday 11 February: one award in part, three refusals, one that is not told; and a request nobody can fund."""
    town.reaches(date(2027, 2, 11))
    page = town.comes("coordination")
    follow(page, "Comités", "Comité des financeurs")
    town.looks(page)
    ours = page.get_by_role("article", name=TITLE)
    for financier, word in DECIDED.items():
        ours.get_by_label(f"Décision de {financier}").select_option(label=word)
    ours.get_by_label("Montant accordé par État").fill("2 500 €")
    click(ours, "Enregistrer la décision")
    says(page, "Décidés par ce comité")
    other = page.get_by_role("article", name=REFUSED)
    for word in other.get_by_role("combobox").all():
        word.select_option(label="Non retenu")
    click(other, "Enregistrer la décision")
    town.looks(page)
    expect(
        page.get_by_role("article", name=TITLE).or_(page.get_by_role("article", name=REFUSED))
    ).to_have_count(0)


def the_team_explains(town):
    """The instructor writes why, with a fact for each reason; the coordinator, who wrote nothing, reads and sends."""
    town.reaches(date(2027, 2, 12))
    page = town.comes("instruction")
    opened(page, TITLE)
    follow(page, "Fiche de motivation")
    motive(page, "État", "Les demandes dépassent", "Les demandes font le double des crédits.")
    motive(page, "Agglomération", "D’autres besoins", "Un jardin existe à cent mètres.")
    motive(page, "Ville", "Les moyens prévus ne suffisent pas", "Deux bénévoles pour quarante familles.")
    part_of(page, "CAF").get_by_label("Ce financeur ne communique pas son motif").check()
    type_in(
        page,
        {
            "Ce qui a été apprécié": "L’accord du bailleur.",
            "Et maintenant": "Venez au petit-déjeuner d’octobre.",
        },
    )
    click(page, "Enregistrer la fiche")
    says(page, "CAF n’a pas retenu votre demande de 1 000 €.")
    says(page, "Motif non communiqué par ce financeur.")
    town.looks(page)
    opened(page, REFUSED)
    follow(page, "Fiche de motivation")
    for whose in page.locator("details.speaker[open] > summary").all_inner_texts():
        motive(page, whose, "Les demandes dépassent les crédits", "Les demandes font le double des crédits.")
    type_in(page, {"Et maintenant": "Venez au petit-déjeuner d’octobre."})
    click(page, "Enregistrer la fiche")
    town.reaches(date(2027, 2, 15))
    page = town.comes("coordination")
    for title in (TITLE, REFUSED):
        opened(page, title)
        follow(page, "Fiche de motivation")
        confirm(page, "J’ai relu la fiche")
        confirm(page, "Transmettre la fiche")


def each_financier_notifies_on_its_own_day(town):
    """March: a letter each, each on its day; once all are known, the answer is whole."""
    for day, financier in ((1, "État"), (3, "Agglomération"), (5, "Ville"), (8, "CAF"), (9, "Département")):
        town.reaches(date(2027, 3, day))
        page = town.comes("coordination")
        follow(page, "Comités", "À notifier et répondre")
        pile = page.get_by_role("region", name=financier)
        for box in (pile.get_by_label(title) for title in (TITLE, REFUSED)):
            if box.count():
                box.check()
        type_in(page, {"Date de la notification": f"2027-03-{day:02}"})
        click(page, "Voir ce que les porteurs liront")
        town.looks(page)
        page.get_by_role("button", name="Notifier").click()
    town.looks(page)
    click(page, "Répondre à ces porteurs")


def the_holder_reads_the_answer_and_adapts(town):
    """The next day she reads it from her mail, and makes the action smaller."""
    town.reaches(date(2027, 3, 10))
    town.mail("porteuse", f"Votre réponse est arrivée : {TITLE}")
    page = town.comes("porteuse", PHONE)
    follow(page, f"Lire la réponse : {TITLE}")
    says(page, "2 500 € accordés, pour 10 000 € demandés.")
    says(page, "Deux bénévoles pour quarante familles.")
    says(page, "Département n’a pas communiqué sa décision")
    town.looks(page)
    confirm(page, "Adapter l’action", "Voir avant et après", {"Ce qui change": "Un palier sur deux."})
    click(page, "Confirmer : adapter l’action")
    says(page, "Adapté")


def the_other_holder_reads_why_without_a_password(town):
    """Nobody could fund it: the mail leads to the explanation, and a link by mail stands for the password."""
    page = town.mail(OTHER_HOLDER, f"Votre réponse est arrivée : {REFUSED}")
    page.locator("main a[href*='/reponse/']").first.click()
    type_in(page, {"Adresse électronique": OTHER_HOLDER})
    click(page, "Recevoir un lien de connexion")
    says(page, "Regardez vos courriels")
    page = town.mail(OTHER_HOLDER, "Votre lien de connexion")
    page.locator("main a[href*='/connexion/lien/']").first.click()
    click(page, "Me connecter")
    says(page, "Les demandes font le double des crédits.")
    town.looks(page)


def the_year_passes_and_the_holder_reports(town):
    """In December the calendar asks for the report; a reminder in spring, then it is written, read and accepted."""
    town.reaches(date(2027, 12, 1))
    town.mail("porteuse", f"C’est le moment du bilan : {TITLE}")
    town.reaches(date(2028, 5, 2))
    town.mail("porteuse", f"Votre bilan est attendu d’ici au vendredi 30 juin 2028 : {TITLE}")
    page = town.comes("porteuse", PHONE)
    follow(page, TITLE, "Bilan")
    follow(page, "Racontez ce qui a été fait.")
    for words in (
        {"Qu’avez-vous fait": "Vingt bacs plantés.", "Qu’est-ce qui a été difficile": "Arroser l’été."},
        {"Combien de personnes": "32", "Dont combien": "30"},
        {"Combien l’action": "5 400 €"},
    ):
        type_in(page, words)
        town.looks(page)
        click(page, "Continuer")
    for gap in page.get_by_role("textbox").all():
        gap.fill("Moins de bacs, parce que moins d’argent.")
    click(page, "Continuer")
    type_in(page, {"L’action continue-t-elle": "Oui, avec l’école."})
    click(page, "Continuer : vérifier et envoyer")
    page.get_by_label("Le représentant légal confirme").check()
    town.looks(page)
    click(page, "Envoyer le bilan")
    says(page, "« Envoyer le bilan » : c’est fait.")
    town.reaches(date(2028, 5, 9))
    page = town.comes("instruction")
    opened(page, TITLE)
    follow(page, "Bilan")
    town.looks(page)
    confirm(page, "Accepter le bilan")
    follow(page, "Bilan")
    confirm(page, "Noter sa décision", "Solder")


def the_dossier_closes_by_itself(town):
    """Nothing is awaited from anybody: the next day it is closed, and no reminder leaves any more."""
    town.reaches(date(2028, 5, 10))
    page = town.comes("porteuse", PHONE)
    follow(page, TITLE)
    says(page, "Ce dossier est clos. Merci pour ce que vous avez fait.")
    town.looks(page)
    town.reaches(date(2028, 7, 3))


def part_of(page, whose: str):
    """What the sheet says for one financier."""
    return page.locator("details.speaker").filter(has=page.locator("summary", has_text=whose)).first


def motive(page, whose: str, reason: str, fact: str) -> None:
    """The first reason of one financier: which published one, and the fact of the file that grounds it."""
    form = part_of(page, whose).locator("details.motive").first
    published = form.get_by_label("Motif publié")
    label = next(one for one in published.locator("option").all_inner_texts() if one.startswith(reason))
    published.select_option(label=label)
    form.get_by_label("Fait du dossier").fill(fact)

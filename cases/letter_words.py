"""The sentences around letters: on their pages, and in the document beside the model's own words."""

from datetime import date

from workflow.wording import day_in_words

OWN_WORDS = (
    "Vos mots à la place de ceux d’origine. "
    "L’adresse, la date, les voies de recours et la signature sont écrites pour vous."
)
TITLES = {
    "award": "Décision d’attribution",
    "partial": "Décision d’attribution partielle",
    "refusal": "Décision de refus",
    "inadmissibility": "Décision de non-recevabilité",
    "deferral": "Report au prochain comité",
    "completion": "Demande de compléments",
    "receipt": "Accusé de réception",
    "attendance": "Attestation de présence",
    "agreement": "Convention de subvention",
}
DRAFT = "Projet : ce courrier n’a ni numéro ni valeur"
SALUTATION, CLOSING = "Madame, Monsieur,", "Nous vous prions de recevoir nos salutations distinguées."
OUR_COURT = "le tribunal administratif dont vous dépendez"
FOLDER_BEGUN = "Le parapheur est commencé."
FOLDER_DONE = "Tous les courriers de ce parapheur sont faits."
NOT_OFFERED = "Ce courrier n’est plus à faire : rouvrez la page."
CANNOT_BE_LAID_OUT = (
    "Ce courrier n’a pas pu être mis en page : un de ses textes contient trop de signes inconnus."
)
SCAN_JOINED = "Le courrier signé est joint."
FOLDER_TITLE = "Courriers à signer"


def place_and_day(place: str, on: date) -> str:
    """« Vitry-le-François, le jeudi 15 avril 2027 »."""
    said = day_in_words(on)
    return f"{place}, le {said}" if place else f"Le {said}"


def replaced(reference: str, on: date) -> str:
    return f"Ce courrier remplace le courrier n° {reference} du {day_in_words(on)}."


def numbered(reference: str) -> str:
    return f"Courrier n° {reference}"


def of_dossier(dossier) -> str:
    return f"Dossier n° {dossier.reference} · {dossier.title}"


def empty(name: str, says: str) -> str:
    return f"Le champ {{{name}}} est vide ({says}) : complétez-le, ou changez le modèle de ce courrier."


def not_a_field(name: str) -> str:
    return f"« {{{name}}} » n’est pas un champ de ce courrier : changez son modèle."


def made(letter) -> str:
    return f"Le courrier n° {letter.reference} est fait."


def file_name(reference: str) -> str:
    return f"courrier-{reference}.pdf"


def folder_name(on: date, ending: str) -> str:
    return f"parapheur-{on.isoformat()}.{ending}"


def left(many: int) -> str:
    return f"Il reste {many} courrier{'s' if many > 1 else ''} à faire."

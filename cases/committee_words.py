"""What a committee's agenda and its record say of themselves, where nobody has written it yet."""

from datetime import datetime

from cases.models import ItemKind, Presence
from cases.states import LineState
from workflow.calendar import paris_day
from workflow.wording import day_in_words

WELCOME = "Accueil et tour de table"
GOALS = "Ce que chaque partenaire attend de cette séance"
SIGNING = "Signature officielle"
NEXT = "Suites, calendrier et questions"

AGENDA_MADE = "L’ordre du jour est fait d’après la programmation. Ajustez-le à votre main."
AGENDA_COMPLETE = "Tous les dossiers de ce comité sont déjà à l’ordre du jour."
ITEM_ADDED = "Le point est à l’ordre du jour."
ITEM_SAVED = "Le point est enregistré."
ITEM_MOVED = "Le point a changé de place."
ITEM_REMOVED = "Le point est retiré."
ITEM_CONCLUDED = "La conclusion est notée."
ITEM_TAKEN_UP = "Le point est de nouveau à traiter."
ITEM_GONE = "Ce point n’est plus à l’ordre du jour."
KEPT_ITEM = "Ce point garde sa trace : il a été traité, ou il vient d’un autre comité. Reportez-le plutôt."
NOTHING_LEFT = "Aucun point n’est resté sans décision."
NO_LATER = "Aucun comité n’est prévu après celui-ci : ajoutez-en un dans la campagne."

KEPT_ATTENDEE = "Cette personne reste sur la liste : sa présence ou ce qu’elle attend y est déjà noté."
PRESENCES_NOTED = "Les présences sont notées."
ATTENDEE_SAVED = "C’est enregistré."
ATTENDEE_REMOVED = "La personne est retirée de la liste."
ATTENDEE_GONE = "Cette personne n’est plus sur la liste."
GOALS_SAVED = "Merci : ce que vous attendez est écrit à côté de l’ordre du jour."


def goals_asked(many: int, last: datetime | None) -> str:
    """What a press did: how many partners were asked, or when they were before."""
    if many:
        return (
            f"Le courriel part vers {many} partenaires."
            if many > 1
            else "Le courriel part vers un partenaire."
        )
    if last is None:
        return "Personne à qui écrire : aucun partenaire invité n’a de compte."
    return f"Déjà envoyé le {day_in_words(paris_day(last))} : rien ne part une seconde fois."


def invited(many: int) -> str:
    if not many:
        return "Tout le monde est déjà sur la liste."
    return f"{many} personnes sont ajoutées." if many > 1 else "Une personne est ajoutée."


def settled(many: int) -> str:
    return f"{many} décisions sont enregistrées." if many > 1 else "La décision est enregistrée."


def consent(many: int, theme: str = "") -> str:
    """The dossiers on which everybody agrees, settled together."""
    about = f", {theme}" if theme else ""
    return f"Liste de consentement{about} : {many} dossier{'s' if many > 1 else ''}"


def discussed(dossier) -> str:
    return f"{dossier.reference} · {dossier.title}"[:200]


def carried(many: int, committee) -> str:
    points = f"{many} points sont reportés" if many > 1 else "Le point est reporté"
    return f"{points} à « {committee} »."


DECISION_TAKEN_BACK = "La décision est reprise : le dossier revient devant le comité."


# The record ----------------------------------------------------------------------------------------------------------

INCOMPLETE = "Cette page est incomplète : rechargez-la."
DRAFT = "Projet de procès-verbal, à relire"
TO_SIGN = "Ce projet n’est pas encore arrêté."
POSTPONED, BESIDE = "Reporté", "En séance"
OTHERS, DECISIONS = "Autres décisions", "Décision"
UNDECIDED, ELSEWHERE, UNKNOWN = "Sans décision", "décidé ailleurs", "inconnu"
NOT_SAID, INFORMS = str(Presence.INVITED.label), str(ItemKind.INFORMATION.label)
NO_PEOPLE = "Les présences ne sont pas notées."
SOME_UNSAID = "Certaines présences ne sont pas encore dites."
OUTCOMES: dict[str, str] = {
    LineState.GRANTED: "accordé",
    LineState.REFUSED: "non retenu",
    LineState.UNDISCLOSED: "non communiqué",
}


def purse_of(envelope) -> str:
    """« État · BOP 147 », « dont Animations de l’été »."""
    return f"dont {envelope}" if envelope.within_id else f"{envelope.financier} · {envelope}"


def presence_of(attendee) -> str:
    said = str(attendee.get_presence_display())
    return f"{said} par {attendee.represented_by}" if attendee.represented_by else said


def record_of(committee) -> str:
    return f"Procès-verbal : {committee.label}"


def held_on(committee) -> str:
    return f"Séance du {day_in_words(committee.on)}, à {committee.hour}"


def attendance(sitting: int, invited: int) -> str:
    people = "personnes invitées" if invited > 1 else "personne invitée"
    there = "présentes ou représentées" if sitting > 1 else "présente ou représentée"
    return f"{invited} {people}, {sitting} {there}."


def hours(starts: str, ends: str) -> str:
    return f"{starts} – {ends}"


def came_from(committee) -> str:
    return f"Reporté de « {committee.label} », {day_in_words(committee.on)}."


def went_to(committee) -> str:
    return f"Reporté à « {committee.label} », {day_in_words(committee.on)}."


def carried_point(title: str, committee) -> str:
    return f"{title} : reporté à « {committee.label} », {day_in_words(committee.on)}."


def result_of(passage) -> str:
    """How a dossier left the committee."""
    if passage is None:
        return UNDECIDED
    onward = f" à « {passage.onward.label} »" if passage.onward else ""
    return f"{passage.get_result_display()}{onward}"


def still_open(title: str) -> str:
    return f"« {title} » n’a pas de conclusion."


def version_of(number: int, on) -> str:
    return f"Version {number}, {day_in_words(on)}"


def signed_off(by, on) -> str:
    return f"Arrêté par {by}, {day_in_words(on)}."


def signed(number: int) -> str:
    return f"Le procès-verbal est arrêté : version {number}."


def file_name(committee, number: int) -> str:
    return f"proces-verbal-{committee.on:%Y-%m-%d}{f'-v{number}' if number else '-projet'}.pdf"

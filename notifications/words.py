"""Sentences about messages and delivery that no template holds."""

from collections.abc import Iterator
from datetime import timedelta

from cases.states import (
    BookingMove,
    DossierMove,
    FeedbackMove,
    LineMove,
    ReportMove,
    SessionMove,
    SupportMove,
)
from notifications.heartbeat import Health
from notifications.models import Message, ReminderKind

OWN_WORDS = "Vos mots à la place de ceux d’origine. Les boutons, les dates et ce que la loi demande restent."
NO_SERVER = "Le serveur de courriel ne répond pas."
NO_ADDRESS = "Cette personne n’a pas d’adresse électronique."
CLOSED = "Ce compte est fermé."
NO_LONGER = "Ce qui était demandé est fait, ou ne se demande plus."
UNWRITABLE = "Le texte de ce message n’a pas pu être écrit ({})."
UNSENDABLE = "Ce message ne peut pas prendre la forme d’un courriel ({})."
REFUSED_ADDRESS = "Le serveur de courriel refuse cette adresse ({})."
FAILING_ADDRESS = (
    "Le serveur de courriel a refusé cette adresse le {}. "
    "Si elle est bonne, confirmez-la. Sinon, invitez la personne avec sa bonne adresse."
)
REFUSED = "Le serveur de courriel a refusé ce message ({})."

STOPPED_CYCLES = "L’envoi d’une campagne est arrêté à la main : ses messages attendent qu’on le relance."
STOPPED_MANY = "L’envoi de {} campagnes est arrêté à la main : leurs messages attendent qu’on le relance."

NO_DATABASE = "La base de données ne répond pas."
CHANGED = "Ce message a changé depuis l’affichage de la page. Voici où il en est."
NOT_DONE = "Rien n’est fait : {}."
TOO_LONG = "choisissez une période d’un an au plus."
TICK_FIRST = "Choisissez d’abord des messages, puis ce qu’il faut en faire."
SAVED_TEXT = "Vos mots sont enregistrés. Ils servent dès le prochain envoi."
CHOSEN = "Vos choix sont enregistrés."
DECLINED = "C’est noté : vous ne recevrez plus ces courriels."
NOT_ONE_CLICK = "Cette adresse attend le désabonnement d’une messagerie."
DECLINES = "Cette personne a choisi de ne pas recevoir ces courriels."
STOPPED = "L’envoi est arrêté. Tout est retenu jusqu’à ce que vous le relanciez."
LET_GO = "L’envoi reprend. Ce qui attendait part à présent."
STOP_OR_GO = "Dites s’il faut arrêter l’envoi ou le relancer."
STOPPED_ALREADY = "L’envoi est déjà arrêté."
LET_GO_ALREADY = "L’envoi n’est pas arrêté."
HAS_STOPPED, HAS_LET_GO = "A arrêté l’envoi", "A relancé l’envoi"
STOPPED_FIRST = "L’envoi de cette campagne est arrêté. Relancez-le d’abord."
MANY_AT_ONCE = "Plus de cent messages d’un seul geste : ils attendent une seconde confirmation."

_DONE = {
    "hold": ("Un message est retenu.", "{} messages sont retenus."),
    "release": ("Un message peut partir.", "{} messages peuvent partir."),
    "send_now": ("Un message part à présent.", "{} messages partent à présent."),
    "resend": ("Un message repart.", "{} messages repartent."),
    "retry": ("Un nouvel essai part.", "{} nouveaux essais partent."),
    "confirm": ("L’adresse est confirmée. Un nouvel essai part.", "{} adresses sont confirmées."),
}
_NOT_DONE = {
    "hold": "seul un message en attente se retient",
    "release": "seul un message retenu peut être libéré",
    "send_now": "seul un message en attente ou retenu peut partir tout de suite",
    "resend": "seul un message déjà écrit se renvoie, une fois par jour",
    "retry": "seul un message en échec se réessaie",
    "confirm": "seule une adresse refusée se confirme",
}
_TOLD = {
    "hold": "A retenu {}",
    "release": "A laissé partir {}",
    "send_now": "A envoyé tout de suite {}",
    "resend": "A renvoyé {}",
    "retry": "A réessayé {}",
    "confirm": "A confirmé une adresse et réessayé {}",
}
_WHY = {
    "holder": "Suit les demandes de ce porteur",
    "team": "Fait partie de l’équipe",
    "coordination": "Coordonne la campagne",
    "third_party": "Tiers facilitateur de la campagne",
    "financier": "Donne l’avis de ce financeur",
    "invited": "Son avis est demandé",
    "consulted": "Son avis a été demandé",
}

CALENDAR_NAME = "Appel à projets"
ADDRESS_MADE = "Votre adresse est prête. S’il y en avait une autre, elle ne marche plus."
ADDRESS_GIVEN_UP = "L’adresse est désactivée : elle n’ouvre plus rien."


def turned(by: int) -> str:
    """The list's other pages."""
    return "Après" if by > 0 else "Avant"


def vaguely(label: str, said: str) -> str:
    """« Réponse aux porteurs (mi-avril 2027) »: a calendar has no other room to say that a date is not exact."""
    return f"{label} ({said})"


def dated_said(label: str, said: str) -> str:
    return f"{label}\u00a0: {said}."


_MOVES = {"dossier": DossierMove, "fundingline": LineMove, "feedback": FeedbackMove} | {
    "report": ReportMove,
    "support": SupportMove,
    "session": SessionMove,
    "booking": BookingMove,
}


def name_of(message: Message) -> str:
    """What a list calls a message: its subject line once it is written, else what it is about."""
    return message.mail.subject or event_in_words(message.event)


def event_in_words(event: str) -> str:
    """« dossier.submit » as the button of that move says it; a reminder as its rule's subject."""
    kind, _, code = event.removeprefix("resend.").partition(".")
    if kind == "reminder":
        return f"Rappel : {dict(ReminderKind.choices).get(code, code)}"
    moves = _MOVES.get(kind)
    return moves(code).label if moves and code in moves.values else "Message"


def why(message: Message) -> str:
    """Why somebody receives it: the role by which they are told, or the day of which they are reminded."""
    if message.event.startswith("resend."):
        return "Renvoyé par l’équipe"
    role = _WHY.get(message.audience, "L’a demandé, ou en est le destinataire")
    offset = message.reason.rpartition("|")[2] if message.event.startswith("reminder.") else ""
    return f"{role} ({offset})" if offset else role


def done(deed: str, count: int) -> str:
    """What is said after a click on one message or on many."""
    if not count:
        return NOT_DONE.format(_NOT_DONE[deed])
    one, many = _DONE[deed]
    return one if count == 1 else many.format(count)


def told(deed: str, count: int) -> str:
    """« A retenu 12 messages », for the journal of a page."""
    return _TOLD[deed].format("un message" if count == 1 else f"{count} messages")


def left_out(count: int) -> str:
    """How many rows had changed since they were shown."""
    if count == 1:
        return "Un message a changé depuis l’affichage : il est laissé comme il est."
    return f"{count} messages ont changé depuis l’affichage : ils sont laissés comme ils sont."


def health_in_words(health: Health) -> Iterator[str]:
    """How delivery stands, for whoever is called at night."""
    yield "La base de données répond."
    if health.last_sign is None:
        yield "Rien n’a encore envoyé de courriel : lancez « manage.py serve », ou « manage.py sweep » par cron."
    else:
        yield f"Dernier passage de l’envoi : il y a {ago(health.at - health.last_sign)}."
    if health.trouble:
        yield health.trouble
    if health.stopped:
        yield STOPPED_CYCLES if health.stopped == 1 else STOPPED_MANY.format(health.stopped)
    if health.oldest_due is None:
        yield "Aucun message ne devrait déjà être parti."
    else:
        yield f"Le plus ancien message à envoyer attend depuis {ago(health.at - health.oldest_due)}."


def ago(time: timedelta) -> str:
    """« 40 s », « 12 min », « 3 h », « 2 jours »."""
    seconds = max(int(time.total_seconds()), 0)
    if seconds < 60:
        return f"{seconds}\u00a0s"
    if seconds < 3600:
        return f"{seconds // 60}\u00a0min"
    if seconds < 48 * 3600:
        return f"{seconds // 3600}\u00a0h"
    return f"{seconds // (24 * 3600)}\u00a0jours"

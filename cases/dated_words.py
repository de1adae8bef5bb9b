"""What the calendar says of deadlines and meetings, in French."""

from cases.states import BookingState, SessionState
from cases.states import DossierMove as M

BEFORE_MIDNIGHT = "Avant minuit."
AGREED = "Convenu en rencontre."

_DEADLINES: dict[str, str] = {M.SUBMIT: "Déposer", M.COMPLETE: "Compléter", M.CLOSE: "Envoyer le bilan de"}

_BOOKED: dict[str, str] = {
    BookingState.BOOKED: "Votre place est prise.",
    BookingState.WAITING: "Vous êtes sur la liste d’attente.",
    BookingState.ATTENDED: "Vous y étiez.",
}


def deadline(move: str, title: str) -> str:
    """A holder's own day: « Déposer « Atelier vélo » »."""
    return f"{_DEADLINES[move]} « {title} »"


def heap(work: str, many: int) -> str:
    """The same work on many dossiers by the same day."""
    return f"{work} ({many}\u00a0dossier{'s' if many > 1 else ''})"


def session_said(session, booking: str, *, hosts: bool) -> str:
    """What a meeting says to whoever comes to it, hosts it, or may still come."""
    if session.state == SessionState.CANCELLED:
        return "La séance est annulée."
    if booking == BookingState.WAITING and session.state == SessionState.HELD:
        return "Vous étiez sur la liste d’attente."
    if booking in _BOOKED:
        return _BOOKED[booking]
    if session.state != SessionState.PLANNED:
        return ""
    left = session.seats - session.booked
    seats = (
        f"{left} place{'s' if left > 1 else ''} libre{'s' if left > 1 else ''}." if left > 0 else "Complet."
    )
    return f"Vous animez. {seats}" if hosts else seats

"""What is said after a click about a session, a booking or an idea, and what a move of theirs will do."""

from cases.states import BookingState
from workflow.wording import day_in_words, listed

SEAT_TAKEN = "Vous avez une place. Un message vous le confirme."
ON_THE_LIST = (
    "La séance est complète : vous êtes sur la liste d’attente. Vous serez prévenu si une place se libère."
)
SESSION_CHANGED = "La séance est changée. Les inscrits sont prévenus."
SEATS_CHANGED = "Le nombre de places est changé."
SESSION_CANCELLED = "La séance est annulée. Les inscrits lisent pourquoi."
BOOKING_CANCELLED = "L’inscription est annulée."
ATTENDANCE_NOTED = "Les présences sont notées."
SAY_WHO_CAME = "Dites au moins d’une personne si elle est venue."
IDEA_NOTED = "L’idée est dans votre carnet."
IDEA_BEGUN = "Votre idée est devenue une demande : continuez à l’écrire."


_MEANS: dict[tuple[str, str], str] = {
    ("session", "reschedule"): "Chaque inscrit reçoit un message avec la nouvelle date et le nouveau lieu.",
    ("session", "resize"): "Si des places s’ouvrent, la liste d’attente avance aussitôt.",
    ("session", "hold"): "La séance est terminée : les présences restent notées.",
    ("session", "cancel"): "Chaque inscrit reçoit un message avec votre raison.",
    ("booking", "call_off"): "L’association reçoit un message avec votre raison.",
    ("idea", "become"): "Une demande commence avec ces mots. Vos inscriptions la suivent.",
    ("idea", "set_aside"): "Elle reste dans le carnet. Vous pourrez la reprendre.",
}

_MEANS_FROM: dict[tuple[str, str, str], str] = {
    ("booking", "cancel", BookingState.BOOKED): "La première association qui attend reçoit votre place.",
    ("booking", "cancel", BookingState.WAITING): "Vous quittez la liste d’attente.",
}
"""What depends on where one stands."""


def means(kind: str, move: str, state: str) -> str:
    """What a move of a session, a booking or an idea will do; blank where its name says it."""
    return _MEANS.get((kind, move)) or _MEANS_FROM.get((kind, move, state), "")


def planned(many: int, skipped: list) -> str:
    """After a session, or a series whose holidays were left out."""
    told = f"{many} séances sont au calendrier." if many > 1 else "La séance est au calendrier."
    if not skipped:
        return told
    days = listed([day_in_words(day, year=False) for day in skipped])
    left = "Jours fériés laissés" if len(skipped) > 1 else "Jour férié laissé"
    return f"{told} {left} de côté : {days}."


def heavy(monday, load) -> str:
    """A week that asks more of the team than the rules allow."""
    said = f"{load.hours:g}".replace(".", ",")
    week = day_in_words(monday, year=False)
    return f"Semaine du {week} : {said} h de « {load.label} », pour {load.most} h prévues au plus."


def booked_for(organisation, has_seat: bool) -> str:
    return f"{organisation} a une place." if has_seat else f"{organisation} est sur la liste d’attente."

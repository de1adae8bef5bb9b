"""What a committee's agenda says of itself, where nobody has written it yet."""

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

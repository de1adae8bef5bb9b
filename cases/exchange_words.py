"""What is said when tables leave, come back, or are made public; when somebody is away."""

from datetime import date

from workflow.wording import day_in_words

SUBSIDY_COMPLETED = "C’est enregistré."

# An absence ----------------------------------------------------------------------------------------------------------

BACK = "Vous êtes de retour : les demandes et les rappels vous arrivent de nouveau."


def away(stand_in, first: date, last: date) -> str:
    return f"C’est noté : {stand_in} répond pour vous du {day_in_words(first)} au {day_in_words(last)}."


# A table of opinions that comes back ---------------------------------------------------------------------------------

NOT_IN_THIS_TABLE = "ce dossier n’est pas de ce tableau d’avis."
OPINION_ASKED = "choisissez un avis : un montant ou un motif seul ne suffit pas."
OPINION_ERASED = "un avis déjà donné ne s’efface pas : corrigez-le."
NO_AMOUNT_HERE = "cet avis ne propose pas de montant : videz cette cellule."
AMOUNT_ASKED = "écrivez le montant que vous proposez."
PREVIEW_OVER = "Cet aperçu n’est plus valable : envoyez de nouveau le fichier."
MOVED_MEANWHILE = (
    "Quelque chose a changé pendant que vous lisiez : rien n’est enregistré. Relisez, puis validez."
)


def of_another(cycle: str, ours: str, *, same_cycle: bool) -> str:
    """The file left from somewhere else."""
    if same_cycle:
        return f"Ce classeur est celui d’un autre financeur : ici, on remplit celui de « {ours} »."
    return f"Ce classeur vient d’un autre appel (« {cycle} ») : ici, on remplit celui de « {ours} »."


def opinions_kept(many: int, aside: int) -> str:
    """How many opinions were given at once, and how many rows were left as they are here."""
    said = f"{many} avis enregistré{'s' if many > 1 else ''}."
    if aside:
        said += f" {aside} ligne{'s' if aside > 1 else ''} laissée{'s' if aside > 1 else ''} comme ici."
    return said


# Somebody else's table ------------------------------------------------------------------------------------------------

ALREADY_HERE = "cette demande est déjà dans ce cycle."
NOTHING_ASKED = "rien n’est demandé à aucun financeur."
TOO_CHEAP = "le coût total est inférieur à ce qui est demandé."
NO_REFERENCE = "le numéro de la demande dans Dauphin est vide."
REFERENCE_TWICE = "ce numéro est déjà à la ligne {line}."
TABLE_OVER = "Ce tableau n’est plus à l’écran : envoyez de nouveau le fichier."


def is_blank(label: str) -> str:
    return f"« {label} » est vide."


def no_such_status(said: str) -> str:
    return f"{said} n’est pas un statut de Dauphin."


def brought_in(many: int) -> str:
    return f"{many} brouillon{'s' if many > 1 else ''} créé{'s' if many > 1 else ''}."


NO_ORIENTATION = "Sans orientation"

"""What the programming says of its money and of what somebody has just done, in French."""

from decimal import Decimal

from cases.programming_states import ScenarioMove
from workflow.money import euros

PAGE_INCOMPLETE = "Cette page est incomplète : rechargez-la."
NOTHING_CHANGED = "Aucun montant n’a changé."
OPENED_TO_FINANCIERS = "La programmation est ouverte aux financeurs et au comité."
CLOSED_TO_FINANCIERS = "La programmation n’est plus lue que par l’équipe."
NOTHING_CHOSEN = "Dites si la programmation s’ouvre ou se ferme."
ALREADY_SO = "C’était déjà le cas."
SIGNED_OFF = "La programmation est arrêtée. La table est gardée telle que vous l’avez lue."
REOPENED = "La programmation est rouverte. Ce qui a été arrêté reste tel quel."
SCENARIO_BEGUN = "Le scénario est commencé : changez-y ce que vous voulez, rien ne bouge ailleurs."
SCENARIO_RENAMED = "Le scénario a changé de nom."
NAME_TAKEN = "Un autre scénario de cet appel porte déjà ce nom."
SCENARIO_THERE = "Ce scénario existe déjà : le voici."
SCENARIO_SAVED = "Le scénario est enregistré."
ALREADY_APPLIED = "C’est déjà fait : les propositions de l’équipe sont celles de ce scénario."
CHOOSE_TWO = "Choisissez deux ou trois scénarios à comparer."
TICK_ONE = "Cochez au moins un montant à appliquer."
NO_SUCH_ACTION = "Cette action n’existe pas."
NO_SUCH_LINE = "Cette ligne n’est plus dans la programmation."
NOT_AN_AMOUNT = "Écrivez un montant en euros, comme 1 234,50."
NOTHING_TO_SHARE = "Rien à répartir : ce qui est programmé tient dans le montant supposé."


def kept(amount: Decimal | None) -> str:
    """What was just kept of one cell, for whoever does not see it change."""
    return f"Enregistré : {euros(amount)}." if amount is not None else "Enregistré : plus de proposition."


def changed_meanwhile(amount: Decimal | None) -> str:
    """Somebody wrote the same cell after the page was read: both values stand there."""
    now = euros(amount) if amount is not None else "rien de proposé"
    return f"Changé entre-temps : {now}. Enregistrez de nouveau pour garder votre montant."


def amounts_kept(many: int) -> str:
    return f"{many} montants sont enregistrés." if many > 1 else "Le montant est enregistré."


def amounts_left(many: int) -> str:
    """What could not be kept, said once above the table."""
    return (
        f"{many} montants ne sont pas enregistrés. La raison est dite à côté de chacun."
        if many > 1
        else "Un montant n’est pas enregistré. La raison est dite à côté."
    )


def applied(many: int) -> str:
    return (
        f"{many} propositions ont pris le montant du scénario."
        if many > 1
        else ("Une proposition a pris le montant du scénario." if many else "Aucune proposition n’a changé.")
    )


def shared_out(many: int) -> str:
    """After a cut was spread over a scenario's lines."""
    return f"La baisse est répartie sur {many} lignes." if many > 1 else "La baisse est sur une ligne."


def scenario_moved(move: str) -> str:
    if move == ScenarioMove.SET_ASIDE:
        return "Le scénario est rangé. Il reste lisible."
    return "Le scénario est repris."

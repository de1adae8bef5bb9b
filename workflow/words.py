"""What the campaign's pages say of values, of differences and of the journal, in French."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from workflow.loading.differences import Difference
from workflow.loading.kinds import Choice, Reference, YesNo
from workflow.loading.section import Bound, Section
from workflow.money import euros
from workflow.refusal import Refusal
from workflow.wording import day_in_words, listed

NOTHING = "—"
CAMPAIGN = "La campagne"
SAVED, NOTHING_NEW = "C’est enregistré.", "Rien n’a changé : c’était déjà enregistré."
RESTORED = "Le texte d’origine est revenu."
IN_DRAFT = "C’est enregistré dans la version en préparation. Elle ne vaut pas encore : il faut la publier."
REMOVED = "C’est retiré de la version en préparation."
REVERTED = "Les changements en préparation sont abandonnés. Les règles publiées n’ont pas bougé."
TAKEN = "Ce nom est déjà pris ici."


def window_opens(label: str) -> str:
    return f"Ouverture de « {label} »"


def window_closes(label: str) -> str:
    return f"Fermeture de « {label} »"


def followed(many: int, number: int) -> str:
    who = "Un dossier suit" if many == 1 else f"{many} dossiers suivent"
    return f"{who} maintenant la version {number}."


TICK_FIRST = "Cochez au moins un dossier."


def window_turns(opens: list[str], closes: list[str]) -> str:
    """What a date of the calendar opens and closes: « Ouvre : Dépôt, Relecture. Ferme : Instruction. »

    What it both opens and closes takes place during it.
    """
    meanwhile = [label for label in opens if label in closes]
    only = [[label for label in labels if label not in meanwhile] for labels in (opens, closes)]
    sides = (("Pendant ce temps", meanwhile), ("Ouvre", only[0]), ("Ferme", only[1]))
    return " ".join(f"{side}\u00a0: {', '.join(labels)}." for side, labels in sides if labels)


def published(number: int) -> str:
    return f"La version {number} est publiée. Les nouveaux dossiers la suivent."


def begun(name: str) -> str:
    return f"« {name} » est en préparation. Rien n’est publié."


def loaded(words: Iterable[str]) -> str:
    said = listed(list(words))
    return (
        f"C’est chargé : {said}." if said else "Ce fichier dit ce qui est déjà enregistré : rien n’a changé."
    )


def value_said(bound: Bound, value: Any, document) -> str:
    """A value as people read it: a milestone by its name, a date in full."""
    if value in (None, "", []):
        return NOTHING
    if isinstance(bound.kind, Reference):
        return document[bound.kind.section].get(value, {}).get("label", value)
    if isinstance(value, bool) or isinstance(bound.kind, YesNo):
        return "Oui" if value else "Non"
    if isinstance(bound.kind, Choice):
        return str(dict(bound.kind.choices)[value])
    return _plain(bound, value)


def _plain(bound: Bound, value: Any) -> str:
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, Decimal):
        return euros(value)
    if isinstance(value, list):
        return listed([str(one) for one in value])
    return str(bound.kind.show(value))


def facts_said(section: Section, row: dict, document) -> list[tuple[str, str]]:
    """What a row says beyond its name, where it differs from the usual; all of it where there is one row only."""
    usual = [] if section.single else [section.name_of(row)]
    shown = [
        (bound.label, value_said(bound, row[bound.attr], document))
        for bound in section.bound
        if row
        and bound.attr not in ("code", section.identity)
        and row[bound.attr] not in (usual if section.single else [*usual, bound.default])
    ]
    return [(_capital(label), said) for label, said in shown if said != NOTHING]


def difference_said(one: Difference, before, after) -> tuple[str, list[tuple[str, str]]]:
    """(what, [(field, « before → after »)]) of one row."""
    title = one.section.title or one.section.name
    if not one.row:
        return f"{title} : l’ordre", []
    name = title if one.section.single else f"{title} : {one.section.name_of(one.row)}"
    if one.was is None or one.now is None:
        return f"{name}, {'ajout' if one.was is None else 'retrait'}", []
    return name, [
        (
            _capital(bound.label),
            f"{value_said(bound, was, before)} → {value_said(bound, now, after)}",
        )
        for bound, was, now in one.values
    ]


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


FILE_NAME = "ce_fichier.yaml"
NO_CHANGE = "rien n’a changé"
FEW = 6


def not_ours() -> Refusal:
    return Refusal(
        "not_ours",
        "Ce fichier parle d’un contrat ou d’un cycle que vous ne coordonnez pas. Rien n’a été écrit.",
    )


def what_loaded(loaded) -> list[str]:
    """« 12 ajoutés », « 1 modifié (Date limite de dépôt) », « version 3 des règles en préparation »; empty: nothing."""
    parts = ((loaded.added, "ajouté"), (loaded.amended, "modifié"), (loaded.removed, "retiré"))
    said = []
    for names, verb in parts:
        named = f" ({', '.join(names)})" if names and len(names) <= FEW else ""
        said += [f"{len(names)} {verb}{'s' if len(names) > 1 else ''}{named}"] if names else []
    if loaded.version:
        state = "publiée" if loaded.published else "en préparation"
        said.append(f"version {loaded.version.number} des règles {state}")
    return said

"""The part of a cycle's file that says when people are reminded, and what publishing asks of it."""

from collections.abc import Iterator
from datetime import date, timedelta

from notifications.models import ReminderKind, ReminderRule
from workflow.loading.kinds import Reference, Several, Whole
from workflow.loading.section import Field, Section
from workflow.models import StepKind
from workflow.promises import days_of
from workflow.refusal import Refusal
from workflow.wording import day_in_words, listed

BEFORE_MILESTONE = {ReminderKind.NOT_FILED: StepKind.FILING, ReminderKind.REPORT_DUE: StepKind.REPORTING}
"""Reminders about a date of the calendar, with the step before whose opening there is nothing to remind of.
The others are about a date of each dossier: the completion asked for, the round of opinions."""


def every_reminder_can_be_due(document) -> Iterator[Refusal]:
    for code, row in document["rappels"].items():
        place = f"rappels/{code}"
        if not row["days_before"]:
            yield Refusal("never_due", f"« {row['label']} » ne dit pas combien de jours avant.", place)
        elif row["kind"] in BEFORE_MILESTONE:
            yield from _too_early(document, row, place)
        elif row["milestone"] is not None:
            yield Refusal(
                "never_due",
                f"« {row['label']} » suit la date de chaque dossier, pas un jalon.",
                f"{place}/jalon",
            )
        elif row["kind"] == ReminderKind.OPINION_AWAITED:
            yield from _longer_than_the_round(document, row, place)


def _too_early(document, row: dict, place: str) -> Iterator[Refusal]:
    if row["milestone"] is None:
        yield Refusal("never_due", f"« {row['label']} » ne dit pas à quel jalon il se rapporte.", place)
        return
    kind = BEFORE_MILESTONE[row["kind"]]
    steps = [code for code, step in document["étapes"].items() if step["kind"] == kind]
    opening = min((days_of(document, code).first for code in steps), default=date.min)
    for days in row["days_before"]:
        on = document["jalons"][row["milestone"]]["ends_on"] - timedelta(days=days)
        if on < opening:
            yield Refusal(
                "never_due",
                f"« {row['label']} », {days} jours avant : le {day_in_words(on)}, rien n’est encore ouvert.",
                f"{place}/jours_avant",
            )


def _longer_than_the_round(document, row: dict, place: str) -> Iterator[Refusal]:
    lasts = document["règles"]["review_days"]
    for days in row["days_before"]:
        if days >= lasts:
            yield Refusal(
                "never_due",
                f"« {row['label']} », {days} jours avant : le tour d’avis n’en dure que {lasts}.",
                f"{place}/jours_avant",
            )


def rhythm_said(document, row: dict) -> str:
    days = listed([f"{days} {'jours' if days > 1 else 'jour'}" for days in row["days_before"]])
    about = document["jalons"].get(row["milestone"], {}).get("label")
    return f"{days} avant {f'« {about} »' if about else 'la date de chaque dossier'}"


REMINDERS = Section(
    "rappels",
    ReminderRule,
    owner="version",
    order=130,
    promises=(every_reminder_can_be_due,),
    title="Rappels",
    one="un rappel",
    lead="Un rappel part quand la chose n’est pas faite. Il s’arrête quand elle l’est.",
    says=rhythm_said,
    fields=(
        Field("code", "code"),
        Field("libellé", "label"),
        Field("sujet", "kind", label="Quand rappeler"),
        Field(
            "jalon",
            "milestone",
            Reference(),
            label="Avant quel jalon",
            help="Vide pour les compléments et les avis : chaque dossier a sa propre date.",
        ),
        Field(
            "jours_avant",
            "days_before",
            Several(Whole(0, 365)),
            label="Combien de jours avant",
            help="Par exemple : 15, 7, 1.",
        ),
        Field("source", "source", label="D’où cela vient"),
    ),
)

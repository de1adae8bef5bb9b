"""What changes once the answer is known: an amendment, a later end, an action that does not take place. Asked, then
accepted or refused with a reason; the facts and their days stay on the dossier.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import models
from django_fsm import FSMField, transition

from cases import changing as after
from cases.closing_guards import an_award_is_kept
from cases.states import ChangeState as S
from cases.states import DossierState
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import TEAM, Role
from workflow.wording import day_in_words

UNDER_WAY = (DossierState.DECIDED, DossierState.ANSWERED, DossierState.REPORTING)
"""From the first letter on, until the dossier is closed."""


class ChangeKind(models.TextChoices):
    AMENDMENT = "amendment", "Avenant"
    EXTENSION = "extension", "Prolongation"
    UNDONE = "undone", "Action non réalisée"


class Subject(models.TextChoices):
    CALENDAR = "calendar", "Le calendrier"
    BUDGET = "budget", "Le budget"
    PUBLIC = "public", "Le public"
    PLACE = "place", "Le lieu"
    CONTENT = "content", "Le contenu"


# What must hold ------------------------------------------------------------------------------------------------------


def action_is_under_way(change, lines) -> Iterator[Refusal]:
    if change.dossier.state not in UNDER_WAY or not any(line.notified_on for line in lines):
        yield Refusal(
            "not_under_way", "Un changement se demande une fois la réponse connue, avant la clôture."
        )
        return
    yield from an_award_is_kept(change.dossier, lines)


def change_is_said(change) -> Iterator[Refusal]:
    if not change.text.strip():
        yield Refusal("no_text", "Dites en une phrase ce qui change, et pourquoi.", place="text")
    if change.kind_of == ChangeKind.AMENDMENT and not set(change.about) & set(Subject.values):
        yield Refusal("no_subject", "Cochez ce qui change.", place="about")


def end_is_later(change) -> Iterator[Refusal]:
    if change.kind_of != ChangeKind.EXTENSION:
        return
    if change.new_end is None:
        yield Refusal("no_end", "Indiquez la nouvelle date de fin.", place="new_end")
    elif change.new_end <= change.dossier.last_day:
        sentence = (
            f"L’action finit déjà le {day_in_words(change.dossier.last_day)} : choisissez une date plus tard."
        )
        yield Refusal("end_not_later", sentence, place="new_end")


def nothing_else_is_asked(change) -> Iterator[Refusal]:
    """Two requests of one kind would be answered one against the other."""
    if change.others_pending():
        yield Refusal("one_pending", "Une demande de cette sorte attend déjà sa réponse.")


def report_has_its_day(change, facts) -> Iterator[Refusal]:
    """An extension moves the report's day; it never falls before the action ends."""
    if change.kind_of != ChangeKind.EXTENSION or facts is None:
        return
    due = facts.get("report_due_on")
    if due is None:
        yield Refusal("no_report_day", "Dites pour quand le bilan est attendu.", place="report_due_on")
    elif due < change.new_end:
        yield Refusal("report_too_early", "Le bilan suit la fin de l’action.", place="report_due_on")


# The life ------------------------------------------------------------------------------------------------------------


class ChangeLife(models.Model):
    state = FSMField("état", max_length=10, choices=S, default=S.ASKED, protected=True)
    answered_at = models.DateTimeField("répondu le", null=True, editable=False)
    answer = models.TextField("réponse de l’équipe", blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.ASKED,
        target=S.ACCEPTED,
        custom=rule(
            by=TEAM,
            guards=[action_is_under_way, report_has_its_day],
            then=[after.move_the_end, after.undo_the_action],
        ),
    )
    def accept(self, at: datetime, reason: str = "", report_due_on: date | None = None, freed: bool = False):
        """`freed`: what was paid for an action that does not take place returns to its envelope."""
        self.answered_at, self.answer = at, reason

    @transition("state", source=S.ASKED, target=S.REFUSED, custom=rule(by=TEAM))
    def refuse(self, at: datetime, reason: str):
        self.answered_at, self.answer = at, reason

    @transition("state", source=S.ASKED, target=S.TAKEN_BACK, custom=rule(by=[Role.HOLDER, *TEAM]))
    def take_back(self):
        """Asked too soon, or no longer needed."""

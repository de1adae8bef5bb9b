"""The life of a feedback sheet: written, read by somebody as the cycle's policy says, delivered and frozen."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from cases.states import FeedbackState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import SYSTEM, TEAM, Role


def sheet_is_whole(feedback) -> Iterator[Refusal]:
    """One to three motives, each with a fact; a published reason or a free one; and what to do now."""
    if not 1 <= len(feedback.motives) <= 3:
        yield Refusal("motive_count", "Donnez de un à trois motifs.", place="motives")
    for rank, motive in enumerate(feedback.motives):
        if not (motive.get("reason") or motive.get("free")):
            yield Refusal(
                "no_reason", "Choisissez un motif publié ou écrivez un motif libre.", place=f"motives-{rank}"
            )
        if not str(motive.get("fact", "")).strip():
            yield Refusal("no_fact", "Dites quel fait du dossier fonde ce motif.", place=f"motives-{rank}")
    if not feedback.advice.strip():
        yield Refusal(
            "no_advice", "Écrivez « Et maintenant » : ce que le porteur peut changer.", place="advice"
        )


def reader_is_the_right_one(feedback, by, holds, rules, writers) -> Iterator[Refusal]:
    """Under « another person », nobody who wrote any of it: the journal knows who did, the author's name does not."""
    if rules.feedback_check == "other" and by.pk in {feedback.author_id, *writers}:
        yield Refusal("same_reader", "Une personne qui n’a pas écrit la fiche doit la relire.")
    if rules.feedback_check == "coordinator" and not holds(Role.COORDINATOR):
        yield Refusal("not_coordinator", "La fiche est relue par la coordination.")


def it_is_not_delivered(feedback, by) -> Iterator[Refusal]:
    """The text that the holder has read is frozen; only a reopened dossier takes its sheet back."""
    if feedback.state == S.DELIVERED and by is not SYSTEM:
        yield Refusal("delivered", "La fiche a été transmise : son texte ne change plus.")


def an_answer_is_due(feedback, dossier) -> Iterator[Refusal]:
    if dossier.state not in ("decided", "inadmissible"):
        yield Refusal("not_decided", "La fiche se transmet une fois la décision enregistrée.")


class FeedbackLife(models.Model):
    state = FSMField("état", max_length=10, choices=S, default=S.DRAFT, protected=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("relue le", null=True, editable=False)
    delivered_at = models.DateTimeField("transmise le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition("state", source=S.DRAFT, target=S.READING, custom=rule(by=TEAM, guards=[sheet_is_whole]))
    def hand_over(self):
        """Whoever may read it over is told; a team that sits in one room may also read at once."""

    @transition(
        "state",
        source=[S.DRAFT, S.READING],
        target=S.CHECKED,
        custom=rule(by=TEAM, guards=[sheet_is_whole, reader_is_the_right_one]),
    )
    def proofread(self, at: datetime, by):
        self.checked_by, self.checked_at = by, at

    @transition(
        "state",
        source=[S.READING, S.CHECKED, S.DELIVERED],
        target=S.DRAFT,
        custom=rule(by=[*TEAM, Role.SYSTEM], guards=[it_is_not_delivered]),
    )
    def correct(self):
        self.checked_by = self.checked_at = self.delivered_at = None

    @transition(
        "state",
        source=S.CHECKED,
        target=S.DELIVERED,
        custom=rule(by=[Role.COORDINATOR], guards=[an_answer_is_due]),
    )
    def deliver(self, at: datetime):
        self.delivered_at = at

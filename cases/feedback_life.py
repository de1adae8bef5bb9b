"""The life of a feedback sheet: written, read by somebody as the cycle's policy says, delivered and frozen.

What the holder has read never changes: a correction says why, is read over again, and is delivered as a new version.
"""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from cases import sheet_versions as after
from cases.explaining import has_a_free_motive, sheet_is_whole
from cases.never_said import it_compares_nobody, slips
from cases.sheet_content import written_of
from cases.states import FeedbackState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import TEAM, Role

ANSWERABLE = ("decided", "inadmissible", "answered", "reporting", "closed")
"""The states in which a holder may read a sheet: once something was decided."""
NO_CORRECTION = "no_correction"


def reader_is_the_right_one(feedback, by, holds, rules, writers) -> Iterator[Refusal]:
    """Under « another person », nobody who wrote any of it: the journal knows who did, the author's name does not.

    A motive that nobody published is read by another person whatever the policy.
    """
    wrote = by.pk in {feedback.author_id, *writers}
    if rules.feedback_check == "other" and wrote:
        yield Refusal("same_reader", "Une personne qui n’a pas écrit la fiche doit la relire.")
    elif has_a_free_motive(feedback) and wrote:
        sentence = (
            "Un motif est hors des motifs publiés : une personne qui n’a pas écrit la fiche doit la relire."
        )
        yield Refusal("free_motive_unread", sentence)
    if rules.feedback_check == "coordinator" and not holds(Role.COORDINATOR):
        yield Refusal("not_coordinator", "La fiche est relue par la coordination.")


def an_answer_is_due(feedback, dossier) -> Iterator[Refusal]:
    if dossier.state not in ANSWERABLE:
        yield Refusal("not_decided", "La fiche se transmet une fois la décision enregistrée.")


def a_correction_is_open(feedback) -> Iterator[Refusal]:
    if feedback.delivered_at is None:
        yield Refusal(NO_CORRECTION, "Le porteur n’a encore reçu aucune version de cette fiche.")


def the_reason_compares_nobody(feedback, facts, names) -> Iterator[Refusal]:
    """Why a sheet is corrected is read by its holder too."""
    for code, _, wrong in slips(str((facts or {}).get("reason", "")), names):
        yield Refusal(code, wrong, place="reason")


class FeedbackLife(models.Model):
    state = FSMField("état", max_length=10, choices=S, default=S.DRAFT, protected=True)
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField("relue le", null=True, editable=False)
    delivered_at = models.DateTimeField("transmise le", null=True, editable=False)
    """Of the version that the holder reads; it stays while a correction is written."""
    number = models.PositiveSmallIntegerField("versions transmises", default=0, editable=False)
    because = models.TextField("pourquoi elle est corrigée", blank=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.DRAFT,
        target=S.READING,
        custom=rule(by=TEAM, guards=[sheet_is_whole, it_compares_nobody]),
    )
    def hand_over(self):
        """Whoever may read it over is told; a team that sits in one room may also read at once."""

    @transition(
        "state",
        source=[S.DRAFT, S.READING],
        target=S.CHECKED,
        custom=rule(by=TEAM, guards=[sheet_is_whole, it_compares_nobody, reader_is_the_right_one]),
    )
    def proofread(self, at: datetime, by):
        self.checked_by, self.checked_at = by, at

    @transition("state", source=[S.READING, S.CHECKED], target=S.DRAFT, custom=rule(by=TEAM))
    def correct(self):
        """Back to its writers, before anybody outside has read it."""
        self.checked_by = self.checked_at = None

    @transition(
        "state",
        source=S.CHECKED,
        target=S.DELIVERED,
        custom=rule(
            by=[Role.COORDINATOR],
            guards=[an_answer_is_due, sheet_is_whole],
            then=[after.keep_sheet_version],
        ),
    )
    def deliver(self, at: datetime):
        """Its words are those that were read over; what was decided since may owe more."""
        self.delivered_at = at
        self.number += 1

    @transition(
        "state",
        source=S.DELIVERED,
        target=S.DRAFT,
        custom=rule(by=TEAM, guards=[the_reason_compares_nobody]),
    )
    def revise(self, reason: str):
        """The holder goes on reading the version delivered, until the corrected one is."""
        self.because = reason
        self.checked_by = self.checked_at = None

    @transition(
        "state",
        source=[S.DRAFT, S.READING, S.CHECKED],
        target=S.DELIVERED,
        custom=rule(by=TEAM, guards=[a_correction_is_open]),
    )
    def abandon(self):
        """Opened by mistake: the version that the holder reads stands, word for word; what was typed since stays in
        the journal."""
        version = self.versions.get(number=self.number)
        for name, words in written_of(version.content).items():
            setattr(self, name, words)
        self.because, self.checked_by_id = version.because, version.checked_by_id

    @transition(
        "state",
        source=[S.DRAFT, S.READING, S.CHECKED, S.DELIVERED],
        target=S.DRAFT,
        custom=rule(by=[Role.SYSTEM]),
    )
    def recall(self):
        """Its dossier is instructed again: what was answered no longer stands."""
        self.checked_by = self.checked_at = self.delivered_at = None
        self.because = ""

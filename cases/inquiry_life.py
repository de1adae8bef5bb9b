"""The life of a financier's question to a holder: asked, then answered, or closed with the round it was asked in."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from cases.states import InquiryState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import Role


def seat_was_asked(inquiry, asked_seats) -> Iterator[Refusal]:
    """Who was not asked for an opinion knows nothing of the dossier, and asks nothing about it."""
    if inquiry.seat_id not in asked_seats:
        yield Refusal("seat_not_asked", "Votre avis n’est pas demandé sur ce dossier.")


def question_is_written(inquiry, at) -> Iterator[Refusal]:
    if not inquiry.question.strip():
        yield Refusal("no_question", "Écrivez votre question.", place="question")


def answer_is_written(inquiry, facts) -> Iterator[Refusal]:
    if facts is not None and not str(facts.get("answer", "")).strip():
        yield Refusal("no_answer", "Écrivez votre réponse.", place="answer")


class InquiryLife(models.Model):
    state = FSMField("état", max_length=8, choices=S, default=S.ASKED, protected=True)
    answer = models.TextField("réponse", blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.ASKED,
        target=S.ANSWERED,
        custom=rule(by=[Role.HOLDER], guards=[answer_is_written]),
    )
    def reply(self, answer: str, at: datetime):
        """Read by the financier who asked, by the others, and by the team; the round does not wait for it."""
        self.answer, self.answered_at = answer, at

    @transition("state", source=S.ASKED, target=S.CLOSED, custom=rule(by=[Role.SYSTEM]))
    def close(self):
        """The round is over: nobody waits for the answer any longer."""

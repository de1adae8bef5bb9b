"""The life of a remark on a draft: read, then followed, taken up or left with a reason; whoever re-reads closes it."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from cases import agreeing as after
from cases.agreeing import ANSWER
from cases.states import EDITABLE, SupportState
from cases.states import RemarkState as S
from cases.support_life import GUIDES
from workflow.charts import rule
from workflow.refusal import Refusal, stale
from workflow.roles import Role

OWN_TEXTS = ("title", "public")
ANSWERED = (S.HANDLED, S.TAKEN, S.KEPT)


def text_of(dossier, part: str) -> str:
    """What the holder wrote there now."""
    if part.startswith(ANSWER):
        return str(dossier.answers.get(part.removeprefix(ANSWER)) or "")
    return str(getattr(dossier, part)) if part in OWN_TEXTS else ""


def mark_of(text: str) -> str:
    """A short mark of a text as a page showed it; a browser sends other line ends back."""
    return hashlib.sha256(text.replace("\r\n", "\n").strip().encode()).hexdigest()[:10]


# What must hold ------------------------------------------------------------------------------------------------------


def remark_is_written(remark, at) -> Iterator[Refusal]:
    if not remark.text.strip():
        yield Refusal("no_remark", "Écrivez votre remarque.", place="text")


def rereading_is_under_way(remark, at) -> Iterator[Refusal]:
    """One remarks on what somebody asked to have re-read, and only until the re-reading is finished."""
    support = remark.support
    if (
        support.dossier_id != remark.dossier_id
        or support.content is None
        or support.state != SupportState.ASKED
    ):
        yield Refusal("no_rereading", "Aucune relecture n’est en cours sur cette demande.")


def wording_has_its_place(remark, texts) -> Iterator[Refusal]:
    """A sentence is proposed where a text is written, never for an amount, a date or a whole theme."""
    if remark.wording.strip() and remark.part not in texts:
        yield Refusal(
            "no_text_there", "Ici on ne remplace pas un texte : écrivez une remarque.", place="wording"
        )


def there_is_a_wording(remark, at) -> Iterator[Refusal]:
    if not remark.wording.strip():
        yield Refusal("no_wording", "Aucune phrase n’est proposée ici.")


def text_is_as_it_was_read(remark, facts) -> Iterator[Refusal]:
    """Nobody replaces words that they have not seen: a colleague may be writing at the same minute."""
    if facts is not None and facts.get("seen") != mark_of(text_of(remark.dossier, remark.part)):
        yield stale()


def request_is_still_written(remark, at) -> Iterator[Refusal]:
    if remark.dossier.state not in EDITABLE:
        yield Refusal("filed", "La demande est déposée : les remarques ne changent plus rien.")


class RemarkLife(models.Model):
    state = FSMField("état", max_length=7, choices=S, default=S.OPEN, protected=True)
    reply = models.TextField("pourquoi le porteur a laissé son texte", blank=True)
    answered_at = models.DateTimeField("répondu le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.OPEN,
        target=S.HANDLED,
        custom=rule(by=[Role.HOLDER], guards=[request_is_still_written]),
    )
    def handle(self, at: datetime):
        self.answered_at = at

    @transition(
        "state",
        source=S.OPEN,
        target=S.TAKEN,
        custom=rule(
            by=[Role.HOLDER],
            guards=[request_is_still_written, there_is_a_wording, text_is_as_it_was_read],
            then=[after.take_wording],
        ),
    )
    def take(self, seen: str, at: datetime):
        """`seen` is the mark of the text that stood beside the proposed one."""
        self.answered_at = at

    @transition(
        "state",
        source=S.OPEN,
        target=S.KEPT,
        custom=rule(by=[Role.HOLDER], guards=[request_is_still_written]),
    )
    def keep(self, reason: str, at: datetime):
        """The request is the holder's: a remark is an advice, and the reason helps whoever reads next."""
        self.reply, self.answered_at = reason, at

    @transition(
        "state",
        source=list(ANSWERED),
        target=S.OPEN,
        custom=rule(by=[Role.HOLDER], guards=[request_is_still_written]),
    )
    def again(self):
        self.reply, self.answered_at = "", None

    @transition("state", source=[S.OPEN, *ANSWERED], target=S.CLOSED, custom=rule(by=GUIDES))
    def close(self):
        """Whoever re-reads has seen what became of it, or takes it back."""

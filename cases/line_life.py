"""The life of one financier's line: asked, opined, decided, notified, and the holder's choice.

An opinion is not money. Each financier decides, answers, pays and is contested for itself, on its own dates.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django_fsm import FSMField, transition

from cases import consequences as after
from cases import line_guards as that
from cases import paying, revised
from cases.states import BY_LINK, DELEGATED, LineMove, LineState
from workflow.charts import rule
from workflow.roles import TEAM, Role

S = LineState
HOLDER, FINANCIER, COORDINATOR, SYSTEM = Role.HOLDER, Role.FINANCIER, Role.COORDINATOR, Role.SYSTEM
MONEY_MOVES = (
    LineMove.GRANT, LineMove.REFUSE, LineMove.WITHHOLD, LineMove.CARRY_OVER, LineMove.RELEASE,
    LineMove.RENOUNCE, LineMove.SETTLE, LineMove.UNDO,
)  # fmt: skip
TO_DECIDE = (S.REQUESTED, S.ANSWERED, S.SILENT, S.GRANTED, S.REFUSED, S.UNDISCLOSED)


class LineLife(models.Model):
    state = FSMField("état", max_length=12, choices=S, default=S.REQUESTED, protected=True)
    outcome = models.CharField("décision", max_length=12, choices=S, blank=True, editable=False)
    decided = models.DecimalField("décidé", max_digits=12, decimal_places=2, null=True, editable=False)
    booked = models.DecimalField(
        "inscrit sur l’enveloppe", max_digits=12, decimal_places=2, default=0, editable=False
    )

    class Meta:
        abstract = True

    def book(self) -> None:
        """Count the award on the shared, locked envelope at once: the next line of the same call must see it."""
        taken = self.due if self.freed else self.award
        self.booking = taken - self.booked
        self.envelope.book(self.booking)
        self.booked = taken
        self.purse = self.envelope.available if self.award else None

    # The opinion -----------------------------------------------------------------------------------------------------

    @transition(
        "state",
        source=[S.REQUESTED, S.SILENT],
        target=S.INVITED,
        custom=rule(
            by=[*TEAM, SYSTEM],
            guards=[that.dossier_is_being_read, that.seat_pays_money],
            then=[after.join_round],
        ),
    )
    def invite(self):
        """While the round is open this adds the financier in flight."""

    @transition(
        "state",
        source=[S.INVITED, S.ANSWERED],
        target=S.ANSWERED,
        custom=rule(
            by=[FINANCIER],
            guards=[that.round_is_open, that.page_is_as_shown, that.opinion_is_whole],
            then=[after.keep_opinion, after.advance_round],
        ),
    )
    def opine(
        self, verdict: str, at: datetime, by, amount: Decimal | None = None, motive: str = "",
        conditions: str = "", level: str = "", by_link: bool = False, delegation: str = "",
    ):  # fmt: skip
        """May be corrected until the round closes; binds this financier only, and is no decision to pay."""
        self.verdict, self.proposed, self.motive, self.conditions = verdict, amount, motive, conditions
        self.level, self.opinion_at, self.opinion_source = level, at, BY_LINK if by_link else ""
        self.opinion_by = f"{by}, {DELEGATED} de {delegation}"[:200] if delegation else str(by)

    @transition(
        "state",
        source=[S.INVITED, S.SILENT, S.ANSWERED],
        target=S.ANSWERED,
        custom=rule(
            by=TEAM,
            guards=[that.opinion_is_whole, that.source_is_said, that.it_was_received_already],
            then=[after.keep_opinion, after.advance_round],
        ),
    )
    def record_opinion(
        self, verdict: str, source: str, author: str, at: datetime,
        amount: Decimal | None = None, motive: str = "", conditions: str = "", level: str = "",
    ):  # fmt: skip
        """A call, a meeting, a mail: who said it and how it came, in the team's words."""
        self.verdict, self.proposed, self.motive, self.conditions = verdict, amount, motive, conditions
        self.level = level
        self.opinion_at, self.opinion_by, self.opinion_source = at, author, source

    @transition(
        "state",
        source=S.INVITED,
        target=S.REQUESTED,
        custom=rule(
            by=[COORDINATOR],
            guards=[that.round_is_open, that.somebody_else_is_asked],
            then=[after.leave_round],
        ),
    )
    def excuse(self, reason: str):
        """Asked by mistake, or another answers in its place: the round waits for it no more, and says why."""

    @transition("state", source=S.INVITED, target=S.SILENT, custom=rule(by=[SYSTEM]))
    def fall_silent(self):
        """« Avis non rendu »: never unfavourable."""

    # The decision ----------------------------------------------------------------------------------------------------

    @transition(
        "state",
        source=TO_DECIDE,
        target=S.GRANTED,
        custom=rule(
            by=[COORDINATOR],
            then=[after.book_money],
            guards=[
                that.a_decision_is_awaited,
                that.seat_pays_money,
                that.grant_is_within_request,
                that.envelope_is_enough,
            ],
        ),
    )
    def grant(self, amount: Decimal):
        self.outcome, self.decided = S.GRANTED, amount
        self.book()

    @transition(
        "state",
        source=TO_DECIDE,
        target=S.REFUSED,
        custom=rule(by=[COORDINATOR], guards=[that.a_decision_is_awaited], then=[after.book_money]),
    )
    def refuse(self):
        self.outcome, self.decided = S.REFUSED, Decimal(0)
        self.book()

    @transition(
        "state",
        source=TO_DECIDE,
        target=S.UNDISCLOSED,
        custom=rule(by=[COORDINATOR], guards=[that.committee_is_sitting], then=[after.book_money]),
    )
    def withhold(self):
        """« Non communiqué par ce financeur » is an honest line, and its late word may still come."""
        self.outcome, self.decided = S.UNDISCLOSED, None
        self.book()

    @transition(
        "state",
        source=S.REQUESTED,
        target=S.GRANTED,
        custom=rule(
            by=[COORDINATOR],
            then=[after.book_money],
            guards=[
                that.dossier_is_undecided,
                that.seat_pays_money,
                that.agreement_is_named,
                that.grant_is_within_request,
                that.envelope_is_enough,
            ],
        ),
    )
    def carry_over(self, amount: Decimal, agreement: str):
        """Years 2 and 3 of a convention are committed in advance and enter the programming without a new review."""
        self.outcome, self.decided, self.agreement = S.GRANTED, amount, agreement
        self.book()

    @transition(
        "state",
        source=after.RELEASABLE,
        target=S.REQUESTED,
        custom=rule(
            by=[COORDINATOR, SYSTEM],
            guards=[that.dossier_may_release],
            then=[after.book_money, paying.give_up_payments, after.forget_consultations],
        ),
    )
    def release(self):
        self.outcome, self.decided, self.agreement = "", None, ""
        self.untell()
        self.book()

    # The answer and the holder's choice ------------------------------------------------------------------------------

    @transition(
        "state",
        source=S.REFUSED,
        target=S.REFUSED,
        custom=rule(by=TEAM, guards=[that.dossier_is_decided, that.a_call_is_awaited]),
    )
    def call(self, reached: bool, at: datetime):
        """A refusal is said by voice before its letter, where the year or the team wishes it; who called is kept."""
        self.note_call(reached, at)

    @transition(
        "state",
        source=[S.GRANTED, S.REFUSED],
        target=S.NOTIFIED,
        custom=rule(
            by=[COORDINATOR],
            guards=[
                that.dossier_is_decided,
                that.letter_is_dated_since_the_decision,
                that.holder_was_called_first,
                that.envelope_is_as_voted_or_known,
            ],
        ),
    )
    def notify(self, notified_on: date, letter_reference: str = ""):
        """Each financier on its own day; another authority's letter is recorded, never generated."""
        self.notified_on, self.letter_reference = notified_on, letter_reference

    @transition(
        "state",
        source=S.NOTIFIED,
        target=S.ACCEPTED,
        custom=rule(by=[HOLDER], guards=[that.something_was_granted]),
    )
    def accept(self):
        """The action goes on as it was asked."""

    @transition(
        "state",
        source=S.NOTIFIED,
        target=S.ADAPTED,
        custom=rule(
            by=[HOLDER],
            guards=[that.something_was_granted, that.less_was_granted, that.revised_budget_is_even],
            then=[revised.keep],
        ),
    )
    def adapt(self, adaptation: str):
        """Less money, a smaller action: the holder says what changes, and writes its budget anew."""

    @transition(
        "state",
        source=S.NOTIFIED,
        target=S.RENOUNCED,
        custom=rule(
            by=[HOLDER], guards=[that.something_was_granted], then=[after.book_money, paying.give_up_payments]
        ),
    )
    def renounce(self, reason: str = ""):
        self.decided = Decimal(0)
        self.book()

    @transition(
        "state",
        source=[S.NOTIFIED, S.ACCEPTED, S.ADAPTED],
        target=S.RENOUNCED,
        custom=rule(by=[SYSTEM], then=[after.book_money, paying.give_up_payments]),
    )
    def undo(self):
        """The action does not take place and nothing was paid: an accepted change says so, never a button here."""
        self.decided = Decimal(0)
        self.book()

    @transition(
        "state",
        source=[S.NOTIFIED, S.ACCEPTED, S.ADAPTED],
        target=S.SETTLED,
        custom=rule(
            by=[*TEAM, SYSTEM],
            guards=[that.something_was_granted, that.what_comes_back_was_granted],
            then=[after.book_money, paying.trim_payments],
        ),
    )
    def settle(self, given_back: Decimal = Decimal(0), freed: bool = False):
        """What is given back stays in the year's figures, unless its financier puts it back into the envelope."""
        self.given_back, self.freed = given_back, freed
        self.book()

    # Mainstream money (droit commun) ---------------------------------------------------------------------------------

    @transition(
        "state", source=S.REQUESTED, target=S.TO_ASK, custom=rule(by=TEAM, guards=[that.seat_is_mainstream])
    )
    def route_mainstream(self):
        """Outside the contract's envelopes: a service is asked for what it does anyway."""

    @transition("state", source=[S.TO_ASK, S.DECLINED], target=S.CONFIRMED, custom=rule(by=TEAM))
    def confirm(self, amount: Decimal | None = None):
        self.proposed = amount

    @transition("state", source=[S.TO_ASK, S.CONFIRMED], target=S.DECLINED, custom=rule(by=TEAM))
    def decline(self, reason: str = ""):
        self.proposed = None

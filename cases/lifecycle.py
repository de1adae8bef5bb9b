"""The whole life of a dossier, read top to bottom in calendar order.

One `@transition` per move: from where to where, who, which window, what must hold, what follows. Bodies change facts
only. What each financier decides, answers and pays is on its own line (`line_life.py`); whether the dossier was granted
in full, in part or not at all is derived from its lines and is never a state.
"""

from datetime import date, datetime

from django.db import models
from django_fsm import FSMField, transition

from cases import closing_guards as closing
from cases import consequences as after
from cases import decision_guards as decision
from cases import guards as that
from cases import request_guards as request
from cases.passing import note_passage
from cases.states import BEFORE_DECISION, DossierMove, DossierState
from cases.support_life import agreed_days_are_ahead, meeting_is_over
from workflow.charts import rule
from workflow.roles import Role

S = DossierState
HOLDER, INSTRUCTOR, COORDINATOR, SYSTEM = Role.HOLDER, Role.INSTRUCTOR, Role.COORDINATOR, Role.SYSTEM
WRITERS = (HOLDER, INSTRUCTOR, COORDINATOR)
TEAM = (INSTRUCTOR, COORDINATOR)


class DossierLife(models.Model):
    state = FSMField("état", max_length=14, choices=S, default=S.DRAFT, protected=True)
    submitted_at = models.DateTimeField("déposé le", null=True, editable=False)
    completion_due_on = models.DateField("compléments attendus le", null=True, editable=False)
    admitted_at = models.DateTimeField("recevable le", null=True, editable=False)
    review_due_on = models.DateField("avis attendus le", null=True, editable=False)
    next_committee_on = models.DateField("prochain comité le", null=True, editable=False)
    decided_at = models.DateTimeField("décidé le", null=True, editable=False)
    answered_at = models.DateTimeField("répondu le", null=True, editable=False)

    class Meta:
        abstract = True

    # Before the deadline: the draft, with or without company ---------------------------------------------------------

    @transition(
        "state",
        source=S.DRAFT,
        target=S.SUPPORT,
        custom=rule(by=[HOLDER], guards=[that.step_is_offered], then=[after.book_support], accompanies=True),
    )
    def ask_support(self, step: str):
        """The step's code says which accompaniment; the meeting itself is a row of its own."""

    @transition(
        "state",
        source=S.SUPPORT,
        target=S.DRAFT,
        custom=rule(
            by=[*TEAM, SYSTEM],
            guards=[that.meeting_is_recorded, meeting_is_over, agreed_days_are_ahead],
            then=[after.record_support],
            accompanies=True,
        ),
    )
    def end_support(self, held: bool, record: str = ""):
        """The record becomes the holder's to-do; « n’a pas eu lieu » is said, never guessed."""

    @transition(
        "state",
        source=[S.DRAFT, S.SUPPORT],
        target=S.SUBMITTED,
        custom=rule(
            by=WRITERS, gated=DossierMove.SUBMIT, then=[after.keep_filed_version], guards=request.IS_WHOLE
        ),
    )
    def submit(self, at: datetime):
        self.submitted_at = at

    @transition(
        "state",
        source=S.SUBMITTED,
        target=S.DRAFT,
        custom=rule(
            by=[HOLDER],
            gated=DossierMove.SUBMIT,
            guards=[that.check_has_not_begun],
            then=[after.mark_taken_back],
        ),
    )
    def take_back(self):
        """Both versions are kept; the receipt of the next filing says which one counts."""
        self.submitted_at = None

    # Admissibility ---------------------------------------------------------------------------------------------------

    @transition(
        "state",
        source=[S.SUBMITTED, S.INSTRUCTION],
        target=S.INCOMPLETE,
        custom=rule(by=TEAM, guards=[that.due_date_is_ahead], then=[after.open_completion]),
    )
    def ask_completion(self, items: list, due_on: date):
        self.completion_due_on = due_on

    @transition(
        "state",
        source=S.INCOMPLETE,
        target=S.SUBMITTED,
        custom=rule(by=[HOLDER], guards=[that.every_item_is_answered], then=[after.close_completion]),
    )
    def complete(self):
        self.completion_due_on = None

    @transition(
        "state",
        source=[S.SUBMITTED, S.INCOMPLETE, S.INSTRUCTION],
        target=S.INADMISSIBLE,
        custom=rule(
            by=[COORDINATOR],
            guards=[that.motive_is_published_and_has_a_fact],
            then=[after.release_lines, after.abandon_pending],
        ),
    )
    def declare_inadmissible(self, reason: str, fact: str):
        self.completion_due_on = None

    @transition(
        "state",
        source=S.SUBMITTED,
        target=S.INSTRUCTION,
        custom=rule(by=TEAM, gated=DossierMove.ADMIT, guards=[that.checklist_is_complete]),
    )
    def admit(self, at: datetime):
        self.admitted_at = at

    # The financiers' round -------------------------------------------------------------------------------------------

    @transition(
        "state",
        source=S.INSTRUCTION,
        target=S.REVIEW,
        custom=rule(
            by=TEAM,
            gated=DossierMove.OPEN_REVIEW,
            then=[after.open_round],
            guards=[that.grid_is_filled, that.somebody_is_invited, that.deadline_is_ahead],
        ),
    )
    def open_review(self, deadline: date):
        self.review_due_on = deadline

    @transition(
        "state",
        source=S.REVIEW,
        target=S.COMMITTEE,
        custom=rule(by=[SYSTEM, COORDINATOR], guards=[that.quorum_or_date], then=[after.close_round]),
    )
    def close_review(self):
        """Silence becomes « avis non rendu »: never unfavourable, and it never blocks."""
        self.review_due_on = None

    @transition(
        "state",
        source=S.COMMITTEE,
        target=S.REVIEW,
        custom=rule(
            by=[COORDINATOR],
            guards=[that.no_line_is_decided, that.somebody_was_silent, that.deadline_is_ahead],
            then=[after.invite_the_silent, after.open_round],
        ),
    )
    def reopen_review(self, reason: str, deadline: date):
        self.review_due_on = deadline

    # The committee ---------------------------------------------------------------------------------------------------

    @transition(
        "state",
        source=S.COMMITTEE,
        target=S.DEFERRED,
        custom=rule(by=[COORDINATOR], guards=[that.next_committee_is_ahead], then=[note_passage]),
    )
    def defer(self, reason: str, next_committee_on: date):
        self.next_committee_on = next_committee_on

    @transition("state", source=S.DEFERRED, target=S.COMMITTEE, custom=rule(by=[COORDINATOR]))
    def resume(self):
        """The date of the next committee stays: it is the one that awaits the dossier."""

    @transition(
        "state",
        source=S.COMMITTEE,
        target=S.DECIDED,
        custom=rule(
            by=[COORDINATOR],
            gated=DossierMove.DECIDE,
            then=[note_passage],
            guards=[that.committee_is_of_this_cycle, that.every_line_is_decided, that.envelopes_hold],
        ),
    )
    def decide(self, committee: int, at: datetime):
        self.decided_at = at
        self.next_committee_on = None

    @transition(
        "state",
        source=S.DECIDED,
        target=S.COMMITTEE,
        custom=rule(by=[COORDINATOR], guards=decision.IT_IS_STILL_OURS, then=[after.take_back_decision]),
    )
    def undecide(self, reason: str):
        """Noted by mistake while the committee sits: as if nothing had been said, and says why."""
        self.decided_at = None

    # The answer, the year itself, and the end ------------------------------------------------------------------------

    @transition(
        "state",
        source=[S.DECIDED, S.INADMISSIBLE],
        target=S.ANSWERED,
        custom=rule(
            by=[COORDINATOR],
            gated=DossierMove.ANSWER,
            gated_in=[S.DECIDED],  # because what is not admissible never went before the committee
            guards=[that.every_decision_is_notified, that.feedback_is_delivered],
        ),
    )
    def answer(self, at: datetime):
        self.answered_at = at

    @transition(
        "state",
        source=S.ANSWERED,
        target=S.REPORTING,
        custom=rule(
            by=[SYSTEM],
            gated=DossierMove.OPEN_REPORTING,
            guards=[closing.an_award_is_kept, that.no_late_word_is_untold],
            then=[after.expect_report],
        ),
    )
    def open_reporting(self):
        """Six months after the exercise the law expects the account; the cycle's calendar says when we ask."""

    @transition(
        "state",
        source=[S.ANSWERED, S.REPORTING],
        target=S.CLOSED,
        custom=rule(by=[COORDINATOR, SYSTEM], guards=closing.NOTHING_IS_OWED),
    )
    def close(self):
        """Nothing granted, everything renounced, or the report accepted and each award settled."""

    # The ways back and the ways out ----------------------------------------------------------------------------------

    @transition(
        "state",
        source=[S.INADMISSIBLE, S.DECIDED, S.ANSWERED],
        target=S.INSTRUCTION,
        custom=rule(
            by=[COORDINATOR],
            guards=[that.withdrawal_of_award_is_confirmed],
            then=[after.release_lines, after.take_back_feedback],
        ),
    )
    def reopen(self, reason: str, withdraws_award: bool = False):
        """Where an award was notified this withdraws an administrative act: the coordinator says so knowingly."""
        self.decided_at = self.answered_at = None

    @transition(
        "state",
        source=[S.DRAFT, S.SUPPORT, *BEFORE_DECISION],
        target=S.WITHDRAWN,
        custom=rule(by=[HOLDER], then=[after.cancel_round, after.release_lines, after.abandon_pending]),
    )
    def withdraw(self, reason: str = ""):
        self.completion_due_on = self.review_due_on = self.next_committee_on = None

    @transition(
        "state",
        source=S.WITHDRAWN,
        target=S.DRAFT,
        custom=rule(by=[HOLDER], gated=DossierMove.SUBMIT, then=[after.mark_taken_back]),
    )
    def restore(self):
        """What was filed before no longer counts: the receipt will name the next filing."""
        self.submitted_at = None

    @transition(
        "state",
        source=BEFORE_DECISION,
        target=S.DROPPED,
        custom=rule(by=[COORDINATOR], then=[after.cancel_round, after.release_lines, after.abandon_pending]),
    )
    def drop(self, reason: str):
        self.completion_due_on = self.review_due_on = self.next_committee_on = None

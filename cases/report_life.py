"""The life of a report: written, sent, corrected if need be, accepted."""

from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from cases import paying
from cases import report_guards as that
from cases.states import ReportState as S
from workflow.charts import rule
from workflow.roles import TEAM, Role


class ReportLife(models.Model):
    state = FSMField("état", max_length=10, choices=S, default=S.DRAFT, protected=True)
    filed_at = models.DateTimeField("envoyé le", null=True, editable=False)
    accepted_at = models.DateTimeField("accepté le", null=True, editable=False)
    corrections = models.JSONField("points à corriger", default=list, blank=True, editable=False)
    """[what the team asks for, …], of the last time it did"""

    class Meta:
        abstract = True

    @transition(
        "state",
        source=[S.DRAFT, S.TO_CORRECT],
        target=S.FILED,
        custom=rule(
            by=[Role.HOLDER, *TEAM],
            guards=[
                that.report_is_written,
                that.people_are_counted,
                that.money_is_told,
                that.corrections_are_answered,
                that.accounts_are_certified,
            ],
        ),
    )
    def file(self, at: datetime):
        self.filed_at = at

    @transition(
        "state",
        source=S.FILED,
        target=S.TO_CORRECT,
        custom=rule(by=TEAM, guards=[that.something_is_to_correct]),
    )
    def ask_correction(self, reason: str = "", items: list = ()):
        """The report stays the holder's: the team says what is missing, point by point or in one sentence."""
        self.corrections, self.replies = list(items), {}

    @transition(
        "state",
        source=S.FILED,
        target=S.ACCEPTED,
        custom=rule(by=TEAM, then=[paying.date_balances]),
    )
    def accept(self, at: datetime):
        self.accepted_at = at

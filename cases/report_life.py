"""The life of a report: written, sent, corrected if need be, accepted."""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import FSMField, transition

from cases.states import ReportState as S
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import TEAM, Role


def report_is_whole(report) -> Iterator[Refusal]:
    if not report.text.strip():
        yield Refusal("no_text", "Racontez ce qui a été fait.", place="text")
    if report.people is None:
        yield Refusal("no_people", "Indiquez combien de personnes ont participé.", place="people")
    if report.spent is None:
        yield Refusal("no_spent", "Indiquez ce qui a été dépensé.", place="spent")


class ReportLife(models.Model):
    state = FSMField("état", max_length=10, choices=S, default=S.DRAFT, protected=True)
    filed_at = models.DateTimeField("envoyé le", null=True, editable=False)
    accepted_at = models.DateTimeField("accepté le", null=True, editable=False)

    class Meta:
        abstract = True

    @transition(
        "state",
        source=[S.DRAFT, S.TO_CORRECT],
        target=S.FILED,
        custom=rule(by=[Role.HOLDER, *TEAM], guards=[report_is_whole]),
    )
    def file(self, at: datetime):
        self.filed_at = at

    @transition("state", source=S.FILED, target=S.TO_CORRECT, custom=rule(by=TEAM))
    def ask_correction(self, reason: str):
        """The report stays the holder's: the team says what is missing."""

    @transition("state", source=S.FILED, target=S.ACCEPTED, custom=rule(by=TEAM))
    def accept(self, at: datetime):
        self.accepted_at = at

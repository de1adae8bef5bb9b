"""The life of one accompaniment: asked, then held, missed or waived."""

from datetime import date

from django.db import models
from django_fsm import FSMField, transition

from cases.states import SupportState as S
from workflow.charts import rule
from workflow.roles import TEAM, Role


class SupportLife(models.Model):
    state = FSMField("état", max_length=8, choices=S, default=S.ASKED, protected=True)
    held_on = models.DateField("le", null=True, blank=True)
    record = models.TextField("ce qui a été convenu", blank=True)

    class Meta:
        abstract = True

    @transition("state", source=[S.ASKED, S.MISSED], target=S.HELD, custom=rule(by=[*TEAM, Role.SYSTEM]))
    def hold(self, held_on: date, record: str = ""):
        """Without a record where only the attendance of a session is said so far."""
        self.held_on, self.record = held_on, record

    @transition("state", source=S.ASKED, target=S.MISSED, custom=rule(by=[*TEAM, Role.SYSTEM]))
    def miss(self):
        """Said, never guessed: the meeting did not take place."""

    @transition("state", source=[S.ASKED, S.MISSED], target=S.WAIVED, custom=rule(by=TEAM))
    def waive(self, reason: str):
        """The team lifts a required step for this dossier, and says why."""

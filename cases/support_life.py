"""The life of one accompaniment: asked, then held, missed or waived; a re-reading is finished."""

from collections.abc import Iterator
from datetime import date, datetime

from django.conf import settings
from django.db import models
from django_fsm import FSMField, transition

from cases import agreeing as after
from cases.states import SupportState as S
from workflow.calendar import paris_day
from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import SYSTEM, TEAM, Role

GUIDES = (*TEAM, Role.THIRD_PARTY)
"""Who accompanies: a neutral third party re-reads, and waives nothing."""


def meeting_is_over(subject, facts, at) -> Iterator[Refusal]:
    """Nobody writes the record of a meeting that is still to come."""
    if facts is not None and facts.get("held_on") and facts["held_on"] > paris_day(at):
        yield Refusal(
            "date_ahead", "La rencontre n’a pas encore eu lieu : vérifiez la date.", place="held_on"
        )


def agreed_days_are_ahead(subject, facts, at) -> Iterator[Refusal]:
    """Said by the row that was typed; whoever agrees on something otherwise meets the same rule at its own door."""
    for rank, action in enumerate((facts or {}).get("actions", ())):
        if action["due_on"] < paris_day(at):
            yield Refusal("date_past", "Choisissez une date à venir.", place=f"due_on-{rank}")


def it_is_a_rereading(support) -> Iterator[Refusal]:
    if support.content is None:
        yield Refusal("not_a_rereading", "Ce n’est pas une relecture : consignez la rencontre.")


def it_is_a_meeting(support) -> Iterator[Refusal]:
    if support.content is not None:
        yield Refusal("a_rereading", "C’est une relecture : terminez-la.")


def record_is_awaited(met) -> Iterator[Refusal]:
    """Written once: the holder has received it, and what was agreed is under way."""
    if met.record:
        yield Refusal("already_recorded", "Le compte rendu de cette rencontre est déjà envoyé.")


def it_may_still_be_missed(support, by) -> Iterator[Refusal]:
    """What was held is only taken back where its session's list is corrected, and nothing was written of it."""
    if support.state == S.HELD and (by is not SYSTEM or support.record or support.content is not None):
        yield Refusal("already_held", "Cette rencontre a eu lieu. Une présence se corrige sur la séance.")


class SupportLife(models.Model):
    state = FSMField("état", max_length=8, choices=S, default=S.ASKED, protected=True)
    held_on = models.DateField("le", null=True, blank=True)
    record = models.TextField("ce qui a été dit", blank=True)
    proposal = models.CharField("nouvelle date proposée", max_length=200, blank=True)
    reason = models.TextField("raison de la dispense", blank=True)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True

    @transition(
        "state",
        source=S.ASKED,
        target=S.HELD,
        custom=rule(
            by=[*GUIDES, Role.SYSTEM],
            guards=[it_is_a_rereading],
            then=[after.leave_support],
        ),
    )
    def finish(self, at: datetime, by, record: str = ""):
        """A re-reading ends: its remarks are the holder's to read, a word on the whole is free."""
        self.held_on, self.record, self.noted_by_id = paris_day(at), record, by.pk

    @transition(
        "state",
        source=[S.ASKED, S.MISSED],
        target=S.HELD,
        custom=rule(
            by=[*TEAM, Role.SYSTEM],
            guards=[it_is_a_meeting, meeting_is_over, agreed_days_are_ahead],
            then=[after.agree, after.leave_support],
        ),
    )
    def hold(self, held_on: date, by, record: str = ""):
        """Without a record where only the attendance of a session is said so far."""
        self.held_on, self.record, self.noted_by_id = held_on, record, by.pk

    @transition(
        "state",
        source=S.HELD,
        target=S.HELD,
        custom=rule(
            by=GUIDES,
            guards=[it_is_a_meeting, record_is_awaited, agreed_days_are_ahead],
            then=[after.agree],
        ),
    )
    def note(self, record: str, by):
        """Who came was said at the session; what was said there is written after it."""
        self.record, self.noted_by_id = record, by.pk

    @transition(
        "state",
        source=[S.ASKED, S.HELD],
        target=S.MISSED,
        custom=rule(by=[*TEAM, Role.SYSTEM], guards=[it_may_still_be_missed], then=[after.leave_support]),
    )
    def miss(self, by, proposal: str = ""):
        """Said, never guessed: the meeting did not take place; another day may be proposed."""
        self.held_on, self.proposal, self.noted_by_id = None, proposal, by.pk

    @transition(
        "state",
        source=[S.ASKED, S.MISSED],
        target=S.WAIVED,
        custom=rule(by=TEAM, then=[after.leave_support]),
    )
    def waive(self, reason: str, by):
        """The team lifts a required step for this dossier, and says why; who did it is read with the reason."""
        self.reason, self.noted_by_id = reason, by.pk

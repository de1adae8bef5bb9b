"""A change asked for once the answer is known: what, why, until when; what the team said of it."""

from django.db import models

from cases.change_life import (
    ChangeKind,
    ChangeLife,
    action_is_under_way,
    change_is_said,
    end_is_later,
    nothing_else_is_asked,
)
from cases.change_querysets import ChangeQuerySet
from cases.models.instruction import OfDossier
from cases.states import ChangeMove, ChangeState
from workflow.roles import TEAM, Role


class Change(ChangeLife, OfDossier):
    """`about` [what an amendment touches (`change_life.Subject`)]; `whole`: nothing of the action takes place."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="changes")
    kind_of = models.CharField("nature", max_length=10, choices=ChangeKind)
    about = models.JSONField("ce qui change", default=list, blank=True)
    text = models.TextField("ce qui change et pourquoi")
    new_end = models.DateField("nouvelle fin de l’action", null=True, blank=True)
    whole = models.BooleanField("en entier", default=False)
    asked_at = models.DateTimeField("demandé le")

    objects = ChangeQuerySet.as_manager()

    kind = "change"
    lock_rank = 3
    moves = ChangeMove
    opened_by = (Role.HOLDER, *TEAM)
    once = ("dossier", "kind_of", "text", "new_end", "whole", "state")
    opening = (action_is_under_way, change_is_said, end_is_later, nothing_else_is_asked)

    class Meta:
        verbose_name = "changement"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_of_display()} · {self.dossier_id}"

    def others_pending(self) -> bool:
        pending = type(self).objects.filter(
            dossier=self.dossier_id, kind_of=self.kind_of, state=ChangeState.ASKED
        )
        return pending.exclude(text=self.text).exists()

    @classmethod
    def also_locks(cls, subjects, move):
        """Accepting may give money back: the envelopes first, then the dossiers and their lines."""
        held = super().also_locks(subjects, move)
        if move != ChangeMove.ACCEPT:
            return held
        from cases.models.funding import (  # because a line is defined with its dossier in view
            Envelope,
            FundingLine,
        )

        lines = FundingLine.objects.filter(dossier__in={one.dossier_id for one in subjects})
        return [*held, lines, Envelope.objects.with_wholes(lines.order_by().values("envelope"))]

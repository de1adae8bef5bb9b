"""The review round: what the multi-party flow of `workflow.flows` speaks to."""

from django.db import models

from cases.models.dossier import Dossier
from cases.models.funding import FundingLine
from cases.querysets import ByDossier
from cases.states import DossierMove, DossierState, LineState
from workflow import engine, locks
from workflow.roles import SYSTEM


class ReviewRound(models.Model):
    """One round of opinions on one dossier, until enough have answered or until its date has passed."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField("tour")
    opened_at = models.DateTimeField("ouvert le")
    deadline = models.DateField("réponse attendue le")
    quorum = models.PositiveSmallIntegerField("avis attendus pour clore", null=True, blank=True)
    closed_at = models.DateTimeField("clos le", null=True, blank=True)

    objects = ByDossier.as_manager()

    class Meta:
        verbose_name = "tour d’avis"
        verbose_name_plural = "tours d’avis"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=models.Q(closed_at__isnull=True),
                name="round_one_open_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["closed_at", "deadline"], name="round_by_deadline")]

    def __str__(self) -> str:
        return f"tour {self.number}"

    def close(self, at) -> None:
        self.closed_at = at
        self.save(update_fields=["closed_at"])

    def branches(self) -> list[dict]:
        invited = FundingLine.objects.filter(dossier=self.dossier_id, state=LineState.INVITED)
        return [{"line": pk} for pk in invited.order_by("pk").values_list("pk", flat=True)]

    def assignee(self, data: dict):
        """Nobody by name: a seat is shared by its organisation's people; the line says who answered."""
        return

    def is_complete(self) -> bool:
        """Enough opinions: the policy's quorum, or everybody that was asked."""
        lines = FundingLine.objects.filter(dossier=self.dossier_id)
        answered, awaited = lines.tally(LineState.ANSWERED, LineState.INVITED)
        return awaited == 0 or (self.quorum is not None and answered >= self.quorum)

    def on_closed(self, at) -> None:
        """The flow says that the round is over; the dossier moves on, unless it was the dossier that closed it."""
        if Dossier.objects.filter(pk=self.dossier_id, state=DossierState.REVIEW).exists():
            engine.fire(self.dossier, DossierMove.CLOSE_REVIEW, by=SYSTEM, at=at)

    def lock_aggregate(self) -> None:
        locks.take_rows(Dossier.objects.filter(pk=self.dossier_id))

"""The review round: what the multi-party flow of `workflow.flows` speaks to."""

from functools import cached_property

from django.db import models

from cases.models.dossier import Dossier
from cases.models.funding import FundingLine
from cases.querysets import ByDossier
from cases.states import DossierMove, LineState
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

    @staticmethod
    def preload(rounds: list["ReviewRound"]) -> None:
        """Read the lines of many rounds in one query, just before the flow asks each of them."""
        lines: dict[int, list[tuple[int, str]]] = {round_.dossier_id: [] for round_ in rounds}
        rows = FundingLine.objects.filter(
            dossier__in=lines, state__in=(LineState.INVITED, LineState.ANSWERED)
        )
        for key, dossier, state in (
            rows.order_by("pk").values_list("pk", "dossier", "state") if rounds else ()
        ):
            lines[dossier].append((key, state))
        for round_ in rounds:
            round_.lines = lines[round_.dossier_id]

    @staticmethod
    def close_all(rounds: list["ReviewRound"], at) -> None:
        ReviewRound.objects.filter(pk__in=[round_.pk for round_ in rounds]).update(closed_at=at)
        for round_ in rounds:
            round_.closed_at = at

    @cached_property
    def lines(self) -> list[tuple[int, str]]:
        """(key, state) of the lines that were asked or have answered; `preload` sets it for many rounds at once."""
        ReviewRound.preload([self])
        return self.lines

    def branches(self) -> list[dict]:
        return [{"line": key} for key, state in self.lines if state == LineState.INVITED]

    def assignee(self, data: dict) -> None:
        """Nobody by name: a seat is shared by its organisation's people; the line says who answered."""

    def is_complete(self) -> bool:
        """Enough opinions: the policy's quorum, or everybody that was asked."""
        answered = sum(state == LineState.ANSWERED for _, state in self.lines)
        return answered == len(self.lines) or (self.quorum is not None and answered >= self.quorum)

    def on_closed(self, at) -> None:
        """The flow says that the round is over; the dossier moves on, unless it was the dossier that closed it."""
        if self.closed_at is None:
            engine.fire(self.dossier, DossierMove.CLOSE_REVIEW, by=SYSTEM, at=at)

    def lock_aggregate(self) -> None:
        if not locks.are_held(Dossier, {self.dossier_id}):
            locks.take_rows(Dossier.objects.filter(pk=self.dossier_id))

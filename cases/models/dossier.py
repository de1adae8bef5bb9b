"""The dossier: one year's request for one project, and the versions of it that were filed."""

from datetime import date

from django.db import models
from django.db.models import Q

from cases.lifecycle import DossierLife
from cases.models.envelope import Envelope
from cases.models.project import Neighbourhood, Orientation, Project
from cases.querysets import ByDossier, DossierQuerySet
from cases.states import EDITABLE, FINAL, DossierMove, DossierState
from workflow.models import Cycle, CycleVersion, Organisation
from workflow.publishing import rules_are_in_force
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Edit, Subject

_WRITERS = (Role.HOLDER, *TEAM)
_OPEN = tuple(str(state) for state in EDITABLE)
_UNDER_WAY = tuple(str(state) for state in DossierState if state not in (*FINAL, DossierState.REVIEW))
"""A round of opinions ends under the rules it began with."""
_WRITTEN = (
    "title",
    "orientation_id",
    "neighbourhoods",
    "public",
    "public_count",
    "starts_on",
    "ends_on",
    "answers",
    "total_cost",
    "budget",
)
MONEY_MOVES = (
    DossierMove.DECLARE_INADMISSIBLE,
    DossierMove.DECIDE,
    DossierMove.UNDECIDE,
    DossierMove.REOPEN,
    DossierMove.WITHDRAW,
    DossierMove.DROP,
)


class Dossier(DossierLife, Subject):
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="dossiers", verbose_name="cycle")
    rules = models.ForeignKey(
        CycleVersion, models.PROTECT, related_name="dossiers", verbose_name="règles suivies"
    )
    project = models.ForeignKey(Project, models.PROTECT, related_name="dossiers", verbose_name="projet")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="dossiers", verbose_name="porteur"
    )
    number = models.PositiveIntegerField("numéro")
    title = models.CharField("intitulé de l’action", max_length=300)
    renewal = models.BooleanField("reconduction", default=False)
    orientation = models.ForeignKey(
        Orientation, models.PROTECT, null=True, blank=True, verbose_name="orientation"
    )
    neighbourhoods = models.ManyToManyField(Neighbourhood, blank=True, verbose_name="quartiers")
    public = models.CharField("public visé", max_length=200, blank=True)
    public_count = models.PositiveIntegerField("nombre de personnes", null=True, blank=True)
    total_cost = models.DecimalField("coût total", max_digits=12, decimal_places=2, default=0)
    answers = models.JSONField("réponses", default=dict, blank=True)
    budget = models.JSONField("budget par compte", default=dict, blank=True)
    """{account (`budget.Account`): euros as text}; empty where only the total is known"""
    commitment_by = models.CharField("représentant légal", max_length=200, blank=True)
    commitment_at = models.DateTimeField("engagement confirmé le", null=True, blank=True)
    commitment_source = models.CharField("engagement confirmé par", max_length=200, blank=True)
    """How it was confirmed where the team files for the holder; blank where the holder did it here."""
    starts_on = models.DateField("début de l’action", null=True, blank=True)
    ends_on = models.DateField("fin de l’action", null=True, blank=True)
    extended_to = models.DateField("action prolongée jusqu’au", null=True, editable=False)
    report_due_on = models.DateField("bilan attendu le", null=True, editable=False)
    """Its own day where an extension moved it; otherwise the calendar says it."""
    dauphin_reference = models.CharField("référence Dauphin", max_length=40, blank=True)

    objects = DossierQuerySet.as_manager()

    kind = "dossier"
    lock_rank = 1
    reads = ("rules",)
    moves = DossierMove
    stages = (
        DossierMove.SUBMIT,
        DossierMove.ADMIT,
        DossierMove.OPEN_REVIEW,
        DossierMove.CLOSE_REVIEW,
        DossierMove.DECIDE,
        DossierMove.ANSWER,
        DossierMove.OPEN_REPORTING,
        DossierMove.CLOSE,
    )
    opened_by = _WRITERS
    edits = {
        name: Edit(by=_WRITERS, states=(*_OPEN, DossierState.INCOMPLETE), quiet=_OPEN) for name in _WRITTEN
    } | {
        "commitment_by": Edit(by=_WRITERS, states=(*_OPEN, DossierState.INCOMPLETE)),
        "commitment_at": Edit(by=_WRITERS, states=(*_OPEN, DossierState.INCOMPLETE)),
        "commitment_source": Edit(by=TEAM, states=(*_OPEN, DossierState.INCOMPLETE)),
        "dauphin_reference": Edit(by=_WRITERS),
        "extended_to": Edit(by=(Role.SYSTEM,)),
        "report_due_on": Edit(by=(Role.SYSTEM,)),
        "rules_id": Edit(by=(Role.COORDINATOR,), states=_UNDER_WAY, guards=(rules_are_in_force,)),
    }

    class Meta:
        verbose_name = "dossier"
        ordering = ["cycle", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "number"], name="dossier_number_once"),
            models.CheckConstraint(condition=Q(total_cost__gte=0), name="dossier_cost_not_negative"),
        ]
        indexes = [
            models.Index(fields=["cycle", "state"], name="dossier_by_state"),
            models.Index(
                fields=["-cycle", "number"], name="dossier_by_call"
            ),  # because lists stand in this order
        ]

    def __str__(self) -> str:
        return f"{self.reference} · {self.title}"

    @property
    def reference(self) -> str:
        return f"{self.number:03d}"

    @property
    def last_day(self) -> date:
        """When the action ends: as it was extended, as it was asked, else with its year."""
        return self.extended_to or self.ends_on or date(self.cycle.year, 12, 31)

    @property
    def is_inadmissible(self) -> bool:
        """Whether its answer is that it could not be examined: nothing was ever decided on it."""
        answered = self.state in (DossierState.ANSWERED, DossierState.CLOSED)
        return self.state == DossierState.INADMISSIBLE or (answered and self.decided_at is None)

    @property
    def content(self) -> dict:
        """What the holder wrote, as data: kept with each filing."""
        return {
            "title": self.title,
            "public": self.public,
            "public_count": self.public_count,
            "starts_on": self.starts_on and self.starts_on.isoformat(),
            "ends_on": self.ends_on and self.ends_on.isoformat(),
            "orientation": self.orientation_id,
            "total_cost": str(self.total_cost),
            "budget": self.budget,
            "answers": self.answers,
            "commitment_by": self.commitment_by,
        }

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id}.get(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """Moves that give money back hold its envelopes first: all, because a line may be granted meanwhile."""
        if move not in MONEY_MOVES:
            return []
        lines = Q(lines__dossier__in=[one.pk for one in subjects])
        return [Envelope.objects.with_wholes(Envelope.objects.filter(lines).values("pk"))]


class Filed(models.Model):
    """What stood in the dossier each time it was filed. The receipt says which one counts: the last not taken back."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="filings")
    number = models.PositiveSmallIntegerField("dépôt n°")
    at = models.DateTimeField("déposé le")
    content = models.JSONField("contenu")
    taken_back_at = models.DateTimeField("repris le", null=True, blank=True)

    objects = ByDossier.as_manager()

    class Meta:
        verbose_name = "dépôt"
        verbose_name_plural = "dépôts"
        ordering = ["dossier", "number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="filed_number_once")]

    def __str__(self) -> str:
        return f"dépôt {self.number}"

"""Committees, and each dossier's passage before them."""

from collections.abc import Iterator
from datetime import time
from decimal import Decimal

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.states import Verdict
from workflow import roles
from workflow.models import Cycle
from workflow.refusal import Refusal
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject
from workflow.wording import clock_in_words, listed


class CommitteeKind(models.TextChoices):
    TECHNICAL = "technical", "Comité technique"
    FINANCIERS = "financiers", "Comité des financeurs"
    STEERING = "steering", "Comité de pilotage"
    TRANSVERSAL = "transversal", "Journée transversale"


class CommitteeScope(models.TextChoices):
    """Which dossiers lie before a committee."""

    ALL = "all", "Tous les dossiers de l’appel"
    THEMES = "themes", "Ceux de certaines orientations"
    SECOND = "second", "Seconde programmation : ceux qu’un comité a déjà vus sans décider"
    LISTED = "listed", "Liste complémentaire : des dossiers choisis un à un"


def themes_are_of_the_call(committee, value) -> Iterator[Refusal]:
    known = set(committee.cycle.orientations.order_by("pk").values_list("code", flat=True))
    if set(value) - known:
        yield Refusal("unknown_theme", "Choisissez des orientations de cet appel.", place="themes")


def numbers_are_of_the_call(committee, value) -> Iterator[Refusal]:
    found = committee.cycle.dossiers.filter(number__in=value).order_by("pk")
    unknown = sorted(set(value) - set(found.values_list("number", flat=True)))
    if unknown:
        said = listed([f"{one:03d}" for one in unknown])
        yield Refusal("unknown_number", f"Aucun dossier ne porte ce numéro : {said}.", place="numbers")


class CommitteeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the cycles in which a person may follow the committees."""
        cycles = roles.cycles_of(user, "committee", "see")
        return self.filter(cycle__in=cycles).select_related("cycle").order_by("cycle", "on", "pk")

    def read_by(self, user):
        """Those whose pack a person reads before they sit, even where they follow nothing else."""
        cycles = roles.cycles_of(user, "pack", "see")
        return self.filter(cycle__in=cycles).select_related("cycle").order_by("cycle", "on", "pk")

    def between(self, first, last):
        return self.filter(on__range=(first, last))

    def of_cycle(self, cycle: int):
        return self.filter(cycle=cycle)

    def with_counts(self):
        """How many dossiers each committee `decided`."""
        decided = models.Q(passages__result=PassageResult.DECIDED)
        return self.annotate(decided=models.Count("passages", filter=decided, distinct=True))


class Committee(Subject):
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="committees")
    kind_of = models.CharField(
        "nature", max_length=12, choices=CommitteeKind, default=CommitteeKind.FINANCIERS
    )
    on = models.DateField("date")
    label = models.CharField("libellé", max_length=200)
    source = models.CharField("source", max_length=300, blank=True)
    scope = models.CharField(
        "dossiers examinés", max_length=8, choices=CommitteeScope, default=CommitteeScope.ALL
    )
    themes = models.JSONField("orientations", default=list, blank=True)
    """Codes of the call's orientations, where only those of some are looked at."""
    numbers = models.JSONField("dossiers choisis", default=list, blank=True)
    starts_at = models.TimeField("heure", default=time(9))
    place = models.CharField("lieu", max_length=200, blank=True)

    objects = CommitteeQuerySet.as_manager()

    kind = "committee"
    reads = ("cycle",)
    opened_by = (Role.COORDINATOR,)
    edits = {
        name: Edit(by=(Role.COORDINATOR,))
        for name in ("on", "label", "source", "scope", "starts_at", "place")
    } | {
        "themes": Edit(by=(Role.COORDINATOR,), guards=(themes_are_of_the_call,)),
        "numbers": Edit(by=(Role.COORDINATOR,), guards=(numbers_are_of_the_call,)),
    }

    class Meta:
        verbose_name = "comité"
        ordering = ["on", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def hour(self) -> str:
        """« 9 h 30 »."""
        return clock_in_words(self.starts_at)

    @property
    def takes(self) -> Q:
        """Which dossiers of its call lie before it, whatever their state."""
        match self.scope:
            case CommitteeScope.THEMES:
                return Q(cycle=self.cycle_id, orientation__code__in=self.themes)
            case CommitteeScope.LISTED:
                return Q(cycle=self.cycle_id, number__in=self.numbers)
            case CommitteeScope.SECOND:
                seen = Passage.objects.filter(dossier=OuterRef("pk")).exclude(committee=self.pk)
                return Q(Exists(seen), cycle=self.cycle_id)
        return Q(cycle=self.cycle_id)

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None


class PassageResult(models.TextChoices):
    """How one dossier left one committee."""

    DECIDED = "decided", "Décidé"
    DEFERRED = "deferred", "Ajourné"
    PROPOSED = "proposed", "Proposition"
    POSTPONED = "postponed", "Reporté"
    TAKEN_BACK = "undone", "Décision reprise"


class PassageQuerySet(models.QuerySet):
    def for_pages(self):
        return self.select_related("dossier__organisation").order_by("dossier__number", "pk")

    def that_decided(self):
        return self.filter(result=PassageResult.DECIDED)

    def that_stand(self):
        """Those that nobody took back."""
        return self.exclude(result=PassageResult.TAKEN_BACK)

    def of(self, dossier):
        """One dossier's way through the committees, the first one first."""
        return self.filter(dossier=dossier).select_related("committee", "onward").order_by("at", "pk")


class Passage(models.Model):
    """One dossier before one committee, with what was proposed when it passed; it may pass several times."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="passages")
    committee = models.ForeignKey(Committee, models.PROTECT, related_name="passages")
    at = models.DateTimeField("enregistré le")
    result = models.CharField("issue", max_length=9, choices=PassageResult, default=PassageResult.DECIDED)
    proposal = models.JSONField("proposition", default=list)
    """What stood on the table: for each financier who, its opinion, and the euros as text."""
    note = models.TextField("ce que le comité a dit", blank=True)
    onward = models.ForeignKey(
        Committee, models.PROTECT, null=True, related_name="+", verbose_name="comité suivant"
    )

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = "passage en comité"
        verbose_name_plural = "passages en comité"
        ordering = ["dossier", "at", "pk"]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.committee_id}"

    @property
    def lines(self) -> list[tuple[str, str, Decimal | None]]:
        """(who, its opinion in words, the euros) as they stood then."""
        return [
            (
                one["who"],
                str(dict(Verdict.choices).get(one["verdict"], "")),
                Decimal(one["amount"]) if one["amount"] else None,
            )
            for one in self.proposal
        ]

    @property
    def proposed(self) -> Decimal:
        """What was proposed in all when it passed, in euros."""
        return sum((amount or Decimal(0) for _, _, amount in self.lines), Decimal(0))

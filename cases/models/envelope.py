"""A financier's budget lines: what may be decided on each, and how one is split into others."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from cases.envelope_guards import (
    ceiling_covers_decisions,
    new_part_fits_its_whole,
    part_fits_its_whole,
    part_stands_in_its_whole,
)
from cases.envelope_querysets import EnvelopeQuerySet
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class EnvelopeStatus(models.TextChoices):
    UNKNOWN = "unknown", "Inconnue"
    ESTIMATED = "estimated", "Estimée"
    NOTIFIED = "notified", "Notifiée"
    CUT = "cut", "Réduite"


class EnvelopeKind(models.TextChoices):
    SPECIFIC = "specific", "Crédits spécifiques"
    MAINSTREAM = "mainstream", "Droit commun"


class Envelope(Subject):
    """A financier's budget line. `decided` is a running total kept under lock, and the database refuses it above
    `ceiling`. A recorded cut keeps the ceiling and says in `cut_to` what is left: the difference is to arbitrate.

    One may stand `within` another, once and for all: what is decided on it counts in both, so that the whole's own
    CHECK holds too, and its amount is a share of the whole's that nobody else may take. Locked by key, a whole comes
    first, because it is always the older one.
    """

    financier = models.ForeignKey("cases.Financier", models.CASCADE, related_name="envelopes")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("dispositif", max_length=200)
    within = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="fait partie de"
    )
    nature = models.CharField("nature", max_length=10, choices=EnvelopeKind, default=EnvelopeKind.SPECIFIC)
    status = models.CharField("statut", max_length=10, choices=EnvelopeStatus, default=EnvelopeStatus.UNKNOWN)
    ceiling = models.DecimalField("montant", max_digits=12, decimal_places=2, null=True, blank=True)
    cut_to = models.DecimalField("réduite à", max_digits=12, decimal_places=2, null=True, blank=True)
    decided = models.DecimalField("décidé", max_digits=12, decimal_places=2, default=0, editable=False)
    below = models.DecimalField(
        "dont décidé sur ses sous-enveloppes", max_digits=12, decimal_places=2, default=0, editable=False
    )
    split = models.DecimalField(
        "réparti entre ses sous-enveloppes", max_digits=12, decimal_places=2, default=0, editable=False
    )
    source = models.CharField("source", max_length=300, blank=True)

    objects = EnvelopeQuerySet.as_manager()

    kind = "envelope"
    lock_rank = 0
    reads = ("financier", "within")
    opened_by = (Role.COORDINATOR,)
    opening = (part_stands_in_its_whole, new_part_fits_its_whole)
    removable = True
    edits = {name: Edit(by=(Role.COORDINATOR,)) for name in ("status", "label", "source")} | {
        "ceiling": Edit(by=(Role.COORDINATOR,), guards=(ceiling_covers_decisions, part_fits_its_whole)),
        "cut_to": Edit(by=(Role.COORDINATOR,), guards=(part_fits_its_whole,)),
    }

    class Meta:
        verbose_name = "enveloppe"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["financier", "code"], name="envelope_code_once"),
            models.CheckConstraint(condition=Q(decided__gte=0), name="envelope_decided_not_negative"),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(decided__lte=F("ceiling")),
                name="envelope_never_overspent",
            ),
            models.CheckConstraint(
                condition=Q(split__gte=0) & (Q(ceiling__isnull=True) | Q(split__lte=F("ceiling"))),
                name="envelope_never_oversplit",
            ),
            models.CheckConstraint(
                condition=Q(below__gte=0) & Q(below__lte=F("decided")), name="envelope_below_is_decided"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def available(self) -> Decimal | None:
        """What may be decided in all, in euros; None while the envelope is unknown."""
        return min((one for one in (self.ceiling, self.cut_to) if one is not None), default=None)

    @property
    def share(self) -> Decimal | None:
        """What may be decided on its own lines: all that is not split, in euros; None while it is unknown."""
        return None if self.available is None else self.available - self.split

    @property
    def own(self) -> Decimal:
        """What is decided on its own lines, its sub-envelopes' apart."""
        return self.decided - self.below

    @property
    def reserved(self) -> Decimal:
        """What it holds back in the whole that it is a part of: its amount; while it is unknown, what is decided."""
        return self.reserved_with({})

    def reserved_with(self, amounts: dict) -> Decimal:
        """The same under other amounts, by the names of their fields."""
        known = (amounts.get(name, getattr(self, name)) for name in ("ceiling", "cut_to"))
        return min((one for one in known if one is not None), default=self.decided)

    @property
    def remaining(self) -> Decimal | None:
        return None if self.available is None else self.available - self.decided

    @property
    def left(self) -> Decimal | None:
        """What remains of its own share."""
        return None if self.share is None else self.share - self.own

    @property
    def room(self) -> Decimal | None:
        """What one more line on it may be given; less than nothing after a cut, None where nobody knows."""
        whole = self.within
        if whole is None or whole.available is None:
            return self.left
        return whole.left if self.left is None else min(self.left, whole.remaining)

    @property
    def held_back(self) -> Decimal:
        """What its sub-envelopes may still decide of what remains of it."""
        return max(Decimal(0), self.split - self.below)

    @property
    def to_arbitrate(self) -> Decimal:
        """How far what is decided stands above a recorded cut, in euros."""
        return max(Decimal(0), self.decided - self.available) if self.available is not None else Decimal(0)

    @property
    def over_split(self) -> Decimal:
        """How far its sub-envelopes, with what it decided itself, stand above what a cut left of it, in euros."""
        if self.available is None or not self.split:
            return Decimal(0)
        return max(Decimal(0), self.own + self.split - self.available)

    def book(self, amount: Decimal) -> None:
        """Count an award, or take it back, here and in the whole: both are locked, shared by all lines of a call."""
        self.decided += amount
        if self.within is not None:
            self.within.decided += amount
            self.within.below += amount
            self.within.split += amount if self.available is None else 0

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.financier.cycle_id, Reach.SEAT: self.financier.organisation_id}.get(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """A part counts in its whole, which is held before it."""
        wholes = {one.within_id for one in subjects if one.within_id}
        return [cls.objects.filter(pk__in=wholes)] if wholes else []

    @classmethod
    def at_opening(cls, new) -> None:
        for one in [part for part in new if part.within is not None]:
            one.recount(Decimal(0), one.reserved)

    def after_edit(self, was: dict) -> None:
        if self.within is not None:
            self.recount(self.reserved_with(was), self.reserved)

    def at_removal(self) -> None:
        if self.within is not None:
            self.recount(self.reserved, Decimal(0))

    def recount(self, before: Decimal, now: Decimal) -> None:
        """Let its whole hold back for it what it holds now, in place of what it held before, in euros."""
        self.within.split += now - before
        self.within.save(update_fields=["split"])

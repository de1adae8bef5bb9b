"""Money: who gives, each dossier's line on its envelope, and the ledger of what was decided."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q

from cases.closing_guards import money_came_back_by_now
from cases.line_guards import (
    dossier_is_being_written,
    dossier_takes_lines,
    line_is_of_its_dossier,
    proposal_is_an_amount,
    proposal_is_within_policy,
)
from cases.line_life import MONEY_MOVES, LineLife
from cases.models.envelope import Envelope, EnvelopeKind
from cases.models.telling import ToTell
from cases.querysets import LineQuerySet
from cases.scenario_life import programming_is_open
from cases.states import DISAGREEING, LineMove, LineState, Verdict
from workflow.models import Cycle, Organisation
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Edit, Subject


class Financier(models.Model):
    """An organisation that gives money in this cycle; its word binds only itself."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="financiers")
    code = models.SlugField("code", max_length=40)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="financing", verbose_name="organisation"
    )
    name = models.CharField("nom court", max_length=60, blank=True)
    contact = models.CharField("contact", max_length=200, blank=True)
    levels = models.JSONField("niveaux de validation", default=list, blank=True)
    writes_letters = models.BooleanField("écrit ses courriers ici", default=False)
    """Whether it runs this service: only then its letters are made here, in its name and under its numbers."""
    signatory = models.CharField("signataire", max_length=120, blank=True)
    signatory_quality = models.CharField("qualité du signataire", max_length=160, blank=True)
    address = models.TextField("adresse", max_length=400, blank=True)
    signed_at = models.CharField("fait à", max_length=80, blank=True)
    court = models.CharField("tribunal administratif", max_length=160, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "financeur"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "code"], name="financier_code_once"),
            models.UniqueConstraint(fields=["cycle", "organisation"], name="financier_once"),
        ]

    def __str__(self) -> str:
        return self.name or self.organisation.name


class FundingLine(LineLife, ToTell, Subject):
    """One financier's part of one dossier, from one envelope: asked, opined, decided, notified for itself."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="lines")
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="lines", verbose_name="enveloppe")
    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    seat = models.ForeignKey(Organisation, models.PROTECT, related_name="lines", verbose_name="financeur")
    previous = models.DecimalField(
        "accordé l’an passé", max_digits=12, decimal_places=2, null=True, blank=True
    )
    requested = models.DecimalField("demandé", max_digits=12, decimal_places=2)
    in_kind = models.BooleanField("aide en nature", default=False)
    team_proposal = models.DecimalField(
        "proposé par l’équipe", max_digits=12, decimal_places=2, null=True, blank=True
    )
    verdict = models.CharField("avis", max_length=12, choices=Verdict, blank=True)
    proposed = models.DecimalField(
        "proposé par le financeur", max_digits=12, decimal_places=2, null=True, blank=True
    )
    motive = models.TextField("motif de l’avis", blank=True)
    conditions = models.TextField("conditions de l’avis", blank=True)
    level = models.CharField("au nom de", max_length=120, blank=True)
    """Which of its financier's levels spoke last; blank where it has none."""
    opinion_source = models.CharField("avis reçu par", max_length=200, blank=True)
    opinion_by = models.CharField("avis donné par", max_length=200, blank=True)
    opinion_at = models.DateTimeField("avis donné le", null=True, blank=True)
    firm_on = models.DateField("délibéré le", null=True, blank=True)
    act_on = models.DateField("convention ou arrêté du", null=True, blank=True)
    act_reference = models.CharField("référence de la convention ou de l’arrêté", max_length=80, blank=True)
    agreement = models.CharField("convention pluriannuelle", max_length=80, blank=True)
    given_back = models.DecimalField("rendu", max_digits=12, decimal_places=2, default=0)
    returned_on = models.DateField("argent rendu arrivé le", null=True, blank=True)
    freed = models.BooleanField("remis dans l’enveloppe", default=False, editable=False)

    objects = LineQuerySet.as_manager()

    kind = "line"
    lock_rank = 2
    reads = ("dossier", "envelope__within", "seat")
    moves = LineMove
    stages = (
        LineMove.INVITE,
        LineMove.OPINE,
        LineMove.GRANT,
        LineMove.NOTIFY,
        LineMove.ACCEPT,
        LineMove.SETTLE,
    )
    opened_by = (Role.HOLDER, *TEAM)
    opening = (line_is_of_its_dossier, dossier_takes_lines)
    edits = {
        "requested": Edit(
            by=(Role.HOLDER, *TEAM), states=(LineState.REQUESTED,), guards=(dossier_is_being_written,)
        ),
        "team_proposal": Edit(
            by=TEAM, guards=(programming_is_open, proposal_is_an_amount, proposal_is_within_policy)
        ),
        "previous": Edit(by=TEAM),
        "call_first": Edit(by=TEAM, states=(LineState.REFUSED,)),
        "firm_on": Edit(by=TEAM),
        "act_on": Edit(by=TEAM),
        "act_reference": Edit(by=TEAM),
        "returned_on": Edit(by=TEAM, states=(LineState.SETTLED,), guards=(money_came_back_by_now,)),
    }

    class Meta:
        verbose_name = "ligne de financement"
        verbose_name_plural = "lignes de financement"
        ordering = ["dossier", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "envelope"], name="line_once_per_envelope"),
            models.CheckConstraint(condition=Q(requested__gte=0), name="line_request_not_negative"),
            models.CheckConstraint(
                condition=Q(decided__isnull=True) | Q(decided__gte=0), name="line_decided_sane"
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "state"], name="line_by_seat"),
            models.Index(fields=["cycle"], condition=Q(verdict__in=DISAGREEING), name="line_that_disagrees"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} · {self.envelope_id}"

    @property
    def award(self) -> Decimal:
        """What this line gives and the holder keeps, in euros."""
        return self.decided or Decimal(0)

    @property
    def due(self) -> Decimal:
        """What is to be paid in the end, in euros: the award without what is given back."""
        return self.award - self.given_back

    @property
    def cut_percent(self) -> int:
        """By how much less was granted than asked, in percent; 0 where nothing was granted or the holder gave it up."""
        if self.outcome != LineState.GRANTED or self.state == LineState.RENOUNCED or not self.requested:
            return 0
        return round(100 * (self.requested - self.award) / self.requested)

    @property
    def awaited_levels(self) -> list[str]:
        """Who in its own house has still to agree with what was said; empty once the last level has spoken."""
        levels = self.envelope.financier.levels if self.verdict else []
        return levels[levels.index(self.level) + 1 :] if self.level in levels else levels

    @property
    def is_mainstream(self) -> bool:
        return self.envelope.nature == EnvelopeKind.MAINSTREAM

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id, Reach.SEAT: self.seat_id}.get(
            reach
        )

    @classmethod
    def also_locks(cls, subjects, move):
        """The dossier always, so that an opinion and a withdrawal never pass one another; money's envelope first."""
        from cases.models.dossier import Dossier  # because a dossier is defined with its lines in view

        held = [Dossier.objects.filter(pk__in={one.dossier_id for one in subjects})]
        if move in MONEY_MOVES:
            held.append(Envelope.objects.with_wholes({one.envelope_id for one in subjects}))
        return held


class Opinion(models.Model):
    """Each opinion as it was given; a correction adds one. The line holds the last."""

    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="opinions")
    verdict = models.CharField("avis", max_length=12, choices=Verdict)
    amount = models.DecimalField("montant proposé", max_digits=12, decimal_places=2, null=True, blank=True)
    at = models.DateTimeField("le")
    source = models.CharField("reçu par", max_length=200, blank=True)
    by = models.CharField("donné par", max_length=200, blank=True)
    level = models.CharField("au nom de", max_length=120, blank=True)
    motive = models.TextField("motif", blank=True)
    conditions = models.TextField("conditions", blank=True)

    class Meta:
        verbose_name = "avis"
        verbose_name_plural = "avis"
        ordering = ["line", "pk"]

    def __str__(self) -> str:
        return self.get_verdict_display()


class LedgerEntry(models.Model):
    """Append-only: each change of what is decided on an envelope, in euros. Their sum is the envelope's `decided`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    envelope = models.ForeignKey(Envelope, models.PROTECT, related_name="ledger")
    line = models.ForeignKey(FundingLine, models.PROTECT, related_name="ledger")
    amount = models.DecimalField("mouvement", max_digits=12, decimal_places=2)
    at = models.DateTimeField("le")
    move = models.CharField("passage", max_length=40)

    class Meta:
        verbose_name = "mouvement d’enveloppe"
        verbose_name_plural = "mouvements d’enveloppe"
        ordering = ["envelope", "pk"]

    def __str__(self) -> str:
        return f"{self.amount} €"

"""What may leave as open data, financier by financier, and what each subsidy still misses before it does.

Only what was decided, notified and kept. A natural person never; what nobody recorded is said, never invented.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import models, transaction
from django.db.models import F, Q, QuerySet

from cases import scdl, siret
from cases.models import Financier, FundingLine
from cases.payments import Award, awards_of
from cases.states import LineState
from workflow import engine
from workflow.journal import Code
from workflow.models import Cycle, Organisation, OrganisationKind
from workflow.refusal import Refusal, Refused, stale

HOLDERS = "porteurs"
"""Under which name the cycle's journal tells what became of its holders."""


class Missing(models.TextChoices):
    """What the schema asks and nobody has recorded yet."""

    GIVER = "giver", "le SIRET du financeur"
    HOLDER = "holder", "le SIRET du porteur"
    KIND = "kind", "la nature du porteur : personne morale ou non"
    ACT = "act", "la date de la convention ou de l’arrêté"
    PAYMENTS = "payments", "le ou les versements"
    DAYS = "days", "la date d’un versement"


@dataclass(frozen=True)
class Subsidy:
    """One award, with what it still misses."""

    award: Award
    missing: tuple[Missing, ...]

    @property
    def line(self) -> FundingLine:
        return self.award.line

    @property
    def lacks_payments(self) -> bool:
        return bool({Missing.PAYMENTS, Missing.DAYS} & set(self.missing))

    @property
    def lacks_facts(self) -> bool:
        """Whether something is missing that the form of the subsidy itself asks."""
        return bool({Missing.HOLDER, Missing.KIND, Missing.ACT} & set(self.missing))

    def row(self, notified_to_eu: str) -> tuple[str, ...]:
        return scdl.row_of(self.line, self.award.payments, notified_to_eu=notified_to_eu)


@dataclass(frozen=True)
class Body:
    """One attributing body of a year: one file."""

    financier: Financier
    subsidies: list[Subsidy]

    @property
    def has_siret(self) -> bool:
        return is_siret(self.financier.organisation.siret)

    @property
    def ready(self) -> list[Subsidy]:
        return [one for one in self.subsidies if not one.missing]

    @property
    def incomplete(self) -> list[Subsidy]:
        return [one for one in self.subsidies if one.missing]

    def file(self, notified_to_eu: str) -> bytes:
        return scdl.write(one.row(notified_to_eu) for one in self.ready)


def bodies_of(cycle: Cycle) -> list[Body]:
    """Every body that gave something in this cycle, each with its subsidies: two queries whatever their number."""
    found: dict[int, Body] = {}
    for award in awards_of(_in_order(published(cycle).exclude(_OF_A_PERSON))):
        financier = award.line.envelope.financier
        body = found.setdefault(financier.pk, Body(financier, []))
        body.subsidies.append(Subsidy(award, _missing(award)))
    return [found[key] for key in sorted(found)]


_OF_A_PERSON = Q(dossier__organisation__kind=OrganisationKind.PERSON)


def published(cycle: Cycle) -> QuerySet[FundingLine]:
    """The awards of a cycle that are to be made known: told to their holder, kept, and not given back whole."""
    return _kept(cycle).filter(notified_on__isnull=False)


def of_cycle(cycle: Cycle) -> QuerySet[FundingLine]:
    """The same, natural persons included, so that a mistake about one may be mended."""
    return published(cycle).select_related("dossier__organisation", "envelope__financier__organisation")


def held_back(cycle: Cycle) -> dict[str, int]:
    """How many awards stay here: `untold` to their holder yet, given to `people`."""
    untold = Q(notified_on=None)
    return _kept(cycle).aggregate(
        untold=models.Count("pk", filter=untold), people=models.Count("pk", filter=_OF_A_PERSON & ~untold)
    )


def _kept(cycle: Cycle) -> QuerySet[FundingLine]:
    granted = FundingLine.objects.filter(cycle=cycle, outcome=LineState.GRANTED, decided__gt=0)
    return granted.exclude(state=LineState.RENOUNCED).exclude(given_back__gte=F("decided"))


def _in_order(lines: QuerySet[FundingLine]) -> QuerySet[FundingLine]:
    found = lines.select_related("dossier__organisation", "envelope__financier__organisation")
    return found.order_by("dossier__number", "pk")


def _missing(award: Award) -> tuple[Missing, ...]:
    line, holder = award.line, award.line.dossier.organisation
    holds = {
        Missing.GIVER: is_siret(line.envelope.financier.organisation.siret),
        Missing.HOLDER: is_siret(holder.siret),
        Missing.KIND: holder.kind != OrganisationKind.OTHER,  # because « Autre » may be anybody
        Missing.ACT: line.act_on is not None,
        Missing.PAYMENTS: bool(award.payments) and not award.unannounced,
        Missing.DAYS: not award.payments or bool(scdl.period(award.payments)),
    }
    return tuple(one for one, there in holds.items() if not there)


def is_siret(digits: str) -> bool:
    return siret.is_shaped(digits) and siret.holds(digits)


def mark_of(holder: Organisation) -> str:
    """What a form showed of a holder, because an organisation counts no versions."""
    return sha256(f"{holder.kind} {holder.siret}".encode()).hexdigest()[:16]


def complete(
    line: FundingLine, facts: dict, holder: dict, *, seen: str, version: int, by, at: datetime
) -> None:
    """Record the act of one subsidy and what its holder is, both or neither. Raises `Refused`.

    An organisation has no journal of its own: what becomes of it is told in its cycle's.
    """
    with transaction.atomic():
        engine.amend(line, facts, by=by, at=at, version=version)
        _identify(line, holder, seen=seen, by=by, at=at)


def _identify(line: FundingLine, holder: dict, *, seen: str, by, at: datetime) -> None:
    known = Organisation.objects.select_for_update(no_key=True).get(pk=line.dossier.organisation_id)
    told = {name: [getattr(known, name), now] for name, now in holder.items() if getattr(known, name) != now}
    if not told:
        return
    if mark_of(known) != seen:
        raise Refused([stale()])
    if "siret" in told and _is_taken(known, holder["siret"]):
        raise Refused([Refusal("siret_taken", "Une autre organisation porte déjà ce SIRET.", place="siret")])
    Organisation.objects.filter(pk=known.pk).update(**holder)
    codes = {name: [Code(one) for one in both] for name, both in told.items()}
    rows = {HOLDERS: {str(known.uuid): codes}}
    engine.amend(line.dossier.cycle, {"rows": rows}, by=by, at=at)


def _is_taken(holder: Organisation, digits: str) -> bool:
    return bool(digits) and Organisation.objects.filter(siret=digits).exclude(pk=holder.pk).exists()

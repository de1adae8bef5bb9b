"""Scenarios: begun, written, compared with what is proposed, spread, and applied line by line through the door.

Amounts and ceilings are rows of a scenario without a journal of their own: its own journal tells them, in the very
transaction that writes them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_DOWN, Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F

from cases import amounts
from cases import programming_sums as sums
from cases import programming_words as words
from cases.models import Dossier, Envelope, FundingLine, Scenario, ScenarioAmount, ScenarioCeiling
from cases.programming import columns_of
from cases.programming_states import ScenarioMove
from workflow import engine, locks
from workflow.models import Cycle
from workflow.outcome import Outcome
from workflow.refusal import Refusal, Refused

AT_ONCE = 20_000
"""How many amounts one click may apply: more than any call has lines."""


def begin(cycle: Cycle, name: str, copied: Scenario | None, *, by, at: datetime) -> tuple[Scenario, bool]:
    """A new scenario, as the proposals stand or as another supposes them; False where that name is there already."""
    with locks.holding():
        scenario = Scenario(cycle=cycle, name=name)
        try:
            engine.open_many([scenario], by=by, at=at)
        except Refused as refused:
            if refused.codes != ["already"]:
                raise
            return Scenario.objects.get(cycle=cycle.pk, name=name), False
        if copied is not None:
            _write_amounts(scenario, {one.line_id: (one.amount, one.base) for one in copied.amounts.all()})
            _write_ceilings(scenario, {one.envelope_id: one.ceiling for one in copied.ceilings.all()})
    return scenario, True


def rename(scenario: Scenario, name: str, *, by, at: datetime, version: int) -> None:
    """Call it otherwise; its amounts, its journal and its address stay. Raises `Refused`."""
    try:
        with transaction.atomic():
            engine.amend(scenario, {"name": name}, by=by, at=at, version=version)
    except IntegrityError:
        raise Refused([Refusal("name_taken", words.NAME_TAKEN, place="name")]) from None


@dataclass(frozen=True)
class Difference:
    """One line on which a scenario differs from the team's proposal."""

    line: FundingLine
    amount: Decimal | None
    base: Decimal | None

    @property
    def now(self) -> Decimal | None:
        return self.line.team_proposal

    @property
    def is_stale(self) -> bool:
        """Whether somebody changed the proposal after this amount was written."""
        return self.now != self.base

    @property
    def row(self) -> str:
        """The line and the version that was read: a click on a line that changed since is refused."""
        return f"{self.line.uuid}:{self.line.version}"


def differences(scenario: Scenario) -> list[Difference]:
    """Every line still to decide on which the scenario says something else than the team, dossier by dossier."""
    rows = scenario.amounts.select_related(
        "line__dossier__organisation", "line__envelope__financier__organisation"
    )
    found = [
        Difference(one.line, one.amount, one.base)
        for one in rows.order_by("line__dossier__number", "line__envelope", "line")
    ]
    return [one for one in found if not one.line.outcome and one.amount != one.now]


def keep(scenario: Scenario, cells: list[amounts.Typed], *, by, at: datetime) -> None:
    """Keep the amounts typed in a scenario, cell by cell: what changed elsewhere too is asked again."""
    lines = amounts.lines_of(scenario.cycle, [cell.line for cell in cells])
    there = amounts.known(cells, lines)
    with locks.holding():
        _hold(scenario)
        now = {key: line.team_proposal for key, line in lines.items()} | _amounts(scenario, lines)
        fresh = _fresh(there, now)
        wanted = {cell.line: (cell.amount, lines[cell.line].team_proposal) for cell in fresh}
        _kept(scenario, fresh, {"amounts": {key: amount for key, (amount, _) in wanted.items()}}, by, at)
        _write_amounts(scenario, {cell.line: wanted[cell.line] for cell in fresh if cell.saved})


def suppose(scenario: Scenario, cells: list[amounts.Typed], *, by, at: datetime) -> None:
    """Keep what the scenario supposes of envelopes; a blank one is as it really is."""
    known = {one.pk: one for one in Envelope.objects.of_cycle(scenario.cycle_id)}
    there = amounts.known(cells, known)
    with locks.holding():
        _hold(scenario)
        now = dict.fromkeys(known) | dict(scenario.ceilings.values_list("envelope", "ceiling"))
        fresh = _fresh(there, now)
        _kept(scenario, fresh, {"ceilings": {cell.line: cell.amount for cell in fresh}}, by, at)
        _write_ceilings(scenario, {cell.line: cell.amount for cell in fresh if cell.saved})


def _hold(scenario: Scenario) -> None:
    locks.take([Scenario.objects.filter(pk=scenario.pk)])


def _amounts(scenario: Scenario, lines: Iterable[int]) -> dict[int, Decimal | None]:
    return dict(scenario.amounts.filter(line__in=list(lines)).values_list("line", "amount"))


def _fresh(cells: list[amounts.Typed], now: Mapping[int, Decimal | None]) -> list[amounts.Typed]:
    """The cells that still stand as their page showed them; the others learn what stands there."""
    for cell in cells:
        if now[cell.line] not in (cell.was, cell.amount):
            cell.stale, cell.error = True, words.changed_meanwhile(now[cell.line])
            cell.was = now[cell.line]
    return [cell for cell in cells if not cell.stale]


def _kept(scenario: Scenario, cells: list[amounts.Typed], told: dict, by, at: datetime) -> None:
    """Tell the scenario's journal what is about to be written; nothing is where it refuses."""
    if not cells:
        return
    try:
        engine.amend(scenario, {"rows": told}, by=by, at=at)
    except Refused as refused:
        for cell in cells:
            cell.error = str(refused)
        return
    for cell in cells:
        cell.saved, cell.was = True, cell.amount


def _write_amounts(scenario: Scenario, wanted: Mapping[int, tuple[Decimal | None, Decimal | None]]) -> None:
    """{line: (its amount, the proposal that it stands beside)}; one that says the same is no difference."""
    scenario.amounts.filter(line__in=wanted).delete()
    ScenarioAmount.objects.bulk_create(
        ScenarioAmount(scenario=scenario, line_id=key, amount=amount, base=base)
        for key, (amount, base) in sorted(wanted.items())
        if amount != base
    )


def _write_ceilings(scenario: Scenario, wanted: Mapping[int, Decimal | None]) -> None:
    scenario.ceilings.filter(envelope__in=wanted).delete()
    ScenarioCeiling.objects.bulk_create(
        ScenarioCeiling(scenario=scenario, envelope_id=key, ceiling=ceiling)
        for key, ceiling in sorted(wanted.items())
        if ceiling is not None
    )


# A cut, spread --------------------------------------------------------------------------------------------------------


def spread(scenario: Scenario, envelope: int, *, by, at: datetime) -> int:
    """Lower what is still open on one envelope, each line in proportion, until it holds: how many lines were.

    In whole euros, rounded down, so that the sum never stands above. Raises `Refused`.
    """
    with locks.holding():
        _hold(scenario)
        column = next(
            (one for one in columns_of(scenario.cycle, scenario) if one.envelope.pk == envelope), None
        )
        if column is None or not column.overrun:
            return 0
        lines = sums.lines_of(Dossier.objects.of_cycle(scenario.cycle_id).programmed(), scenario)
        rows = lines.filter(envelope=envelope, outcome="", planned__gt=0).order_by("pk")
        found = list(rows.values_list("pk", "planned", "team_proposal"))
        wanted = lowered({key: planned for key, planned, _ in found}, column.overrun)
        [asked] = engine.amend_many({scenario: {"rows": {"amounts": wanted}}}, by=by, at=at)
        if asked.passes:
            _write_amounts(scenario, {key: (wanted[key], team) for key, _, team in found})
    asked.or_refused()
    return len(wanted)


def lowered(planned: Mapping[int, Decimal], by: Decimal) -> dict[int, Decimal]:
    """What each amount becomes so that their sum falls by at least so many euros; never below zero."""
    whole = sum(planned.values(), Decimal(0))
    if not whole:
        return {}
    left = max(Decimal(0), whole - by)
    return {key: (one * left / whole).quantize(Decimal(1), ROUND_DOWN) for key, one in planned.items()}


# Applied --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fate:
    """What became of one amount of a scenario that was applied."""

    difference: Difference
    outcome: Outcome


def apply(
    scenario: Scenario, rows: Mapping[UUID, int], *, by, at: datetime, version: int
) -> list[Fate] | None:
    """Make the chosen amounts the team's proposals, each through the door by itself; None where it was done already.

    `rows` {line: the version that was read}. Raises `Refused` where the scenario itself may not be applied.
    """
    chosen = [one for one in differences(scenario) if one.line.uuid in rows]
    keys = [one.line.pk for one in chosen]
    with locks.holding():
        dossiers = Dossier.objects.filter(pk__in={one.line.dossier_id for one in chosen})
        locks.take([dossiers, FundingLine.objects.filter(pk__in=keys)])
        [asked] = engine.fire_many(
            [scenario], ScenarioMove.APPLY, by=by, at=at, versions={scenario.pk: version}
        )
        outcomes = _proposed(scenario, chosen, rows, by, at) if asked.passes else []
    if asked.or_refused().repeated:
        return None
    return [Fate(*pair) for pair in zip(chosen, outcomes, strict=True)]


def _proposed(scenario: Scenario, chosen: list[Difference], rows, by, at: datetime) -> list[Outcome]:
    """The amounts as proposals of the team; what was done no longer differs from what it was written beside."""
    outcomes = engine.amend_many(
        {one.line: {"team_proposal": one.amount} for one in chosen},
        by=by,
        at=at,
        versions={one.line.pk: rows[one.line.uuid] for one in chosen},
    )
    done = [one.subject_id for one in outcomes if one.passes]
    scenario.amounts.filter(line__in=done).update(base=F("amount"))
    return outcomes

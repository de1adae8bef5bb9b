"""Two or three scenarios side by side with what the team proposes: envelope by envelope, then where they differ."""

from dataclasses import dataclass
from decimal import Decimal

from cases.models import Envelope, FundingLine, Scenario, ScenarioAmount
from cases.programming import Column, columns_of
from workflow.models import Cycle

PROPOSALS = "Programmation"
"""What the team proposes, beside which the scenarios stand."""
FEWEST, MOST = 1, 3
"""How many scenarios stand beside the proposals."""


@dataclass(frozen=True)
class Compared:
    """One line on which some scenario says something else; `amounts` in the order of the scenarios."""

    line: FundingLine
    amounts: list[Decimal | None]


@dataclass(frozen=True)
class Comparison:
    scenarios: list[Scenario]
    envelopes: list[list[Column]]
    """For each envelope: as it is, then as each scenario supposes it."""
    lines: list[Compared]

    @property
    def names(self) -> list[str]:
        """Of each side, the proposals first."""
        return [PROPOSALS, *(one.name for one in self.scenarios)]

    @property
    def by_envelope(self) -> list[tuple[Envelope, list[tuple[str, Column]]]]:
        """Each envelope with its sides, named: on a telephone no column title says whose they are."""
        return [(sides[0].envelope, list(zip(self.names, sides, strict=True))) for sides in self.envelopes]

    @property
    def by_line(self) -> list[tuple[FundingLine, list[tuple[str, Decimal | None]]]]:
        """Each line with what every scenario says of it, named."""
        return [(one.line, list(zip(self.names[1:], one.amounts, strict=True))) for one in self.lines]


def compare(cycle: Cycle, scenarios: list[Scenario]) -> Comparison:
    """In a number of queries that grows with the scenarios, never with their lines."""
    sides = [columns_of(cycle, one) for one in (None, *scenarios)]
    told = [list(columns) for columns in zip(*sides, strict=True)]
    return Comparison(
        scenarios, [columns for columns in told if any(one.is_told for one in columns)], _lines(scenarios)
    )


def _lines(scenarios: list[Scenario]) -> list[Compared]:
    rows = ScenarioAmount.objects.filter(scenario__in=scenarios, line__outcome="").order_by("pk")
    said: dict[int, dict[int, Decimal | None]] = {}
    for scenario, line, amount in rows.values_list("scenario", "line", "amount"):
        said.setdefault(line, {})[scenario] = amount
    lines = FundingLine.objects.filter(pk__in=said).for_pages()
    found = [
        Compared(line, [said[line.pk].get(one.pk, line.team_proposal) for one in scenarios])
        for line in lines.order_by("dossier__number", "envelope", "pk")
    ]
    return [one for one in found if any(amount != one.line.team_proposal for amount in one.amounts)]

"""What publishing asks of the calendar, as pure functions of the document: could this year run at all?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from workflow import registry
from workflow.charts import Move, chart_of, state_field
from workflow.models import Requirement, StepKind
from workflow.refusal import Refusal
from workflow.wording import day_in_words


@dataclass(frozen=True)
class Days:
    """The first and last day of a step, both in full; `date.min` and `date.max` where no milestone bounds it."""

    code: str
    label: str
    first: date = date.min
    last: date = date.max

    @property
    def bounds(self) -> tuple[date | None, date | None]:
        """The same, None where no milestone bounds it."""
        return None if self.first == date.min else self.first, None if self.last == date.max else self.last

    @property
    def is_empty(self) -> bool:
        return self.last < self.first


def windows(document) -> dict[str, Days]:
    """{move: its window} of the steps that gate one."""
    return {
        row["gates"]: days_of(document, code)
        for code, row in document["étapes"].items()
        if row["gates"] and not StepKind(row["kind"]).accompanies
    }


def days_of(document, code: str) -> Days:
    row, milestones = document["étapes"][code], document["jalons"]
    first, last = date.min, date.max
    if row["opens"] is not None:
        first = milestones[row["opens"]]["starts_on"] + timedelta(days=row["opens_offset"])
    if row["closes"] is not None:
        last = milestones[row["closes"]]["ends_on"] + timedelta(days=row["closes_offset"])
    return Days(code, row["label"], first, last)


def every_gate_exists(document) -> Iterator[Refusal]:
    """Only a move that its chart declares as gated can be opened and closed by a step."""
    moves = [move for model in registry.charts() for move in chart_of(model).values()]
    known, gated = {move.name for move in moves}, {move.rule.gated for move in moves}
    for code, row in document["étapes"].items():
        if row["gates"] and row["gates"] not in gated:
            said = "n’a pas de fenêtre" if row["gates"] in known else "n’existe pas"
            yield Refusal(
                "impossible_gate",
                f"« {row['label']} » : le passage « {row['gates']} » {said}.",
                f"étapes/{code}/passage",
            )


def no_window_is_empty(document) -> Iterator[Refusal]:
    for code in document["étapes"]:
        days = days_of(document, code)
        if days.is_empty:
            yield Refusal(
                "empty_window",
                f"« {days.label} » se ferme le {day_in_words(days.last)}, avant de s’ouvrir "
                f"le {day_in_words(days.first)}.",
                f"étapes/{code}/ferme",
            )


def every_gate_has_a_date(document) -> Iterator[Refusal]:
    """A window without any date closes nothing, though it says that it does."""
    for days in windows(document).values():
        if (days.first, days.last) == (date.min, date.max):
            yield Refusal(
                "endless_window",
                f"« {days.label} » ne dit ni quand elle ouvre ni quand elle ferme.",
                f"étapes/{days.code}",
            )


def a_door_stays_open_after_the_one_before(document) -> Iterator[Refusal]:
    """Whoever passes a door on its last day must still find the next one open."""
    gates = windows(document)
    for model in registry.drawn():
        line = [gates[name] for name in model.stages if name in gates]
        for earlier, later in combinations(line, 2):
            overlaps = earlier.first <= later.last < earlier.last != date.max and not later.is_empty
            if overlaps:
                yield Refusal(
                    "overlap",
                    f"« {later.label} » se ferme le {day_in_words(later.last)}, alors que « {earlier.label} » reste "
                    f"ouvert jusqu’au {day_in_words(earlier.last)} : les derniers ne pourraient plus passer.",
                    f"étapes/{later.code}/ferme",
                )


def there_is_a_filing_window(document) -> Iterator[Refusal]:
    if not any(row["kind"] == StepKind.FILING and row["gates"] for row in document["étapes"].values()):
        yield Refusal("no_filing_window", "Il manque l’étape du dépôt et ses dates.", "étapes")


def accompaniment_can_be_had(document) -> Iterator[Refusal]:
    """What is compulsory must have dates, seats, and come before the door that it opens is shut."""
    gates = windows(document)
    for code, row in document["étapes"].items():
        if not StepKind(row["kind"]).accompanies:
            continue
        days, place = days_of(document, code), f"étapes/{code}"
        if row["capacity"] == 0:
            yield Refusal("no_seat", f"« {row['label']} » n’a aucune place.", f"{place}/places")
        if row["requirement"] != Requirement.REQUIRED:
            continue
        if row["opens"] is None and row["closes"] is None:
            yield Refusal("no_window", f"« {row['label']} » est obligatoire mais n’a pas de dates.", place)
        gate = gates.get(row["gates"])
        if gate and days.first > gate.last:
            yield Refusal(
                "too_late",
                f"« {row['label']} » est obligatoire avant « {gate.label} », mais ne commence "
                f"que le {day_in_words(days.first)}.",
                f"{place}/ouvre",
            )


def inhabitants_know_what_is_promised(document) -> Iterator[Refusal]:
    """Nobody is invited to « participate » without being told how far, and what becomes of their word."""
    for code, row in document["étapes"].items():
        if row["kind"] != StepKind.INHABITANTS:
            continue
        if not row["participation"]:
            yield Refusal(
                "no_level",
                f"« {row['label']} » ne dit pas la place faite aux habitants.",
                f"étapes/{code}/participation",
            )
        if not row["promise"].strip():
            yield Refusal(
                "no_promise",
                f"« {row['label']} » ne promet rien aux habitants : dites ce que devient leur parole.",
                f"étapes/{code}/promesse",
            )


def every_final_state_is_reachable(document) -> Iterator[Refusal]:
    """Walk each chart with this year's windows: the earliest day on which each state can be reached, if any."""
    gates = windows(document)
    for model in registry.charts():
        moves = list(chart_of(model).values())
        if any(move.rule.gated in gates for move in moves):
            free, dated = earliest(model, moves, {}), earliest(model, moves, gates)
            yield from _shut_too_early(moves, gates, dated)
            left = {source for move in moves for source in move.sources}
            for state in (state for state in free if state not in dated and state not in left):
                label = dict(state_field(model).choices)[state]
                name = model._meta.verbose_name
                yield Refusal("unreachable", f"Aucun {name} ne pourrait finir « {label} ».", "étapes")


def earliest(model, moves: list[Move], gates: dict[str, Days]) -> dict[str, date]:
    """{state: the first day on which it can be reached}; a state out of reach is absent."""
    reached = {state_field(model).get_default(): date.min}
    changed = True
    while changed:
        changed = False
        for move in moves:
            for source in (source for source in move.sources if source in reached):
                days = gates.get(move.rule.gated if move.is_gated_from(source) else "", Days("", ""))
                on = max(reached[source], days.first)
                if on <= days.last and on < reached.get(move.target, date.max):
                    reached[move.target] = on
                    changed = True
    return reached


def _shut_too_early(moves: list[Move], gates: dict[str, Days], reached: dict[str, date]) -> Iterator[Refusal]:
    for name, days in gates.items():
        gated = [move for move in moves if move.rule.gated == name]
        sources = {source for move in gated for source in move.sources if move.is_gated_from(source)}
        arrivals = [reached[source] for source in sources if source in reached]
        if arrivals and days.last < min(arrivals) and not days.is_empty:
            yield Refusal(
                "shut_too_early",
                f"« {days.label} » se ferme le {day_in_words(days.last)}, mais aucun dossier n’y arrive "
                f"avant le {day_in_words(min(arrivals))}.",
                f"étapes/{days.code}/ferme",
            )

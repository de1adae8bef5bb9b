"""A machine, read downwards as the year goes.

Its main line stands in the middle, this year’s windows on the left, every other way out of a state on the right.
With a version, what that year does not offer is left out.
"""

from collections.abc import Iterator
from datetime import date
from textwrap import wrap

from django.utils.safestring import SafeString

from workflow.charts import Move, chart_of, state_field
from workflow.drawing import pieces
from workflow.drawing.pieces import BOX, EDGE, MARGIN, QUIET, ROW
from workflow.models import CycleVersion, Step, StepKind
from workflow.wording import day_in_words

WIDTH = 1080
DATES, LINE, ASIDE = 24, 216, 532  # where the three columns begin
LINE_WIDTH = 276
CROWD = 4
"""From how many states a move must leave to be said once for all, because a picture of repetitions says nothing."""
SOURCES = 130
"""How many letters of a list of states stand on one line."""


def machine(model: type, version: CycleVersion | None = None) -> SafeString:
    """The chart of a machine; with a version, without the steps it lacks and with its dates."""
    moves = _offered(chart_of(model), version)
    labels = {str(state): str(label) for state, label in state_field(model).choices}
    main = [moves[name] for name in model.stages if name in moves]
    line = [state_field(model).get_default(), *(move.target for move in main)]
    crowded = [move for move in moves.values() if len(move.sources) >= CROWD and move not in main]
    windows = _windows(version)
    said = _Said(model, labels, {line[0], *_reached(moves)})
    parts, y = [], MARGIN
    for rank, state in enumerate(line):
        onward = main[rank] if rank < len(main) else None
        ways = [move for move in _ways_out(state, moves) if move is not onward and move not in crowded]
        parts.append(_main_state(y, labels[state], state, onward, ways, said, windows))
        y += _height(ways, onward)
    beside = [state for state in _reached(moves) if state not in line]
    rows = [
        (labels[state], [move for move in _ways_out(state, moves) if move not in crowded]) for state in beside
    ]
    parts.append(pieces.heading(DATES, y, "À côté du chemin"))
    y += ROW * 2
    for label, ways in rows:
        parts.append(_side_state(y, label, ways, said))
        y += max(BOX, len(ways) * ROW) + ROW // 2
    if crowded:
        parts.append(pieces.heading(DATES, y + ROW // 2, "Depuis plusieurs états"))
        y += ROW * 3
        for move in crowded:
            sources = wrap(f"depuis : {said.sources(move)}", SOURCES)
            parts.append(_from_many(y, said.way(move), sources))
            y += ROW * (1 + len(sources))
    return pieces.page(WIDTH, y + MARGIN, str(model._meta.verbose_name), parts)


class _Said:
    """What moves and states are called."""

    def __init__(self, model: type, labels: dict[str, str], known: set[str]):
        self.words, self.labels, self.known = model.moves, labels, known

    def move(self, move: Move) -> str:
        return str(self.words(move.name).label)

    def way(self, move: Move) -> str:
        return f"{self.move(move)} → {self.labels[move.target]}"

    def sources(self, move: Move) -> str:
        return ", ".join(self.labels[source] for source in move.sources if source in self.known)


def _offered(moves: dict[str, Move], version: CycleVersion | None) -> dict[str, Move]:
    """Without the moves into accompaniment where the year offers none, nor those out of states nobody reaches then."""
    if version is None or any(StepKind(step.kind).accompanies for step in version.steps.order_by("pk")):
        return moves
    kept = {name: move for name, move in moves.items() if not move.rule.accompanies}
    reached = set(_reached(kept))
    first = next(iter(moves.values())).sources[0]
    return {name: move for name, move in kept.items() if {first, *reached} & set(move.sources)}


def _reached(moves: dict[str, Move]) -> list[str]:
    """Every state that some move leads to, in the order of the chart."""
    return list(dict.fromkeys(move.target for move in moves.values()))


def _ways_out(state: str, moves: dict[str, Move]) -> list[Move]:
    return [move for move in moves.values() if state in move.sources]


def _windows(version: CycleVersion | None) -> dict[str, str]:
    """{move: when this year opens and closes it}."""
    if version is None:
        return {}
    steps = version.steps.select_related("opens", "closes").order_by("pk")
    return {step.gates: _when(step) for step in steps if step.gates and not StepKind(step.kind).accompanies}


def _when(step: Step) -> str:
    def day(on: date | None) -> str:
        return day_in_words(on).partition(" ")[2] if on else ""

    first, last = day(step.first_day), day(step.last_day)
    if first and last:
        return f"du {first}\nau {last}"
    return f"à partir du {first}" if first else f"jusqu’au {last}"


def _height(ways: list[Move], onward: Move | None) -> int:
    return max(BOX + (BOX + ROW // 2 if onward else ROW), len(ways) * ROW + ROW // 2)


def _main_state(y: int, label: str, state: str, onward, ways, said, windows) -> SafeString:
    parts = [pieces.box(LINE, y, LINE_WIDTH, label, strong=True)]
    if onward is not None:
        middle, below = LINE + LINE_WIDTH // 2, y + _height(ways, onward)
        parts.append(pieces.arrow(middle, y + BOX, middle, below - 2))
        parts.append(pieces.text(middle + 10, y + BOX + 30, said.move(onward), colour=QUIET))
        gated = onward.rule.gated if onward.is_gated_from(state) else ""
        for rank, words in enumerate(windows.get(gated, "").splitlines()):
            parts.append(pieces.text(DATES, y + BOX + 22 + rank * 18, words, colour=EDGE, weight=600))
    parts += _listed(y, ways, said)
    return pieces.joined(parts)


def _listed(y: int, ways: list[Move], said) -> Iterator[SafeString]:
    for rank, move in enumerate(ways):
        at = y + BOX // 2 + rank * ROW
        if rank == 0:
            yield pieces.line(LINE + LINE_WIDTH, at, ASIDE - 8, at)
        yield pieces.text(ASIDE, at + 4, said.way(move))
    if len(ways) > 1:
        yield pieces.line(ASIDE - 8, y + BOX // 2, ASIDE - 8, y + BOX // 2 + (len(ways) - 1) * ROW)


def _side_state(y: int, label: str, ways: list[Move], said) -> SafeString:
    return pieces.joined([pieces.box(LINE, y, LINE_WIDTH, label), *_listed(y, ways, said)])


def _from_many(y: int, way: str, sources: list[str]) -> SafeString:
    under = [pieces.text(DATES, y + 20 * rank, words, colour=QUIET) for rank, words in enumerate(sources, 1)]
    return pieces.joined([pieces.text(DATES, y, way, weight=600), *under])

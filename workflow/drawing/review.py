"""The round of opinions in the signs of BPMN 2: events round, gateways on their point, tasks square."""

from itertools import pairwise
from textwrap import wrap

from django.utils.safestring import SafeString
from viewflow.workflow.chart import calc_layout_data

from workflow.drawing import pieces
from workflow.drawing.pieces import MARGIN, QUIET, ROW
from workflow.models import CycleVersion


def review(flow_class: type, version: CycleVersion | None = None) -> SafeString:
    """The flow as it runs; with a version, what closes it that year."""
    grid = calc_layout_data(flow_class)
    top = ROW * 4
    said = wrap(_promise(version), PROMISE)
    parts = [pieces.text(MARGIN, ROW * rank + 6, words, colour=QUIET) for rank, words in enumerate(said, 1)]
    for edge in grid.edges:
        points = [(x + MARGIN, y + top) for x, y in edge.segments]
        parts += [pieces.line(*one, *other) for one, other in pairwise(points[:-1])]
        parts.append(pieces.arrow(*points[-2], *points[-1]))
    parts += [
        _sign(cell.node, cell.shape.x + MARGIN, cell.shape.y + top, cell.shape)
        for cell in sorted(grid.cells, key=lambda cell: (cell.col, cell.row))
    ]
    return pieces.page(grid.width + 2 * MARGIN, grid.height + top + ROW * 2, flow_class.process_title, parts)


def _promise(version: CycleVersion | None) -> str:
    if version is None:
        return "Le tour se clôt au quorum ou à la date : le silence devient « avis non rendu »."
    enough = f"à {version.quorum} avis" if version.quorum else "quand tous ont répondu"
    return f"Le tour se clôt {enough}, ou {version.review_days} jours après son ouverture."


SIGNS = {
    "begin": ("start", "Ouverture", "under"),
    "invite": ("parallel", "Financeurs", "after"),
    "opinion": ("many", "Donner un avis", "within"),
    "deadline": ("timer", "La date arrive", "within"),
    "gather": ("parallel", "Assez d’avis", "before"),
    "close": ("end", "Clôture", "under"),
}
"""How each node of the flow is drawn and called, and where its name stands; a new node without a sign fails."""
PROMISE = 62
"""How many letters of the sentence above the flow stand on one line."""


def _sign(node, x: float, y: float, shape) -> SafeString:
    kind, label, place = SIGNS[node.name]
    middle, centre = x + shape.width / 2, y + shape.height / 2
    if place == "within":
        mark = pieces.bars(middle, y + shape.height - 18) if kind == "many" else pieces.clock(middle, y + 26)
        return pieces.joined([pieces.box(x, y, shape.width, label, height=shape.height), mark])
    if kind == "parallel":
        drawn = pieces.joined([pieces.diamond(middle, centre, 25), pieces.cross(middle, centre)])
    else:
        drawn = pieces.circle(middle, centre, 20, 4 if kind == "end" else 2)
    at, anchor = {
        "under": ((middle, centre + 42), "middle"),
        "after": ((middle + 32, centre + 5), "start"),
        "before": ((middle - 32, centre + 5), "end"),
    }[place]
    return pieces.joined([drawn, pieces.text(*at, label, anchor=anchor, size=13)])

"""Draws a machine from its own chart, so that no picture can say what the code does not."""

from workflow.charts import chart_of, state_field


def mermaid(model: type) -> str:
    """The chart as a Mermaid state diagram, moves in the order of the year; labels are what people read."""
    machine = state_field(model)
    labels = dict(machine.choices)
    lines = ["stateDiagram-v2", "    direction TB"]
    lines += [f'    state "{label}" as {state}' for state, label in machine.choices]
    lines.append(f"    [*] --> {machine.get_default()}")
    for move in chart_of(model).values():
        said = _said(model, move.name)
        lines += [f"    {source} --> {move.target}: {said}" for source in move.sources if source in labels]
    return "\n".join(lines)


def table(model: type) -> str:
    """The chart as a Markdown table: move, from, to, who."""
    labels = dict(state_field(model).choices)
    rows = ["| Passage | De | Vers | Qui |", "|---|---|---|---|"]
    for move in chart_of(model).values():
        sources = ", ".join(str(labels[source]) for source in move.sources)
        who = ", ".join(str(role.label) for role in move.rule.by)
        rows.append(
            f"| {_said(model, move.name)} (`{move.name}`) | {sources} | {labels[move.target]} | {who} |"
        )
    return "\n".join(rows)


def _said(model: type, move: str) -> str:
    words = getattr(model, "moves", None)
    return str(words(move).label) if words else move

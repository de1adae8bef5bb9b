"""A machine as a table, from its own chart: what `workflow/drawing` shows, in words."""

from workflow.charts import chart_of, state_field


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

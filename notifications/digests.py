"""Several things said to one person on one day, as one mail: each keeps its own words, one button leads to them all.

The words come from the templates of the single mails, so that nothing is written twice.
"""

from collections.abc import Iterable

from django.utils.safestring import mark_safe

BUTTON, HEADING, SECRET = "→ ", "# ", "⟦"


def told(sources: Iterable[tuple[str, str]]) -> dict:
    """What the digest's template reads: (subject, body) sources that Django escaped already."""
    return {"parts": [{"subject": _safe(subject), "body": _safe(_kept(body))} for subject, body in sources]}


def _kept(body: str) -> str:
    """A body without headings, because its subject is one, nor buttons; a personal link is no page: it stays."""
    return "\n".join(line for line in body.splitlines() if not _goes(line))


def _goes(line: str) -> bool:
    return line.startswith(HEADING) or (line.startswith(BUTTON) and SECRET not in line)


def _safe(source: str) -> str:
    return mark_safe(source)  # noqa: S308 because the template that wrote it escaped every value

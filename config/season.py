"""Moves a cycle's file by whole weeks, so that the demo always opens in the week before the deadline.

Weekdays stay what they are, and what is written in words (« le mardi 24 novembre ») stays true.
"""

import re
from datetime import date, timedelta

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip

_ISO = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")
_DATES = re.compile(
    r"\b(?P<iso>\d{4}-\d\d-\d\d)\b"
    rf"|\b(?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(MONTHS)})(?: (?P<of>\d{{4}}))?\b"
    r"|(?<![\d_-])(?P<year>20\d\d)(?![\d-])"
)


def weeks_until_open(deadline: date, on: date) -> int:
    """How many weeks to add to a deadline so that it falls in the seven days after `on`; may be negative."""
    return -((deadline - on - timedelta(days=1)).days // 7)


def shifted(text: str, weeks: int, deadline: date) -> str:
    """The same file, `weeks` later: its dates, the days it names in words, and its years as the deadline's moves."""
    by = timedelta(weeks=weeks)
    years = (deadline + by).year - deadline.year
    known = {(one.month, one.day): one for one in (date(*map(int, found)) for found in _ISO.findall(text))}

    def moved(match: re.Match) -> str:
        if match["iso"]:
            return (date.fromisoformat(match["iso"]) + by).isoformat()
        if match["year"]:
            return str(int(match["year"]) + years)
        month, day = MONTHS.index(match["month"]) + 1, int(match["day"])
        written = date(int(match["of"]), month, day) if match["of"] else known.get((month, day))
        return match[0] if written is None else _spoken(written + by, with_year=bool(match["of"]))

    return _DATES.sub(moved, text) if weeks else text


def _spoken(on: date, *, with_year: bool) -> str:
    day = "1er" if on.day == 1 else str(on.day)
    return f"{day} {MONTHS[on.month - 1]}" + (f" {on.year}" if with_year else "")

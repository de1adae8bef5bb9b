"""A rule as a cycle's document says it, before anybody saves or publishes it: the same arithmetic, no database."""

from datetime import date

from notifications.choices import Anchor
from notifications.due import Rhythm, offsets_of
from notifications.rules import Asked, Rule
from workflow.calendar import Region
from workflow.loading.section import Row
from workflow.models import Cycle
from workflow.promises import days_of


def asked_in(row: Row) -> Asked:
    return Asked.by(row.__getitem__)


def rhythm_in(document, row: Row) -> Rhythm:
    region = document["cycle"].get("region", Region.METROPOLE)
    offsets = offsets_of(row["days_before"], row["days_after"])
    return Rhythm(offsets, row["counting"], row["worked_day"], region)


def rule_in(cycle: Cycle, document, row: Row) -> Rule:
    """The rule as if it had always stood: what it would say from now on."""
    return Rule(asked_in(row), cycle.pk, rhythm_in(document, row), cycle.quiet, day_in(document, row))


def day_in(document, row: Row) -> date | None:
    """The day of the calendar that the rule counts from; None where it says none, or each dossier has its own."""
    if asked_in(row).by_own_day:
        return None
    if Anchor(row["anchor"]).is_of_a_step:
        return _bound(document, row)
    milestone = document["jalons"].get(row["milestone"])
    if milestone is None:
        return None
    return milestone["starts_on" if row["anchor"] == Anchor.MILESTONE_STARTS else "ends_on"]


def _bound(document, row: Row) -> date | None:
    if row["step"] not in document["étapes"]:
        return None
    days = days_of(document, row["step"])
    bound = days.first if row["anchor"] == Anchor.STEP_OPENS else days.last
    return None if bound in (date.min, date.max) else bound

"""A programming and its scenarios, reached through the door."""

from decimal import Decimal

from cases import amounts, programming_sight, scenarios, signing
from cases.models import Programming, Scenario
from tests import year as play
from workflow import engine
from workflow.journal import Code


def opened(year, *, shared=False) -> Programming:
    """The programming of a year, opened by its coordinator: a call has one."""
    if known := Programming.objects.filter(cycle=year.cycle).first():
        return known
    new = Programming(cycle=year.cycle, shared=shared)
    engine.open_many([new], by=year.coordinator, at=play.SITTING)
    return new


def sign(year, programming: Programming, **call):
    """Sign the table as it is now."""
    facts = {
        "committee": year.cycle.committees.order_by("on", "pk")[0].pk,
        "seen": Code(signing.table_of(year.cycle.pk).digest),
    }
    given = {"by": year.coordinator, "at": play.SITTING, "facts": facts} | call
    return engine.fire(programming, "sign_off", **given)


def signed(year, **draft) -> Programming:
    """A programming of one decided dossier, signed by its coordinator."""
    play.decided(year, **draft)
    programming = opened(year)
    sign(year, programming)
    return play.fresh(programming)


def scenario(year, name="L’État donne moins", copied=None) -> Scenario:
    found, _ = scenarios.begin(year.cycle, name, copied, by=year.instructor, at=play.SITTING)
    return found


def typed(line, amount, was="now") -> amounts.Typed:
    """An amount typed in the cell of a line, beside what it showed."""
    stood = line.team_proposal if was == "now" else was
    told = None if amount is None else Decimal(amount)
    return amounts.Typed(line.pk, "", line.version, stood, told)


def suppose(year, found: Scenario, line, amount) -> None:
    """Write an amount of a scenario."""
    scenarios.keep(found, [typed(line, amount)], by=year.instructor, at=play.SITTING)


def propose(year, line, amount) -> None:
    """The team's own proposal."""
    engine.amend(line, {"team_proposal": Decimal(amount)}, by=year.instructor, at=play.SITTING)


def sight(year, user):
    return programming_sight.sight_of(type(year.cycle).objects.get(pk=year.cycle.pk), user)

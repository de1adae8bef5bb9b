"""Who reads the programming of a call, and what a person may do with the whole of it."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from cases.models import Programming, Scenario
from cases.programming_states import ProgrammingState, ScenarioState
from workflow import engine, roles
from workflow.models import Cycle
from workflow.refusal import Refused
from workflow.roles import Role


def calls_of(user) -> QuerySet[Cycle]:
    """The calls whose programming this person reads: its team always, the others once the coordination opens it."""
    team = roles.cycles_of(user, "scenario", "see")
    readers = roles.cycles_of(user, "programming", "see")
    opened = Q(pk__in=readers, programming__shared=True)
    found = Cycle.objects.filter(Q(pk__in=team) | opened) if readers else Cycle.objects.none()
    return found.select_related("programming", "current").order_by("-year", "code")


def is_open_to(user) -> bool:
    """Whether the menu leads this person there."""
    if roles.cycles_of(user, "scenario", "see"):
        return True
    readers = roles.cycles_of(user, "programming", "see")
    return bool(readers) and Programming.objects.filter(cycle__in=readers, shared=True).exists()


@dataclass(frozen=True)
class Sight:
    """What one person may do with the programming of one call, and how it stands."""

    programming: Programming | None
    of_team: bool
    coordinates: bool
    scenario: Scenario | None = None

    @property
    def is_signed(self) -> bool:
        return self.programming is not None and self.programming.state == ProgrammingState.SIGNED

    @property
    def is_shared(self) -> bool:
        return self.programming is not None and self.programming.shared

    @property
    def version(self) -> int:
        """What a switch was shown on; 0 before anybody decided anything about the whole table."""
        return 0 if self.programming is None else self.programming.version

    @property
    def writes(self) -> bool:
        """Whether amounts may be typed: a scenario that is worked on never rests, the proposals do once signed."""
        if self.scenario is not None:
            return self.of_team and self.scenario.state == ScenarioState.OPEN
        return self.of_team and not self.is_signed


def sight_of(cycle: Cycle, user) -> Sight:
    held, there = roles.seen_by(user), getattr(cycle, "programming", None)
    any_of_it = there or Programming(cycle=cycle)
    team = cycle.pk in roles.cycles_of(user, "scenario", "act")
    return Sight(there, team, roles.may(held, any_of_it, [Role.COORDINATOR]))


def of_scenario(sight: Sight, scenario: Scenario) -> Sight:
    """The same person before a scenario of that call."""
    return replace(sight, scenario=scenario)


def share(sight: Sight, cycle: Cycle, *, shared: bool, by, at: datetime, version: int) -> bool:
    """Open the table to the other readers, or close it; False where it was so already. Raises `Refused`."""
    if sight.is_shared is shared:
        return False
    if sight.programming is None:
        return _opened_alone(Programming(cycle=cycle, shared=shared), by, at)
    outcome = engine.amend(sight.programming, {"shared": shared}, by=by, at=at, version=version)
    return not outcome.repeated


def _opened_alone(new: Programming, by, at: datetime) -> bool:
    """Two people may open the same one at once: the second learns that it is there."""
    try:
        engine.open_many([new], by=by, at=at)
    except Refused as refused:
        if refused.codes != ["already"]:
            raise
        return False
    return True


def now(cycle: Cycle, user) -> Sight:
    """The same read again: somebody changed the whole since it was shown."""
    cycle.programming = Programming.objects.filter(cycle=cycle.pk).first()
    return sight_of(cycle, user)


def opened(sight: Sight, cycle: Cycle, *, by, at: datetime) -> Programming:
    """The call's programming, opened where nobody has decided anything about it yet. Raises `Refused`."""
    if sight.programming is None:
        _opened_alone(Programming(cycle=cycle), by, at)
    return sight.programming or Programming.objects.get(cycle=cycle.pk)

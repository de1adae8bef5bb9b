"""To whom: each audience is a way from what moved to the roles people hold, never a list of addresses.

The way is scoped as the table of rights is: a team by the cycle, a holder by its organisation, a financier by its seat
in this cycle. Accounts that are closed hear nothing; a person without an address keeps its row, because what cannot
be delivered must be seen by somebody.
"""

from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cases.models import Absence, Feedback, ReviewRound
from cases.states import BookingState, LineState
from notifications.choices import Audience
from workflow.engine import AMEND, OPEN
from workflow.grant_life import GrantState
from workflow.models import Entry
from workflow.models.cycle import FeedbackCheck
from workflow.roles import TEAM, Role


@dataclass(frozen=True)
class Way:
    """From a dossier or a line to the grants of an audience: the path, the roles, and which of its lines count."""

    path: str
    roles: tuple[Role, ...]
    every_cycle: bool = False
    narrowed: Q = field(default_factory=Q)
    unless: Q | None = None
    """Who of them is left out; the person's key is `told`."""


_HEARD = (
    LineState.ANSWERED,
    LineState.SILENT,
    LineState.GRANTED,
    LineState.REFUSED,
    LineState.UNDISCLOSED,
)
_BY_COORDINATION = Q(dossier__rules__feedback_check=FeedbackCheck.COORDINATOR)
_WROTE_IT = Entry.objects.filter(
    subject_label=Feedback._meta.label_lower,
    subject_id=OuterRef("pk"),
    move__in=(OPEN, AMEND),
    actor=OuterRef("told"),
)
_IN_A_ROUND = Exists(ReviewRound.objects.filter(dossier=OuterRef("pk"), closed_at=None))

_COMES = (BookingState.BOOKED, BookingState.WAITING)

WAYS: dict[Audience, Way] = {
    Audience.HOLDER: Way("organisation__grants", (Role.HOLDER,), every_cycle=True),
    Audience.TEAM: Way("cycle__grants", TEAM),
    Audience.COORDINATION: Way("cycle__grants", (Role.COORDINATOR,)),
    Audience.THIRD_PARTY: Way("cycle__grants", (Role.THIRD_PARTY,)),
    Audience.FINANCIER: Way("seat__grants", (Role.FINANCIER,)),
    Audience.INVITED: Way(
        "lines__seat__grants", (Role.FINANCIER,), narrowed=Q(lines__state=LineState.INVITED)
    ),
    Audience.BOOKED: Way(
        "bookings__organisation__grants",
        (Role.HOLDER,),
        every_cycle=True,
        narrowed=Q(bookings__state__in=_COMES),
    ),
    # An invited line is unknown to its financier until a round opens, so that its dossier may leave without a word.
    Audience.CONSULTED: Way(
        "lines__seat__grants",
        (Role.FINANCIER,),
        narrowed=Q(lines__state__in=_HEARD) | Q(_IN_A_ROUND, lines__state=LineState.INVITED),
    ),
    # As the cycle's policy says: the coordination, or anybody of the team who wrote none of it.
    Audience.READERS: Way(
        "cycle__grants",
        TEAM,
        narrowed=~_BY_COORDINATION | Q(dossier__cycle__grants__role=Role.COORDINATOR),
        unless=Q(Exists(_WROTE_IT)),
    ),
}


def told(audience: Audience, model: type) -> QuerySet:
    """Every (subject, person) pair of an audience, as rows of the subject with the person's key in `told`.

    A person who holds two such roles comes twice: the outbox's unique key settles it.
    """
    way, scope = WAYS[audience], scope_of(model)
    grants = f"{scope}{way.path}"
    here = Q(**{f"{grants}__cycle": F(f"{scope}cycle")})
    if way.every_cycle:
        here |= Q(**{f"{grants}__cycle": None})
    roles = Q(**{f"{grants}__role__in": way.roles, f"{grants}__state": GrantState.HELD})
    active = Q(**{f"{grants}__user__is_active": True})
    found = model._base_manager.filter(way.narrowed, here, roles, active).annotate(told=F(f"{grants}__user"))
    return found if way.unless is None else found.exclude(way.unless)


def present(pairs: QuerySet, audience: Audience, model: type, day) -> QuerySet:
    """Without whoever is away from a financier's seat that day, as long as somebody hears in their place."""
    way, scope = WAYS[audience], scope_of(model)
    if way.roles != (Role.FINANCIER,):
        return pairs
    pairs = pairs.annotate(seat_told=F(f"{scope}{way.path.removesuffix('__grants')}"))
    away = Absence.objects.filter(
        user=OuterRef("told"), seat=OuterRef("seat_told"), cycle=OuterRef(f"{scope}cycle")
    )
    return pairs.exclude(Exists(away.heard_instead(day)))


def scope_of(model: type) -> str:
    """What hangs on a dossier is reached through it; a dossier and a line know their own cycle and organisation."""
    return "" if any(one.name == "cycle" for one in model._meta.get_fields()) else "dossier__"

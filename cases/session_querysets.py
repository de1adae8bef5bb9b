"""Which sessions, bookings and ideas: scoped to a person first (`visible_to`), then adjectives."""

from datetime import date, datetime

from django.db import models
from django.db.models import Count, Q

from cases.states import BookingState, IdeaState, SessionState
from workflow import roles
from workflow.calendar import opens
from workflow.roles import Reach

LIVE = (BookingState.BOOKED, BookingState.WAITING)


class ScopedQuerySet(models.QuerySet):
    """What belongs to a cycle, and perhaps to an organisation in it."""

    def visible_to(self, user):
        return self.within_reach(user, "see")

    def within_reach(self, user, verb: str = "act"):
        """What a person may see or act on by the table of rights, whatever its state."""
        kind = self.model.kind
        return self.filter(roles.either(roles.followed(user, kind, verb), roles.owned(user, kind, verb)))


class SessionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of one's cycles; a holder's: every published call, because it may ask there."""
        return self.filter(roles.either(roles.followed(user, "session", "see"), _any_call(user)))

    def within_reach(self, user, verb: str = "act"):
        return self.filter(roles.followed(user, "session", verb))

    def starting_from(self, on: date):
        return self.filter(starts_at__gte=opens(on))

    def starting_before(self, on: date):
        return self.filter(starts_at__lt=opens(on))

    def to_come(self, at: datetime):
        return self.filter(state=SessionState.PLANNED, starts_at__gt=at)

    def during(self, first: datetime, last: datetime):
        """Those that take place, at least in part, between two instants."""
        return self.filter(starts_at__lt=last, ends_at__gt=first)

    def hosted_by(self, person: int):
        return self.filter(host=person)

    def of_contract(self, contract: int):
        """Those of every call of one contrat de ville, this year's and the next."""
        return self.filter(cycle__contract=contract)

    def begun(self, at: datetime):
        """Whose attendance nobody has said yet, or not of everybody."""
        return self.filter(state=SessionState.PLANNED, starts_at__lte=at)

    def for_pages(self):
        return self.select_related("cycle__contract", "cycle__current", "host").order_by("starts_at", "pk")

    def with_counts(self):
        """`booked` and `waiting`: how many have a seat, how many are in the queue."""
        seated = Q(bookings__state__in=(BookingState.BOOKED, BookingState.ATTENDED))
        waiting = Q(bookings__state=BookingState.WAITING)
        return self.annotate(
            booked=Count("bookings", filter=seated), waiting=Count("bookings", filter=waiting)
        )


def _any_call(user) -> Q:
    """A holder whose role outlives a cycle may ask in any published call."""
    lasting = any(one.cycle_id is None for one in roles.reached(user, "session", "see", Reach.CYCLE))
    return Q(cycle__current__isnull=False) if lasting else roles.NOTHING


class BookingQuerySet(ScopedQuerySet):
    def live(self):
        return self.filter(state__in=LIVE)

    def of_holder(self, user):
        """Those of the organisations for which this person asks."""
        return self.filter(roles.owned(user, "booking", "act"))

    def last_states(self, sessions) -> dict[int, str]:
        """{session key: what became of the last booking on it}."""
        rows = self.filter(session__in=[one.pk for one in sessions]).order_by("pk")
        return dict(rows.values_list("session", "state"))

    def around(self, dossier, at: datetime):
        """What was said of the idea that became this request, then the seats and the places in a queue to come."""
        said = Q(idea__dossier=dossier) & ~Q(record="")
        coming = Q(dossier=dossier, state__in=LIVE, session__starts_at__gt=at)
        rows = self.filter(said | coming).select_related("session", "noted_by")
        return rows.order_by("session__starts_at", "pk")

    def on_home(self, at: datetime, since: datetime):
        """Those to come, and those that were called off with a reason since then."""
        coming = Q(state__in=LIVE, session__starts_at__gt=at)
        return self.filter(coming | Q(state=BookingState.CANCELLED, ended_at__gt=since) & ~Q(reason=""))

    def for_pages(self):
        related = ("session__cycle__current", "session__host", "organisation", "person", "dossier", "idea")
        return self.select_related(*related).order_by("session__starts_at", "pk")


class IdeaQuerySet(ScopedQuerySet):
    def open(self):
        return self.filter(state=IdeaState.OPEN)

    def of_holder(self, user):
        return self.filter(roles.owned(user, "idea", "act"))

    def for_pages(self):
        return self.select_related("cycle__contract", "organisation", "orientation", "dossier")

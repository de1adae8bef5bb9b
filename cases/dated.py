"""What the calendar shows of the dossiers: one's own deadlines, the team's and the financiers' heaps, committees.

Deadlines are those of the to-do list, by the same queries: what is done leaves the calendar with it.
"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count
from django.urls import reverse

from cases import dated_words as words
from cases.inbox import page_of
from cases.models import AgreedAction, Booking, Committee, Session
from cases.programme import labels_of
from cases.states import BookingState, SessionState
from cases.tasks import AGREED, BY_SOURCE, CHANGE, CHECK, CHOOSE, HOLDER, KINDS, OPINE, SIGN, sources_of
from workflow import roles
from workflow.calendar import closes, opens, paris_day
from workflow.dated import Dated, DatedKind
from workflow.models import Cycle, Step
from workflow.roles import roles_of

ELSEWHERE = (CHOOSE, CHECK, SIGN, CHANGE, AGREED)
"""What awaits somebody without a day, and what was agreed one by one."""


def committees(user, first: date, last: date, at: datetime) -> Iterator[Dated]:
    """The sittings of the calls whose committees this person follows, or prepares by its pack."""
    followed = roles.cycles_of(user, "committee", "see")
    for one in Committee.objects.read_by(user).between(first, last):
        page = "committee-detail" if one.cycle_id in followed else "committee-pack"
        yield Dated(
            uid=str(one.uuid),
            kind=DatedKind.COMMITTEE,
            label=one.label,
            first=one.on,
            last=one.on,
            call=one.cycle.name,
            code=one.cycle.code,
            url=reverse(page, args=[one.uuid]),
            sequence=one.version,
        )


def sessions(user, first: date, last: date, at: datetime) -> Iterator[Dated]:
    """The meetings of the calls this person follows; their own calendar takes those they come to, or host.

    A session that has begun without them says nothing to a holder any more.
    """
    rows = Session.objects.visible_to(user).during(opens(first), closes(last)).with_counts().for_pages()
    found = list(rows)
    if not found:
        return
    labels = labels_of(one.cycle_id for one in found)
    booked = Booking.objects.of_holder(user).last_states(found)
    team = roles.cycles_of(user, "session", "act")
    for one in found:
        cancelled, hosts = one.state == SessionState.CANCELLED, one.host_id == user.pk
        booking = booked.get(one.pk, "")
        if booking == BookingState.CANCELLED and not cancelled:
            booking = ""  # because whoever gave a seat back is no longer concerned
        still_open = not cancelled and at < one.starts_at
        if hosts or booking or one.cycle_id in team or still_open:
            label = labels.get((one.cycle_id, one.step), one.step)
            note = words.session_said(one, booking, hosts=hosts)
            page = "session-desk" if one.cycle_id in team else "session"
            yield _session(one, label, note, page, own=hosts or bool(booking))


def _session(one: Session, label: str, note: str, page: str, *, own: bool) -> Dated:
    return Dated.at_hours(
        one.starts_at,
        one.ends_at,
        uid=str(one.uuid),
        kind=DatedKind.SESSION,
        label=label,
        call=one.cycle.name,
        code=one.cycle.code,
        note=note,
        place=one.place_said,
        url=reverse(page, args=[one.uuid]),
        sequence=one.version,
        cancelled=one.state == SessionState.CANCELLED,
        own=own,
    )


def deadlines(user, first: date, last: date, at: datetime) -> Iterator[Dated]:
    """What awaits this person by a day: a holder's requests one by one, the work of many dossiers as one heap a day."""
    sources = sources_of(user, roles_of(user), paris_day(at))
    dated = {
        name: rows.filter(due__range=(first, last)) for name, rows in sources.items() if name not in ELSEWHERE
    }
    if HOLDER in dated:
        yield from _own(dated.pop(HOLDER))
    heaps = [one for name, rows in dated.items() for one in _heaps(rows)]
    cycles = Cycle.objects.in_bulk({one["rank"] for one in heaps}) if heaps else {}
    for one in heaps:
        yield _heap(cycles[one["rank"]], one["kind"], one["due"], one["many"])


def agreed(user, first: date, last: date, at: datetime) -> Iterator[Dated]:
    """What this person took on in a meeting, until it is ticked."""
    actions = AgreedAction.objects.taken_on_by(user).due_between(first, last)
    for one in actions.select_related("cycle"):
        yield Dated(
            uid=str(one.uuid),
            kind=DatedKind.DEADLINE,
            label=one.text,
            first=one.due_on,
            last=one.due_on,
            call=one.cycle.name,
            code=one.cycle.code,
            note=words.AGREED,
            url=reverse("agreed"),
            sequence=one.version,
        )


def _own(rows) -> Iterator[Dated]:
    dossiers = list(rows.select_related("cycle"))
    moved = Step.objects.changes_of_ends({one.cycle_id for one in dossiers}) if dossiers else {}
    for one in dossiers:
        part = BY_SOURCE[HOLDER][one.state]
        yield Dated(
            uid=f"{one.uuid}-{part.move}",
            kind=DatedKind.DEADLINE,
            label=words.deadline(part.move, one.title),
            first=one.due,
            last=one.due,
            call=one.cycle.name,
            code=one.cycle.code,
            note=words.BEFORE_MIDNIGHT,
            url=page_of(part, one),
            sequence=one.version + moved.get(one.cycle_id, 0),
        )


def _heaps(rows) -> list[dict]:
    return list(rows.values("due", "kind", "rank").annotate(many=Count("pk")).order_by("due", "rank", "kind"))


def _heap(cycle: Cycle, kind: str, due: date, many: int) -> Dated:
    """So many dossiers that wait for the same work until the same day; who they are is read on the page it leads to."""
    page = reverse("opinions") if kind == OPINE else f"{reverse('todo')}?kind={kind}"
    return Dated(
        uid=f"{cycle.uuid}-{kind}-{due}",
        kind=DatedKind.DEADLINE,
        label=words.heap(KINDS[kind], many),
        first=due,
        last=due,
        call=cycle.name,
        code=cycle.code,
        url=page,
    )

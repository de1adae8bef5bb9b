"""Dated things as an iCalendar file (RFC 5545): whole days end the day after, hours are told in Paris's own time.

Nothing here reads the database: what a person may see was chosen before. People's words come in without the signs that
some calendar programs take for the end of a line, where whatever follows would be a line of its own.
"""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard

from notifications import words
from notifications.addresses import absolute
from workflow.calendar import PARIS
from workflow.dated import Dated, DatedKind

PRODUCT = "-//Jalons//Calendrier//FR"
_BREAKS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]+")
READ_EVERY = timedelta(hours=6)
"""How often a subscribed calendar is asked to read again."""


def written(things: Iterable[Dated], name: str, at: datetime) -> bytes:
    """The file of these things, as it stands at that instant."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", PRODUCT)
    calendar.add("calscale", "GREGORIAN")
    calendar.calendar_name = name
    calendar.add("refresh-interval", READ_EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(_paris())
    for one in things:
        calendar.add_component(_event(one, at))
    return calendar.to_ical()


def _event(one: Dated, at: datetime) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", at.astimezone(UTC))
    event.add("sequence", one.sequence)
    event.add("summary", _plain(words.vaguely(one.label, one.said) if one.is_vague else one.label))
    _place_in_time(event, one)
    event.add("status", "CANCELLED" if one.cancelled else "TENTATIVE" if one.is_vague else "CONFIRMED")
    event.add("transp", "OPAQUE" if one.begins and not one.cancelled else "TRANSPARENT")
    event.add("categories", [DatedKind(one.kind).label])
    told = [words.dated_said(one.label, one.said), one.note, one.call]
    event.add("description", _plain("\n".join(part.replace("\r\n", "\n") for part in told if part)))
    if one.place:
        event.add("location", _plain(one.place))
    if one.url:
        event.add("url", str(absolute(one.url)))
    return event


def _plain(typed: str) -> str:
    return _BREAKS.sub(" ", typed)


def _place_in_time(event: Event, one: Dated) -> None:
    """Hours where they are known; else whole days, whose end is the day after the last, as the format has it."""
    if one.begins:
        event.add("dtstart", one.begins.astimezone(PARIS))
        event.add("dtend", (one.ends or one.begins).astimezone(PARIS))
    else:
        first, last = one.days
        event.add("dtstart", first)
        event.add("dtend", last + timedelta(days=1))


def _paris() -> Timezone:
    """The rule of the European Union since 1996, written out: what a library derives misses each change by an hour."""
    zone = Timezone()
    zone.add("tzid", PARIS.key)
    winter, summer = timedelta(hours=1), timedelta(hours=2)
    changes = (
        (TimezoneDaylight(), datetime(1996, 3, 31, 2), 3, winter, summer, "CEST"),  # noqa: DTZ001 - local by nature
        (TimezoneStandard(), datetime(1996, 10, 27, 3), 10, summer, winter, "CET"),  # noqa: DTZ001
    )
    for part, since, month, before, after, name in changes:
        part.add("dtstart", since)
        part.add("rrule", {"freq": "yearly", "bymonth": month, "byday": "-1su"})
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        part.add("tzname", name)
        zone.add_component(part)
    return zone

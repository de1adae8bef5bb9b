"""The iCalendar file, read by two libraries that know nothing of one another, and its time zone by a third."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import icalendar
import pytest
from dateutil.tz import tzical
from ical.calendar_stream import IcsCalendarStream

from notifications.calendars import written
from workflow.calendar import Precision
from workflow.dated import Dated, DatedKind

PARIS = ZoneInfo("Europe/Paris")
AT = datetime(2026, 11, 29, 12, tzinfo=UTC)


def paris(*parts) -> datetime:
    return datetime(*parts, tzinfo=PARIS)


def a_day(first: str, last: str = "", **facts) -> Dated:
    facts = {"uid": "1f0c", "kind": DatedKind.MILESTONE, "label": "Date limite"} | facts
    return Dated(first=date.fromisoformat(first), last=date.fromisoformat(last or first), **facts)


def a_meeting(begins: datetime, ends: datetime, **facts) -> Dated:
    facts = {"uid": "2a1d", "kind": DatedKind.SESSION, "label": "Petit-déjeuner"} | facts
    return Dated.at_hours(begins, ends, **facts)


def as_read_by_icalendar(content: bytes) -> list[dict]:
    calendar = icalendar.Calendar.from_ical(content)
    return [
        {
            "uid": str(one["uid"]), "summary": str(one["summary"]), "sequence": int(one["sequence"]),
            "starts": one.start, "ends": one.end, "status": str(one["status"]),
            "description": str(one["description"]), "place": str(one.get("location", "")) or None,
            "url": str(one.get("url", "")) or None,
        }
        for one in calendar.events
    ]  # fmt: skip


def as_read_by_ical(content: bytes) -> list[dict]:
    calendar = IcsCalendarStream.calendar_from_ics(content.decode())
    return [
        {
            "uid": one.uid, "summary": one.summary, "sequence": one.sequence, "starts": one.dtstart,
            "ends": one.dtend, "status": one.status.value, "description": one.description,
            "place": one.location, "url": str(one.url) if one.url else None,
        }
        for one in calendar.events
    ]  # fmt: skip


@pytest.fixture(params=[as_read_by_icalendar, as_read_by_ical])
def read(request):
    return request.param


def the_only(events: list[dict]) -> dict:
    [event] = events
    return event


def test_a_whole_day_ends_the_day_after(read):
    event = the_only(read(written([a_day("2026-11-24")], "Essai", AT)))
    assert (event["starts"], event["ends"]) == (date(2026, 11, 24), date(2026, 11, 25))
    assert type(event["starts"]) is date


@pytest.mark.parametrize(
    "first, last, begins, ends",
    [
        ("2027-02-01", "2027-02-05", date(2027, 2, 1), date(2027, 2, 6)),
        ("2028-02-29", "2028-02-29", date(2028, 2, 29), date(2028, 3, 1)),
        ("2026-12-31", "2026-12-31", date(2026, 12, 31), date(2027, 1, 1)),
        ("2027-03-28", "2027-03-28", date(2027, 3, 28), date(2027, 3, 29)),
        ("2027-10-31", "2027-10-31", date(2027, 10, 31), date(2027, 11, 1)),
    ],
)
def test_days_of_every_length_keep_their_number(read, first, last, begins, ends):
    event = the_only(read(written([a_day(first, last)], "Essai", AT)))
    assert (event["starts"], event["ends"]) == (begins, ends)


@pytest.mark.parametrize(
    "precision, begins, ends, said",
    [
        (Precision.TEN_DAYS, date(2027, 4, 11), date(2027, 4, 21), "mi-avril 2027"),
        (Precision.FORTNIGHT, date(2027, 4, 8), date(2027, 4, 23), "mi-avril 2027"),
        (Precision.MONTH, date(2027, 4, 1), date(2027, 5, 1), "avril 2027"),
        (Precision.QUARTER, date(2027, 4, 1), date(2027, 7, 1), "2e trimestre 2027"),
    ],
)
def test_a_vague_date_covers_what_it_may_mean_and_says_so(read, precision, begins, ends, said):
    event = the_only(read(written([a_day("2027-04-15", precision=precision)], "Essai", AT)))
    assert (event["starts"], event["ends"], event["status"]) == (begins, ends, "TENTATIVE")
    assert event["summary"] == f"Date limite ({said})"


@pytest.mark.parametrize(
    "begins, instant",
    [
        (paris(2027, 3, 27, 9), datetime(2027, 3, 27, 8, tzinfo=UTC)),
        (paris(2027, 3, 28, 9), datetime(2027, 3, 28, 7, tzinfo=UTC)),
        (paris(2027, 10, 30, 9), datetime(2027, 10, 30, 7, tzinfo=UTC)),
        (paris(2027, 10, 31, 9), datetime(2027, 10, 31, 8, tzinfo=UTC)),
        (datetime(2027, 7, 1, 6, 30, tzinfo=UTC), datetime(2027, 7, 1, 6, 30, tzinfo=UTC)),
    ],
)
def test_a_meeting_keeps_its_hour_through_the_changes_of_the_clock(read, begins, instant):
    content = written([a_meeting(begins, begins + timedelta(hours=2))], "Essai", AT)
    event = the_only(read(content))
    assert event["starts"].astimezone(UTC) == instant
    assert event["ends"].astimezone(UTC) == instant + timedelta(hours=2)
    assert b"DTSTART;TZID=Europe/Paris:" in content


def test_what_people_typed_stays_text(read):
    words = 'Dépôt, suite ; « fin »\\n BEGIN:VEVENT "x"'
    one = a_day("2026-11-24", label=words, note="Ligne 1\nLigne 2", place="1, rue du Pont ; bât. B")
    event = the_only(read(written([one], "Essai", AT)))
    assert (event["summary"], event["place"]) == (words, "1, rue du Pont ; bât. B")
    assert event["description"].splitlines()[1:] == ["Ligne 1", "Ligne 2"]


def test_a_description_says_the_date_in_words_the_note_and_the_call(read):
    one = a_day("2026-11-24", note="Jusqu’à minuit.", call="Appel à projets 2027", url="/appels/x/")
    event = the_only(read(written([one], "Essai", AT)))
    told = ["Date limite\u00a0: mardi 24 novembre 2026.", "Jusqu’à minuit.", "Appel à projets 2027"]
    assert event["description"].splitlines() == told
    assert event["url"].endswith("/appels/x/")
    assert event["url"].startswith("http")


def test_identity_and_sequence_are_those_of_the_thing(read):
    things = [
        a_day("2026-11-24", uid="a-1", sequence=3),
        a_meeting(paris(2027, 1, 5, 9), paris(2027, 1, 5, 10)),
    ]
    events = read(written(things, "Essai", AT))
    assert [(one["uid"], one["sequence"]) for one in events] == [("a-1", 3), ("2a1d", 0)]


def test_a_cancelled_meeting_is_said_cancelled(read):
    one = a_meeting(paris(2027, 1, 5, 9), paris(2027, 1, 5, 10), cancelled=True)
    content = written([one], "Essai", AT)
    assert the_only(read(content))["status"] == "CANCELLED"
    assert b"TRANSP:TRANSPARENT" in content


def test_only_a_meeting_makes_one_busy():
    day = written([a_day("2026-11-24")], "Essai", AT)
    meeting = written([a_meeting(paris(2027, 1, 5, 9), paris(2027, 1, 5, 10))], "Essai", AT)
    assert (b"TRANSP:OPAQUE" in day, b"TRANSP:OPAQUE" in meeting) == (False, True)


def test_a_calendar_without_a_date_is_still_one(read):
    content = written([], "Appel à projets", AT)
    assert read(content) == []
    assert b"X-WR-CALNAME:Appel \xc3\xa0 projets\r\n" in content


def test_lines_are_folded_at_75_bytes_and_end_as_the_format_asks():
    content = written([a_day("2026-11-24", label="Réponse des financeurs " * 20)], "Essai", AT)
    lines = content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")


def test_the_zone_is_paris_at_each_hour_around_every_change_until_2040():
    content = written([], "Essai", AT).decode().replace("\r\n", "\n")
    zone = tzical(StringIO(content)).get("Europe/Paris")
    wrong = []
    for year in range(2024, 2041):
        for month in (1, 3, 7, 10):
            hour = datetime(year, month, 24, tzinfo=UTC)
            while hour.day >= 24:
                if hour.astimezone(zone).replace(tzinfo=None) != hour.astimezone(PARIS).replace(tzinfo=None):
                    wrong.append(hour)
                hour += timedelta(hours=1)
    assert wrong == []


@pytest.mark.parametrize("sign", ["\r", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_no_sign_that_some_program_takes_for_the_end_of_a_line_begins_a_line(sign):
    typed = f"Salle 2{sign}ATTENDEE:mailto:x@exemple.test"
    begins = paris(2027, 3, 3, 9)
    one = a_meeting(begins, begins, label=typed, note=typed, place=typed)
    lines = written([one], "Mes dates", paris(2027, 1, 1)).decode().splitlines()
    assert [line for line in lines if line.startswith("ATTENDEE")] == []

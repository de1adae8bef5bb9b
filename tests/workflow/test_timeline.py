"""The year at a glance: past, going on, to come; windows on one scale."""

from datetime import date

from tests.cycles import VITRY
from workflow import loading, timeline


def marks(on: date) -> dict[str, str]:
    return {one.code: one.status for one in timeline.marks(loading.read(VITRY), on)}


def test_a_closing_day_is_going_on_until_it_has_passed():
    assert marks(date(2026, 11, 24))["cloture"] == "current"
    assert marks(date(2026, 11, 25))["cloture"] == "done"
    assert marks(date(2026, 11, 23))["cloture"] == "todo"


def test_a_vague_date_is_going_on_as_long_as_it_may_mean():
    assert [marks(date(2027, 4, day))["reponse"] for day in (7, 8, 22, 23)] == [
        "todo", "current", "current", "done",
    ]  # fmt: skip


def test_dates_stand_in_order_and_say_only_what_is_sure():
    found = timeline.marks(loading.read(VITRY), date(2026, 10, 1))
    assert [one.code for one in found][:3] == ["lancement", "ouverture", "petit_dejeuner"]
    assert {one.code: one.when for one in found}["reponse"] == "mi-avril 2027"


def test_a_bar_begins_and_ends_where_its_window_does():
    document = loading.read(VITRY)
    scale = timeline.Scale(date(2026, 10, 1), date(2027, 1, 8))  # a hundred days
    bars = {one.code: one for one in timeline.bars(document, scale)}
    assert (bars["depot"].x, bars["depot"].width) == ("0.00", "55.00")
    assert (bars["comite"].x, bars["avis"].width) == ("100.00", "5.00")


def test_an_empty_calendar_has_no_scale():
    assert timeline.scale_of(loading.CycleDocument({})) is None

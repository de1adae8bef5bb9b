"""A reminder that could never be due is refused before the year begins."""

import pytest

from notifications.sections import rhythm_said
from tests.cycles import codes, vitry_with

BILAN = "    sujet: Bilan attendu\n    jalon: bilan\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"    jalon: cloture\n": ""},
        {BILAN: "    sujet: Bilan attendu\n"},
        {"    jours_avant: [15, 7, 1]\n  - code: complements": "    jours_avant: []\n  - code: complements"},
        {"jours_avant: [15, 7, 1]": "jours_avant: [55]"},
        {"    sujet: Compléments attendus\n": "    sujet: Compléments attendus\n    jalon: cloture\n"},
        {"jours_avis: 21": "jours_avis: 15"},
        {BILAN: BILAN + "    source: x\n", "jours_avant: [60, 15, 1]": "jours_avant: [60, 240]"},
    ],
    ids=[
        "no deadline",
        "no report date",
        "no day",
        "too early",
        "two dates",
        "round too short",
        "report too early",
    ],
)
def test_a_reminder_that_is_never_due_is_refused(tmp_path, changes):
    assert codes(vitry_with(tmp_path, changes)) == ["never_due"]


@pytest.mark.parametrize("days", [[0], [54]])
def test_a_reminder_may_be_due_from_the_opening_day_to_the_last(tmp_path, days):
    assert codes(vitry_with(tmp_path, {"jours_avant: [15, 7, 1]": f"jours_avant: {days}"})) == []


def test_a_rhythm_counts_one_day_and_several():
    row = {"days_before": [7, 1], "milestone": "cloture"}
    document = {"jalons": {"cloture": {"label": "Date limite"}}}
    assert rhythm_said(document, row) == "7 jours et 1 jour avant « Date limite »"

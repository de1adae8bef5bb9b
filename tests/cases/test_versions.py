"""Two versions word by word: what stayed, what went, what came; two whole texts where little is left in common."""

from decimal import Decimal
from time import process_time

import pytest

from cases.versions import GONE, NEW, SAME, Piece, account_changes, compared
from workflow.money import euros


@pytest.mark.parametrize(
    "was, now, before, after",
    [
        ("Dix vélos.", "Dix vélos.", [(SAME, "Dix vélos.")], [(SAME, "Dix vélos.")]),
        (
            "Dix vélos le samedi.",
            "Trente vélos le samedi.",
            [(GONE, "Dix"), (SAME, " vélos le samedi.")],
            [(NEW, "Trente"), (SAME, " vélos le samedi.")],
        ),
        (
            "Un jardin partagé.",
            "Des vélos réparés ensemble, chaque mois",
            [(GONE, "Un jardin partagé.")],
            None,
        ),
        ("", "Nouveau", [(GONE, "—")], [(NEW, "Nouveau")]),
    ],
)
def test_each_side_says_what_it_alone_holds(was, now, before, after):
    change = compared(was, now)
    assert change.before == [Piece(*one) for one in before]
    assert change.after == [Piece(*one) for one in after or [(NEW, now)]]


def test_both_sides_give_back_their_text_whole():
    was, now = "Réparer ensemble, le lundi.", "Réparer ensemble trente vélos, le mardi."
    change = compared(was, now)
    assert ["".join(one.text for one in side) for side in (change.before, change.after)] == [was, now]


def test_a_long_answer_with_a_hundred_changes_is_compared_at_once():
    was = [f"mot{rank % 300}" for rank in range(800)]
    now = [f"neuf{rank}" if rank % 8 == 0 else word for rank, word in enumerate(was)]
    begun = process_time()
    change = compared(" ".join(was), " ".join(now))
    assert process_time() - begun < 0.4
    assert sum(one.kind == NEW for one in change.after) == 100


def test_accounts_are_compared_one_by_one():
    [change] = account_changes({"60": "100.00", "61": "50.00"}, {"60": "120.00", "61": "50.00"})
    assert change.label.startswith("60 · ")
    words = ["".join(one.text for one in side) for side in (change.before, change.after)]
    assert words == [euros(Decimal(100)), euros(Decimal(120))]

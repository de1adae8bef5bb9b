"""The chain: what is written, in which exact words, and what may never stand in it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from types import SimpleNamespace

import pytest

from tests import year as play
from workflow import journal
from workflow.journal import Code, Record
from workflow.models import Entry, Prose
from workflow.roles import SYSTEM, Role

AT = play.day("2026-12-01")


class Shade(Enum):
    PALE = "pale"


@dataclass
class Stone:
    """The least that the journal asks of a subject."""

    pk: int = 7
    version: int = 3
    journal_seq: int = 2
    journal_head: str = "f" * 64
    _meta = SimpleNamespace(label_lower="essai.pierre")


@pytest.mark.parametrize(
    "fact, lasting",
    [
        (None, None),
        (True, True),
        (12, 12),
        (Decimal("12.50"), "12.50"),
        (date(2027, 2, 10), "2027-02-10"),
        (AT, "2026-12-01T09:00:00+00:00"),
        (Shade.PALE, "pale"),
        (Role.HOLDER, "holder"),
        (Code("priorite"), "priorite"),
        ("", ""),
        ({"a": [Decimal("1.0"), None]}, {"a": ["1.0", None]}),
    ],
)
def test_facts_become_data_that_hash_the_same_for_ever(fact, lasting):
    words = {}
    assert journal.plain(fact, words) == lasting
    assert words == {}


@pytest.mark.parametrize("fact", [0.5, {1, 2}, object(), AT.replace(tzinfo=None)])
def test_what_has_no_lasting_form_is_refused(fact):
    with pytest.raises(TypeError, match="lasting form"):
        journal.plain(fact, {})


def test_somebody_s_words_leave_a_salted_digest_and_stand_apart_under_their_path():
    words = {}
    found = journal.plain({"items": [{"why": "Madame X"}]}, words)
    text, salt = words["items.0.why"]
    digest = hashlib.sha256(f"{salt}\nMadame X".encode()).hexdigest()
    assert (text, found) == ("Madame X", {"items": [{"why": {"prose": digest}}]})
    again = {}
    journal.plain({"items": [{"why": "Madame X"}]}, again)
    assert again["items.0.why"][1] != salt


@pytest.mark.django_db
def test_an_entry_is_the_exact_text_that_was_hashed_with_the_one_before_it():
    stone = Stone()
    [entry] = journal.write(
        [Record(stone, "roll", SYSTEM, AT, "up", "down", {"n": 1, "amount": Decimal("2.0")})]
    )
    written = Entry.objects.get(pk=entry.pk)
    assert written.payload == (
        '{"at":"2026-12-01T09:00:00+00:00","by":null,"facts":{"amount":"2.0","n":1},"from":"up","id":7,'
        '"move":"roll","seq":2,"subject":"essai.pierre","to":"down","version":3}'
    )
    expected = hashlib.sha256(("f" * 64 + "\n" + written.payload).encode()).hexdigest()
    assert (written.digest, stone.journal_head) == (expected, expected)
    assert (written.at, written.actor_id, written.source, written.target) == (
        AT.astimezone(UTC),
        None,
        "up",
        "down",
    )
    assert journal.facts_of(written) == {"n": 1, "amount": "2.0"}


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_any_number_of_entries_and_texts_are_written_in_two_statements(count, django_assert_num_queries):
    records = [Record(Stone(pk=key), "roll", SYSTEM, AT, facts={"why": f"{key}"}) for key in range(count)]
    with django_assert_num_queries(2):
        entries = journal.write(records)
    texts = Prose.objects.filter(entry__in=entries).order_by("entry__subject_id")
    assert [(one.entry_id, one.key, one.text) for one in texts] == [
        (entry.pk, "why", f"{key}") for key, entry in enumerate(entries)
    ]


@pytest.mark.django_db
def test_an_entry_says_the_same_as_facts_whose_erased_words_may_have_been_any():
    facts = {"amount": Decimal("2.0"), "why": "Utile."}
    [entry] = journal.write([Record(Stone(), "roll", SYSTEM, AT, facts=facts)])
    assert journal.says(entry, facts) is True
    assert journal.says(entry, {**facts, "amount": Decimal("2.1")}) is False
    assert journal.says(entry, {**facts, "why": "Inutile."}) is False
    assert journal.says(entry, {"amount": Decimal("2.0")}) is False
    Prose.objects.filter(entry=entry).update(text="")
    assert journal.says(entry, {**facts, "why": "Inutile."}) is True


@pytest.mark.django_db
def test_a_chain_that_holds_has_no_fault_and_a_missing_end_is_one():
    stone = Stone(journal_seq=1, journal_head="")
    journal.write([Record(stone, "roll", SYSTEM, datetime(2026, 12, 1, 9, tzinfo=UTC))])
    here = ("essai.pierre", 7)
    assert list(journal.faults({here: (1, stone.journal_head)})) == []
    assert list(journal.faults({here: (2, "0" * 64)})) == [
        "essai.pierre 7 : le journal s’arrête à la ligne 1, l’objet en annonce 2"
    ]
    assert list(journal.faults({})) == ["essai.pierre 7 : l’objet a disparu"]

"""A cycle written out is the same cycle when it is read again, and the same text when it is written again."""

import re
from copy import deepcopy
from datetime import date
from decimal import Decimal
from functools import cache
from unicodedata import normalize

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.cycles import REIMS, VITRY, written
from tests.year import BEFORE, a_year
from workflow import loading
from workflow.loading import exporting

SHIPPED = pytest.mark.parametrize("shipped", [VITRY, REIMS], ids=lambda path: path.stem)


@SHIPPED
@pytest.mark.django_db
def test_a_cycle_comes_back_the_same(shipped, tmp_path):
    cycle = loading.load(shipped, at=BEFORE)
    text = loading.export(cycle)
    path = written(tmp_path, text)
    assert loading.read(path) == loading.read(shipped)
    assert loading.read(path).rules() == loading.read(shipped).rules()
    assert loading.bring_in(path, at=BEFORE).unchanged
    assert loading.export(loading.load(path, at=BEFORE)) == text


@pytest.mark.django_db
def test_a_year_made_by_hand_can_be_written_out_and_read(tmp_path):
    year = a_year()
    path = written(tmp_path, loading.export(year.cycle))
    assert loading.read(path) == loading.describe(year.cycle, year.rules)


@SHIPPED
def test_only_what_differs_from_the_usual_value_is_written(shipped):
    text = exporting.write(loading.read(shipped))
    assert (
        re.findall(r"^.*(?:précision: jour|exigence: Obligatoire|annoncé: oui).*$", text, re.MULTILINE) == []
    )
    assert "quorum" not in text


def test_amounts_answers_and_lists_are_written_as_people_type_them():
    text = exporting.write(loading.read(VITRY))
    shown = ("montant: 148 000 €", "annoncé: non", "jours_avant: [15, 7, 1]", "du: 2026-11-24")
    assert [one for one in shown if one not in text] == []


LETTERS = st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.sampled_from(" :#-'\"\n")
TEXTS = st.text(LETTERS, max_size=200).map(lambda text: normalize("NFC", text).strip()).filter(bool)
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 31))
AMOUNTS = st.decimals(0, 9_999_999_999, places=2)
FEW = settings(max_examples=20, phases=[Phase.explicit, Phase.generate])  # because each reads a whole file


@cache
def as_read():
    return loading.read(VITRY)


@FEW
@given(TEXTS)
def test_any_text_survives(tmp_path_factory, text):
    document = deepcopy(as_read())
    document["jalons"]["cloture"]["note"] = text
    document["motifs"]["incomplet"]["rule"] = text
    path = written(tmp_path_factory.mktemp("texts"), exporting.write(document))
    assert loading.read(path) == document


@FEW
@given(DAYS, AMOUNTS, st.booleans(), st.none() | st.integers(0, 32_767), st.lists(st.integers(0, 365)))
def test_any_value_survives(tmp_path_factory, day, amount, answer, whole, days):
    document = deepcopy(as_read())
    document["jalons"]["cloture"].update(starts_on=day, ends_on=day, public=answer)
    document["financeurs"]["etat"]["envelopes"]["ete"]["ceiling"] = min(amount, Decimal(148_000))
    document["règles"].update(public_share=whole, feedback_on_cut=whole, quorum=whole)
    document["rappels"]["depot"]["days_before"] = days
    path = written(tmp_path_factory.mktemp("values"), exporting.write(document))
    assert loading.read(path) == document

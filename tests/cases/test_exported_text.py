"""The plain text of a list says what its workbook says, cell for cell, though the database writes its amounts."""

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from cases import models as cases
from cases.exported_text import as_text, percent_text
from cases.exports import as_workbook
from cases.words import Audience
from cases.workbook.programming import percent
from tests import year as play
from tests.cases.reached import silent
from workflow import engine


def spelt(value) -> str:
    """A workbook's value as the text writes it."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return f"{value:%d/%m/%Y}"
    return str(value)


def number(text: str):
    """Amounts are compared as numbers, because a workbook keeps « 1000 » for « 1000,00 »."""
    try:
        return Decimal(text.replace(",", "."))
    except ArithmeticError:
        return text


def both(year, user, audience) -> tuple[list, list]:
    mine = cases.Dossier.objects.visible_to(user)
    text = as_text(mine, user=user, audience=audience).decode("utf-8-sig")
    book = openpyxl.load_workbook(BytesIO(as_workbook(mine, user=user, audience=audience)))
    *rows, _totals = book.active.iter_rows(values_only=True)
    plain = [[number(one) for one in row] for row in csv.reader(StringIO(text), delimiter=";")]
    return plain, [[number(spelt(one)) for one in row] for row in rows]


def another_envelope(year, name: str, dossier) -> None:
    financier = year.envelopes[name].financier
    second = cases.Envelope.objects.create(financier=financier, code="second", label="Second", ceiling=5000)
    line = cases.FundingLine(
        dossier=dossier, envelope=second, cycle=year.cycle, organisation=dossier.organisation,
        seat=financier.organisation, requested=Decimal("250.75"), previous=Decimal("0.10"),
    )  # fmt: skip
    engine.open_many([line], by=year.instructor, at=play.READING)


@pytest.mark.django_db
@pytest.mark.parametrize("reader", ["instructor", "holder", "etat"])
def test_it_says_what_the_workbook_says(reader):
    year = play.a_year()
    play.answered(year, title="Vélo")
    play.decided(year)
    silent(year)
    another_envelope(year, "etat", play.in_instruction(year))
    play.a_draft(year, title="Un brouillon")
    audience = {"instructor": Audience.TEAM, "holder": Audience.HOLDER}.get(reader, Audience.FINANCIER)
    user = year.financiers.get(reader) or getattr(year, reader)
    plain, book = both(year, user, audience)
    assert plain == book
    assert len(plain) == {"instructor": 6, "holder": 6, "etat": 4}[reader]


@given(some.integers(0, 10**12), some.integers(0, 10**12))
def test_a_share_in_whole_numbers_is_the_share_in_decimals(part, whole):
    exact = percent(part, whole)
    assert percent_text(part, whole) == ("" if exact is None else str(exact).replace(".", ","))


@pytest.mark.parametrize("part, said", [(12_25, "12,2"), (12_35, "12,4"), (0, "0,0")])
def test_a_half_goes_to_the_even_side(part, said):
    assert percent_text(part, 100_00) == said

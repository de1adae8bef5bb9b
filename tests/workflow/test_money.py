"""Amounts read as in French, and never break at the end of a line."""

from decimal import Decimal

import pytest

from workflow.money import euros


@pytest.mark.parametrize(
    "amount, words",
    [
        (12500, "12\u202f500\u202f€"),
        (Decimal("1234567.80"), "1\u202f234\u202f567,80\u202f€"),
        (Decimal(0), "0\u202f€"),
        (Decimal("-0.001"), "0\u202f€"),
        (Decimal("0.005"), "0,01\u202f€"),
        (-1000, "\u22121\u202f000\u202f€"),
        ("8500.00", "8\u202f500\u202f€"),
        (None, "—"),
        ("", "—"),
    ],
)
def test_amounts_read_as_in_french(amount, words):
    assert euros(amount) == words

"""The rules of the schema « SCDL subventions » 2.1.1, written from its documentation, and what a file breaks of them.

An independent reading: it shares nothing with the code that writes the files.
"""

import csv
import re
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO

SIRET = r"\d{14}"
DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
NATURES = {
    "aide en numéraire",
    "aide en nature",
    "aide en numéraire;aide en nature",
    "aide en nature;aide en numéraire",
}


def required(text):
    return bool(text)


def shaped(pattern):
    return lambda text: not text or re.fullmatch(pattern, text) is not None


def no_longer_than(most):
    return lambda text: len(text) <= most


def real_siret(text):
    """Luhn's key, doubling every second digit from the right."""
    total = 0
    if not re.fullmatch(SIRET, text):
        return not text
    for rank, digit in enumerate(reversed(text)):
        value = int(digit) * (1 + rank % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def a_day(text):
    try:
        return not text or date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def days(text):
    return all(map(a_day, text.split("/")))


def number(least=None, most=None):
    def holds(text):
        try:
            found = Decimal(text)
        except InvalidOperation:
            return not text
        return re.fullmatch(r"-?\d+(\.\d+)?", text) and (least is None or least <= found <= most)

    return holds


RULES = {
    "nomAttribuant": [required],
    "idAttribuant": [required, shaped(SIRET), real_siret],
    "dateConvention": [required, a_day],
    "referenceDecision": [],
    "nomBeneficiaire": [required],
    "idBeneficiaire": [required, shaped(SIRET), real_siret],
    "rnaBeneficiaire": [shaped(r"W\d{9}")],
    "objet": [required, no_longer_than(256)],
    "montant": [required, number()],
    "nature": [required, lambda text: text in NATURES],
    "conditionsVersement": [required, no_longer_than(256)],
    "datesPeriodeVersement": [required, shaped(f"{DAY}(/{DAY})?"), days],
    "idRAE": [no_longer_than(5)],
    "notificationUE": [required, lambda text: text in {"oui", "non"}],
    "pourcentageSubvention": [required, number(Decimal("0.01"), Decimal(1))],
    "dispositifAide": [],
}
"""{column: its rules}, in the schema's own order. Ours ask a SIRET of everybody."""


def faults(raw: bytes) -> list[str]:
    """Everything in a file that the schema refuses, with its line."""
    if raw.startswith(b"\xef\xbb\xbf"):
        return ["a mark before the first column"]
    titles, *rows = csv.reader(StringIO(raw.decode("utf-8"), newline=""))
    if titles != list(RULES):
        return [f"titles {titles}"]
    return [
        f"line {line}, {name}: {value!r}"
        for line, row in enumerate(rows, 2)
        for name, value in zip(RULES, row, strict=True)
        for rule in RULES[name]
        if not rule(value)
    ]


def rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(raw.decode("utf-8"), newline="")))

"""What one cell says, and the sentence when it says nothing that can be used."""

from datetime import date
from decimal import Decimal

import pytest

from cases.workbook import values
from cases.workbook.sheets import BOOLEAN, DATE, FAULT, NUMBER, PENDING, TEXT, Cell
from cases.workbook.values import Unreadable

EVERY_READER = (values.line, values.text, values.amount, values.count, values.siret, values.neighbourhoods)


def why(reader, kind, text, **options):
    with pytest.raises(Unreadable) as refused:
        reader(Cell(kind, text), **options)
    return str(refused.value)


# ── Amounts ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind, written, euros",
    [
        (NUMBER, "1234", "1234.00"),
        (NUMBER, "1234.5", "1234.50"),
        (NUMBER, "0.10000000000000001", "0.10"),
        (NUMBER, "1234567.8899999999", "1234567.89"),
        (NUMBER, "1.5E3", "1500.00"),
        (NUMBER, "0", "0.00"),
        (NUMBER, "-0", "0.00"),
        (TEXT, "1 234,50 €", "1234.50"),
        (TEXT, "1\u202f234,50\u00a0€", "1234.50"),
        (TEXT, "1\u2009234\u2009567 euros", "1234567.00"),
        (TEXT, "12.5", "12.50"),
        (TEXT, " 800 EUR ", "800.00"),
    ],
)
def test_an_amount_is_read_to_the_cent(kind, written, euros):
    assert str(values.amount(Cell(kind, written))) == euros


@pytest.mark.parametrize(
    "written", ["NaN", "inf", "-Infinity", "1e400", "1E+999999999", "abc", "99999999999"]
)
@pytest.mark.parametrize("kind", [NUMBER, TEXT])
def test_what_is_no_amount_is_refused(kind, written):
    assert why(values.amount, kind, written) == f"« {written} » n’est pas un montant."


@pytest.mark.parametrize(
    "written", ["1.234,50", "1,234.50", "12 34", "1 234,5O €", "environ 300", "٣٠٠", "€", "1 2"]
)
def test_an_ambiguous_text_is_no_amount(written):
    assert why(values.amount, TEXT, written) == f"« {written} » n’est pas un montant."


def test_more_than_two_decimals_are_refused():
    assert why(values.amount, NUMBER, "10.005") == "« 10.005 » a plus de deux décimales."
    assert why(values.amount, TEXT, "1,234") == "« 1,234 » a plus de deux décimales."


def test_a_negative_amount_is_refused():
    assert why(values.amount, NUMBER, "-12") == "« -12 » est négatif."
    assert why(values.amount, TEXT, "-12,00 €") == "« -12,00 € » est négatif."


def test_a_date_is_never_read_as_an_amount_or_a_text():
    sentence = "cette cellule contient une date : changez son format, puis saisissez-la à nouveau."
    assert {why(reader, DATE, "46350") for reader in EVERY_READER} == {sentence}


# ── What no reader takes ────────────────────────────────────────────────────


def test_a_faulty_or_pending_formula_is_said_by_every_reader():
    assert {why(reader, FAULT, "#REF!") for reader in EVERY_READER} == {"la formule donne l’erreur #REF!."}
    assert {why(reader, PENDING, "") for reader in EVERY_READER} == {
        "la formule n’a pas de résultat : ouvrez le fichier dans un tableur et enregistrez-le."
    }


def test_true_and_false_are_no_text():
    assert why(values.line, BOOLEAN, "1") == "cette cellule contient VRAI ou FAUX."


@pytest.mark.parametrize(
    "written, code",
    [
        ("a\u202eb", "202E"),
        ("a_x0000_b", "0000"),
        ("a\u200fb", "200F"),
        ("a_xD800_", "D800"),
        ("\u2066a", "2066"),
    ],
)
def test_characters_that_deceive_the_eye_are_refused(written, code):
    assert why(values.line, TEXT, written) == f"un caractère invisible est interdit ici (U+{code})."


def test_a_quotation_is_short_and_names_what_cannot_be_seen():
    assert values.quoted("x" * 50) == f"« {'x' * 39}… »"
    assert values.quoted("3\u202e€") == "« 3[U+202E]€ »"


# ── Texts, counts, SIRET, choices, codes ────────────────────────────────────


def test_a_text_loses_needless_spaces_and_keeps_its_lines_where_they_matter():
    assert values.line(Cell(TEXT, " Vivre\u00a0ensemble\n au\u200b jardin ")) == "Vivre ensemble au jardin"
    assert values.text(Cell(TEXT, " un\ndeux_x005F_x0041_ ")) == "un\ndeux_x0041_"
    assert values.line(Cell(NUMBER, "2027.0")) == "2027"
    assert values.line(None) == ""


def test_a_text_that_no_field_could_hold_is_refused():
    assert why(values.line, TEXT, "x" * 301) == "ce texte est trop long : 300 caractères au plus."


def test_a_number_of_people_is_whole():
    assert [values.count(cell) for cell in (None, Cell(NUMBER, "40"), Cell(TEXT, "1\u202f200"))] == [
        None,
        40,
        1200,
    ]
    assert why(values.count, NUMBER, "40.5") == "« 40.5 » n’est pas un nombre de personnes."
    assert why(values.count, TEXT, "une trentaine") == "« une trentaine » n’est pas un nombre de personnes."
    assert why(values.count, NUMBER, "-3") == "« -3 » n’est pas un nombre de personnes."


def test_a_siret_is_checked_however_it_is_written():
    assert values.siret(None) == ""
    assert values.siret(Cell(TEXT, "000 000 000 00018")) == "00000000000018"
    assert values.siret(Cell(NUMBER, "10000000000008")) == "10000000000008"
    assert values.siret(Cell(NUMBER, "1.0000000000008E13")) == "10000000000008"
    assert why(values.siret, TEXT, "123") == "« 123 » n’est pas un SIRET : il faut 14 chiffres."
    assert why(values.siret, TEXT, "00000000000019") == (
        "le SIRET « 00000000000019 » est faux : un chiffre a été mal recopié."
    )


def test_the_post_office_counts_its_establishments_in_fives():
    # 3+5+6 = 14, so the last five digits must bring the sum to a multiple of five.
    assert values.siret(Cell(TEXT, "35600000000001")) == "35600000000001"
    assert values.siret(Cell(TEXT, "35600000000048")) == "35600000000048"
    assert "est faux" in why(values.siret, TEXT, "35600000000002")


@pytest.mark.parametrize(
    "written, expected",
    [
        ("Reconduction", True),
        ("RENOUVELLEMENT", True),
        ("r", True),
        ("Nouvelle", False),
        ("Nouvelle action", False),
    ],
)
def test_an_action_is_renewed_or_new(written, expected):
    assert values.renewal(Cell(TEXT, written)) is expected


def test_anything_else_than_renewed_or_new_is_refused():
    assert why(values.renewal, TEXT, "peut-être") == (
        "« peut-être » n’est pas connu : écrivez « Reconduction » ou « Nouvelle »."
    )
    with pytest.raises(Unreadable, match=r"^écrivez « Reconduction » ou « Nouvelle »"):
        values.renewal(None)


def test_neighbourhoods_are_codes_said_once():
    cell = Cell(TEXT, "qn05109m, QN05110I ; QN05109M/QN02A01M")
    assert values.neighbourhoods(cell) == ("QN05109M", "QN05110I", "QN02A01M")
    assert (
        why(values.neighbourhoods, TEXT, "QN05109M, tous")
        == "« TOUS » n’est pas un code de QPV, comme QN05109M."
    )


# ── Dates ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind, written, from_1904, expected",
    [
        (DATE, "46350", False, date(2026, 11, 24)),
        (DATE, "46350.75", False, date(2026, 11, 24)),
        (DATE, "44888", True, date(2026, 11, 24)),
        (NUMBER, "46350", False, date(2026, 11, 24)),
        (DATE, "2026-11-24T00:00:00", False, date(2026, 11, 24)),
        (TEXT, "24/11/2026", False, date(2026, 11, 24)),
        (TEXT, "1.3.2027", False, date(2027, 3, 1)),
        (TEXT, "2026-11-24", False, date(2026, 11, 24)),
    ],
)
def test_a_date_is_read_however_it_is_kept(kind, written, from_1904, expected):
    assert values.day(Cell(kind, written), from_1904=from_1904) == expected


@pytest.mark.parametrize(
    "kind, written",
    [
        (TEXT, "mi-avril"),
        (TEXT, "31/02/2027"),
        (TEXT, "24/11/26"),
        (NUMBER, "1e999999999"),
        (NUMBER, "NaN"),
        (DATE, "12"),
        (DATE, "-46350"),
    ],
)
def test_what_is_no_date_is_refused(kind, written):
    sentence = f"« {written} » n’est pas une date : écrivez-la comme 24/11/2026."
    assert why(values.day, kind, written, from_1904=False) == sentence


def test_a_blank_cell_is_no_amount_and_no_date():
    assert (values.amount(None), values.day(None, from_1904=False)) == (None, None)
    assert Decimal(0) != values.amount(None)

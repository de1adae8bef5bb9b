"""What one cell says, or the sentence that tells why it says nothing: amounts, counts, dates, SIRET, choices."""

import re
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from cases import siret as siret_numbers
from cases.workbook.columns import key
from cases.workbook.sheets import BOOLEAN, DATE, FAULT, NUMBER, PENDING, Cell

CENT = Decimal("0.01")
CEILING = Decimal(10) ** 10
LONGEST_LINE, LONGEST_TEXT, LONGEST_QUOTE = 300, 5000, 40
LAST_COUNT = 10_000_000
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)

_INVISIBLE = dict.fromkeys((0x200B, 0xFEFF, 0xAD))
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
# Because these turn the reading direction or end a text early: what is seen would not be what is kept.
_FORBIDDEN = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_AMOUNT = re.compile(r"(-?)([0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,]([0-9]+))?")
_QPV = re.compile("QN[0-9]{2}[0-9AB][0-9]{2}[A-Z]")
_RENEWAL = {
    **dict.fromkeys(("reconduction", "renouvellement", "r", "oui"), True),
    **dict.fromkeys(("nouvelle", "nouveau", "nouvelle action", "n", "non"), False),
}


class Unreadable(Exception):
    """Why this cell cannot be used."""


def quoted(text: str) -> str:
    """The cell's text as it may be shown: short, and with its invisible characters named."""
    shown = _FORBIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    shown = shown if len(shown) <= LONGEST_QUOTE else shown[: LONGEST_QUOTE - 1] + "…"
    return f"« {shown} »"


def readable(text: str) -> str:
    """A text of ours as it will be read back: without the signs that a cell may not hold."""
    return _FORBIDDEN.sub("", text.translate(_INVISIBLE))


def line(cell: Cell | None) -> str:
    """A text of one line; "" when blank."""
    return " ".join(_text(cell, LONGEST_LINE).split())


def text(cell: Cell | None) -> str:
    """A text that may have several lines."""
    return _text(cell, LONGEST_TEXT).strip()


def amount(cell: Cell | None) -> Decimal | None:
    """Euros with two decimals, from a number or from « 1 234,50 € »; None when blank."""
    if cell is None:
        return None
    return _number_as_euros(cell.text) if _usable(cell).kind == NUMBER else _text_as_euros(line(cell))


def count(cell: Cell | None) -> int | None:
    """A whole number of people; None when blank."""
    if cell is None:
        return None
    said = line(cell).replace(" ", "")
    if not re.fullmatch("[0-9]{1,9}", said) or int(said) > LAST_COUNT:
        raise Unreadable(f"{quoted(cell.text)} n’est pas un nombre de personnes.")
    return int(said)


def siret(cell: Cell | None) -> str:
    """Fourteen digits with their check, spaces taken out; "" when blank."""
    said = siret_numbers.without_blanks(line(cell)) if cell else ""
    if not said:
        return ""
    if not siret_numbers.is_shaped(said):
        raise Unreadable(f"{quoted(cell.text)} n’est pas un SIRET : il faut 14 chiffres.")
    if not siret_numbers.holds(said):
        raise Unreadable(f"le SIRET {quoted(said)} est faux : un chiffre a été mal recopié.")
    return said


def renewal(cell: Cell | None) -> bool:
    """True for an action that was already financed."""
    said = key(line(cell))
    if said not in _RENEWAL:
        given = f"{quoted(line(cell))} n’est pas connu : " if said else ""
        raise Unreadable(f"{given}écrivez « Reconduction » ou « Nouvelle ».")
    return _RENEWAL[said]


def neighbourhoods(cell: Cell | None) -> tuple[str, ...]:
    """Codes of QPV, separated by a comma, a semicolon, a slash or a new line."""
    codes = [code.strip().upper() for code in re.split("[,;/\n]", _text(cell, LONGEST_LINE)) if code.strip()]
    for code in codes:
        if not _QPV.fullmatch(code):
            raise Unreadable(f"{quoted(code)} n’est pas un code de QPV, comme QN05109M.")
    return tuple(dict.fromkeys(codes))


def day(cell: Cell | None, *, from_1904: bool) -> date | None:
    """A date from a date cell, « 24/11/2026 » or « 2026-11-24 »; None when blank."""
    if cell is None:
        return None
    found = _serial_day(cell.text, from_1904) if _usable(cell).kind in {DATE, NUMBER} else None
    found = found or _written_day(cell.text.strip())
    if found is None or not FIRST_DAY <= found <= LAST_DAY:
        raise Unreadable(f"{quoted(cell.text)} n’est pas une date : écrivez-la comme 24/11/2026.")
    return found


def _usable(cell: Cell) -> Cell:
    if cell.kind == FAULT:
        raise Unreadable(f"la formule donne l’erreur {cell.text[:LONGEST_QUOTE]}.")
    if cell.kind == PENDING:
        raise Unreadable(
            "la formule n’a pas de résultat : ouvrez le fichier dans un tableur et enregistrez-le."
        )
    return cell


def _text(cell: Cell | None, longest: int) -> str:
    if cell is None:
        return ""
    if _usable(cell).kind == DATE:
        raise Unreadable("cette cellule contient une date : changez son format, puis saisissez-la à nouveau.")
    if cell.kind == BOOLEAN:
        raise Unreadable("cette cellule contient VRAI ou FAUX.")
    said = (
        _without_exponent(cell.text) if cell.kind == NUMBER else _unescaped(cell.text).translate(_INVISIBLE)
    )
    if found := _FORBIDDEN.search(said):
        raise Unreadable(f"un caractère invisible est interdit ici (U+{ord(found[0]):04X}).")
    if len(said) > longest:
        raise Unreadable(f"ce texte est trop long : {longest} caractères au plus.")
    return said


def _unescaped(said: str) -> str:
    """« _x000D_ » is how a workbook spells a character that XML refuses."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), said) if "_x" in said else said


def _without_exponent(said: str) -> str:
    """Write 1.2E+3 as 1200, because a long number such as a SIRET is kept that way."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        return said
    if not number.is_finite() or abs(number.adjusted()) > 20:
        return said
    return f"{number.to_integral_value():f}" if number == number.to_integral_value() else f"{number:f}"


def _number_as_euros(said: str) -> Decimal:
    try:
        number = Decimal(said)
    except InvalidOperation:
        raise _not_an_amount(said) from None
    if not number.is_finite() or number.copy_abs() >= CEILING:
        raise _not_an_amount(said)
    euros = number.quantize(CENT)
    # Because a binary float spells 0.1 as 0.10000000000000001.
    if abs(euros - number) > Decimal("1e-9") + abs(number) * Decimal("1e-15"):
        raise Unreadable(f"{quoted(said)} a plus de deux décimales.")
    return _not_negative(euros, said)


def _text_as_euros(said: str) -> Decimal | None:
    bare = re.sub(r"\s*(€|euros?|eur)$", "", said, flags=re.IGNORECASE)
    found = _AMOUNT.fullmatch(bare)
    if not said:
        return None
    if not found:
        raise _not_an_amount(said)
    sign, units, decimals = found[1], found[2].replace(" ", ""), found[3] or "0"
    if len(decimals) > 2:
        raise Unreadable(f"{quoted(said)} a plus de deux décimales.")
    if len(units) > 10:
        raise _not_an_amount(said)
    return _not_negative(Decimal(f"{sign}{units}.{decimals}").quantize(CENT), said)


def _not_negative(euros: Decimal, said: str) -> Decimal:
    if euros < 0:
        raise Unreadable(f"{quoted(said)} est négatif.")
    return abs(euros)


def _not_an_amount(said: str) -> Unreadable:
    return Unreadable(f"{quoted(said)} n’est pas un montant.")


def _serial_day(said: str, from_1904: bool) -> date | None:
    try:
        serial = Decimal(said)
    except InvalidOperation:
        return None
    # Because a serial number of a century has at most five digits, and 1e999999999 would fill the memory.
    if not serial.is_finite() or not 0 <= serial.adjusted() < 5 or serial < 0:
        return None
    return (date(1904, 1, 1) if from_1904 else date(1899, 12, 30)) + timedelta(days=int(serial))


def _written_day(said: str) -> date | None:
    found = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", said)
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T.*)?", said)
    parts: Iterable[str] = found.groups()[::-1] if found else iso.groups() if iso else ()
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None

"""The malformed workbooks that a table of opinions may come back as: {name: (how it is spoilt, what is said)}.

Each starts from a sound export, so that exactly one thing is wrong. Blank words: nothing is, and all of it is read.
"""

import zipfile
from decimal import Decimal
from io import BytesIO

from cases.states import Verdict
from cases.workbook import archive, reading, seat_reading
from cases.workbook.seat_sheet import Opinion, SheetLine
from cases.workbook.seat_writing import write_seat

VERDICTS = {code: str(label) for code, label in Verdict.choices}
SEAT = "0c1d2e3f-0000-4000-8000-000000000001"
PAGE = "xl/worksheets/sheet1.xml"
ROWS = 3


def uuid(rank: int) -> str:
    return f"0c1d2e3f-0000-4000-8000-0000000001{rank:02}"


def line(rank: int, opinion: Opinion | None = None) -> SheetLine:
    said = opinion or Opinion(Verdict.FAVOURABLE, Decimal("1234.50"), "Utile au quartier.")
    told = (f"{rank:03}", "Les Ateliers du Saulcy", f"Action {rank}")
    asked = (Decimal(12_000), None, Decimal(5_000), Decimal(4_000))
    return SheetLine(uuid(rank), 4, "a-b-c", *told, *asked, said)


def sound(*lines: SheetLine, cycle="ici_2027", seat=SEAT) -> bytes:
    rows = lines or [line(rank) for rank in range(1, ROWS + 1)]
    return write_seat(rows, cycle=cycle, seat=seat, verdicts=VERDICTS)


def parts_of(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: dict) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def with_part(name: str, content) -> bytes:
    return packed(parts_of(sound()) | {name: content})


def replaced(*pairs: tuple[str, str], part: str = PAGE) -> bytes:
    """The sound table with these pieces of its XML replaced, the first time they occur."""
    parts = parts_of(sound())
    text = parts[part].decode()
    for old, new in pairs:
        if old not in text:
            raise LookupError(f"{old} is not there: {text[:2000]}")
        text = text.replace(old, new, 1)
    return packed(parts | {part: text.encode()})


def cell(address: str, content: str) -> bytes:
    """The sound table with one cell written otherwise."""
    text = parts_of(sound())[PAGE].decode()
    begin = text.index(f'<c r="{address}"')
    end = text.index("</c>", begin) + len("</c>")
    return replaced((text[begin:end], f'<c r="{address}" {content}</c>'))


def encrypted() -> bytes:
    return archive.COMPOUND_FILE + archive.ENCRYPTED_PACKAGE + b"\0" * 4000


def a_million_rows() -> bytes:
    rows = "".join(f'<row r="{row}"/>' for row in range(6, 1_000_006))
    return replaced(("</sheetData>", f"{rows}</sheetData>"))


def text(words: str) -> str:
    return f't="inlineStr"><is><t xml:space="preserve">{words}</t></is>'


BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'

FILES = {
    "not a zip": (lambda: b"Porteur;Avis\nA;Favorable", archive.NOT_A_WORKBOOK),
    "an .xls renamed": (lambda: archive.COMPOUND_FILE + b"\0" * 4000, archive.OLD_EXCEL),
    "an .ods renamed": (
        lambda: packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}),
        archive.OPEN_DOCUMENT,
    ),
    "encrypted": (encrypted, archive.PROTECTED),
    "a zip bomb": (lambda: with_part("xl/media/image1.png", "0" * (60 << 20)), archive.TOO_BIG),
    "an entry outside": (lambda: with_part("../../passwd", "x"), archive.UNREADABLE),
    "an entity bomb": (lambda: replaced(("<worksheet", f"{BOMB}<worksheet")), archive.TOO_BIG),
    "an external entity": (lambda: replaced(("<worksheet", f"{OUTSIDE}<worksheet")), archive.TOO_BIG),
    "a lying dimension": (lambda: replaced(("<sheetData>", '<dimension ref="A1:B2"/><sheetData>')), ""),
    "a million empty rows": (a_million_rows, ""),
    "the last cell of the world": (
        lambda: replaced(("</sheetData>", FAR)),
        f"XFD1048576 : {reading.FAR_AWAY}",
    ),
    "merged cells": (
        lambda: replaced(("</sheetData>", '</sheetData><mergeCells><mergeCell ref="K2:K3"/></mergeCells>')),
        f"K2:K3 : {reading.MERGED}",
    ),
    "macros": (lambda: with_part("xl/vbaProject.bin", "x"), archive.MACROS),
    "a formula without a value": (lambda: cell("L2", "><f>I2/2</f>"), "L2 : la formule n’a pas de résultat"),
    "#REF!": (lambda: cell("L2", 't="e"><v>#REF!</v>'), "L2 : la formule donne l’erreur #REF!."),
    "NaN": (lambda: cell("L2", "><v>NaN</v>"), "L2 : « NaN » n’est pas un montant."),
    "1e400": (lambda: cell("L2", "><v>1e400</v>"), "L2 : « 1e400 » n’est pas un montant."),
    "narrow spaces": (lambda: cell("L2", text("1\u202f234,50\u00a0€")), ""),
    "a date for a motive": (
        lambda: cell("M2", 't="d"><v>2026-12-01</v>'),
        "M2 : cette cellule contient une date",
    ),
    "an identifier of nothing": (lambda: cell("A2", text("12")), "A2 : cet identifiant n’est pas celui"),
    "the same dossier twice": (lambda: cell("A3", text(uuid(1))), "A3 : ce dossier est déjà à la ligne 2"),
    "a row of one's own": (lambda: cell("A3", text(" ")), f"K3 : {seat_reading.STRANGER}"),
    "no version": (lambda: cell("B2", text("quatre")), "B2 : « quatre » n’est pas un nombre"),
    "a missing title": (
        lambda: replaced(("Montant proposé", "Somme")),
        "la colonne « Montant proposé » manque.",
    ),
    "a doubled title": (lambda: replaced((">Motif<", ">Avis<")), "M1 : le titre « Avis » est déjà là"),
    "another table": (lambda: replaced(("jalons-avis/1", "jalons-avis/9")), seat_reading.NOT_OURS),
    "a hidden row that was filled in": (
        lambda: replaced(('<row r="2"', '<row hidden="1" r="2"'), ("Utile au quartier.", "Autre.")),
        f"ligne 2 : {reading.HIDDEN}",
    ),
    "a hidden row left as it was": (lambda: replaced(('<row r="2"', '<row hidden="1" r="2"')), ""),
    "NUL": (lambda: replaced(("Utile au", "Utile\0au")), archive.UNREADABLE),
    "a sign that turns the text": (
        lambda: replaced(("Utile au", "Utile \u202eau")),
        "M2 : un caractère invisible est interdit ici (U+202E).",
    ),
    "an opinion of nobody's": (lambda: cell("K2", text("Bof")), "K2 : « Bof » n’est pas un avis"),
}

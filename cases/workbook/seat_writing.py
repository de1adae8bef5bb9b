"""The sheet that a financier fills in: its own columns open, the rest locked, the identifiers out of sight."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from cases.workbook.seat_sheet import IDENTITY, OWN, READ_ONLY, SHEET, SheetLine, title_of
from cases.workbook.writing import EUROS_AND_CENTS, WHOLE_EUROS, WholeText

WIDTHS = {"holder": 30, "title": 42, "verdict": 24, "motive": 60, "conditions": 40, "number": 8}
USUAL_WIDTH = 15
HIDDEN = 1 + len(IDENTITY)
COLUMNS = ("uuid", *IDENTITY, *READ_ONLY, *OWN)
SUMMED = ("total_cost", "previous", "requested", "team_proposal", "amount")
OPEN = Protection(locked=False)
HEADER = PatternFill("solid", fgColor="E6EBF2")
TO_FILL = PatternFill("solid", fgColor="FFF8DC")
HOW = "Choisissez dans la liste. Vide : pas encore d’avis."
HOW_MUCH = "En euros, entre 0 et le montant demandé."
NOT_LISTED = "Choisissez un avis de la liste."
NOT_AN_AMOUNT = "Écrivez un montant en euros, sans dépasser la demande."


def write_seat(lines: Iterable[SheetLine], *, cycle: str, seat: str, verdicts: dict[str, str]) -> bytes:
    """One sheet, the totals its only formulas; `verdicts` {code: what people read} are the list of the opinions."""
    book = Workbook(write_only=True)
    sheet, rows = book.create_sheet(SHEET), list(lines)
    last = len(rows) + 1
    _lay_out(sheet)
    _guard(sheet, last, verdicts)
    cells = WholeText(sheet)
    titles = (title_of(cycle, seat), *IDENTITY.values(), *READ_ONLY.values(), *OWN.values())
    sheet.append([_header(cells, title) for title in titles])
    for row in rows:
        sheet.append(_row(cells, row, verdicts))
    sheet.append(_totals(cells, last))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _lay_out(sheet) -> None:
    sheet.freeze_panes = (
        f"{get_column_letter(HIDDEN + 4)}2"  # because number, holder and title say which row one fills
    )
    for column, name in enumerate(COLUMNS, 1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = WIDTHS.get(name, USUAL_WIDTH)
        dimension.hidden = column <= HIDDEN
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"


def _guard(sheet, last: int, verdicts: dict[str, str]) -> None:
    """Lock what is not theirs (widths and sorting stay free, there is no password), and help with what is."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = False
    if last < 2:
        return
    choice = DataValidation("list", formula1=f'"{",".join(verdicts.values())}"', allow_blank=True)
    choice.prompt, choice.error = HOW, NOT_LISTED
    most = f"${_letter('requested')}2"
    amount = DataValidation("decimal", operator="between", formula1="0", formula2=most, allow_blank=True)
    amount.prompt, amount.error = HOW_MUCH, NOT_AN_AMOUNT
    for rule, name in ((choice, "verdict"), (amount, "amount")):
        rule.showInputMessage = rule.showErrorMessage = True
        rule.add(f"{_letter(name)}2:{_letter(name)}{last}")
        sheet.data_validations.append(rule)


def _letter(name: str) -> str:
    return get_column_letter(COLUMNS.index(name) + 1)


def _header(cells: "WholeText", title: str):
    cell = cells.text(title)
    cell.font, cell.fill = Font(bold=True), HEADER
    cell.alignment = Alignment(wrap_text=True, vertical="center")
    return cell


def _row(cells: "WholeText", row: SheetLine, verdicts: dict[str, str]) -> list[Any]:
    said = row.opinion
    own = (verdicts.get(said.verdict, ""), said.amount, said.motive, said.conditions)
    known = (
        row.number,
        row.holder,
        row.title,
        row.total_cost,
        row.previous,
        row.requested,
        row.team_proposal,
    )
    identity = (row.uuid, row.version, f"{row.seen}/{said.mark}")
    return [
        *(cells.of(value) for value in (*identity, *known)),
        *(_opened(cells.of(value), name) for name, value in zip(OWN, own, strict=True)),
    ]


def _opened(cell, name: str):
    cell.protection, cell.fill = OPEN, TO_FILL
    if name == "amount":
        cell.number_format = EUROS_AND_CENTS
    if name in ("motive", "conditions"):
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _totals(cells: "WholeText", last: int) -> list[Any]:
    row: list[Any] = [None] * len(COLUMNS)
    row[COLUMNS.index("number")] = cells.text("Total")
    for name in SUMMED if last > 1 else ():
        cell = cells.formula(f"=SUM({_letter(name)}2:{_letter(name)}{last})")
        cell.number_format, cell.font = WHOLE_EUROS, Font(bold=True)
        row[COLUMNS.index(name)] = cell
    return row

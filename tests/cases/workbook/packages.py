"""Workbooks made by hand, part by part, so that a test can spoil exactly one thing."""

import zipfile
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DATE_STYLE = 1

TITLES = [
    "N°", "Porteur", "SIRET", "Intitulé de l'action", "Reconduction ou nouvelle", "Orientation", "QPV",
    "Public", "Nombre de personnes", "Coût total",
    "État – N-1", "État – Demandé", "État – Avis", "État – Proposé", "État – Décidé", "CAF – Demandé", "Remarques",
]  # fmt: skip
DOSSIER = [
    "1", "Les Ateliers du Saulcy", "", "Jardin partagé", "Nouvelle", "cadre_de_vie", "QN05109M",
    "habitants", 40, 12000, "", 5000, "", "", "", 1000, "",
]  # fmt: skip


class Raw(str):
    """A cell already written as XML."""

    __slots__ = ()


def dossier(**changes):
    """One row, by the names of its titles: dossier(**{"Coût total": "12 €"})."""
    return [changes.get(title, value) for title, value in zip(TITLES, DOSSIER, strict=True)]


def number(value):
    return Raw(f"<v>{value}</v>")


def cell(column, row, value):
    place = f'r="{get_column_letter(column)}{row}"'
    if isinstance(value, Raw):
        kind, _, content = value.rpartition("|")
        return f"<c {place} {kind}>{content}</c>"
    if isinstance(value, int | float):
        return f"<c {place}><v>{value}</v></c>"
    return f'<c {place} t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""


def sheet_of(rows, *, before="", after="", hidden=()):
    lines = []
    for index, row in enumerate(rows, 1):
        cells = "".join(cell(column, index, value) for column, value in enumerate(row, 1))
        mask = ' hidden="1"' if index in hidden else ""
        lines.append(f'<row r="{index}"{mask}>{cells}</row>')
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def parts_of(*sheets, names=("Programmation", "Autre"), properties=""):
    """The parts of a package, sheet by sheet; change one before packing it."""
    named = list(zip(names, sheets, strict=False))
    listed = "".join(
        f"<sheet name={quoteattr(name)} sheetId='{i}' r:id='s{i}'/>" for i, (name, _) in enumerate(named, 1)
    )
    targets = "".join(
        f'<Relationship Id="s{i}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(named) + 1)
    )
    styles = f'<Relationship Id="st" Type="{OFFICE}/styles" Target="/xl/styles.xml"/>'
    book = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{properties}<sheets>{listed}</sheets></workbook>'
    home = f'<Relationship Id="w" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{home}</Relationships>',
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{targets}{styles}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    return parts | {f"xl/worksheets/sheet{i}.xml": content for i, (_, content) in enumerate(named, 1)}


def packed(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def workbook(path, *rows, **options):
    """A sound workbook with the usual titles over these rows."""
    return packed(path, parts_of(sheet_of([TITLES, *rows], **options)))

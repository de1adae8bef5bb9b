"""What a file is and whether it may be opened is said before anything of it is unpacked."""

import zipfile

import pytest

from cases.workbook import WorkbookErrors, read_programming
from cases.workbook import archive as said
from tests.cases.workbook.packages import DOSSIER, TITLES, packed, parts_of, sheet_of

OLD = said.COMPOUND_FILE + b"\0" * 4000


def sound():
    return parts_of(sheet_of([TITLES, DOSSIER]))


def refusal(path):
    with pytest.raises(WorkbookErrors) as refused:
        read_programming(path)
    return str(refused.value)


@pytest.mark.parametrize(
    "content, sentence",
    [
        (b"", said.NOT_A_WORKBOOK),
        (b"Porteur;Total\nA;3", said.NOT_A_WORKBOOK),
        (OLD, said.OLD_EXCEL),
        (OLD + said.ENCRYPTED_PACKAGE, said.PROTECTED),
        (b"PK\3\4" + b"rien" * 100, said.UNREADABLE),
        (b"P" * (said.LARGEST_FILE + 1), said.TOO_BIG),
    ],
    ids=["empty", "csv", "xls", "encrypted", "broken zip", "huge"],
)
def test_a_file_that_is_no_workbook_is_named_for_what_it_is(tmp_path, content, sentence):
    path = tmp_path / "tableau.xlsx"
    path.write_bytes(content)
    assert refusal(path) == sentence


@pytest.mark.parametrize(
    "extra, sentence",
    [
        ({"xl/vbaProject.bin": "macro"}, said.MACROS),
        ({"xl/workbook.bin": ""}, said.BINARY_EXCEL),
        ({"../../etc/passwd": "x"}, said.UNREADABLE),
        ({"/etc/passwd": "x"}, said.UNREADABLE),
        ({"..\\autre": "x"}, said.UNREADABLE),
        ({f"xl/media/{i}.png": "" for i in range(said.MOST_ENTRIES)}, said.TOO_BIG),
        ({"xl/worksheets/sheet2.xml": "0" * (5 << 20)}, said.TOO_BIG),
    ],
    ids=["macros", "xlsb", "parent", "absolute", "backslash", "entries", "ratio"],
)
def test_a_package_with_something_foreign_in_it_is_refused(tmp_path, extra, sentence):
    assert refusal(packed(tmp_path / "t.xlsx", sound() | extra)) == sentence


def test_an_open_document_workbook_is_named(tmp_path):
    parts = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}
    assert refusal(packed(tmp_path / "t.xlsx", parts)) == said.OPEN_DOCUMENT


def test_another_kind_of_zip_is_no_workbook(tmp_path):
    assert refusal(packed(tmp_path / "t.xlsx", {"lettre.txt": "bonjour"})) == said.NOT_A_WORKBOOK


def test_an_encrypted_entry_is_refused(tmp_path):
    path = packed(tmp_path / "t.xlsx", sound())
    content = bytearray(path.read_bytes())
    directory = content.index(b"PK\1\2")
    content[directory + 8] |= 1
    path.write_bytes(content)
    assert refusal(path) == said.PROTECTED


def test_an_entry_that_announces_less_than_it_holds_is_refused(tmp_path):
    path = packed(tmp_path / "t.xlsx", sound())
    with zipfile.ZipFile(path) as package:
        entry = package.getinfo("xl/worksheets/sheet1.xml")
    content = bytearray(path.read_bytes())
    name = content.rindex(b"xl/worksheets/sheet1.xml")
    content[name - 22 : name - 18] = (entry.file_size // 2).to_bytes(4, "little")
    path.write_bytes(content)
    assert refusal(path) == said.UNREADABLE


def test_the_same_entry_twice_is_refused(tmp_path):
    path = packed(tmp_path / "t.xlsx", sound())
    with zipfile.ZipFile(path, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(path) == said.UNREADABLE


def test_a_missing_file_is_said(tmp_path):
    assert refusal(tmp_path / "absent.xlsx") == said.NOT_FOUND
    assert refusal(tmp_path) == said.NOT_FOUND

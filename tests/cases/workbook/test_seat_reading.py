"""A table of opinions that comes back is read whole, or every one of its errors is said with its place."""

import subprocess
import sys
import time
from decimal import Decimal

import pytest

from cases.workbook import WorkbookErrors
from cases.workbook.seat_reading import read_seat
from cases.workbook.seat_sheet import Opinion, TypedLine
from tests.cases.workbook import malformed

KIBIBYTE, MEBIBYTE = 1 << 10, 1 << 20


@pytest.fixture
def read(tmp_path):
    def read_it(raw: bytes):
        path = tmp_path / "avis.xlsx"
        path.write_bytes(raw)
        return read_seat(path, verdicts=malformed.VERDICTS)

    return read_it


def test_what_left_comes_back(read):
    table = read(malformed.sound(malformed.line(1), malformed.line(2, Opinion())))
    said = Opinion("favourable", Decimal("1234.50"), "Utile au quartier.")
    assert (table.cycle, table.seat) == ("ici_2027", malformed.SEAT)
    assert table.columns == {"verdict": "K", "amount": "L", "motive": "M", "conditions": "N"}
    assert table.rows == (
        TypedLine(2, malformed.uuid(1), 4, "a-b-c", said.mark, said),
        TypedLine(3, malformed.uuid(2), 4, "a-b-c", Opinion().mark, Opinion()),
    )
    assert [row.is_filled for row in table.rows] == [False, False]


def test_columns_that_were_moved_are_found_by_their_titles(read):
    swapped = malformed.replaced((">Avis<", ">X<"), (">Motif<", ">Avis<"), (">X<", ">Motif<"))
    with pytest.raises(WorkbookErrors) as errors:
        read(swapped)
    assert {one.cell for one in errors.value.errors} == {"M2", "M3", "M4"}


@pytest.mark.parametrize("name", malformed.FILES)
def test_each_malformed_table_is_said_clearly_or_read_whole(read, name):
    spoilt, told = malformed.FILES[name]
    raw, begun = spoilt(), time.process_time()
    if told:
        with pytest.raises(WorkbookErrors) as errors:
            read(raw)
        assert told in str(errors.value)
    else:
        assert len(read(raw).rows) == malformed.ROWS
    assert time.process_time() - begun < 10


def test_none_of_them_takes_more_than_300_mebibytes(tmp_path):
    """In a process of its own, which reads them all and says in kibibytes how much it held at most."""
    for rank, (spoilt, _) in enumerate(malformed.FILES.values()):
        (tmp_path / f"{rank}.xlsx").write_bytes(spoilt())
    script = (
        "import contextlib, pathlib, sys\n"
        "from cases.workbook.seat_reading import read_seat\n"
        "from cases.workbook.errors import WorkbookErrors\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).iterdir()):\n"
        "    with contextlib.suppress(WorkbookErrors):\n"
        "        read_seat(path, verdicts={'favourable': 'Favorable'})\n"
        # not by `resource`: what the tests themselves held before they began this process would be counted too
        "held = pathlib.Path('/proc/self/status').read_text().partition('VmHWM:')[2]\n"
        "print(held.split()[0])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, tmp_path], capture_output=True, text=True, check=True
    )
    assert int(told.stdout) * KIBIBYTE < 300 * MEBIBYTE

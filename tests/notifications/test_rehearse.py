"""`manage.py rehearse`: its own process, its own database, every error with its place, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cases.workbook import Programming, read_programming, write_programming
from tests.rehearsed import FINANCIERS, SMALL_YEAR, a_programming, a_row

pytestmark = pytest.mark.rehearsal

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path):
    """Where the command works, with a folder of its own for temporary files."""
    (tmp_path / "temporary").mkdir()
    return tmp_path


def environment(place: Path) -> dict:
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    nowhere = f"sqlite:///{place / 'untouched.sqlite3'}"
    return own | {
        "TMPDIR": str(place / "temporary"),
        "DATABASE_URL": nowhere,
        "JALONS_VAR": str(place / "var"),
    }


def command(*words) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), "rehearse", *map(str, words)]


def rehearse(place: Path, *words) -> subprocess.CompletedProcess:
    return subprocess.run(
        command(*words), env=environment(place), cwd=place, capture_output=True, text=True, timeout=300
    )


def a_workbook(place: Path, *rows) -> Path:
    path = place / "dossiers.xlsx"
    write_programming(path, Programming(FINANCIERS, rows) if rows else a_programming(3))
    return path


def assert_nothing_is_left(place: Path) -> None:
    assert list((place / "temporary").iterdir()) == []
    assert not (place / "untouched.sqlite3").exists()


def test_a_year_is_printed_and_its_table_written_while_nothing_is_left_behind(place):
    done = rehearse(
        place, SMALL_YEAR, "--dossiers", a_workbook(place), "--seed", 4, "--xlsx", place / "fin.xlsx"
    )
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)
    assert done.stdout.startswith(
        "RÉPÉTITION GÉNÉRALE\nUne petite année\n3 dossiers, 3 financeurs, tirage 4."
    )
    after = read_programming(place / "fin.xlsx")
    assert [row.number for row in after.rows] == ["1", "2", "3"]
    assert all(row.committee_decision for row in after.rows)
    assert_nothing_is_left(place)


def test_errors_of_both_files_are_said_at_once_each_with_its_place(place):
    broken = place / "cycle.yaml"
    broken.write_text(SMALL_YEAR.read_text(encoding="utf-8").replace("du: 2026-10-20", "du: demain"), "utf-8")
    book = a_workbook(place, a_row(1)._replace(orientation=""), a_row(2)._replace(title=""))
    done = rehearse(place, broken, "--dossiers", book, "--xlsx", place / "fin.xlsx")
    assert (done.returncode, done.stdout) == (1, "")
    line = 1 + SMALL_YEAR.read_text(encoding="utf-8").splitlines().index(
        "  - {code: cloture, libellé: Date limite, du: 2026-10-20}"
    )
    said = done.stderr.splitlines()
    assert said[0].startswith(f"{broken}:{line}: ")
    assert said[-2:] == [
        f"{book}: Feuille Programmation, cellule F2 : « Orientation » est vide.",
        f"{book}: Feuille Programmation, cellule D3 : « Intitulé de l’action » est vide.",
    ]
    assert "Traceback" not in done.stderr
    assert not (place / "fin.xlsx").exists()
    assert_nothing_is_left(place)


def test_what_the_cycle_does_not_know_names_its_cell(place):
    book = a_workbook(place, a_row(1)._replace(orientation="jeunesse"))
    done = rehearse(place, SMALL_YEAR, "--dossiers", book)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"{book}: Feuille Programmation, cellule F2 : l’orientation « jeunesse » n’est pas dans ce cycle.\n"
    )
    assert_nothing_is_left(place)


def test_absent_files_are_named(place):
    done = rehearse(place, "absent.yaml", "--dossiers", "absent.xlsx")
    assert (done.returncode, done.stdout) == (1, "")
    assert "absent.yaml : ce fichier n’existe pas." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def ctrl_c_is_heard():
    """Because a suite that was started in the background hands down a Ctrl-C that nobody hears."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c_is_heard")
@pytest.mark.parametrize("ending, code", [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_rehearsal_leaves_no_file_and_no_process(place, ending, code):
    book = a_workbook(place)
    running = subprocess.Popen(
        command(SMALL_YEAR, "--dossiers", book), env=environment(place), cwd=place,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    begun = time.monotonic()
    while not list((place / "temporary").glob("*/rehearsal.sqlite3")) and time.monotonic() - begun < 120:
        time.sleep(0.05)
    os.killpg(running.pid, ending) if ending == signal.SIGINT else running.send_signal(ending)
    out, err = running.communicate(timeout=60)
    assert (running.returncode, out) == (code, "")
    assert "Traceback" not in err
    assert list((place / "temporary").iterdir()) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)

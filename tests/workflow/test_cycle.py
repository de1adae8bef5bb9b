"""`manage.py cycle`: what a coordinator reads in the terminal, and the exit code that a script reads."""

import pytest
from django.core.management import CommandError, call_command

from tests.cycles import REIMS, VITRY, vitry_with, written
from tests.year import BEFORE
from workflow import loading
from workflow.models import Cycle

pytestmark = pytest.mark.django_db


def test_check_says_that_all_is_well_and_writes_nothing(capsys):
    call_command("cycle", "check", str(VITRY), str(REIMS))
    assert capsys.readouterr().out == f"{VITRY}: rien à redire.\n{REIMS}: rien à redire.\n"
    assert Cycle.objects.count() == 0


@pytest.mark.parametrize("verb", ["check", "load"])
def test_every_error_is_printed_with_its_place_and_the_exit_code_is_1(capsys, tmp_path, verb):
    bad = vitry_with(tmp_path, {"année: 2027": "année: x", "places: 24": "places: peu"})
    with pytest.raises(SystemExit) as end:
        call_command("cycle", verb, str(REIMS), str(bad))
    assert end.value.code == 1
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [str(error) for error in loading.check(bad)]
    assert len(printed.err.splitlines()) == 2
    assert Cycle.objects.count() == 0


def test_load_says_what_changed(capsys, tmp_path):
    moved = vitry_with(tmp_path, {"du: 2026-11-24": "du: 2026-11-27", "places: 20": "places: 25"})
    for path in (VITRY, VITRY, moved):
        call_command("cycle", "load", str(path))
    assert capsys.readouterr().out.splitlines() == [
        f"{VITRY}: 41 ajoutés ; version 1 des règles publiée.",
        f"{VITRY}: rien n’a changé.",
        f"{moved}: 1 modifié (Date limite de dépôt) ; version 2 des règles publiée.",
    ]


def test_load_may_leave_the_rules_in_preparation(capsys):
    call_command("cycle", "load", "--draft", str(VITRY))
    assert capsys.readouterr().out == f"{VITRY}: 41 ajoutés ; version 1 des règles en préparation.\n"
    assert Cycle.objects.get().current is None


def test_export_prints_or_writes_one_file_per_cycle(capsys, tmp_path):
    for path in (VITRY, REIMS):
        loading.load(path, at=BEFORE)
    call_command("cycle", "export", "vitry_2027")
    assert loading.read(written(tmp_path, capsys.readouterr().out)) == loading.read(VITRY)
    call_command("cycle", "export", "vitry_2027", "reims_2025", "--to", str(tmp_path / "sortie"))
    assert loading.read(tmp_path / "sortie" / "reims_2025.yaml") == loading.read(REIMS)


def test_export_of_an_unknown_cycle_says_so():
    with pytest.raises(CommandError, match=r"Aucun cycle de ce code : ailleurs\."):
        call_command("cycle", "export", "ailleurs")

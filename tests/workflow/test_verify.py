"""`manage.py verify` finds every way of writing the past again, and says so in French with an exit code."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from cases import models as cases
from tests import year as play
from workflow import journal, registry, triggers
from workflow.models import Entry, Prose
from workflow.subject import Subject

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def dossier():
    return play.answered(play.a_year())


def verify(capsys, **options):
    """(exit code, faults said, last sentence)."""
    try:
        call_command("verify", **options)
        code, ending = 0, ""
    except CommandError as error:
        code, ending = error.returncode, str(error)
    said = capsys.readouterr()
    return code, said.err.splitlines(), ending or said.out.strip()


def tampered(statement, *values):
    """What somebody with the keys of the database may do: lift the triggers, write, put them back."""
    with triggers.lifted(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def entry_of(dossier, seq):
    return Entry.objects.get(subject_label="cases.dossier", subject_id=dossier.pk, seq=seq)


def test_an_untouched_house_stands(dossier, capsys):
    count = Entry.objects.count()
    assert verify(capsys) == (0, [], f"Tout se tient : {count} lignes de journal vérifiées.")


def test_an_altered_payload_is_found(dossier, capsys):
    entry = entry_of(dossier, 3)
    tampered("UPDATE workflow_entry SET payload = %s WHERE id = %s", '{"facts": {}}', entry.pk)
    code, faults, ending = verify(capsys)
    assert (code, ending) == (1, "2 anomalie(s) : rien n’est exporté.")
    assert faults == [
        f"{entry} : le texte ne correspond plus à son empreinte",
        f"{entry} : les colonnes ne disent pas ce que dit le texte",
    ]


def test_a_payload_that_is_no_data_at_all_is_found_too(dossier, capsys):
    tampered("UPDATE workflow_entry SET payload = 'rien' WHERE id = %s", entry_of(dossier, 3).pk)
    assert verify(capsys)[0] == 1


@pytest.mark.parametrize(
    "column, value", [("actor_id", 1), ("target", "closed"), ("move", "drop"), ("version", 99)]
)
def test_an_altered_column_is_found(dossier, capsys, column, value):
    entry = entry_of(dossier, 4)
    tampered(f"UPDATE workflow_entry SET {column} = %s WHERE id = %s", value, entry.pk)
    told = f"{Entry.objects.get(pk=entry.pk)} : les colonnes ne disent pas ce que dit le texte"
    assert verify(capsys)[:2] == (1, [told])


def test_a_removed_last_row_is_found(dossier, capsys):
    Prose.objects.filter(entry=entry_of(dossier, dossier.journal_seq)).delete()
    tampered("DELETE FROM workflow_entry WHERE id = %s", entry_of(dossier, dossier.journal_seq).pk)
    last = dossier.journal_seq
    told = (
        f"cases.dossier {dossier.pk} : le journal s’arrête à la ligne {last - 1}, l’objet en annonce {last}"
    )
    assert verify(capsys)[:2] == (1, [told])


def test_a_removed_middle_row_is_found(dossier, capsys):
    tampered("DELETE FROM workflow_entry WHERE id = %s", entry_of(dossier, 3).pk)
    code, faults, _ = verify(capsys)
    assert (code, faults[0]) == (1, f"{entry_of(dossier, 4)} : la ligne 3 manque")


def test_two_swapped_rows_are_found(dossier, capsys):
    third, fourth = entry_of(dossier, 3), entry_of(dossier, 4)
    for entry, seq in ((third, 900), (fourth, 3), (third, 4)):
        tampered("UPDATE workflow_entry SET seq = %s WHERE id = %s", seq, entry.pk)
    assert verify(capsys)[0] == 1


def test_a_removed_subject_s_journal_is_found(dossier, capsys):
    tampered("UPDATE workflow_entry SET subject_id = subject_id + 1000 WHERE subject_label = 'cases.dossier'")
    code, faults, _ = verify(capsys)
    assert code == 1
    assert f"cases.dossier {dossier.pk + 1000} : l’objet a disparu" in faults


def test_an_altered_free_text_is_found_and_an_erased_one_is_no_fault(dossier, capsys):
    prose = Prose.objects.order_by("pk").first()
    Prose.objects.filter(pk=prose.pk).update(text="Autre chose")
    told = f"{prose.entry} : le texte libre « {prose.key} » n’est plus celui qui a été écrit"
    assert verify(capsys)[:2] == (1, [told])
    Prose.objects.filter(pk=prose.pk).update(text="")
    assert verify(capsys)[0] == 0


def test_an_absent_or_disabled_trigger_is_found(dossier, capsys):
    on = " ON workflow_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER workflow_entry_no_update{on}")
    assert verify(capsys)[:2] == (1, ["déclencheur absent : workflow_entry_no_update"])
    triggers.ensure()
    assert verify(capsys)[0] == 0


def test_money_that_no_longer_adds_up_is_found(dossier, capsys):
    line = dossier.lines.order_by("pk").first()
    cases.FundingLine.objects.filter(pk=line.pk).update(booked=400)
    told = f"enveloppe {line.envelope_id} « etat » : décidé 500\u202f€, les lignes disent 400\u202f€"
    assert verify(capsys)[:2] == (1, [told])


def test_a_chain_written_again_is_found_against_an_exported_head(dossier, capsys, tmp_path):
    kept = tmp_path / "fins.jsonl"
    assert verify(capsys, export=kept)[0] == 0
    assert verify(capsys, against=kept)[0] == 0
    rewrite(dossier)
    assert verify(capsys)[0] == 0
    told = f"cases.dossier {dossier.pk} : la ligne {dossier.journal_seq} n’est plus celle qui a été exportée"
    assert verify(capsys, against=kept)[:2] == (1, [told])


def rewrite(dossier):
    """The patient forger: another actor, and every digest after it computed again."""
    head = ""
    for entry in Entry.objects.filter(subject_label="cases.dossier", subject_id=dossier.pk).order_by("seq"):
        body = json.loads(entry.payload)
        entry.actor_id = 1 if body["by"] else None
        entry.payload = journal._payload(entry, body["facts"])
        head = journal.chained(head, entry.payload)
        tampered(
            "UPDATE workflow_entry SET actor_id = %s, payload = %s, digest = %s WHERE id = %s",
            entry.actor_id, entry.payload, head, entry.pk,
        )  # fmt: skip
    cases.Dossier.objects.filter(pk=dossier.pk).update(journal_head=head)


def test_what_grew_since_the_export_is_no_fault(dossier, capsys, tmp_path):
    kept = tmp_path / "fins.jsonl"
    verify(capsys, export=kept)
    play.a_draft(play.a_year("plus_tard"))
    assert verify(capsys, against=kept)[0] == 0


def test_an_unreadable_export_is_said(dossier, capsys, tmp_path):
    (tmp_path / "autre").write_text("{}\n", encoding="utf-8")
    assert verify(capsys, against=tmp_path / "autre")[0] == 1
    assert verify(capsys, against=tmp_path / "absent")[2].startswith("Impossible de lire")


def test_every_subject_is_registered_so_that_its_head_is_gathered():
    def concrete(model):
        for child in model.__subclasses__():
            if not child._meta.abstract and child.__module__.startswith(
                ("workflow.", "cases.", "notifications.")
            ):
                yield child
            yield from concrete(child)

    assert set(concrete(Subject)) == set(registry.charts())

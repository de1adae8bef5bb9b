"""The least that a move can cost: one conditional UPDATE and one journal INSERT in one transaction.

No right, no window, no guard, no chain, no outbox: what nobody may do without. `by_cursor` is the database's own share;
`by_orm` is what a careful Django developer writes, and the floor that the door is held to, because nobody would write
a move by hand in SQL. Both take one dossier; `by_orm` takes a hundred as well, in as many statements.
"""

from django.db import connection, transaction
from django.db.models import F

from cases.models import Dossier
from workflow.models import Entry

UPDATE = """UPDATE cases_dossier SET state = %s, version = version + 1, admitted_at = %s
    WHERE id = %s AND state = %s AND version = %s"""
INSERT = """INSERT INTO workflow_entry
    (subject_label, subject_id, seq, version, actor_id, at, move, source, target, payload, digest)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def by_cursor(dossiers: list, by, at) -> None:
    [dossier] = dossiers
    later = dossier.version + 1
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPDATE, ["instruction", at, dossier.pk, "submitted", dossier.version])
        if cursor.rowcount != 1:
            raise RuntimeError("stale")
        row = ["bench", dossier.pk, later, later, by.pk, at, "admit", "submitted", "instruction"]
        cursor.execute(INSERT, [*row, "{}", "0" * 64])


def by_orm(dossiers: list, by, at) -> None:
    with transaction.atomic():
        if len(dossiers) == 1:
            [dossier] = dossiers
            same = Dossier.objects.filter(pk=dossier.pk, version=dossier.version, state="submitted")
            moved = same.update(state="instruction", version=dossier.version + 1, admitted_at=at)
            Entry.objects.create(**_entry(dossier, by, at))
        else:
            same = Dossier.objects.filter(pk__in=[one.pk for one in dossiers], state="submitted")
            moved = same.update(state="instruction", version=F("version") + 1, admitted_at=at)
            Entry.objects.bulk_create(Entry(**_entry(one, by, at)) for one in dossiers)
        if moved != len(dossiers):
            raise RuntimeError("stale")


def _entry(dossier, by, at) -> dict:
    later = dossier.version + 1
    return {
        "subject_label": "bench", "subject_id": dossier.pk, "seq": later, "version": later, "actor_id": by.pk,
        "at": at, "move": "admit", "source": "submitted", "target": "instruction",
        "payload": "{}", "digest": "0" * 64,
    }  # fmt: skip

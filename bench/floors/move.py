"""The least that a move can cost: one conditional UPDATE and one journal INSERT in one transaction.

No right, no guard, no chain, no outbox: what nobody may do without. By cursor, and as a plain Django view would.
"""

from django.db import connection, transaction

from cases.models import Dossier
from workflow.models import Entry

UPDATE = """UPDATE cases_dossier SET state = %s, version = version + 1, admitted_at = %s
    WHERE id = %s AND state = %s AND version = %s"""
INSERT = """INSERT INTO workflow_entry
    (subject_label, subject_id, seq, version, actor_id, at, move, source, target, payload, digest)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"""


def by_cursor(dossier, by, at) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(UPDATE, ["instruction", at, dossier.pk, "submitted", dossier.version])
        if cursor.rowcount != 1:
            raise RuntimeError("stale")
        row = ["bench", dossier.pk, 1, dossier.version + 1, by.pk, at, "admit", "submitted", "instruction"]
        cursor.execute(INSERT, [*row, "{}", "0" * 64])


def by_orm(dossier, by, at) -> None:
    with transaction.atomic():
        same = Dossier.objects.filter(pk=dossier.pk, version=dossier.version).in_state("submitted")
        if same.update(version=dossier.version + 1, admitted_at=at) != 1:
            raise RuntimeError("stale")
        Entry.objects.create(
            subject_label="bench", subject_id=dossier.pk, seq=1, version=dossier.version + 1, actor_id=by.pk,
            at=at, move="admit", source="submitted", target="instruction", payload="{}", digest="0" * 64,
        )  # fmt: skip

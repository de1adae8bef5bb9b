"""The database itself refuses to write the past again, or to change the rules of a published version."""

import pytest
from django.db import DatabaseError, connection, transaction

from cases import models as cases
from tests import year as play
from workflow import triggers
from workflow.models import CycleVersion, Entry, Step

pytestmark = pytest.mark.django_db


def refused(message, write):
    with pytest.raises(DatabaseError, match=message), transaction.atomic():
        write()


@pytest.mark.parametrize("model", [Entry, cases.LedgerEntry, cases.Opinion])
def test_what_was_written_is_neither_changed_nor_removed(model):
    play.decided(play.a_year())
    row = model.objects.order_by("pk").first()
    table = model._meta.db_table

    def raw(statement):
        with connection.cursor() as cursor:
            cursor.execute(statement)

    column = "at"
    refused("append-only", lambda: model.objects.filter(pk=row.pk).update(**{column: play.BEFORE}))
    refused("append-only", lambda: raw(f"UPDATE {table} SET id = id WHERE id = {row.pk}"))
    refused("append-only", lambda: raw(f"DELETE FROM {table} WHERE id = {row.pk}"))


@pytest.mark.parametrize("model", [Step, cases.Question, cases.Criterion, cases.Reason])
def test_the_rows_of_a_published_version_are_frozen(model):
    year = play.a_year()
    row = model.objects.filter(version=year.rules).order_by("pk").first()
    same = model.objects.filter(pk=row.pk)
    refused("published version", lambda: same.update(label="Autre"))
    refused("published version", same.delete)
    draft = CycleVersion.objects.create(cycle=year.cycle, number=2)
    refused("published version", lambda: same.update(version=draft))
    row.pk, row.code = None, "plus"
    refused("published version", row.save)
    row.pk, row.version = None, draft
    row.save(force_insert=True)
    mine = model.objects.filter(pk=row.pk)
    mine.update(label="Encore libre")
    refused("published version", lambda: mine.update(version=year.rules))
    mine.delete()


def test_a_published_version_keeps_its_policies_and_stays():
    year = play.a_year()
    same = CycleVersion.objects.filter(pk=year.rules.pk)
    refused("published version", lambda: same.update(quorum=1))
    refused("published version", lambda: same.update(published_at=None))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM workflow_cycleversion WHERE id = %s", [year.rules.pk])


def test_triggers_are_made_again_when_they_are_gone_and_only_then():
    assert triggers.missing() == []
    on = " ON workflow_entry" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER workflow_entry_no_delete{on}")
    assert triggers.missing() == ["workflow_entry_no_delete"]
    triggers.ensure()
    triggers.ensure()
    assert triggers.missing() == []


@pytest.mark.postgres
@pytest.mark.parametrize("table", sorted(triggers.APPEND_ONLY))
def test_an_append_only_table_is_never_emptied_at_once(table):
    def truncate():
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")

    refused("append-only", truncate)
    with triggers.lifted():
        truncate()
    refused("append-only", truncate)


@pytest.mark.postgres
def test_a_disabled_trigger_counts_as_missing():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE workflow_entry DISABLE TRIGGER workflow_entry_no_update")
    assert triggers.missing() == ["workflow_entry_no_update"]
    triggers.ensure()
    assert triggers.missing() == []

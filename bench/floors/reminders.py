"""The least that planning reminders can cost: one statement that joins what is not filed to who holds it.

The same rows in the same table, with its indexes. No rule, no milestone, no week, no journal asked what was begun
when, nobody whose account is closed left out.
"""

from django.db import connection

KEY = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
INSERT = """INSERT INTO notifications_message
    (uuid, event, reason, audience, template, recipient_id, subject_label, subject_id, planned_on,
     created_at, due_at, cycle_id, dossier_id)
    SELECT {key}, 'reminder.not_filed', 'depot|2026-11-15|J-7', 'holder', 'not_filed', workflow_grant.user_id,
           'cases.dossier', cases_dossier.id, {day}, {at}, {at}, cases_dossier.cycle_id, cases_dossier.id
    FROM cases_dossier
    JOIN workflow_grant ON workflow_grant.organisation_id = cases_dossier.organisation_id
    WHERE cases_dossier.state = 'draft' AND workflow_grant.role = 'holder' AND workflow_grant.state = 'held'
    ON CONFLICT DO NOTHING"""


def plan(at) -> int:
    cast = "'{}'::timestamptz" if connection.vendor == "postgresql" else "'{}'"
    day = f"'{at:%Y-%m-%d}'::date" if connection.vendor == "postgresql" else f"'{at:%Y-%m-%d}'"
    sql = INSERT.format(key=KEY[connection.vendor], day=day, at=cast.format(at.isoformat()))
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount

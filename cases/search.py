"""What a search reads on PostgreSQL: an index of the pieces of words, so that ten thousand titles are not read through.

Made again, idempotently, after every migrate, like the triggers, because its extension is PostgreSQL's alone. Where the
database's owner may not add it, a search says the same and takes longer; SQLite reads every title.
"""

from django.db import DatabaseError, connections, transaction

STATEMENTS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    # UPPER as `icontains` writes it; in order at once, because titles are read a thousand times and written once
    """CREATE INDEX IF NOT EXISTS dossier_title_pieces
       ON cases_dossier USING gin (UPPER(title::text) gin_trgm_ops) WITH (fastupdate = off)""",
)


def ensure(using: str = "default") -> bool:
    """Whether a search reads its index; False where there is none to be had."""
    connection = connections[using]
    if connection.vendor != "postgresql":
        return False
    try:
        with transaction.atomic(using), connection.cursor() as cursor:
            for statement in STATEMENTS:
                cursor.execute(statement)
    except DatabaseError:
        return False
    return True

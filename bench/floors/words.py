"""The least that a search can cost on PostgreSQL: one index of full text on the title, one count, one page.

Ours looks for the same word in the title, the holder's name and the number, among what a person may see.
"""

from django.db import connection

from cases.models import Dossier

INDEX = "CREATE INDEX IF NOT EXISTS floor_words ON cases_dossier USING gin (to_tsvector('french', title))"
MATCHES = "to_tsvector('french', cases_dossier.title) @@ websearch_to_tsquery('french', %s)"
PAGE = 50


def prepared() -> None:
    """The floor's index, which our own search does not read."""
    with connection.cursor() as cursor:
        cursor.execute(INDEX)
        cursor.execute("ANALYZE cases_dossier")


def by_full_text(word: str) -> list:
    found = Dossier.objects.extra(where=[MATCHES], params=[word])  # noqa: S610 - the words are ours
    return _page(found)


def by_ours(word: str, visible) -> list:
    """Among what a person may see, whose rights each page has read already."""
    return _page(visible.matching(word))


def _page(found) -> list:
    """The same page of both, without the sums of our list, which are no part of a search."""
    return [found.count(), *found.select_related("organisation").order_by("-cycle_id", "number")[:PAGE]]

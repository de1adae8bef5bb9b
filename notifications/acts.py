"""What was done with a cycle's messages, as its journal tells it."""

from collections.abc import Iterable

from django.db.models import Q

from notifications import words
from notifications.handling import ROWS
from workflow.journal import facts_of
from workflow.models import Cycle, Entry
from workflow.story import Told, who_did

MOST = 8


def acts(cycles: Iterable[Cycle], reader) -> list[Told]:
    """The newest first: who held, sent or stopped what, and when."""
    about = Q(payload__contains=f'"{ROWS}"') | Q(payload__contains='"mail_stopped"')
    entries = Entry.objects.filter(
        about, subject_label=Cycle._meta.label_lower, subject_id__in=[one.pk for one in cycles], move="amend"
    )
    newest = entries.select_related("actor").order_by("-at", "-pk")[:MOST]
    return [Told(one.at, who_did(one, reader), sentence) for one in newest for sentence in _sentences(one)]


def _sentences(entry: Entry) -> list[str]:
    facts = facts_of(entry)
    if "mail_stopped" in facts:
        return [words.HAS_STOPPED if facts["mail_stopped"][1] else words.HAS_LET_GO]
    done = facts["rows"][1].get(ROWS, {})
    return [words.told(deed, len(keys)) for deed, keys in done.items()]

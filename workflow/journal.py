"""Writes and checks the chain: one entry per change, hashed with the one before it, per subject."""

import hashlib
import json
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any

from workflow import statements
from workflow.models import Entry, Prose

REMOVE = "remove"
"""The last entry of a subject that is no longer there, knowingly."""


class Code(str):
    """A string that is a code of the configuration, not somebody's words: it may stand in the chain for ever."""

    __slots__ = ()


@dataclass
class Record:
    """One change before it is written."""

    subject: Any
    move: str
    by: Any
    at: datetime
    source: str = ""
    target: str = ""
    facts: dict = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)


def write(records: list[Record]) -> list[Entry]:
    """Append the records in two statements at most; the subjects must carry their new version and place already set."""
    entries, prose = [], []
    for record in records:
        words: dict[str, str] = {}
        subject = record.subject
        entry = Entry(
            subject_label=subject._meta.label_lower,
            subject_id=subject.pk,
            seq=subject.journal_seq,
            version=subject.version,
            actor_id=record.by.pk,
            at=record.at,
            move=record.move,
            source=record.source,
            target=record.target,
        )
        entry.payload = _payload(entry, plain(record.facts, words))
        entry.digest = subject.journal_head = chained(subject.journal_head, entry.payload)
        entries.append(entry)
        prose += [Prose(entry=entry, key=key, text=text, salt=salt) for key, (text, salt) in words.items()]
    statements.insert(entries)
    if prose:
        Prose.objects.bulk_create(prose)
    return entries


def says(entry: Entry, facts: dict) -> bool:
    """Whether an entry holds these very facts; a text that was erased since may have been any."""
    words: dict[str, tuple[str, str]] = {}
    if _unsalted(plain(facts, words)) != _unsalted(facts_of(entry)):
        return False
    kept = dict(entry.prose.order_by("pk").values_list("key", "text"))
    return all(kept.get(key) in (None, "", text) for key, (text, _) in words.items())


def _unsalted(facts: dict) -> str:
    return re.sub(r'"prose": "\w+"', '"prose": ""', json.dumps(facts, sort_keys=True))


def chained(previous: str, payload: str) -> str:
    return hashlib.sha256(f"{previous}\n{payload}".encode()).hexdigest()


def _payload(entry: Entry, facts: dict) -> str:
    body = {
        "subject": entry.subject_label,
        "id": entry.subject_id,
        "seq": entry.seq,
        "version": entry.version,
        "by": entry.actor_id,
        "at": _instant(entry.at),
        "move": entry.move,
        "from": entry.source,
        "to": entry.target,
        "facts": facts,
    }
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _instant(at: datetime) -> str:
    if at.tzinfo is None:
        raise TypeError("an instant without its time zone has no lasting form for the journal")
    return at.astimezone(UTC).isoformat()


def plain(value: Any, words: dict, path: str = "") -> Any:
    """Facts as data that hash the same for ever. Any plain string is somebody's words: digest here, text in `words`."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, dict):
        return {
            str(key): plain(one, words, f"{path}.{key}" if path else str(key)) for key, one in value.items()
        }
    if isinstance(value, list | tuple):
        return [plain(one, words, f"{path}.{rank}") for rank, one in enumerate(value)]
    if isinstance(value, str) and not isinstance(value, Enum | Code):
        return _digest(value, words, path)
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Code):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no lasting form for the journal")


def _digest(text: str, words: dict, path: str) -> Any:
    if not text:
        return ""
    salt = secrets.token_hex(16)
    words[path] = (text, salt)
    return {"prose": prose_digest(text, salt)}


def prose_digest(text: str, salt: str) -> str:
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def facts_of(entry: Entry) -> dict:
    """An entry's facts as data; free texts are digests (`Entry.prose` holds the words)."""
    return json.loads(entry.payload)["facts"]


def faults(heads: dict[tuple[str, int], tuple[int, str]]) -> Iterator[str]:
    """Every place where the chain does not hold; `heads` gives each subject's own (journal_seq, journal_head)."""
    chain: dict[tuple[str, int], tuple[int, str]] = {}
    removed: set[tuple[str, int]] = set()
    for entry in Entry.objects.order_by("subject_label", "subject_id", "seq").iterator(chunk_size=2000):
        key = (entry.subject_label, entry.subject_id)
        seq, head = chain.get(key, (0, ""))
        if entry.seq != seq + 1:
            yield f"{entry} : la ligne {seq + 1} manque"
        if entry.digest != chained(head, entry.payload):
            yield f"{entry} : le texte ne correspond plus à son empreinte"
        if not _columns_agree(entry):
            yield f"{entry} : les colonnes ne disent pas ce que dit le texte"
        chain[key] = (entry.seq, entry.digest)
        (removed.add if entry.move == REMOVE else removed.discard)(key)
    for key, end in sorted(heads.items()):
        last = chain.get(key, (0, ""))
        if last != end:
            yield f"{key[0]} {key[1]} : le journal s’arrête à la ligne {last[0]}, l’objet en annonce {end[0]}"
    gone = sorted(chain.keys() - heads.keys() - removed)
    yield from (f"{key[0]} {key[1]} : l’objet a disparu" for key in gone)


def _columns_agree(entry: Entry) -> bool:
    try:
        return entry.payload == _payload(entry, facts_of(entry))
    except (ValueError, KeyError, TypeError):  # because a tampered payload may be any text
        return False


def prose_faults() -> Iterator[str]:
    """Every free text that is no longer the one its entry vouches for; an erased one is no fault."""
    rows = Prose.objects.exclude(text="").select_related("entry").order_by("pk")
    for prose in rows.iterator(chunk_size=2000):
        if prose_digest(prose.text, prose.salt) not in prose.entry.payload:
            yield f"{prose.entry} : le texte libre « {prose.key} » n’est plus celui qui a été écrit"

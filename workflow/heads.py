"""The end of every subject's chain: what `verify` compares the journal with, and what may be kept outside the house."""

import json
from collections.abc import Iterator
from pathlib import Path

from workflow import registry
from workflow.models import Entry

Heads = dict[tuple[str, int], tuple[int, str]]
"""{(subject label, key): (journal_seq, journal_head)}."""


def gathered() -> Heads:
    """What each subject says of its own chain, whatever its machine."""
    heads: Heads = {}
    for model in registry.charts():
        rows = model._base_manager.order_by("pk").values_list("pk", "journal_seq", "journal_head")
        label = model._meta.label_lower
        heads.update({(label, key): (seq, head) for key, seq, head in rows.iterator(chunk_size=5000)})
    return heads


def export(heads: Heads, path: Path) -> None:
    """Write one line per subject that has a journal, sorted, to be kept where this machine cannot write."""
    rows = [[label, key, seq, head] for (label, key), (seq, head) in sorted(heads.items()) if seq]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")


def read(path: Path) -> Heads:
    """ValueError for a file that `export` did not write."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {(label, key): (seq, head) for label, key, seq, head in rows}


def rewritten(kept: Heads) -> Iterator[str]:
    """Every subject whose journal no longer passes by the end that was exported: its chain was written again."""
    labels = sorted({label for label, _ in kept})
    for label in labels:
        rows = Entry.objects.filter(subject_label=label).order_by("subject_id", "seq")
        there = {(key, seq): digest for key, seq, digest in rows.values_list("subject_id", "seq", "digest")}
        for (one, key), (seq, head) in sorted(kept.items()):
            if one == label and there.get((key, seq)) != head:
                yield f"{label} {key} : la ligne {seq} n’est plus celle qui a été exportée"

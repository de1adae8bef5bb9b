"""The words that a coordinator writes in the place of ours: plain text with named fields, never a template.

« {titre} » is replaced by the title and by nothing else. A name that is not in the closed list of what is written (a
letter, a mail) is refused as it is typed, as a file is read and as a version is published.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from workflow.refusal import Refusal

_FIELD = re.compile(r"\{([^{}]*)\}")
_BRACE = re.compile(r"[{}]")
PARTS = (("objet", "subject"), ("texte", "body"))


def named_in(*texts: str) -> set[str]:
    """The fields that texts use."""
    return {name for text in texts for name in _FIELD.findall(text)}


def filled(text: str, said: Callable[[str], str]) -> str:
    """The text with what `said` gives for each name; what a value says is never looked into again."""
    return _FIELD.sub(lambda found: said(found[1]), text)


def only_field(line: str) -> str | None:
    """The name, where a line is one field and nothing else."""
    found = _FIELD.fullmatch(line)
    return found and found[1]


def against(known: Mapping[str, object], what: str, text: str) -> Iterator[str]:
    """What is wrong with a text, in sentences; `what`: « courrier », « message »."""
    unknown = [name for name in dict.fromkeys(_FIELD.findall(text)) if name not in known]
    for name in unknown:
        said = ", ".join(f"{{{one}}}" for one in known) if name == unknown[-1] else ""
        possible = f" Champs possibles : {said}." if said else ""
        yield f"« {{{name}}} » n’est pas un champ de ce {what}.{possible}"
    if _BRACE.search(_FIELD.sub("", text)):
        yield "une accolade est seule : un champ s’écrit {titre}, avec ses deux accolades."


def every_field_is_known(against: Callable[[str, str], Iterator[str]]) -> Callable:
    """The check of a section whose rows are words, by what is wrong with one text of one kind."""

    def check(rows: Mapping[str, dict]) -> Iterator[Refusal]:
        for kind, row in rows.items():
            for key, attr in PARTS:
                for sentence in against(kind, row[attr]):
                    yield Refusal("unknown_field", sentence, f"{kind}/{key}")

    return check

"""Whether a text names somebody else: whatever the accents, dashes and capitals, and never one's own name."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

SHORTEST = 5
"""Letters under which a name is too short to be told from an ordinary word."""
INITIALS = 3
"""Letters from which initials are a name, where they are written in capitals."""

_ACRONYM = re.compile(r"\b(?:[^\W\d_]\.){2,}(?:[^\W\d_]\b)?")
_ARTICLES = frozenset(("association", "asso", "les", "le", "la", "l"))
_ANY = frozenset(("un", "une", "ce", "cette", "votre", "vos", "notre", "nos", "chaque", "aucun", "aucune"))
"""Before these, words in small letters are a thing: « une maison pour tous » is no association."""
_ORDINARY_AFTER = frozenset(("avec", "et"))


class Names(NamedTuple):
    """Who is never named in one sheet, and whose names may stand in it even where they hold one of the others."""

    others: tuple[str, ...]
    allowed: tuple[str, ...]


class _Known(NamedTuple):
    words: tuple[str, ...]
    initials: bool


def named(sentence: str, names: Names) -> Iterator[str]:
    """The others whom a sentence names; a name inside one that may stand there is none."""
    written = _written(sentence)
    folded = [one.casefold() for one in written]
    own = [span for one in names.allowed for span in _spans(_known(one).words, folded)]
    for name in names.others:
        known = _known(name)
        spans = _spans(known.words, folded) if _tells_itself(known) else []
        if any(_is_a_name(known, written, span, sentence) and not _within(span, own) for span in spans):
            yield name


def _written(text: str) -> list[str]:
    """Its words without accents, with their capitals; initials are one word, dots or not."""
    text = text.replace("œ", "oe").replace("Œ", "OE")
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.findall(r"[^\W_]+", _ACRONYM.sub(lambda found: found[0].replace(".", "") + " ", bare))


@lru_cache(maxsize=4096)
def _known(name: str) -> _Known:
    """Without the articles and « association » around it."""
    written = _written(name)
    while len(written) > 1 and written[0].casefold() in _ARTICLES:
        written = written[1:]
    while len(written) > 1 and written[-1].casefold() in _ARTICLES:
        written = written[:-1]
    initials = len(written) == 1 and len(written[0]) >= INITIALS and written[0].isupper()
    return _Known(tuple(one.casefold() for one in written), initials)


def _tells_itself(known: _Known) -> bool:
    return known.initials or sum(map(len, known.words)) >= SHORTEST


def _spans(words: tuple[str, ...], folded: list[str]) -> list[tuple[int, int]]:
    size = len(words)
    return [
        (at, at + size)
        for at in range(len(folded) - size + 1)
        if words and folded[at] == words[0] and tuple(folded[at : at + size]) == words
    ]


def _within(span: tuple[int, int], own: list[tuple[int, int]]) -> bool:
    return any(begin <= span[0] and span[1] <= end for begin, end in own)


def _is_a_name(known: _Known, written: list[str], span: tuple[int, int], sentence: str) -> bool:
    """One word alone is a name where it has its capital: « Ensemble » is an association, « ensemble » is not."""
    begin, end = span
    words, before = written[begin:end], written[begin - 1].casefold() if begin else ""
    if known.initials:
        return words[0].isupper()
    if len(words) > 1:
        return any(one[0].isupper() for one in words) or before not in _ANY
    if begin == 0 and not words[0].isupper() and _goes_on_as_a_word(written, sentence):
        return False
    return words[0][0].isupper()


def _goes_on_as_a_word(written: list[str], sentence: str) -> bool:
    """« Ensemble, avançons », « Jeunesse et sport »: a capital that the sentence gives, not the name."""
    following = written[1].casefold() if len(written) > 1 else ""
    return following in _ORDINARY_AFTER or re.match(r"\W*[\w’'-]+\s*,", sentence) is not None

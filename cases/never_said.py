"""What a sheet never says: a mark, a rank, another holder's name. What can be found is refused with its sentence."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from cases.explaining import part_of, ranked
from workflow.refusal import Refusal

SHORTEST = 5
"""Letters under which a name is too short to be told from an ordinary word."""
QUOTED = 160

_DIGITS = r"\d{1,3}(?:,\d+)?"
_MARKS = (
    rf"(?<![\d/])(?P<got>{_DIGITS})\s?/\s?(?P<most>4|5|10|20|100)(?![\d/])(?!\s?(?:des|du|de|d'|€|euros))",
    rf"\b{_DIGITS}\s+sur\s+(?:4|5|10|20|100)\b(?=\s*(?:[.,;:!?)»]|$|\b(?:au|aux|pour|en|a)\b))",
    rf"(?<!prenez )(?<!prendre )\b(?:note|notation)\s+(?:(?:est\s+)?de|est|:)\s*{_DIGITS}\b",
    rf"\b(?:score|moyenne|total)\b[^.;]{{0,40}}?(?:\b(?:de|est)|:)\s*{_DIGITS}(?=\s*(?:/|sur\b|points?\b|[.,;!?)»]|$))",
    rf"\b(?:note|notee|notes|notees)\s+{_DIGITS}(?=\s*(?:/|sur|points?|[.,;:!?)»]|$))",
    rf"\b{_DIGITS}\s+points?\s+(?:sur|/)\s*\d",
    rf"\bobten\w+\s+{_DIGITS}\s+points?\b",
)
_ORDER = r"(?:\d+\s?(?:er|ere|re|e|eme|ieme|nd|nde)|premier|premiere|deuxieme|troisieme|quatrieme|dernier|derniere)"
_RANKS = (
    rf"\bclasse\w{{0,2}}\s+(?:en\s+|a\s+la\s+|au\s+)?{_ORDER}\b",
    rf"\b(?:arriv\w+|figur\w+|place\w*)\s+(?:en\s+|a\s+la\s+|au\s+)?{_ORDER}\b",
    rf"\b{_ORDER}\s+(?:position|place|rang)\b",
    r"\brang\s+\d+",
    r"\b(?:mieux|moins\s+bien|mal)\s+class\w+",
    rf"\b{_ORDER}\s+(?:sur|parmi)\s+(?:les\s+)?\d+",
)
_MARK, _RANK = (re.compile("|".join(rules), re.IGNORECASE) for rules in (_MARKS, _RANKS))
_AS_A_DATE = re.compile(r"\b(?:le|du|au|avant|des|depuis|jusqu'au)\s+$")
_ARTICLE = re.compile(r"^(?:(?:association|asso|les|le|la)\s+|l')+")
_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


class Names(NamedTuple):
    """Who is never named in one sheet, and whose names may stand in it even where they hold one of the others."""

    others: tuple[str, ...]
    allowed: tuple[str, ...]


def plain(text: str) -> str:
    """Without accents nor capitals, apostrophes and dashes alike: as many signs as letters, spaces kept single."""
    text = text.casefold().replace("’", "'").replace("œ", "oe").replace("–", "-")
    bare = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return re.sub(r"[\s\u00a0\u202f]+", " ", bare).strip()


def sentences(text: str) -> list[str]:
    return [one.strip() for one in _ENDS.split(text) if one.strip()]


def slips(text: str, names: Names) -> Iterator[tuple[str, str, str]]:
    """(code, the sentence, what is wrong with it) for each sentence that says what no sheet says."""
    for sentence in sentences(text):
        bare = plain(sentence)
        if _has_a_mark(bare):
            yield "mark", sentence, "Une note ne se dit pas : dites ce qui manque."
        if _RANK.search(bare):
            yield "rank", sentence, "Un rang ne se dit pas : chaque demande est lue pour elle-même."
        for name in _named(sentence, bare, names):
            yield "other_holder", sentence, f"« {name} » est un autre porteur : ne comparez pas."


def _has_a_mark(bare: str) -> bool:
    return any(_is_a_mark(found, bare) for found in _MARK.finditer(bare))


def _is_a_mark(found: re.Match, bare: str) -> bool:
    """« le 2/4 » is a day, « 02/10 » another, and nobody has twelve out of four."""
    got, most = found["got"], found["most"]
    if got is None:
        return True
    is_a_day = _AS_A_DATE.search(bare[: found.start()]) or (got.startswith("0") and len(got) > 1)
    return not is_a_day and float(got.replace(",", ".")) <= int(most)


def _named(sentence: str, bare: str, names: Names) -> Iterator[str]:
    for own in sorted(names.allowed, key=len, reverse=True):
        bare = _word(plain(own)).sub(" ", bare) if plain(own) else bare
    for name in names.others:
        known = _ARTICLE.sub("", plain(name))
        if len(known) < SHORTEST or known not in bare or not _word(known).search(bare):
            continue
        if " " in known or _is_written_as_a_name(known, sentence):
            yield name


def _is_written_as_a_name(known: str, sentence: str) -> bool:
    """One word alone is a name where it has its capital: « Ensemble » is an association, « ensemble » is not."""
    words = re.findall(r"[^\W_][\w'’-]*", sentence)
    parts = [part for word in words for part in (word, re.split(r"['’]", word)[-1])]
    return any(plain(part) == known and part[0].isupper() for part in parts)


def _word(known: str) -> re.Pattern:
    return re.compile(rf"(?<!\w){re.escape(known)}(?!\w)")


# The guard -----------------------------------------------------------------------------------------------------------

WHERE = {
    "fact": "Fait du dossier",
    "free": "Motif libre",
    "why": "Pourquoi moins",
    "appreciated": "Ce qui a été apprécié",
    "advice": "Et maintenant",
    "because": "Raison de la correction",
}


def texts_of(feedback) -> Iterator[tuple[str, str, str]]:
    """(place, where it stands in words, text) of all that somebody wrote in a sheet."""
    for line, rank, motive in ranked(feedback.motives):
        for name in ("free", "fact"):
            yield f"{name}-{part_of(line)}-{rank}", WHERE[name], str(motive.get(name, ""))
    for one in feedback.lesser:
        yield f"why-{part_of(one.get('line'))}", WHERE["why"], str(one.get("why", ""))
    for name in ("appreciated", "advice", "because"):
        yield name, WHERE[name], getattr(feedback, name)


def it_compares_nobody(feedback, names) -> Iterator[Refusal]:
    for place, where, text in texts_of(feedback):
        for code, sentence, wrong in slips(text, names):
            short = sentence if len(sentence) <= QUOTED else f"{sentence[: QUOTED - 1]}…"
            yield Refusal(code, f"{where}, « {short} » : {wrong}", place=place)

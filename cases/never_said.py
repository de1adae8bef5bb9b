"""What a sheet never says: a mark, a rank, another holder's name. What can be found is refused with its sentence."""

import re
import unicodedata
from collections.abc import Iterator

from cases.explaining import part_of, ranked
from cases.marks_and_ranks import has_a_mark, has_a_rank
from cases.others_named import Names, named
from workflow.refusal import Refusal

QUOTED = 160

_ENDS = re.compile(r"(?<=[.!?…])\s+|\n+")


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
        if has_a_mark(bare):
            yield "mark", sentence, "Une note ne se dit pas : dites ce qui manque."
        if has_a_rank(bare):
            yield "rank", sentence, "Un rang ne se dit pas : chaque demande est lue pour elle-même."
        for name in named(sentence, names):
            yield "other_holder", sentence, f"« {name} » est un autre porteur : ne comparez pas."


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

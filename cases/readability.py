"""Hints beside a text that its holder will read: long sentences, words of the house. They block nothing."""

import re
from dataclasses import dataclass

from cases.never_said import plain, sentences

LONGEST = 25
"""Words of a sentence above which one loses its thread."""

GLOSSARY: dict[str, str] = {
    "recevabilité": "la vérification que la demande respecte les règles de l’appel",
    "instruction": "l’étude de votre dossier par l’équipe",
    "COPIL": "le comité qui arrête la liste des actions aidées",
    "DSU": "le service de la Ville chargé des quartiers",
    "BOP 147": "les crédits de l’État pour les quartiers",
    "droit commun": "les aides ordinaires, ouvertes partout",
    "cofinancement": "l’aide d’un autre financeur, en plus",
    "CPO": "une convention sur plusieurs années",
    "QPV": "quartier prioritaire de la politique de la ville",
}
"""Words to explain where they stand (DOMAIN §7)."""
_PATTERNS = {
    term: re.compile(rf"(?<!\w){re.escape(term)}s?(?!\w)", re.IGNORECASE if term.islower() else 0)
    for term in GLOSSARY
}


@dataclass(frozen=True)
class Hint:
    """One thing to look at again: a sentence of so many words, or a word with the explanation that may follow it."""

    words: int
    said: str
    means: str = ""
    key: str = ""
    """The word's key in the glossary, as a button sends it."""


def hints(text: str) -> list[Hint]:
    long = [(len(words_of(one)), one) for one in sentences(text)]
    found = [Hint(count, one) for count, one in long if count > LONGEST]
    unknown = [term for term in GLOSSARY if _PATTERNS[term].search(text) and not _explained(term, text)]
    return found + [Hint(0, term, GLOSSARY[term], plain(term)) for term in unknown]


def words_of(sentence: str) -> list[str]:
    """Words as a reader counts them: « l’action » is one, a dash or a number alone is none."""
    return [one for one in sentence.split() if re.search(r"[^\W\d_]", one)]


def _explained(term: str, text: str) -> bool:
    return plain(GLOSSARY[term]) in plain(text)


def explain(text: str, key: str) -> str:
    """The same text with the explanation of a word after the first place where it stands, in brackets."""
    term = next((one for one in GLOSSARY if plain(one) == key), "")
    found = _PATTERNS[term].search(text) if term else None
    if found is None or _explained(term, text):
        return text
    return f"{text[: found.end()]} ({GLOSSARY[term]}){text[found.end() :]}"


def advised(text: str, advice: str) -> str:
    """The text followed by a published advice, once."""
    if not advice or plain(advice) in plain(text):
        return text
    return f"{text.rstrip()}\n{advice}".lstrip()

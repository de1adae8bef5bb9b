"""How a mark or a rank is said in French, on text without accents nor capitals (`never_said.plain`).

A number followed by a thing that is counted is no mark (« une note de 3 pages »), an order followed by a thing is no
rank (« la 3e séance », « au premier rang des priorités »).
"""

import re

_UNITS = "un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingt"
_N = rf"(?:\d{{1,3}}(?:,\d+)?|{_UNITS})"
_END = r"\s*(?:[.,;:!?)»]|$)"
_ALONE = rf"(?!\d)(?={_END}|\s*/|\s+(?:sur|au|aux|en|a|ne|n'|est|et|points?(?!\s+a\b)|seulement)\b)"
"""What may follow a number that counts nothing."""

# Marks ---------------------------------------------------------------------------------------------------------------

_OUT_OF = (
    r"(?<![\d/])(?P<got>\d{1,3}(?:,\d+)?)\s?/\s?(?P<most>4|5|10|20|30|40|50|100)(?![\d/])"
    r"(?!\s?(?:(?:des|du|de|euros)\b|d'|€))"
)
_NOTE = r"\b(?:note|notation)(?:\s+(?:obtenue|attribuee|donnee|finale|globale|moyenne))?"
_MARK = re.compile(
    "|".join(
        (
            _OUT_OF,
            rf"(?<!prenez )(?<!prendre ){_NOTE}\s*(?:(?:est\s+)?de|est|:|,)\s*{_N}\b{_ALONE}",
            rf"(?<!la )(?<!une )(?<!cette )(?<!en )(?<!piece )\bnote(?:e|s|es)?\s+{_N}\b{_ALONE}",
            rf"\bscore\s*(?:est\s+de|est|de|:|=)?\s*{_N}\b(?!\s+a\s+\d){_ALONE}",
            rf"\bmoyenne\b(?!\s+d')[^.;]{{0,40}}?(?:\b(?:de|est)|:)\s*{_N}\b(?=\s*/|{_END}|\s+(?:sur|points?)\b)",
            rf"\btotal\b[^.;]{{0,20}}?(?:\b(?:de|est)|:)\s*{_N}\s*(?:/|sur\b|points?\b|pts\b)",
            rf"\bbareme\s*(?:est\s+de|de|:)\s*{_N}\b",
            rf"\b{_N}\s+points?\s+(?:sur|/)\s*\d",
            rf"\b(?:obten\w+|totalis\w+|recueill\w+|avez|avez\s+eu|a\s+eu)\s+{_N}\s+points?\b(?={_END}|\s+(?:au|aux|pour|en|sur|seulement)\b)",
            rf"\b{_N}\s*pts\b",
            r"\b(?:mieux|moins\s+bien)\s+note(?:e|s|es)?\b",
            r"\b(?:meilleure|moins\s+bonne|mauvaise)\s+note\b",
            r"\bnote\s+(?:est\s+)?(?:trop\s+)?(?:basse|faible|insuffisante|inferieure|eliminatoire)\b",
        )
    )
)
_OF_SUR = re.compile(
    rf"\b{_N}\s+sur\s+(?:4|5|10|20|100|quatre|cinq|dix|vingt|cent)\b(?={_END}|\s+(?:au|aux|pour|en|a)\b)"
)
_CUE = re.compile(
    r"\b(?:note\w*|notation|criteres?|score|obten\w+|evalu\w+|bareme|points?|grille|moyenne|jury|eu)\b"
)
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_AS_A_DATE = re.compile(rf"\b(?:le|les|du|au|aux|avant|des|depuis|jusqu'au|et|ou|{_DAYS})\s+$")
_AS_A_NUMBER = re.compile(
    r"\b(?:article|appartement|trimestre|semestre|phase|etape|lot|page|pages|seance|partie)\s+$"
)

# Ranks ---------------------------------------------------------------------------------------------------------------

_TENS = "vingt|trente|quarante|cinquante|soixante"
_FIRST = r"(?:1\s?(?:er|ere|re)|premier|premiere)"
_ORDER = (
    rf"(?:\d+\s?(?:er|ere|re|e|eme|ieme|nd|nde)|(?:(?:{_TENS})(?:\s+et)?[-\s])?(?:un|deux|trois|quatr|cinqu|six|sept|huit|"
    r"neuv|dix|onz|douz|treiz|quatorz|quinz|seiz|vingt|trent|quarant|cinquant|soixant|cent)ieme|second|seconde|"
    r"premier|premiere|dernier|derniere)"
)
_IN_A_LIST = r"(?:du\s+classement|de\s+la\s+liste|dans\s+la\s+liste|au\s+classement)"
_WHERE = r"(?:en\s+|a\s+la\s+|au\s+)?"
_PLACE = r"(?:position|place|rang)"
_RANKED = rf"(?={_END}|\s*/|\s+(?:sur|parmi|ex|au)\b|\s+{_PLACE}\b|\s+{_IN_A_LIST})"
_ASKED = r"(?:demandes|dossiers|candidatures|projets|actions|associations|porteurs)"
_RANK = re.compile(
    "|".join(
        (
            rf"\bclasse\w{{0,2}}\s+{_WHERE}{_ORDER}\b{_RANKED}",
            r"\bclasse\w{0,2}\s+n\s?[°o]\s?\d+",
            r"\bclasse\w{0,2}\s+\d+\s+(?:sur|parmi)\s+\d+",
            rf"\b(?:arriv\w+|figur\w+|place\w*|range\w{{0,2}}|hierarchise\w{{0,2}})\s+{_WHERE}{_ORDER}\b{_RANKED}(?!\s+{_PLACE}\s+d)",
            rf"\b{_ORDER}\s+{_PLACE}\b(?={_END}|\s+(?:sur|parmi|avec)\b|\s+{_IN_A_LIST})",
            rf"\b(?!{_FIRST}\b){_ORDER}\s+position\s+pour\b",
            r"\brang\s*(?::|n\s?[°o]|est(?:\s+le)?)?\s*\d+",
            r"\bvotre\s+rang\b|\bvotre\s+classement\b|\bclassement\s*:\s*\w",
            r"\b(?:derniers?|dernieres?|premiers?|premieres?|tete|bas|haut|fin|milieu)\s+du\s+classement\b",
            r"\b(?:mieux|moins\s+bien|mal)\s+class\w+",
            rf"\b{_ORDER}\s+(?:sur|parmi)\s+(?:les\s+)?\d+(?:\s+{_ASKED})?(?={_END})",
            rf"\b{_ORDER}\s+ex\s?-?aequo\b",
            r"\b\d+(?:er|re|e|eme)\s?/\s?\d+",
            rf"\b(?:etes|est)\s+(?!{_FIRST}\b|derniere?\b){_ORDER}(?={_END}|\s+(?:sur|parmi|ex)\b|\s+{_IN_A_LIST})",
            rf"\b{_ORDER}\s+{_IN_A_LIST}",
            r"\bliste\s+d'attente\b[^.;]{0,20}?(?:n\s?[°o]|rang|position)\s?\d+",
        )
    )
)


def has_a_mark(bare: str) -> bool:
    return any(_is_a_mark(found, bare) for found in _MARK.finditer(bare)) or _is_out_of(bare)


def has_a_rank(bare: str) -> bool:
    return _RANK.search(bare) is not None


def _is_a_mark(found: re.Match, bare: str) -> bool:
    """« le 2/4 » is a day, « 02/10 » another, « trimestre 2/4 » a part, and nobody has twelve out of four."""
    got, most = found["got"], found["most"]
    if got is None:
        return True
    before, after = bare[: found.start()], bare[found.end() :]
    is_a_day = (
        _AS_A_DATE.search(before) or re.match(r"\s+a\s+\d", after) or (got.startswith("0") and len(got) > 1)
    )
    return not is_a_day and not _AS_A_NUMBER.search(before) and float(got.replace(",", ".")) <= int(most)


def _is_out_of(bare: str) -> bool:
    """« 14 sur 20 » where something is judged, or with nothing else before it; « 4 sur 5 » elsewhere counts people."""
    judged = _CUE.search(bare) is not None
    return any(judged or not bare[: found.start()].strip(" «(") for found in _OF_SUR.finditer(bare))

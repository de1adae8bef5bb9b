"""The letter that a decision is notified with, where one was made here: its number and its day are nobody's to type."""

from collections.abc import Iterable
from datetime import date

from cases.letter_guards import kind_of_decision
from cases.letter_kinds import OF_DECISION
from cases.models import FundingLine, Letter


def letters_of(lines: Iterable[FundingLine]) -> dict[int, Letter]:
    """{line key: the letter that stands about its decision}; a letter that tells another decision is none of them.

    One query, or none where no financier of these lines writes here.
    """
    here = {one.pk: one for one in lines if one.envelope.financier.writes_letters}
    if not here:
        return {}
    standing = Letter.objects.filter(line__in=here, kind_of__in=OF_DECISION).standing().by_number()
    return {one.line_id: one for one in standing if _tells(one, here[one.line_id])}


def facts_of(letter: Letter) -> dict[str, date | str]:
    """What its notification records."""
    return {"notified_on": letter.dated_on, "letter_reference": letter.reference}


def _tells(letter: Letter, line: FundingLine) -> bool:
    return letter.kind_of == kind_of_decision(line) and letter.amount == line.award

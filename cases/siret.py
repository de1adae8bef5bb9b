"""The number of an establishment, and the key that finds a digit miscopied."""

import re

LA_POSTE = "356000000"
"""The known exception: its establishments' digits add up to a multiple of five instead."""


def without_blanks(text: str) -> str:
    """« 123 456 789 00012 » as people copy it, without its spaces."""
    return re.sub(r"\s", "", text)


def is_shaped(digits: str) -> bool:
    return re.fullmatch("[0-9]{14}", digits) is not None


def holds(digits: str) -> bool:
    """Whether fourteen digits agree with their key (Luhn)."""
    doubled = "".join(str(int(digit) * (2 - rank % 2)) for rank, digit in enumerate(digits))
    if sum(map(int, doubled)) % 10 == 0:
        return True
    return digits.startswith(LA_POSTE) and sum(map(int, digits)) % 5 == 0

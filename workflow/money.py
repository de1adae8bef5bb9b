"""Amounts as French people read them: « 12 500 € », « 1 234,50 € », « −1 000 € »."""

from decimal import ROUND_HALF_UP, Decimal

NARROW = "\u202f"  # narrow no-break space, because an amount must never break at the end of a line
MINUS = "\u2212"
BLANK = "—"


def euros(amount: Decimal | int | str | None) -> str:
    """An amount in euros, with its cents only where there are some; « — » where nothing is known."""
    if amount is None or amount == "":
        return BLANK
    cents = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole, rest = f"{abs(cents):,.2f}".split(".")
    decimals = "" if rest == "00" else f",{rest}"
    return f"{MINUS if cents < 0 else ''}{whole.replace(',', NARROW)}{decimals}{NARROW}€"

"""What must hold for an envelope to change: it covers what is decided, and a part never takes what its whole lacks."""

from collections.abc import Iterator
from decimal import Decimal

from workflow.money import euros
from workflow.refusal import Refusal


def ceiling_covers_decisions(envelope, value) -> Iterator[Refusal]:
    """A ceiling never falls below what is decided or shared out; a cut is recorded beside it instead, and shows what
    to arbitrate."""
    if value is None:
        return
    if value < envelope.decided:
        yield Refusal(
            "below_decided", "Des montants sont déjà décidés au-delà : notez une réduction.", place="ceiling"
        )
    elif envelope.split and value < envelope.own + envelope.split:
        taken = euros(envelope.own + envelope.split)
        sentence = f"{taken} sont déjà décidés ou répartis entre ses sous-enveloppes : notez une réduction."
        yield Refusal("below_split", sentence, place="ceiling")


def part_stands_in_its_whole(envelope) -> Iterator[Refusal]:
    """One financier's, of one nature, and never a part of a part: what it gives is counted once more, not twice."""
    whole = envelope.within
    if whole is None:
        return
    if whole.financier_id != envelope.financier_id:
        yield Refusal("other_financier", "Une sous-enveloppe est du même financeur.", place="within")
    if whole.within_id is not None:
        yield Refusal("part_of_part", "Une sous-enveloppe n’en contient pas d’autre.", place="within")
    if whole.nature != envelope.nature:
        yield Refusal("other_nature", "Une sous-enveloppe a la nature de la sienne.", place="nature")


def part_fits_its_whole(envelope, changes) -> Iterator[Refusal]:
    yield from it_fits(envelope, envelope.reserved, envelope.reserved_with(changes))


def new_part_fits_its_whole(envelope, opened) -> Iterator[Refusal]:
    """With those of the same call that come before it, because several may share one whole."""
    before = opened[: opened.index(envelope)] if envelope.within is not None else []
    taken = sum((one.reserved for one in before if one.within_id == envelope.within_id), Decimal(0))
    yield from it_fits(envelope, -taken, envelope.reserved)


def it_fits(part, was: Decimal, now: Decimal) -> Iterator[Refusal]:
    """Only what makes it larger is refused: after a cut of the whole, its parts are lowered one by one.

    `was` and `now` are what it holds back in the whole, in euros.
    """
    whole = part.within
    if whole is None or whole.available is None:
        return
    left = max(Decimal(0), whole.share - whole.own + was)
    if now > max(was, left):
        sentence = f"« {whole} » n’a que {euros(left)} pour elle : {euros(now)} n’y tiennent pas."
        yield Refusal("over_whole", sentence, place="ceiling")

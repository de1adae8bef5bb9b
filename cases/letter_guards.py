"""What must hold to write a letter: pure functions over the letter, its line and its dossier, which are held."""

from collections.abc import Iterator
from datetime import timedelta

from cases.acts import AGREEMENT_ABOVE, under_agreement
from cases.letter_kinds import OF_DECISION, OF_LINE, LetterKind
from cases.states import DECIDED, DossierState, LineState
from workflow.calendar import paris_day
from workflow.money import euros
from workflow.refusal import Refusal, no_right

DAYS_AHEAD = 60
"""A letter waits for its signature for a few weeks, never for longer."""
_STATES = {
    LetterKind.INADMISSIBILITY: (DossierState.INADMISSIBLE, DossierState.ANSWERED, DossierState.CLOSED),
    LetterKind.DEFERRAL: (DossierState.DEFERRED,),
    LetterKind.COMPLETION: (DossierState.INCOMPLETE,),
}
"""In which states of the dossier a letter of that kind makes sense."""


def kind_of_decision(line) -> LetterKind | None:
    """What there is to write about a line; None while nothing is decided, or once its holder gave it up."""
    if line.outcome == LineState.REFUSED:
        return LetterKind.REFUSAL
    if line.outcome != LineState.GRANTED or line.state == LineState.RENOUNCED or not line.award:
        return None
    return LetterKind.AWARD if line.award >= line.requested else LetterKind.PARTIAL


def letter_is_of_its_dossier(letter) -> Iterator[Refusal]:
    """Rights are read on the letter's own holder and call, so that those must be its dossier's."""
    own = (letter.organisation_id, letter.cycle_id)
    line_is_off = letter.line is not None and letter.line.dossier_id != letter.dossier_id
    if own != (letter.dossier.organisation_id, letter.dossier.cycle_id) or line_is_off:
        yield no_right()


def its_authority_writes_here(letter) -> Iterator[Refusal]:
    """Each authority writes for itself: another's letter is recorded by its date and its scan, never made here."""
    seat = letter.financier
    others = letter.line is not None and letter.line.envelope.financier_id != seat.pk
    if others or seat.cycle_id != letter.cycle_id or not seat.writes_letters:
        yield Refusal(
            "another_authority",
            "Ce financeur écrit ses propres courriers : notez la date du sien, et joignez-le signé.",
        )
    elif not (seat.signatory and seat.signatory_quality):
        yield Refusal(
            "no_signatory",
            f"Dites qui signe pour {seat} : ouvrez « Financeurs et enveloppes » de la campagne.",
        )


def it_tells_what_was_decided(letter) -> Iterator[Refusal]:
    """On the locked line: neither the outcome nor the amount may be another than the committee's."""
    if letter.kind_of not in OF_LINE:
        return
    line = letter.line
    if line is None or letter.dossier.state not in DECIDED:
        yield Refusal("not_decided", "La décision du comité n’est pas encore enregistrée.")
    elif letter.kind_of in OF_DECISION and letter.kind_of != kind_of_decision(line):
        yield Refusal("another_decision", "Ce courrier ne dit pas ce qui est décidé : relisez le dossier.")
    elif letter.kind_of == LetterKind.AGREEMENT and line.pk not in under_agreement([line]):
        yield Refusal(
            "no_agreement",
            f"Une convention se signe au-dessus de {euros(AGREEMENT_ABOVE)} dans l’année, pour un organisme privé.",
        )


def its_dossier_is_there(letter) -> Iterator[Refusal]:
    states = _STATES.get(letter.kind_of)
    off = letter.kind_of == LetterKind.INADMISSIBILITY and not letter.dossier.is_inadmissible
    if (states and letter.dossier.state not in states) or off:
        yield Refusal("not_now", "Ce courrier ne correspond pas à l’étape du dossier.")


def its_day_is_ahead(letter, at) -> Iterator[Refusal]:
    """A letter is never backdated: the time to contest it runs from its reception."""
    today = paris_day(at)
    if not today <= letter.dated_on <= today + timedelta(days=DAYS_AHEAD):
        yield Refusal(
            "date_off",
            f"Un courrier porte la date du jour, ou celle d’un des {DAYS_AHEAD} jours à venir.",
            place="dated_on",
        )


def no_field_is_empty(letter) -> Iterator[Refusal]:
    """A letter with a hole in it never leaves."""
    yield from letter.holes


LETTER = (
    letter_is_of_its_dossier,
    its_authority_writes_here,
    it_tells_what_was_decided,
    its_dossier_is_there,
    its_day_is_ahead,
    no_field_is_empty,
)

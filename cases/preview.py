"""The fiche de motivation as the holder reads it: who decided what, why, what now; no way to contest."""

from dataclasses import dataclass

from cases.models import Dossier, Feedback
from cases.states import LineState
from workflow.money import euros


@dataclass(frozen=True)
class Motive:
    """One motive: whose, the published reason with its rule or the free one, and the fact."""

    whose: str
    reason: str
    rule: str
    fact: str
    free: bool


@dataclass(frozen=True)
class Sheet:
    """The page that leaves."""

    answers: list[str]
    motives: list[Motive]
    appreciated: str
    advice: str
    meeting_with: str


def preview(dossier: Dossier, feedback: Feedback | None, *, to_holder: bool = False) -> Sheet:
    """What the sheet says now; blanks where nothing is written yet. The holder's waits for each financier's letter."""
    lines = list(dossier.lines.select_related("envelope__financier__organisation").order_by("pk"))
    sealed = {line.pk for line in lines if to_holder and _is_sealed(line)}
    reasons = {one.code: one for one in dossier.rules.reasons.order_by("pk")}
    seats = {line.pk: str(line.envelope.financier) for line in lines}
    written = feedback.motives if feedback else []
    motives = [one for one in written if one.get("line") not in sealed]
    return Sheet(
        answers=_answers(dossier, lines, sealed, {one.get("line") for one in written}),
        motives=[_motive(one, reasons, seats) for one in motives],
        appreciated=feedback.appreciated if feedback else "",
        advice=feedback.advice if feedback else "",
        meeting_with=feedback.meeting_with if feedback else "",
    )


def _is_sealed(line) -> bool:
    return line.notified_on is None and line.outcome in (LineState.GRANTED, LineState.REFUSED)


def _answers(dossier: Dossier, lines, sealed: set[int], explained: set[int | None]) -> list[str]:
    """Each financier for itself; `explained` are the lines that have a motive of their own, None for the dossier."""
    if dossier.is_inadmissible:
        return ["Votre dossier n’est pas recevable : il n’a pas pu être présenté aux financeurs."]
    return [
        _later(line) if line.pk in sealed else word_of(line) + _silence(line, explained) for line in lines
    ]


def _silence(line, explained: set[int | None]) -> str:
    """A sheet that gives the others' motives says honestly who refused and gave none."""
    silent = line.outcome == LineState.REFUSED and explained and not explained & {line.pk, None}
    return " Motif non communiqué par ce financeur." if silent else ""


def _later(line) -> str:
    return f"{line.envelope.financier} répondra séparément."


def word_of(line) -> str:
    """What one financier answers, as its holder reads it: neutral, and for itself alone."""
    seat = line.envelope.financier
    if line.outcome == LineState.GRANTED:
        return f"{seat} : {euros(line.decided)} accordés, pour {euros(line.requested)} demandés."
    if line.outcome == LineState.REFUSED:
        return f"{seat} n’a pas retenu votre demande de {euros(line.requested)}."
    if line.outcome == LineState.UNDISCLOSED:
        return f"{seat} n’a pas communiqué sa décision ni son motif."
    return _later(line)


def _motive(one: dict, reasons: dict, seats: dict) -> Motive:
    reason = reasons.get(one.get("reason"))
    return Motive(
        whose=seats.get(one.get("line"), ""),
        reason=reason.label if reason else one.get("free", ""),
        rule=reason.rule if reason else "",
        fact=one.get("fact", ""),
        free=reason is None,
    )

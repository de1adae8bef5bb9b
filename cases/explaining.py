"""What an answer owes its holder, financier by financier, by the cycle's policy; and what a sheet still lacks of it."""

from collections.abc import Iterator
from enum import StrEnum

from cases.states import LineState
from workflow.refusal import Refusal

MOST = 3
"""How many motives one financier may give: more would hide the one that counts."""
WHOLE = "0"
"""How a form names the part that speaks of the whole request; a financier's is named by its line's key."""


class Owed(StrEnum):
    """How much must be said: a whole explanation, one line, or what one likes."""

    FULL = "full"
    LINE = "line"
    OFFERED = "offered"


def part_of(line: int | None) -> str:
    return WHOLE if line is None else str(line)


def owed(dossier, lines, rules) -> dict[int | None, Owed]:
    """{line key: what is owed for it}; None alone stands for a request that was not examined: the team answers.

    Who communicates neither decision nor motive has no part in which anybody could write.
    """
    if dossier.is_inadmissible:
        return {None: Owed.FULL if rules.feedback_on_refusal else Owed.OFFERED}
    speaking = (line for line in lines if line.requested and line.outcome != LineState.UNDISCLOSED)
    return {line.pk: owed_for(line, rules) for line in speaking}


def owed_for(line, rules) -> Owed:
    """A refusal and a cut above the threshold are explained in full, a lesser cut in one line."""
    cut = line.cut_percent
    above = rules.feedback_on_cut is not None and cut > rules.feedback_on_cut
    if above or (rules.feedback_on_refusal and line.outcome == LineState.REFUSED):
        return Owed.FULL
    return Owed.LINE if cut and rules.line_on_cut else Owed.OFFERED


def feedback_is_due(dossier, lines, rules) -> bool:
    return any(one != Owed.OFFERED for one in owed(dossier, lines, rules).values())


# What a sheet lacks --------------------------------------------------------------------------------------------------


def sheet_is_whole(feedback, dossier, lines, rules, reasons) -> Iterator[Refusal]:
    """Each part says what it owes, each motive rests on a fact, and the holder learns what to do now."""
    due = owed(dossier, lines, rules)
    seats = {line.pk: str(line.envelope.financier) for line in lines}
    yield from _strangers(feedback, due)
    for line, much in due.items():
        yield from _part(feedback, line, much, seats.get(line, ""))
    for line, rank, motive in ranked(feedback.motives):
        yield from _motive(motive, reasons, f"motives-{part_of(line)}-{rank}")
    if not feedback.advice.strip() and (feedback.motives or Owed.FULL in due.values()):
        yield Refusal(
            "no_advice", "Écrivez « Et maintenant » : ce que le porteur peut changer.", place="advice"
        )
    if not any((feedback.motives, feedback.silent, feedback.lesser, feedback.appreciated, feedback.advice)):
        yield Refusal("empty", "La fiche ne dit encore rien.")


def ranked(motives) -> Iterator[tuple[int | None, int, dict]]:
    """Each motive with its line's key and its rank among those of that line, from 0."""
    seen: dict[int | None, int] = {}
    for motive in motives:
        line = motive.get("line")
        rank = seen[line] = seen.get(line, -1) + 1
        yield line, rank, motive


def _strangers(feedback, due) -> Iterator[Refusal]:
    """Each financier answers for itself: nobody speaks for all, nor for a line of another request."""
    spoken = [one.get("line") for one in (*feedback.motives, *feedback.lesser)] + list(feedback.silent)
    if any(line not in due for line in spoken):
        sentence = (
            "Un motif ne se rattache à aucun financeur de cette réponse : enregistrez de nouveau la fiche."
        )
        yield Refusal("not_its_line", sentence)


def _part(feedback, line: int | None, much: Owed, who: str) -> Iterator[Refusal]:
    count = sum(one.get("line") == line for one in feedback.motives)
    silent, place = line in feedback.silent, f"motives-{part_of(line)}-0"
    named = f"{who} : " if who else "Réponse de l’équipe : "
    if count > MOST or (much == Owed.FULL and not count and not silent):
        way = " Ou notez que le motif n’est pas communiqué." if who and not count else ""
        yield Refusal("motive_count", f"{named}donnez de un à trois motifs.{way}", place=place)
    if silent and count:
        sentence = f"{named}un motif est écrit. Décochez « motif non communiqué », ou effacez le motif."
        yield Refusal("silent_yet_said", sentence, place=f"silent-{part_of(line)}")
    if much == Owed.LINE and not (count or silent or _why(feedback, line)):
        yield Refusal("no_why", f"{named}dites en une ligne pourquoi moins.", place=f"why-{part_of(line)}")


def _why(feedback, line: int | None) -> str:
    return next((one["why"].strip() for one in feedback.lesser if one.get("line") == line), "")


def _motive(motive: dict, reasons: dict, place: str) -> Iterator[Refusal]:
    code, reason = motive.get("reason"), reasons.get(motive.get("reason"))
    if code and reason is None:
        yield Refusal("unknown_reason", "Ce motif n’est pas publié dans les règles de l’appel.", place=place)
    elif reason is not None and not reason.suits(motive.get("line")):
        yield Refusal("wrong_kind", f"« {reason.label} » ne convient pas à cette réponse.", place=place)
    elif not code and not str(motive.get("free", "")).strip():
        yield Refusal("no_reason", "Choisissez un motif publié ou écrivez un motif libre.", place=place)
    if not str(motive.get("fact", "")).strip():
        asked = f" {reason.asks}" if reason is not None and reason.asks else ""
        yield Refusal("no_fact", f"Dites quel fait du dossier fonde ce motif.{asked}", place=place)


def has_a_free_motive(feedback) -> bool:
    """A motive that nobody published: true and of general interest all the same, so somebody else reads it."""
    return any(not motive.get("reason") for motive in feedback.motives)

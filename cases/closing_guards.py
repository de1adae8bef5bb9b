"""What must hold for a year to end: a report where money was kept, and each award settled (see `guards.py`)."""

from collections.abc import Iterator

from cases.guards import no_late_word_is_untold
from cases.states import LineState
from workflow.calendar import paris_day
from workflow.refusal import Refusal
from workflow.wording import day_in_words

TO_SETTLE = (LineState.NOTIFIED, LineState.ACCEPTED, LineState.ADAPTED)


def an_award_is_kept(dossier, lines) -> Iterator[Refusal]:
    if not _kept(lines):
        yield Refusal(
            "nothing_granted",
            "Aucun financement n’a été accordé et gardé : il n’y a pas de bilan à demander.",
        )


def nothing_is_left_to_report(dossier, lines, report) -> Iterator[Refusal]:
    if _kept(lines) and (report is None or report.state != "accepted"):
        yield Refusal("report_missing", "Le bilan de l’action n’est pas encore accepté.", place="report")


def every_award_is_settled(dossier, lines) -> Iterator[Refusal]:
    """What each financier pays in the end is said, line by line: kept, given back, or given up."""
    for line in lines:
        if line.award and line.state in TO_SETTLE:
            yield Refusal(
                "not_settled",
                f"{line.seat} : dites ce qui est gardé ou rendu, puis soldez ce financement.",
                place=f"line-{line.pk}",
            )


def _kept(lines) -> bool:
    """Whether an action was paid for: money that was given back to the last cent paid for none."""
    return any(line.due and line.state != LineState.RENOUNCED for line in lines)


NOTHING_IS_OWED = (nothing_is_left_to_report, every_award_is_settled, no_late_word_is_untold)
"""All that closing asks, said at once."""


def money_came_back_by_now(line, value, at) -> Iterator[Refusal]:
    """The day on which its financier had its money again: noted once it came, never ahead."""
    if value is None:
        return
    if not line.given_back:
        yield Refusal("nothing_back", "Rien n’est à rendre sur ce financement.", place="returned_on")
    elif value > paris_day(at):
        yield Refusal(
            "back_ahead", "Cette date est à venir : écrivez-la une fois l’argent arrivé.", place="returned_on"
        )
    elif line.notified_on and value < line.notified_on:
        sentence = f"L’argent ne revient pas avant la lettre du {day_in_words(line.notified_on)}."
        yield Refusal("back_before_letter", sentence, place="returned_on")

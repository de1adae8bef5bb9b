"""What must hold for somebody to answer the mirror survey: true sentences, as pure functions (see `guards.py`)."""

from collections.abc import Iterator

from workflow.calendar import paris_day
from workflow.refusal import Refusal, no_right, window_closed


def survey_is_open(ballot, at, survey_step) -> Iterator[Refusal]:
    if survey_step is None:
        yield Refusal("no_survey", "Cet appel ne pose pas d’enquête.")
    elif not survey_step.window.contains(at):
        yield window_closed(survey_step.label, survey_step.first_day, survey_step.last_day, paris_day(at))


def took_part(ballot, parts) -> Iterator[Refusal]:
    """Who had no part in the year has nothing to say of it; each answers for the part it had."""
    if ballot.organisation_id not in parts:
        yield no_right()

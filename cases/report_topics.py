"""What a report asks, one topic a screen; an intermediate one asks three things."""

from dataclasses import dataclass

from django.db import models

from cases.states import ReportState


class ReportPart(models.TextChoices):
    CORRECTIONS = "corrections", "Ce que l’équipe demande"
    ACTION = "action", "Ce qui a été fait"
    PUBLIC = "public", "Qui est venu"
    ACCOUNTS = "comptes", "Les comptes"
    GAPS = "ecarts", "Les écarts"
    ONWARD = "suite", "Et ensuite"


_PLACES = {
    ReportPart.CORRECTIONS: ("reply-",),
    ReportPart.ACTION: ("text", "difficulties"),
    ReportPart.PUBLIC: ("people", "people_qpv"),
    ReportPart.ACCOUNTS: ("account-", "spent"),
    ReportPart.GAPS: ("why-",),
    ReportPart.ONWARD: ("onward",),
}
_FINAL = (
    ReportPart.ACTION,
    ReportPart.PUBLIC,
    ReportPart.ACCOUNTS,
    ReportPart.GAPS,
    ReportPart.ONWARD,
)


@dataclass(frozen=True)
class ReportTopic:
    slug: str
    label: str
    places: tuple[str, ...]
    questions: tuple = ()
    """A report asks nothing of the call's own."""

    def holds(self, place: str) -> bool:
        """Whether a refusal's place is on this screen."""
        return any(place == one or (one.endswith("-") and place.startswith(one)) for one in self.places)


def topics_of(report) -> list[ReportTopic]:
    """In the order in which one writes; what the team asks for comes first."""
    parts = _FINAL if report.is_final else (ReportPart.ACTION,)
    if report.state == ReportState.TO_CORRECT and report.corrections:
        parts = (ReportPart.CORRECTIONS, *parts)
    more = () if report.is_final else ("people", "spent")
    return [ReportTopic(one.value, one.label, (*_PLACES[one], *more)) for one in parts]

"""What must hold for a report to be sent or sent back: true sentences, as pure functions (see `guards.py`)."""

from collections.abc import Iterator

from cases.statement import Statement
from workflow.refusal import Refusal

WORDS = {
    "text": ("no_text", "Racontez ce qui a été fait."),
    "difficulties": ("no_difficulties", "Dites ce qui a été difficile, ou « rien »."),
    "onward": ("no_onward", "Dites si l’action continue, et comment."),
}
INTERIM_WORDS = ("text",)


def report_is_written(report) -> Iterator[Refusal]:
    for name in WORDS if report.is_final else INTERIM_WORDS:
        if not getattr(report, name).strip():
            code, sentence = WORDS[name]
            yield Refusal(code, sentence, place=name)


def people_are_counted(report) -> Iterator[Refusal]:
    if report.people is None:
        yield Refusal("no_people", "Indiquez combien de personnes ont participé.", place="people")
    if report.people_qpv is None and report.is_final:
        yield Refusal("no_people_qpv", "Indiquez combien viennent des quartiers.", place="people_qpv")
    if report.people is not None and (report.people_qpv or 0) > report.people:
        yield Refusal(
            "people_off",
            "Il ne peut pas venir plus de personnes des quartiers qu’en tout.",
            place="people_qpv",
        )


def money_is_told(report, lines, revised) -> Iterator[Refusal]:
    """An intermediate report says what is spent so far; the final one gives the whole statement."""
    if report.is_final:
        yield from Statement.of(report, lines, revised).refusals()
    elif report.spent is None:
        yield Refusal("no_spent", "Indiquez ce qui a été dépensé.", place="spent")


def corrections_are_answered(report) -> Iterator[Refusal]:
    for rank, (asked, reply) in enumerate(report.exchanges):
        if not reply.strip():
            yield Refusal("no_reply", f"Répondez à l’équipe : « {asked} »", place=f"reply-{rank}")


def accounts_are_certified(report) -> Iterator[Refusal]:
    """Whoever engages the organisation vouches for its accounts."""
    if report.is_final and not (report.certified_by.strip() and report.certified_at):
        yield Refusal(
            "not_certified", "Le représentant légal doit confirmer ces comptes.", place="certified_by"
        )


def something_is_to_correct(report, facts) -> Iterator[Refusal]:
    if facts is not None and not (str(facts.get("reason", "")).strip() or facts.get("items")):
        yield Refusal(
            "nothing_asked", "Dites ce qu’il faut corriger : une raison, ou des points.", place="items"
        )


def amount_is_sane(report, value) -> Iterator[Refusal]:
    if value is not None and value < 0:
        yield Refusal("amount_off", "Le montant ne peut pas être négatif.", place="spent")

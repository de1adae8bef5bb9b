"""What a renewed request takes over from the one before, as the call says: kept, cleared, or asked again.

Nothing is stored of it: an answer is « repris » for as long as it stands word for word as the earlier request said it.
"""

from dataclasses import dataclass, field
from typing import Any

from cases.models import Dossier, Question, QuestionKind
from cases.models.criterion import Renewal
from workflow import published
from workflow.models import Cycle, CycleVersion

KEPT = ("public",)
ASKED_AGAIN = ("public_count", "starts_on", "ends_on", "total_cost")
"""What every request says: whom it is for lasts, how many, when and how much is another thing each year."""


@dataclass(frozen=True)
class Carried:
    """The year that answers come from, and which stand as they did then; what was said then where it is asked again.

    `codes` are of questions, `fields` the dossier's own; `asked` {code or field: what was said}, `budget` {account: …}.
    """

    year: int | None = None
    codes: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    asked: dict[str, Any] = field(default_factory=dict)
    budget: dict[str, str] = field(default_factory=dict)


def earlier(project, cycle: Cycle, by) -> Dossier | None:
    """The newest request of the same action that this person may read, of another call."""
    seen = Dossier.objects.visible_to(by).filter(project=project).exclude(cycle=cycle)
    return seen.select_related("cycle", "rules").order_by("-cycle__year", "-pk").first()


def answers_for(rules: CycleVersion, before: Dossier) -> dict:
    """The earlier answers that the call keeps, to the questions that are asked again in the same form."""
    return _answers(rules, before, Renewal.KEEP)


def fields_for(before: Dossier) -> dict:
    """What of the dossier's own fields a renewed request begins with."""
    return {name: getattr(before, name) for name in KEPT if getattr(before, name)}


def carried(dossier: Dossier, by) -> Carried:
    """What of a draft still stands as it was taken over; nothing for what is new this year."""
    before = earlier(dossier.project_id, dossier.cycle, by) if dossier.renewal else None
    if before is None:
        return Carried()
    kept, own = answers_for(dossier.rules, before), fields_for(before)
    said = {name: getattr(before, name) for name in ASKED_AGAIN if getattr(before, name)}
    return Carried(
        before.cycle.year,
        frozenset(code for code, answer in kept.items() if dossier.answers.get(code) == answer),
        frozenset(name for name, value in own.items() if getattr(dossier, name) == value),
        said | _answers(dossier.rules, before, Renewal.ASK),
        before.budget,
    )


def _answers(rules: CycleVersion, before: Dossier, wished: Renewal) -> dict:
    asked, was = _questions(rules), _questions(before.rules)
    return {
        code: answer
        for code, answer in before.answers.items()
        if answer not in (None, "")
        and code in asked
        and code in was
        and (asked[code].kind, asked[code].renewed) == (was[code].kind, wished)
    }


def _questions(rules: CycleVersion) -> dict[str, Question]:
    [questions] = published.rows_of(Question, [rules]).values()
    return {one.code: one for one in questions if one.kind != QuestionKind.DOCUMENT}

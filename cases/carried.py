"""What a renewed request takes over from the one before: the answers to the same questions, each still to read again.

Nothing is stored of it: an answer is « repris » for as long as it stands word for word as the earlier request said it.
"""

from dataclasses import dataclass

from cases.models import Dossier, Question, QuestionKind
from workflow import published
from workflow.models import Cycle, CycleVersion


@dataclass(frozen=True)
class Carried:
    """The year that answers come from, and the codes of the questions that they still answer unchanged."""

    year: int | None = None
    codes: frozenset[str] = frozenset()


def earlier(project, cycle: Cycle, by) -> Dossier | None:
    """The newest request of the same action that this person may read, of another call."""
    seen = Dossier.objects.visible_to(by).filter(project=project).exclude(cycle=cycle)
    return seen.select_related("cycle", "rules").order_by("-cycle__year", "-pk").first()


def answers_for(rules: CycleVersion, before: Dossier) -> dict:
    """The earlier answers to the questions that are asked again, in the same form."""
    asked = _kinds(rules)
    was = _kinds(before.rules)
    return {
        code: answer
        for code, answer in before.answers.items()
        if answer not in (None, "") and asked.get(code, "") == was.get(code)
    }


def carried(dossier: Dossier, by) -> Carried:
    """What of a draft still stands as it was taken over; nothing for what is new this year."""
    before = earlier(dossier.project_id, dossier.cycle, by) if dossier.renewal else None
    if before is None:
        return Carried()
    kept = answers_for(dossier.rules, before)
    same = (code for code, answer in kept.items() if dossier.answers.get(code) == answer)
    return Carried(before.cycle.year, frozenset(same))


def _kinds(rules: CycleVersion) -> dict[str, str]:
    [questions] = published.rows_of(Question, [rules]).values()
    return {one.code: one.kind for one in questions if one.kind != QuestionKind.DOCUMENT}

"""What each call offers by its rules of the day: sessions name a step by its code, and read it here."""

from collections.abc import Iterable

from workflow.models import Cycle, Step, StepKind

ACCOMPANIES = [kind.value for kind in StepKind if kind.accompanies]


def steps_of(cycles: Iterable[int]) -> dict[int, dict[str, Step]]:
    """{cycle key: {code: step}} of the accompaniments that the present rules of each call offer, with their dates."""
    rules = Cycle.objects.filter(pk__in=set(cycles)).values("current")
    steps = Step.objects.filter(version__in=rules, kind__in=ACCOMPANIES).order_by("pk")
    found: dict[int, dict[str, Step]] = {}
    for step in steps.select_related("opens", "closes", "version"):
        found.setdefault(step.version.cycle_id, {})[step.code] = step
    return found


def labels_of(cycles: Iterable[int]) -> dict[tuple[int, str], str]:
    """{(cycle key, code): what the newest published rules that have it call a step}, offered today or no more."""
    steps = Step.objects.filter(version__cycle__in=set(cycles), version__published_at__isnull=False)
    rows = steps.order_by("version__number", "pk").values_list("version__cycle", "code", "label")
    return {(cycle, code): label for cycle, code, label in rows}

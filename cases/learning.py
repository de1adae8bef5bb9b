"""What the years teach a team: reasons given, accompanied requests beside the others, time spent in each state.

Of roles and requests, never of persons: no name is read, and a figure of one to four is not shown.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from statistics import median

from django.db import models
from django.db.models import Exists, F, OuterRef

from cases.inbox import PARTS
from cases.models import Dossier, FeedbackVersion, FundingLine, Support
from cases.states import DossierState, LineState, SupportState
from cases.survey import FEW
from workflow.models import Cycle, Entry
from workflow.roles import Role


class By(models.TextChoices):
    """What the reasons are counted by."""

    YEAR = "annee", "Par année"
    ORIENTATION = "orientation", "Par orientation"
    QUARTER = "quartier", "Par quartier"
    FIRST = "premiere-demande", "Premières demandes et autres"
    SUPPORT = "accompagnement", "Avec et sans accompagnement"


FREE = "Hors motifs publiés"
FIRST = {True: "Première demande", False: "Déjà venu"}
ACCOMPANIED = {True: "Accompagnées", False: "Sans accompagnement"}
NOWHERE = "Sans orientation"
TURNS: dict[str, Role] = {part.state: part.role for part in reversed(PARTS)} | {
    DossierState.SUPPORT: Role.INSTRUCTOR,
    DossierState.REVIEW: Role.FINANCIER,
}
"""Whose turn it is in each state that somebody is waited for."""


def names_somebody(count: int) -> bool:
    """So few are known to their neighbours."""
    return 0 < count < FEW


@dataclass(frozen=True)
class Figure:
    """How often one reason was given under one head; `most` is the longest bar of its table."""

    head: str
    count: int
    most: int

    @property
    def hidden(self) -> bool:
        return names_somebody(self.count)

    @property
    def width(self) -> int:
        """In percent of the longest bar."""
        return 100 * self.count // self.most if self.most else 0


@dataclass(frozen=True)
class Table:
    """Reasons down, what they are counted by across."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Figure, ...]], ...]


@dataclass(frozen=True)
class Share:
    """How many of some requests were granted something."""

    year: int
    label: str
    filed: int
    granted: int

    @property
    def hidden(self) -> bool:
        return any(map(names_somebody, (self.filed, self.granted, self.filed - self.granted)))

    @property
    def percent(self) -> int:
        return round(100 * self.granted / self.filed) if self.filed else 0


@dataclass(frozen=True)
class Stay:
    """How long requests stayed in one state, and who was waited for."""

    label: str
    turn: str
    days: int
    stays: int

    @property
    def hidden(self) -> bool:
        return self.stays < FEW


@dataclass(frozen=True)
class Case:
    """One filed request, as far as counting needs it."""

    key: int
    year: int
    orientation: str
    quarters: tuple[str, ...]
    first: bool
    accompanied: bool
    granted: bool

    def under(self, by: By) -> tuple[str, ...]:
        """Where it is counted: once, but for a request that acts in several quarters."""
        one = {
            By.YEAR: str(self.year),
            By.ORIENTATION: self.orientation or NOWHERE,
            By.FIRST: FIRST[self.first],
            By.SUPPORT: ACCOMPANIED[self.accompanied],
        }
        return self.quarters if by == By.QUARTER else (one[by],)


# ── What was asked ──────────────────────────────────────────────────────────


def years_until(cycle: Cycle, user) -> list[Cycle]:
    """The calls of its contract up to that year, among those whose figures this person may learn from."""
    known = Cycle.objects.taught_to(user).filter(contract=cycle.contract_id, year__lte=cycle.year)
    return list(known.order_by("year", "pk"))


def cases_of(cycles: Iterable[Cycle]) -> list[Case]:
    """Every request that was filed in these calls."""
    keys = [cycle.pk for cycle in cycles]
    held = Support.objects.filter(dossier=OuterRef("pk"), state=SupportState.HELD)
    given = FundingLine.objects.filter(dossier=OuterRef("pk"), outcome=LineState.GRANTED, decided__gt=0)
    filed = Dossier.objects.filter(cycle__in=keys, submitted_at__isnull=False)
    rows = filed.annotate(accompanied=Exists(held), granted=Exists(given)).order_by("cycle__year", "pk")
    columns = ("pk", "cycle__year", "orientation__label", "organisation", "accompanied", "granted")
    quarters, since = filed.quarters(), {}
    found = []
    for key, year, orientation, holder, accompanied, granted in rows.values_list(*columns):
        first = since.setdefault(holder, year) == year
        found.append(Case(key, year, orientation or "", quarters.get(key, ()), first, accompanied, granted))
    return found


# ── What was answered ───────────────────────────────────────────────────────


def reasons(cases: Iterable[Case], by: By) -> Table:
    """How many requests were told each reason, by sheets that their holders have read."""
    known = {case.key: case for case in cases}
    told: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for key, label in _told(known):
        for head in known[key].under(by):
            told[label][head].add(key)
    heads = tuple(sorted({head for case in known.values() for head in case.under(by)}))
    counts = {label: [len(under.get(head, ())) for head in heads] for label, under in told.items()}
    most = max((count for row in counts.values() for count in row), default=0)
    ranked = sorted(counts, key=lambda label: (-len(set().union(*told[label].values())), label))
    return Table(heads, tuple((label, _figures(heads, counts[label], most)) for label in ranked))


def _figures(heads: tuple[str, ...], counts: list[int], most: int) -> tuple[Figure, ...]:
    return tuple(Figure(head, count, most) for head, count in zip(heads, counts, strict=True))


def _told(keys: Iterable[int]) -> Iterable[tuple[int, str]]:
    """By the words that were delivered: a correction under way teaches nothing yet."""
    sheets = FeedbackVersion.objects.standing().filter(feedback__dossier__in=list(keys)).order_by("pk")
    for key, content in sheets.values_list("feedback__dossier", "content"):
        for motive in content["motives"]:
            yield key, motive["label"] or FREE


def shares(cases: Iterable[Case]) -> list[Share]:
    """Year by year, the accompanied requests and the others. Beside one another, never as a cause."""
    groups: dict[tuple[int, bool], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.year, not case.accompanied].append(case)
    return [
        Share(year, ACCOMPANIED[not without], len(group), sum(one.granted for one in group))
        for (year, without), group in sorted(groups.items())
    ]


# ── How long it took ────────────────────────────────────────────────────────


def stays(cycles: Iterable[Cycle]) -> list[Stay]:
    """The median of the stays that are over, in days, in the order of the year; by the journal."""
    dossiers = Dossier.objects.filter(cycle__in=[cycle.pk for cycle in cycles]).order_by().values("pk")
    moved = Entry.objects.filter(subject_label=Dossier._meta.label_lower, subject_id__in=dossiers)
    rows = moved.exclude(source=F("target")).order_by("subject_id", "seq")
    lasted: dict[str, list[timedelta]] = defaultdict(list)
    for before, after in pairwise(rows.values_list("subject_id", "target", "at").iterator(2_000)):
        if before[0] == after[0]:
            lasted[before[1]].append(after[2] - before[2])
    return [
        Stay(
            state.label, turn_of(state), round(median(lasted[state]) / timedelta(days=1)), len(lasted[state])
        )
        for state in DossierState
        if lasted.get(state)
    ]


def turn_of(state: str) -> str:
    """Who was waited for, by role."""
    return TURNS[state].label if state in TURNS else "Personne"


# ── The same, as rows ───────────────────────────────────────────────────────


def sheets(cycles: list[Cycle], by: By) -> list[tuple]:
    """(name, titles, rows) of each table; None where a figure is too small to be shown."""
    found = cases_of(cycles)
    table = reasons(found, by)
    told = [[label, *(None if one.hidden else one.count for one in figures)] for label, figures in table.rows]
    shared = [
        [str(one.year), one.label, *([None] * 3 if one.hidden else (one.filed, one.granted, one.percent))]
        for one in shares(found)
    ]
    lasted = [
        [one.label, one.turn, None if one.hidden else one.days, None if one.hidden else one.stays]
        for one in stays(cycles)
    ]
    return [
        ("Motifs", ["Motif", *table.heads], told),
        ("Accompagnement", ["Année", "Demandes", "Déposées", "Financées", "Part financée (%)"], shared),
        ("Durées", ["État", "Au tour de", "Jours (médiane)", "Passages"], lasted),
    ]

"""What awaits somebody, as rows of a query: states × role × window × their part in it. Nothing is stored."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, CharField, Count, F, QuerySet, TextChoices, Value, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from cases import after_words
from cases.due import NEVER, day, dues_for
from cases.inbox import FINANCIER, HOLDER, OPINION, PARTS, READ_ANSWER, TEAM, Part, awarded, page_of
from cases.models import AgreedAction, Change, Dossier, Feedback, FundingLine, Report
from cases.states import DossierMove, DossierState, FeedbackMove, LineMove
from cases.words import READ_OVER, READ_REMARKS, REMARKS_AWAIT, SEE_AGREED, TOO_LATE, agreed_by_holder, task
from workflow.roles import Role

AGREED, REREAD, SIGN, CHANGE, INTERIM = "agreed", "remarks", "sign", "change", "interim"
OPINE, CHOOSE = f"{FINANCIER}-{LineMove.OPINE}", f"{HOLDER}-{LineMove.ACCEPT}"
CHECK = f"{TEAM}-{FeedbackMove.PROOFREAD}"
ROW = ("due", "rank", "place", "source", "key", "urgency")
BY_SOURCE = {
    HOLDER: {part.state: part for part in PARTS if part.audience == HOLDER},
    TEAM: {part.state: part for part in PARTS if part.audience == TEAM},
}


class Urgency(TextChoices):
    """The heaps of a to-do list, the most urgent first."""

    LATE = "late", "En retard"
    WEEK = "week", "Cette semaine"
    LATER = "later", "Plus tard"
    UNDATED = "undated", "Sans date"


def kind_of(part: Part) -> str:
    """One word per work to do, whatever the state it is done in."""
    return f"{part.audience}-{part.move}"


KINDS: dict[str, str] = {
    **{kind_of(part): part.button for part in PARTS},
    OPINE: OPINION,
    CHECK: "Relire la fiche",
    CHOOSE: "Maintenir, adapter ou renoncer",
    SIGN: "Conventions à signer",
    CHANGE: "Changements demandés",
    INTERIM: "Bilans intermédiaires à lire",
    AGREED: "Ce qui est convenu",
    REREAD: READ_REMARKS,
}

OF_DOSSIER = {
    CHECK: ("dossier-feedback", READ_OVER, KINDS[CHECK]),
    CHANGE: ("changes", after_words.CHANGE_AWAITS, after_words.ANSWER_CHANGE),
    INTERIM: ("dossier-interim", after_words.INTERIM_AWAITS, after_words.READ_INTERIM),
}
"""{source: the page of the dossier where the team does it, the sentence, the button}."""


@dataclass(frozen=True)
class Task:
    """One line of somebody's to-do list; what was agreed before any request has none."""

    dossier: Dossier | None
    sentence: str
    due: date | None
    url: str
    button: str
    urgency: Urgency
    about: str = ""
    title: str = ""

    @property
    def late(self) -> bool:
        return self.urgency == Urgency.LATE


# Where tasks come from -----------------------------------------------------------------------------------------------


def sources_of(user, held: set[Role], on: date) -> dict[str, QuerySet]:
    """The rows that await this person, by where they come from; no query for a role that they do not hold."""
    found: dict[str, QuerySet] = {}
    team = held & {Role.INSTRUCTOR, Role.COORDINATOR}
    due = dues_for(user, on) if team or Role.HOLDER in held else None
    if Role.HOLDER in held:
        mine = Dossier.objects.of_holder(user).in_state(*BY_SOURCE[HOLDER]).turn_of(HOLDER, on)
        found[HOLDER] = _columns(mine, on, due, _kind(HOLDER), "cycle", "number")
        reread = Dossier.objects.of_holder(user).having_remarks_to_read()
        found[REREAD] = _columns(reread, on, due, Value(REREAD, output_field=CharField()), "cycle", "number")
        found[CHOOSE] = _lines(FundingLine.objects.to_choose(user), on, day(NEVER), CHOOSE)
    if team:
        found[TEAM] = _columns(_turns_of_team(user, on), on, due, _kind(TEAM), "cycle", "number")
        asked = _lines(Change.objects.awaiting(user), on, day(NEVER), CHANGE)
        found[CHANGE] = asked.annotate(key=F("dossier"))
        halfway = _lines(Report.objects.interim_to_read(user), on, day(NEVER), INTERIM)
        found[INTERIM] = halfway.annotate(key=F("dossier"))
        sheets = _lines(Feedback.objects.awaiting(user), on, day(NEVER), CHECK)
        found[SIGN] = _lines(FundingLine.objects.acts_to_sign(user), on, day(NEVER), SIGN)
        found[CHECK] = sheets.annotate(key=F("dossier"))  # because its dossier says all that is shown
    if Role.FINANCIER in held:
        owed = Coalesce("dossier__review_due_on", day(NEVER))
        found[OPINE] = _lines(FundingLine.objects.awaiting(user), on, owed, OPINE)
    if due is not None:
        found[AGREED] = _agreed(AgreedAction.objects.awaiting(user, on), on)
    return found


def _agreed(actions: QuerySet, on: date) -> QuerySet:
    known = {"due": F("due_on"), "kind": Value(AGREED, output_field=CharField()), "rank": F("cycle")}
    place = Coalesce("dossier__number", Value(0))
    return actions.order_by().annotate(**known, place=place, key=F("pk")).annotate(urgency=_urgency(on))


def _turns_of_team(user, on: date) -> QuerySet:
    """An instructor's moves are open to the coordinator too, because many teams are one person."""
    read = Dossier.objects.of_team(user, Role.INSTRUCTOR, Role.COORDINATOR).in_state(
        *_states(Role.INSTRUCTOR)
    )
    decided = Dossier.objects.of_team(user, Role.COORDINATOR).in_state(*_states(Role.COORDINATOR))
    return (read | decided).turn_of(TEAM, on)


def _states(role: Role) -> list[str]:
    return [state for state, part in BY_SOURCE[TEAM].items() if part.role == role]


def _columns(rows: QuerySet, on: date, due, kind, cycle: str, number: str) -> QuerySet:
    known = rows.order_by().annotate(due=due, kind=kind, rank=F(cycle), place=F(number), key=F("pk"))
    return known.annotate(urgency=_urgency(on))


def _lines(lines: QuerySet, on: date, due, kind: str) -> QuerySet:
    known = Value(kind, output_field=CharField())
    return _columns(lines, on, due, known, "dossier__cycle", "dossier__number")


def _kind(source: str) -> Case:
    ways = [When(state=state, then=Value(kind_of(part))) for state, part in BY_SOURCE[source].items()]
    return Case(*ways, output_field=CharField())


def _urgency(on: date) -> Case:
    sunday = on + timedelta(days=6 - on.weekday())
    return Case(
        When(due__lt=on, then=Value(Urgency.LATE.value)),
        When(due__lte=sunday, then=Value(Urgency.WEEK.value)),
        When(due__lt=NEVER, then=Value(Urgency.LATER.value)),
        default=Value(Urgency.UNDATED.value),
        output_field=CharField(),
    )


# How many, and which -------------------------------------------------------------------------------------------------


def counts(sources: dict[str, QuerySet]) -> Counter:
    """{(kind, urgency): how many}, of all sources in one query."""
    if not sources:
        return Counter()
    counted = [rows.values("kind", "urgency").annotate(many=Count("pk")) for rows in sources.values()]
    return Counter({(one["kind"], one["urgency"]): one["many"] for one in _together(counted)})


def _together(several: list[QuerySet]) -> QuerySet:
    first, *others = several
    return first.union(*others, all=True) if others else first


def _kinds_of(source: str) -> set[str]:
    """The kinds of work that a source may hold; each kind has one source."""
    return {kind_of(part) for part in BY_SOURCE[source].values()} if source in BY_SOURCE else {source}


class Rows:
    """The kept tasks as a sequence whose length is known: a slice is one query, and one more per kind of row.

    `kept` says how many there are of each (kind, urgency), so that nothing empty is asked for.
    """

    def __init__(self, sources: dict[str, QuerySet], kind: str, urgency: str, kept: Counter):
        narrow = {name: value for name, value in (("kind", kind), ("urgency", urgency)) if value}
        here = {one for one, _ in kept}
        self.sources = {
            name: rows.filter(**narrow) for name, rows in sources.items() if _kinds_of(name) & here
        }
        self.length = kept.total()

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, part: slice) -> list[Task]:
        if not self.length:
            return []
        rows = _together(
            [
                rows.annotate(source=Value(name, output_field=CharField())).values_list(*ROW)
                for name, rows in self.sources.items()
            ]
        )
        return list(_tasks(list(rows.order_by("due", "rank", "place", "source", "key")[part])))


def _tasks(rows: list[tuple]) -> Iterator[Task]:
    dossiers, lines = _keys(rows, HOLDER, TEAM, REREAD, *OF_DOSSIER), _keys(rows, OPINE, CHOOSE, SIGN)
    known = Dossier.objects.select_related("organisation", "cycle").in_bulk(dossiers)
    owed = FundingLine.objects.for_pages().in_bulk(lines)
    agreed = AgreedAction.objects.for_pages().in_bulk(_keys(rows, AGREED))
    for due, _, _, source, key, urgency in rows:
        when, heap = None if due == NEVER else due, Urgency(urgency)
        if source in BY_SOURCE:
            yield _task(known[key], BY_SOURCE[source][known[key].state], when, heap)
        elif source in OF_DOSSIER:
            page, said, button = OF_DOSSIER[source]
            yield Task(known[key], said, when, reverse(page, args=[known[key].uuid]), button, heap)
        elif source == REREAD:
            url = reverse("dossier-request", args=[known[key].uuid])
            yield Task(known[key], REMARKS_AWAIT, when, url, READ_REMARKS, heap)
        elif source == AGREED:
            yield _of_action(agreed[key], when, heap)
        else:
            yield _of_line(owed[key], source, when, heap)


def _keys(rows: list[tuple], *sources: str) -> list[int]:
    return [key for _, _, _, source, key, _ in rows if source in sources]


def _task(dossier: Dossier, part: Part, due: date | None, urgency: Urgency) -> Task:
    """The page of work; a move alone is reached by the dossier's page, which says whether it is time."""
    page = reverse("dossier-detail", args=[dossier.uuid])
    if part.move == DossierMove.SUBMIT and urgency == Urgency.LATE:
        return Task(dossier, TOO_LATE, due, page, "Voir ma demande", urgency)
    url = page_of(part, dossier) if part.page else page
    return Task(dossier, task(part.audience, part.state), due, url, part.button, urgency)


def _of_line(line: FundingLine, source: str, due: date | None, urgency: Urgency) -> Task:
    if source == OPINE:
        url = reverse("line-move", args=[line.uuid, LineMove.OPINE])
        return Task(line.dossier, task(FINANCIER, DossierState.REVIEW), due, url, OPINION, urgency)
    if source == SIGN:
        url, said = reverse("line-act", args=[line.uuid]), after_words.to_sign(line.envelope.financier)
        return Task(line.dossier, said, due, url, after_words.SIGN, urgency)
    url = reverse("dossier-answer", args=[line.dossier.uuid])
    return Task(line.dossier, awarded(line), due, url, READ_ANSWER, urgency)


def _of_action(action: AgreedAction, due: date | None, urgency: Urgency) -> Task:
    """On its request, where there is one; else on the list of all that was agreed."""
    page = reverse("dossier-detail", args=[action.dossier.uuid]) if action.dossier else reverse("agreed")
    told = action.text if action.member_id else agreed_by_holder(action.organisation, action.text)
    url = f"{page}#convenu-{action.uuid}"
    about = str(action.organisation)
    return Task(action.dossier, told, due, url, SEE_AGREED, urgency, about, action.text)

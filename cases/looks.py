"""What guards look at, each loaded for many subjects at once: {subject key: value}. Named by the guards' parameters."""

from functools import cache, partial
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from cases import models
from cases.agreeing import ANSWER
from cases.programming_states import ProgrammingState
from cases.remark_life import OWN_TEXTS
from cases.states import LineState
from cases.support_life import GUIDES
from workflow import published, statements
from workflow.engine import AMEND, OPEN
from workflow.models import CycleVersion, Entry, Grant, Step
from workflow.models.step import StepKind
from workflow.roles import Role

IN_THE_ROUND = (LineState.INVITED, LineState.ANSWERED)
_ACCOMPANIES = [kind.value for kind in StepKind if kind.accompanies]


def _keys(dossiers) -> list[int]:
    return [dossier.pk for dossier in dossiers]


def _rows(model, dossiers, **more) -> list:
    """What hangs on these dossiers, in the order in which it was written."""
    return statements.rows_by(model, "dossier", _keys(dossiers), **more)


def _by_dossier(rows, dossiers) -> dict[int, list]:
    found: dict[int, list] = {dossier.pk: [] for dossier in dossiers}
    for row in rows:
        found[row.dossier_id].append(row)
    return found


def _by_rules(model, dossiers) -> dict[int, list]:
    rows = published.rows_of(model, (dossier.rules for dossier in dossiers))
    return {dossier.pk: rows[dossier.rules_id] for dossier in dossiers}


def lines(dossiers) -> dict[int, list]:
    related = ("envelope__financier__organisation", "envelope__within", "seat")
    return _by_dossier(_rows(models.FundingLine, dossiers, related=related), dossiers)


def questions(dossiers) -> dict[int, list]:
    return _by_rules(models.Question, dossiers)


class Aims(NamedTuple):
    """What a call and its contract offer to choose from, and whether a request says where it acts."""

    priorities: bool
    quarters: bool
    chosen: bool


def aims(dossiers) -> dict[int, Aims]:
    """All three in one query."""
    offered = models.Orientation.objects.filter(cycle=OuterRef("cycle"))
    around = models.Neighbourhood.objects.filter(contract=OuterRef("cycle__contract"))
    chosen = models.Dossier.neighbourhoods.through.objects.filter(dossier=OuterRef("pk"))
    rows = models.Dossier.objects.filter(pk__in=_keys(dossiers)).order_by("pk")
    rows = rows.values_list("pk", Exists(offered), Exists(around), Exists(chosen))
    return {key: Aims(*found) for key, *found in rows}


def documents(dossiers) -> dict[int, set[str]]:
    rows = _rows(models.Document, dossiers, removed_at=None)
    return {key: {row.code for row in found} for key, found in _by_dossier(rows, dossiers).items()}


def steps(dossiers) -> dict[int, list]:
    rows = _by_rules(Step, dossiers)
    return {key: [step for step in found if step.kind in _ACCOMPANIES] for key, found in rows.items()}


def dated_step(dossiers) -> dict:
    """How to learn the dates of an accompaniment by its code: asked only once one is chosen, because dates may move."""
    offered = steps(dossiers)

    @cache
    def dated() -> dict[int, Step]:
        keys = [step.pk for found in offered.values() for step in found]
        return {row.pk: row for row in statements.rows_by(Step, "pk", keys, related=("opens", "closes"))}

    def named(dossier: int, code: str) -> Step:
        return next(dated()[step.pk] for step in offered[dossier] if step.code == code)

    return {dossier.pk: partial(named, dossier.pk) for dossier in dossiers}


def supports(dossiers) -> dict[int, list]:
    return _by_dossier(_rows(models.Support, dossiers, related=("step", "noted_by")), dossiers)


def criteria(dossiers) -> dict[int, list]:
    return _by_rules(models.Criterion, dossiers)


def reasons(dossiers) -> dict[int, dict]:
    rows = _by_rules(models.Reason, dossiers)
    return {key: {row.code: row for row in found} for key, found in rows.items()}


def instruction(dossiers) -> dict:
    return {row.dossier_id: row for row in _rows(models.Instruction, dossiers)}


def completion(dossiers) -> dict:
    return {row.dossier_id: row for row in _rows(models.CompletionRequest, dossiers, closed_at=None)}


def review(dossiers) -> dict:
    return {row.dossier_id: row for row in _rows(models.ReviewRound, dossiers, closed_at=None)}


def feedback(dossiers) -> dict:
    return {row.dossier_id: row for row in _rows(models.Feedback, dossiers)}


def report(dossiers) -> dict:
    final = _rows(models.Report, dossiers, kind_of=models.ReportKind.FINAL)
    return {row.dossier_id: row for row in final}


def revised_budgets(reports) -> dict:
    """The last budget in force of each report's dossier, where its action was adapted."""
    rows = models.RevisedBudget.objects.in_force({report.dossier_id for report in reports})
    last = {row.dossier_id: row for row in rows}
    return {report.pk: last.get(report.dossier_id) for report in reports}


def lines_of_dossiers(reports) -> dict[int, list]:
    """The lines of each report's dossier."""
    found = lines([report.dossier for report in reports])
    return {report.pk: found[report.dossier_id] for report in reports}


def committees(dossiers) -> dict[int, set[int]]:
    rows = models.Committee.objects.filter(cycle__in={dossier.cycle_id for dossier in dossiers})
    by_cycle: dict[int, set[int]] = {}
    for key, cycle in rows.order_by("pk").values_list("pk", "cycle"):
        by_cycle.setdefault(cycle, set()).add(key)
    return {dossier.pk: by_cycle.get(dossier.cycle_id, set()) for dossier in dossiers}


def rules(dossiers) -> dict:
    return {dossier.pk: dossier.rules for dossier in dossiers}


def dossier_of(rows) -> dict:
    """For what hangs on a dossier: the door reads it with the row, under the dossier's own lock."""
    return {row.pk: row.dossier for row in rows}


def asked(lines) -> dict:
    """How to learn which lines of a dossier are asked or answered: read when somebody is excused, never before."""

    def in_the_round(dossier: int) -> set[int]:
        rows = models.FundingLine.objects.filter(dossier=dossier, state__in=IN_THE_ROUND)
        return set(rows.order_by("pk").values_list("pk", flat=True))

    return {one.pk: partial(in_the_round, one.dossier_id) for one in lines}


def asked_seats(inquiries) -> dict[int, set[int]]:
    """Whose opinion is asked on the dossier of each question, in the round that is open."""
    dossiers = {one.dossier_id for one in inquiries}
    lines = models.FundingLine.objects.filter(dossier__in=dossiers).in_open_round()
    asked: dict[int, set[int]] = {}
    for dossier, seat in (
        lines.filter(state__in=("invited", "answered")).order_by("pk").values_list("dossier", "seat")
    ):
        asked.setdefault(dossier, set()).add(seat)
    return {one.pk: asked.get(one.dossier_id, set()) for one in inquiries}


def texts(remarks) -> dict[int, set[str]]:
    """The parts of each request that are texts, whose words may be replaced."""
    rows = published.rows_of(models.Question, (one.dossier.rules for one in remarks))
    kinds = (models.QuestionKind.TEXT, models.QuestionKind.LONG)
    found = {
        rules: {*OWN_TEXTS, *(f"{ANSWER}{row.code}" for row in asked if row.kind in kinds)}
        for rules, asked in rows.items()
    }
    return {one.pk: found[one.dossier.rules_id] for one in remarks}


def crew(actions) -> dict[int, set[int]]:
    """Who accompanies in the cycle of each agreed action."""
    held = Grant.objects.filter(cycle__in={one.cycle_id for one in actions}, role__in=GUIDES)
    found: dict[int, set[int]] = {}
    for cycle, user in held.order_by("pk").values_list("cycle", "user"):
        found.setdefault(cycle, set()).add(user)
    return {one.pk: found.get(one.cycle_id, set()) for one in actions}


def passage_of(lines) -> dict:
    """How to learn which committee decided each line's dossier last: asked only once a letter is dated."""

    @cache
    def last() -> dict:
        decided = models.Passage.objects.that_decided()
        rows = decided.filter(dossier__in={line.dossier_id for line in lines})
        return {row.dossier_id: row for row in rows.select_related("committee").order_by("pk")}

    return {line.pk: lambda dossier=line.dossier_id: last().get(dossier) for line in lines}


class Signatures(NamedTuple):
    """Whether the record of the committee that decided a dossier is signed, and its call's programming."""

    record: bool
    programming: bool


def signatures(dossiers) -> dict:
    """How to learn what was signed since each dossier was decided."""

    def of(dossier) -> Signatures:
        last = models.Passage.objects.that_decided().filter(dossier=dossier.pk).order_by("pk").last()
        later = models.Minutes.objects.filter(
            committee=last.committee_id if last else None, signed_at__gte=last.at if last else None
        )
        arrested = models.Programming.objects.filter(cycle=dossier.cycle_id, state=ProgrammingState.SIGNED)
        return Signatures(last is not None and later.exists(), arrested.exists())

    return {dossier.pk: partial(of, dossier) for dossier in dossiers}


def phones(lines) -> dict[int, bool]:
    """Whether the rules that each line's dossier follows ask for a call before a refusal.

    Only refusals are asked, and the database only for rules that the page has not read already.
    """
    refused = [one for one in lines if one.state == LineState.REFUSED]
    asked = {
        one.dossier.rules_id: one.dossier.rules.call_on_refusal
        for one in refused
        if models.Dossier.rules.is_cached(one.dossier)
    }
    if unread := {one.dossier.rules_id for one in refused} - set(asked):
        rows = CycleVersion.objects.filter(pk__in=unread).order_by("pk")
        asked |= dict(rows.values_list("pk", "call_on_refusal"))
    return {one.pk: asked.get(one.dossier.rules_id, False) for one in lines}


def rules_of(rows) -> dict:
    return {row.pk: row.dossier.rules for row in rows}


def writers(sheets) -> dict[int, set[int]]:
    """Who opened or changed each sheet, by the journal."""
    found: dict[int, set[int]] = {sheet.pk: set() for sheet in sheets}
    written = Entry.objects.filter(
        subject_label=models.Feedback._meta.label_lower, subject_id__in=found, move__in=(OPEN, AMEND)
    )
    for key, actor in written.order_by("pk").values_list("subject_id", "actor"):
        found[key].add(actor)
    return found


def envelope_of(rows) -> dict:
    """One shared instance per envelope, so that lines decided in one call count on one another."""
    return {row.pk: row.envelope for row in rows}


def opened(envelopes) -> dict:
    """All that one call brings into being, in its order: none of them has a key yet."""
    return {one.pk: envelopes for one in envelopes}


def seated(absences) -> dict:
    """How to learn whether the stand-in of each holds its seat; a new one has no key yet."""

    def holds(one) -> bool:
        held = Grant.objects.filter(user=one.stand_in_id, role=Role.FINANCIER, user__is_active=True)
        return held.filter(organisation=one.seat_id, cycle=one.cycle_id).exists()

    return {one.pk: holds for one in absences}


def policy(lines) -> dict:
    """How to learn what each line's rules say of a proposal above what was asked: read once, and only then."""

    @cache
    def told() -> dict[int, str]:
        versions = CycleVersion.objects.filter(pk__in={one.dossier.rules_id for one in lines})
        return dict(versions.order_by("pk").values_list("pk", "above_request"))

    return {one.pk: lambda line: told()[line.dossier.rules_id] for one in lines}

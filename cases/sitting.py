"""What a coordinator writes down while a committee sits: each financier's word, then the committee's own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, QuerySet

from cases.board import Row
from cases.forms.committees import CellForm, RowForm
from cases.models import Committee, Dossier, FundingLine
from cases.states import DossierMove, DossierState
from workflow import engine
from workflow.money import euros
from workflow.refusal import Refusal


@dataclass(frozen=True)
class Result:
    """What became of one dossier of a batch."""

    row: Row
    refusals: tuple[Refusal, ...]
    repeated: bool


ON_THE_TABLE = (DossierState.COMMITTEE, DossierState.DEFERRED)


def committee_of(dossier: Dossier, user, on: date) -> Committee | None:
    """The committee on whose table this dossier lies, else the one that decided it; None if they follow none."""
    known = list(Committee.objects.visible_to(user).of_cycle(dossier.cycle_id))
    decided = dossier.passages.that_decided().order_by("at", "pk")
    past = None if dossier.state in ON_THE_TABLE else decided.last()
    then = [one for one in known if past and one.pk == past.committee_id]
    coming = [one for one in known if one.on >= max(on, dossier.next_committee_on or on)]
    return next(iter(then or coming or known[-1:]), None)


def nearest_first(committees: Iterable[Committee], on: date) -> list[Committee]:
    """Those to come, the nearest first, then those that have sat, the last one first."""
    return sorted(committees, key=lambda one: (one.on < on, abs(one.on - on)))


def tabled(committee: Committee, user) -> QuerySet[Dossier]:
    """The dossiers that lie before a committee and wait for it, among those that this person may see."""
    dossiers = Dossier.objects.visible_to(user).filter(committee.takes)
    return dossiers.in_state(*ON_THE_TABLE)


def waiting_for(committees: Iterable[Committee]) -> dict[int, int]:
    """{committee key: how many dossiers wait for it}, in one query however many committees there are."""
    counts = {f"of_{one.pk}": Count("pk", filter=one.takes) for one in committees}
    found = Dossier.objects.in_state(DossierState.COMMITTEE).aggregate(**counts) if counts else {}
    return {int(name.removeprefix("of_")): many for name, many in found.items()}


def note(form: RowForm, *, by, at: datetime) -> dict[int, tuple[Refusal, ...]]:
    """Write each financier's word that changed; returns {line key: refusals} of those that could not be."""
    refused = {}
    for move, cells in form.by_move().items():
        lines = [cell.cell.line for cell in cells]
        versions = {cell.cell.line.pk: cell.cleaned_data["version"] for cell in cells}
        each = {cell.cell.line.pk: cell.facts for cell in cells}
        outcomes = engine.fire_many(lines, move, by=by, at=at, versions=versions, each=each)
        refused |= {one.subject_id: one.refusals for one in outcomes if one.refusals}
    return refused


def decide(
    rows: Iterable[Row], committee: Committee, versions: dict[int, int], *, by, at: datetime
) -> list[Result]:
    """The committee's decision on these dossiers, each with the version that its page showed: {dossier key: it}."""
    asked = list(rows)
    dossiers = [row.dossier for row in asked]
    outcomes = engine.fire_many(
        dossiers,
        DossierMove.DECIDE,
        by=by,
        at=at,
        versions=versions,
        facts={"committee": committee.pk},
    )
    pairs = zip(asked, outcomes, strict=True)
    return [Result(row, outcome.refusals, outcome.repeated) for row, outcome in pairs]


def explain(cells: Iterable[CellForm], refused: dict[int, tuple[Refusal, ...]]) -> None:
    """Say each refusal beside its line; where somebody noted otherwise meanwhile, what stands there now."""
    for form in cells:
        refusals = refused.get(form.cell.line.pk, ())
        form.cell.errors += [refusal.sentence for refusal in refusals]
        if any(refusal.code == "stale" for refusal in refusals):
            form.cell.errors.append(_now(form.cell.line))


def _now(line: FundingLine) -> str:
    amount = f" {euros(line.decided)}" if line.award else ""
    return f"Maintenant : {line.get_state_display().lower()}{amount}."

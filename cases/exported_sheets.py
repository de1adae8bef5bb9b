"""The instruction sheets of a list, side by side: for the team alone, because marks are never published."""

from collections.abc import Iterator
from typing import Any

from cases.models import Criterion, CriterionKind, Instruction
from cases.states import DossierState
from cases.words import Audience, said
from cases.workbook.plain import write_table

SHEET = "Fiches d’instruction"
BEFORE = ("Dossier", "Porteur", "Intitulé de l’action", "État")
SUMMARY = "Synthèse"
WIDTHS = {"Porteur": 30, "Intitulé de l’action": 42, "État": 20, SUMMARY: 80}
CHECKED = {True: "Oui", False: "Non"}
COLUMNS = (
    "dossier__number",
    "dossier__organisation__name",
    "dossier__title",
    "dossier__state",
    "checks",
    "marks",
    "comments",
    "summary",
)


def as_workbook(dossiers, *, user, audience: Audience) -> bytes:
    """One row per sheet that was begun, one column per check and two per mark, whatever year's rules they follow."""
    chosen = dossiers.order_by().values("pk")
    sheets = Instruction.objects.within_reach(user).filter(dossier__in=chosen)
    checks, marks = (_criteria(dossiers, kind) for kind in (CriterionKind.ADMISSIBILITY, CriterionKind.GRID))
    titles = [*BEFORE, *checks.values()]
    for label in marks.values():
        titles += [f"{label} (sur 4)", f"{label} : commentaire"]
    found = sheets.order_by("-dossier__cycle", "dossier__number").values_list(*COLUMNS)
    rows = _rows(found, checks, marks, audience)
    return write_table(SHEET, [*titles, SUMMARY], rows, widths=WIDTHS, frozen="D2")


def _criteria(dossiers, kind: str) -> dict[str, str]:
    """{code: label} of every rule that these dossiers follow, the newest wording of each."""
    rules = dossiers.order_by().values("rules")
    found = Criterion.objects.filter(version__in=rules, kind=kind).order_by("version", "pk")
    return dict(found.values_list("code", "label"))


def _rows(sheets, checks: dict, marks: dict, audience: Audience) -> Iterator[list[Any]]:
    states = {code: said(code, label, audience) for code, label in DossierState.choices}
    for number, holder, title, state, ticked, given, comments, summary in sheets.iterator(2_000):
        row = [f"{number:03d}", holder, title, states[state]]
        row += (CHECKED.get(ticked.get(code)) for code in checks)
        for code in marks:
            row += (given.get(code), comments.get(code) or None)
        yield [*row, summary]

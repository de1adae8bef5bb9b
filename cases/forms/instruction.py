"""The instruction sheet: each rule yes, no or still to check; each mark with its remark; a proposal per financier."""

from decimal import Decimal
from typing import NamedTuple

from django import forms
from django.forms import BoundField
from django.utils.functional import cached_property

from cases.forms.fields import MoneyField, WordsField
from cases.forms.sheets import SheetForm
from cases.models import CriterionKind
from cases.states import LineState
from workflow.money import euros

YES, NO, LATER = "yes", "no", ""
CHECKED = {YES: True, NO: False}
TYPED = {True: YES, False: NO, None: LATER}


class Mark(NamedTuple):
    """One question of the grid: the mark, and why."""

    mark: BoundField
    comment: BoundField


class InstructionForm(SheetForm):
    """The checklist, the grid, the summary and the proposals of one dossier, by its own rules."""

    def __init__(self, *args, criteria, sheet, lines, sends: bool = False, **options):
        """`sends`: whether the dossier may go to its financiers from here, so that one says to which."""
        super().__init__(*args, **options)
        self.sheet, self.lines, self.sends = sheet, lines, sends
        self.codes = {
            kind: [one.code for one in criteria if one.kind == kind] for kind in CriterionKind.values
        }
        for one in criteria:
            (self._check if one.kind == CriterionKind.ADMISSIBILITY else self._mark)(one)
        summary = sheet.summary if sheet else ""
        self.fields["summary"] = WordsField(
            label="Synthèse",
            help_text="Les financeurs la lisent : ce que l’action apporte, ce qui reste à voir.",
            required=False,
            initial=summary,
        )
        for line in lines:
            self._propose(line)

    def _check(self, one) -> None:
        held = self.sheet.checks.get(one.code) if self.sheet else None
        self.fields[f"check-{one.code}"] = forms.ChoiceField(
            label=one.label,
            help_text=one.help,
            choices=((YES, "Oui"), (NO, "Non"), (LATER, "À vérifier")),
            required=False,
            widget=forms.RadioSelect,
            initial=TYPED[held],
        )

    def _mark(self, one) -> None:
        self.fields[f"mark-{one.code}"] = forms.TypedChoiceField(
            label=one.label,
            help_text=one.help,
            choices=[(mark, str(mark)) for mark in range(5)],
            coerce=int,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect(attrs={"class": "mark"}),
            initial=self.sheet.marks.get(one.code) if self.sheet else None,
        )
        self.fields[f"comment-{one.code}"] = WordsField(
            label="Remarque",
            required=False,
            long=False,
            max_length=500,
            initial=self.sheet.comments.get(one.code, "") if self.sheet else "",
        )

    def _propose(self, line) -> None:
        told = [f"Demandé : {euros(line.requested)}"]
        if line.previous is not None:
            told.append(f"l’an passé : {euros(line.previous)}")
        self.fields[f"proposal-{line.pk}"] = MoneyField(
            label=f"{line.envelope.financier} · {line.envelope}",
            help_text=f"{', '.join(told)}.",
            required=False,
            initial=line.team_proposal,
        )
        self.fields[f"line-{line.pk}"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=line.version
        )
        if self.sends and line.state == LineState.REQUESTED:
            self.fields[f"invite-{line.pk}"] = forms.BooleanField(
                label=f"À l’envoi, demander l’avis · {line.envelope.financier}", required=False, initial=True
            )

    # What was typed, as the door takes it

    def changes(self) -> dict:
        """The sheet's fields: a rule still to check and a mark that is not given are absent, never false nor zero."""
        typed, grid = self.cleaned_data, self.codes[CriterionKind.GRID]
        checks = {code: typed[f"check-{code}"] for code in self.codes[CriterionKind.ADMISSIBILITY]}
        marks = {code: typed[f"mark-{code}"] for code in grid}
        comments = {code: typed[f"comment-{code}"] for code in grid}
        return {
            "checks": {code: CHECKED[said] for code, said in checks.items() if said},
            "marks": {code: mark for code, mark in marks.items() if mark is not None},
            "comments": {code: words for code, words in comments.items() if words},
            "summary": typed["summary"],
        }

    def proposals(self) -> list[tuple[object, Decimal | None, int]]:
        """(line, the team's proposal in euros, the line's version that was read)."""
        typed = self.cleaned_data
        return [(one, typed[f"proposal-{one.pk}"], typed[f"line-{one.pk}"]) for one in self.lines]

    def invited(self) -> list:
        """The lines whose financier is to be asked when the dossier is sent."""
        return [one for one in self.lines if self.cleaned_data.get(f"invite-{one.pk}")]

    @cached_property
    def changed_data(self) -> list[str]:
        """Whom to ask is no fact of the sheet, so that nobody else can have kept it otherwise."""
        return [name for name in super().changed_data if not name.startswith("invite-")]

    def renew(self, version: int) -> None:
        super().renew(version)
        for line in self.lines:
            self.data[f"line-{line.pk}"] = line.version

    # What the page shows, part by part

    def checklist(self) -> list[BoundField]:
        return [self[f"check-{code}"] for code in self.codes[CriterionKind.ADMISSIBILITY]]

    def is_admissible(self) -> bool:
        """Whether the kept sheet says yes everywhere: what is settled must not stand between a reader and the grid."""
        said = [one.initial for one in self.checklist()]
        return not self.is_bound and bool(said) and set(said) == {YES}

    def grid(self) -> list[Mark]:
        return [
            Mark(self[f"mark-{code}"], self[f"comment-{code}"]) for code in self.codes[CriterionKind.GRID]
        ]

    def shares(self) -> list[BoundField]:
        names = [f"{part}-{line.pk}" for line in self.lines for part in ("proposal", "invite")]
        return [self[name] for name in names if name in self.fields]

    def seen_versions(self) -> list[BoundField]:
        return [self[f"line-{line.pk}"] for line in self.lines]

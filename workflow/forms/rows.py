"""The form of one row of any section, made from its declaration: a new section gets its screens for nothing."""

from collections.abc import Iterable

from django import forms
from django.utils.text import slugify

from workflow.campaign import digest
from workflow.forms.fields import field_for
from workflow.loading import CycleDocument
from workflow.loading.kinds import Pattern
from workflow.loading.section import Row, Section
from workflow.refusal import Refusal
from workflow.words import TAKEN, value_said

LONGEST_CODE = 40


class RowForm(forms.Form):
    """`row` is what is there, None for a new one. `seen` comes back with the digest of what was shown.

    `siblings` takes the rows beside it off a document, where they stand inside a row of another section.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data=None, *, section: Section, row: Row | None, document: CycleDocument, siblings=None
    ):
        super().__init__(data, initial={**(row or {}), "seen": digest(row)})
        self.section, self.row, self.document = section, row, document
        self.siblings = siblings or (lambda document: document[section.name])
        for bound in section.bound:
            if not self.is_fixed(bound):
                self.fields[bound.attr] = field_for(bound, document, self.siblings)
                self.fields[bound.attr].heading = bound.heading
                if row is None:
                    self.initial[bound.attr] = bound.default

    def is_fixed(self, bound) -> bool:
        """Codes are made from the name; what is there already keeps its identity."""
        if self.row is None and not self.section.single:
            return bound.attr == self.section.identity and _is_made(bound.kind)
        return self.section.is_fixed(bound.attr)

    def clean(self):
        identity = self.section.identity
        if self.row is None and self.cleaned_data.get(identity) in self.siblings(self.document):
            self.add_error(identity, TAKEN)
        return self.cleaned_data

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What never changes, said and not asked."""
        bounds = [bound for bound in self.section.bound if self.row and self.is_fixed(bound)]
        shown = [bound for bound in bounds if bound.attr != "code"]
        return [
            (bound.label[:1].upper() + bound.label[1:], self._said(bound, self.row[bound.attr]))
            for bound in shown
        ]

    def result(self, document: CycleDocument) -> tuple[str, Row]:
        """(code, row) as it would stand in this document: what was typed over what is there."""
        there = {bound.attr: bound.default for bound in self.section.bound}
        there |= {field.attr: {} for field in self.section.nested} | (self.row or {})
        typed = {bound.attr: self.cleaned_data.get(bound.attr) for bound in self.section.bound}
        row = there | {attr: value for attr, value in typed.items() if attr in self.fields}
        for bound in self.section.bound:
            if bound.same_as and row[bound.attr] in (None, ""):
                row[bound.attr] = row[bound.same_as]
        if self.section.single:
            return "", row
        if self.row is None and self.section.identity not in self.fields:
            row[self.section.identity] = free_code(self.section.name_of(row), self.siblings(document))
        return row[self.section.identity], row

    def otherwise(self) -> list[tuple[str, str]]:
        """(label, what is kept now) wherever something else was typed."""
        _, typed = self.result(self.document)
        return [
            (bound.label[:1].upper() + bound.label[1:], self._said(bound, self.row[bound.attr]))
            for bound in self.section.bound
            if self.row and typed[bound.attr] != self.row[bound.attr]
        ]

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Say each reason beside the field it speaks of, else above the form."""
        keys = {bound.key: bound.attr for bound in self.section.bound}
        for one in refusals:
            attr = keys.get(one.place.rpartition("/")[2], "")
            self.add_error(attr if attr in self.fields else None, one.sentence)

    def renew(self) -> None:
        """Keep what was typed, over what the person now reads."""
        self.data = self.data.copy()
        self.data["seen"] = digest(self.row)

    def _said(self, bound, value) -> str:
        return value_said(bound, value, self.document)


def _is_made(kind) -> bool:
    return isinstance(kind, Pattern) and kind.shape == Pattern().shape


def free_code(name: str, taken: Iterable[str]) -> str:
    """A code made of a name, that no other row has: « Comité d’été » gives « comite_dete »."""
    stem = slugify(name).replace("-", "_")[: LONGEST_CODE - 4] or "element"
    known, code, rank = set(taken), stem, 2
    while code in known:
        code, rank = f"{stem}_{rank}", rank + 1
    return code

"""What the programming is narrowed, ordered and grouped by: an ordinary GET form, so that the address says all."""

from functools import cached_property

from django import forms
from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from cases import programming_sums as sums
from cases.choices import choices_in
from cases.forms.filters import PlainSelect
from cases.models import Dossier, FundingLine
from cases.narrowing import quarter_of
from cases.programming_states import PROGRAMMED
from cases.states import DossierState
from workflow.models import Cycle

DISCUSS, SILENT, OVER = "discuss", "silent", "raised"
ONLY = (
    ("", "Tous les dossiers"),
    (DISCUSS, "À discuter"),
    (SILENT, "Un avis manque"),
    (OVER, "Proposé au-dessus de la demande"),
)
SORTS = (
    ("", "À discuter d’abord"),
    ("number", "Par numéro"),
    ("holder", "Par porteur"),
    ("title", "Par action"),
    ("requested", "Du plus demandé au moins demandé"),
    ("planned", "Du plus programmé au moins programmé"),
)
GROUPS = (
    ("", "Sans regrouper"),
    ("orientation", "Par orientation"),
    ("neighbourhood", "Par quartier"),
    ("holder", "Par porteur"),
)
COLUMN = {"orientation": "orientation_id", "holder": "organisation_id"}
LABELLED = {"orientation": "orientation__pk", "neighbourhood": "group", "holder": "organisation__name"}
"""In which order groups stand."""
NO_ORIENTATION, NO_QUARTER, SEVERAL_QUARTERS = "Sans orientation", "Sans quartier", "Plusieurs quartiers"
ORDER = {
    "": ("is_calm", "number"),
    "number": ("number",),
    "holder": ("organisation__name", "number"),
    "title": ("title", "number"),
    "requested": ("-total_requested", "number"),
    "planned": ("-total_planned", "number"),
}


IN_A_ROW = (
    "uuid",
    "number",
    "title",
    "total_cost",
    "cycle",
    "organisation__name",
    "orientation__label",
    "rules__public_share",
    "rules__least_financiers",
)


class ProgrammingFilters(forms.Form):
    search = forms.CharField(label="Rechercher", required=False, max_length=100)
    only = forms.ChoiceField(label="Montrer", required=False, widget=PlainSelect, choices=ONLY)
    state = forms.ChoiceField(label="État", required=False, widget=PlainSelect)
    orientation = forms.ChoiceField(label="Orientation", required=False, widget=PlainSelect)
    neighbourhood = forms.ChoiceField(label="Quartier", required=False, widget=PlainSelect)
    financier = forms.ChoiceField(label="Financeur", required=False, widget=PlainSelect)
    sort = forms.ChoiceField(label="Trier", required=False, widget=PlainSelect, choices=SORTS)
    group = forms.ChoiceField(label="Regrouper", required=False, widget=PlainSelect, choices=GROUPS)

    def __init__(self, data, *, cycle: Cycle):
        super().__init__(data)
        self.cycle = cycle
        known = choices_in(cycle.pk)
        self.quarters = dict(known["neighbourhood"])
        every = (("orientation", "Toutes"), ("neighbourhood", "Tous"), ("financier", "Tous"))
        for name, label in every:
            self.fields[name].choices = [("", label), *known[name]]
        self.fields["state"].choices = [
            ("", "Tous"),
            *((code, label) for code, label in DossierState.choices if code in PROGRAMMED),
        ]
        for name in [name for name, _ in every if not known[name]]:
            del self.fields[name]

    @cached_property
    def asked(self) -> dict[str, str]:
        """What was chosen and makes sense; the rest narrows nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def narrows(self) -> bool:
        return bool(set(self.asked) - {"sort", "group"})

    @property
    def grouping(self) -> str:
        return self.asked.get("group", "")

    @property
    def address(self) -> str:
        """The filters as the end of an address."""
        kept = QueryDict(mutable=True)
        kept.update(self.asked)
        return kept.urlencode()

    def kept(self, dossiers):
        narrow = {
            "search": lambda rows, value: rows.told_of(value),
            "only": lambda rows, value: KEEPS[value](rows, self.cycle.pk),
            "state": lambda rows, value: rows.in_state(value),
            "orientation": lambda rows, value: rows.of_orientation(int(value)),
            "neighbourhood": lambda rows, value: rows.in_neighbourhood(int(value)),
            "financier": lambda rows, value: rows.asking(int(value)),
        }
        for name, value in self.asked.items():
            dossiers = narrow[name](dossiers, value) if name in narrow else dossiers
        return dossiers

    def ordered(self, dossiers):
        """In the order that is asked for, with `is_calm` and, where they are grouped, the `group` of each."""
        sort = self.asked.get("sort", "")
        if sort in ("requested", "planned"):
            dossiers = dossiers.annotate(**{f"total_{sort}": _total(sort)})
        rows = dossiers.calm_last(self.cycle.pk).annotate(group=self._group())
        first = [F(LABELLED[self.grouping]).asc(nulls_last=True)] if self.grouping else []
        return rows.order_by(*first, *ORDER[sort])

    def shown(self, keys) -> dict[int, Dossier]:
        """The dossiers of a page by their keys, with what a row shows and no more."""
        rows = Dossier.objects.filter(pk__in=keys).order_by("number")
        found = rows.select_related("organisation", "orientation", "rules").only(*IN_A_ROW)
        return {one.pk: one for one in found}

    # Groups -----------------------------------------------------------------------------------------------------------

    def _group(self):
        """Of which group a dossier is, as an expression: a key, 0 where it has none."""
        if self.grouping == "neighbourhood":
            return quarter_of(Dossier)
        return Coalesce(F(COLUMN[self.grouping]), 0) if self.grouping else Value(0)

    @property
    def group_of_line(self):
        """The same, seen from a line of the dossier; None where nothing is grouped."""
        if self.grouping == "neighbourhood":
            return quarter_of(Dossier, "dossier")
        return Coalesce(F(f"dossier__{COLUMN[self.grouping]}"), 0) if self.grouping else None

    def group_label(self, key: int, dossier: Dossier) -> str:
        """What a group is called, by its key and by one of its dossiers."""
        if self.grouping == "orientation":
            return str(dossier.orientation or NO_ORIENTATION)
        if self.grouping == "holder":
            return str(dossier.organisation)
        return {-1: SEVERAL_QUARTERS, 0: NO_QUARTER}.get(key) or self.quarters[str(key)]


KEEPS = {
    DISCUSS: lambda rows, cycle: rows.to_discuss(cycle),
    SILENT: lambda rows, cycle: rows.missing_an_opinion(cycle),
    OVER: lambda rows, cycle: rows.raised(cycle),
}


def _total(name: str) -> Subquery:
    return sums.total(sums.priced(FundingLine.objects.filter(dossier=OuterRef("pk"))), "dossier", name)

"""The filters of a list: an ordinary GET form, so that the address says all."""

from django import forms
from django.forms.utils import flatatt
from django.http import QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from cases.choices import choices_for
from cases.states import DossierState
from cases.words import Audience, said
from workflow import roles
from workflow.roles import TEAM, Role

EVERY = {"cycle": "Tous", "orientation": "Toutes", "neighbourhood": "Tous", "financier": "Tous"}
SORT = "sort"


class PlainSelect(forms.Select):
    """A short list of plain choices, written without a template per option: a page of filters has a hundred of them."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = (
            (str(key), mark_safe(" selected" if str(key) == chosen else ""), label)  # noqa: S308 - our own word
            for key, label in self.choices
        )
        own = flatatt(self.build_attrs(self.attrs, attrs))
        inside = format_html_join("\n", '<option value="{}"{}>{}</option>', options)
        return format_html('<select name="{}"{}>\n{}\n</select>', name, own, inside)


class DossierFilters(forms.Form):
    search = forms.CharField(label="Rechercher", required=False, max_length=100)
    state = forms.ChoiceField(label="État", required=False, widget=PlainSelect)
    cycle = forms.ChoiceField(label="Appel", required=False, widget=PlainSelect)
    orientation = forms.ChoiceField(label="Orientation", required=False, widget=PlainSelect)
    neighbourhood = forms.ChoiceField(label="Quartier", required=False, widget=PlainSelect)
    holder = forms.CharField(label="Porteur", required=False, max_length=100)
    financier = forms.ChoiceField(label="Financeur", required=False, widget=PlainSelect)
    mine = forms.BooleanField(label="À mon tour", required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user, self.held = user, roles.seen_by(user)
        self.audience = audience_of({Role(one.role) for one in self.held})
        self.known = choices_for(user)
        self.fields["state"].choices = [("", "Tous"), *self._states()]
        for name, every in EVERY.items():
            self.fields[name].choices = [("", every), *self.known[name]]
        for name in self._idle():
            del self.fields[name]

    def _states(self):
        return [(code, said(code, label, self.audience)) for code, label in DossierState.choices]

    def _idle(self) -> list[str]:
        """What would narrow nothing: one call, no quarter; a financier sees its own lines only."""
        few = [name for name, least in (("cycle", 2), ("neighbourhood", 1)) if len(self.known[name]) < least]
        others = {
            Audience.FINANCIER: ["financier"],
            Audience.HOLDER: ["holder", "financier", "neighbourhood", "orientation"],
        }
        return sorted({*few, *others.get(self.audience, [])})

    @property
    def team_cycles(self) -> list[tuple[str, str]]:
        """The calls of which this person is the team: with whom a view may be shared."""
        mine = {str(one.cycle_id) for one in self.held if one.role in TEAM}
        return [(key, label) for key, label in self.known["cycle"] if key in mine]

    @property
    def is_team(self) -> bool:
        return self.audience == Audience.TEAM

    def kept(self, dossiers):
        """The dossiers that answer every filter; one that makes no sense filters nothing."""
        narrow = {
            "search": lambda rows, value: rows.matching(value),
            "state": lambda rows, value: rows.in_state(value),
            "cycle": lambda rows, value: rows.of_cycle(int(value)),
            "orientation": lambda rows, value: rows.of_orientation(int(value)),
            "neighbourhood": lambda rows, value: rows.in_neighbourhood(int(value)),
            "holder": lambda rows, value: rows.held_by_somebody_called(value),
            "financier": lambda rows, value: rows.asking(int(value)),
            "mine": lambda rows, value: rows.in_hands_of(self.user),
        }
        for name, value in self.asked().items():
            dossiers = narrow[name](dossiers, value)
        return dossiers

    def asked(self) -> dict:
        """What really narrows the list."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def address(self) -> str:
        """The filters as the end of an address, without the page and without what is blank."""
        kept = QueryDict(mutable=True)
        kept.update({name: "on" if value is True else value for name, value in self.asked().items()})
        if self.data.get(SORT):
            kept[SORT] = self.data[SORT]
        return kept.urlencode()


def audience_of(held: set[Role]) -> Audience:
    """As whom a person reads a whole list."""
    if held & set(TEAM):
        return Audience.TEAM
    if Role.HOLDER in held and Role.FINANCIER not in held:
        return Audience.HOLDER
    return Audience.FINANCIER if Role.FINANCIER in held else Audience.READER

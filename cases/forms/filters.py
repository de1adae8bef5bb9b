"""The filters of a list: an ordinary GET form, so that the address says all."""

from django import forms

from cases.models import Financier, Orientation
from cases.states import DossierState
from cases.words import Audience, said
from workflow.roles import TEAM, Role, roles_of


class DossierFilters(forms.Form):
    search = forms.CharField(label="Rechercher", required=False, max_length=100)
    state = forms.ChoiceField(label="État", required=False)
    orientation = forms.ChoiceField(label="Orientation", required=False)
    financier = forms.ChoiceField(label="Financeur", required=False)
    mine = forms.BooleanField(label="À mon tour", required=False)

    def __init__(self, data, *, user, dossiers):
        super().__init__(data)
        self.user, self.audience = user, audience_of(user)
        cycles = dossiers.order_by().values("cycle")
        orientations = Orientation.objects.filter(cycle__in=cycles).order_by("pk")
        self.fields["state"].choices = [("", "Tous"), *self._states()]
        self.fields["orientation"].choices = [
            ("", "Toutes"),
            *((str(one.pk), str(one)) for one in orientations),
        ]
        if self.audience == Audience.FINANCIER:
            del self.fields["financier"]  # because a financier sees its own lines only
        else:
            financiers = (
                Financier.objects.filter(cycle__in=cycles).select_related("organisation").order_by("pk")
            )
            self.fields["financier"].choices = [
                ("", "Tous"),
                *((str(one.pk), str(one)) for one in financiers),
            ]

    def _states(self):
        return [(code, said(code, label, self.audience)) for code, label in DossierState.choices]

    def kept(self, dossiers):
        """The dossiers that answer every filter; one that makes no sense filters nothing."""
        self.is_valid()
        asked = self.cleaned_data
        narrow = {
            "search": lambda value: lambda rows: rows.matching(value),
            "state": lambda value: lambda rows: rows.in_state(value),
            "orientation": lambda value: lambda rows: rows.of_orientation(int(value)),
            "financier": lambda value: lambda rows: rows.asking(int(value)),
            "mine": lambda value: lambda rows: rows.in_hands_of(self.user),
        }
        for name, keep in narrow.items():
            if asked.get(name):
                dossiers = keep(asked[name])(dossiers)
        return dossiers


def audience_of(user) -> Audience:
    """As whom a person reads a whole list."""
    held = roles_of(user)
    if held & set(TEAM):
        return Audience.TEAM
    if Role.HOLDER in held and Role.FINANCIER not in held:
        return Audience.HOLDER
    return Audience.FINANCIER if Role.FINANCIER in held else Audience.READER

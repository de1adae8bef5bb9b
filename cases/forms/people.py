"""Who is invited, as what, and for whom."""

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import REQUIRED, WordsField
from cases.people import CLOSED
from workflow.models import Cycle, Organisation
from workflow.roles import Role

ROLES = [choice for choice in Role.choices if choice[0] != Role.SYSTEM]


class PersonForm(RefusableForm):
    """A person: a name to be called by, an address to be reached at."""

    first_name = WordsField(label="Prénom", long=False, max_length=150)
    last_name = WordsField(label="Nom", long=False, max_length=150)
    email = forms.EmailField(
        label="Adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": REQUIRED,
            "invalid": "écrivez une adresse complète, comme prenom@exemple.fr.",
        },
    )

    @property
    def reopens(self) -> bool:
        """Whether a closed account is knowingly opened again."""
        return False

    @property
    def who(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("first_name", "last_name", "email")}


class InviteForm(PersonForm):
    """What a coordinator fills in."""

    role = forms.ChoiceField(label="Rôle", choices=ROLES, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label="Pour quelle organisation",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="Aucune",
        help_text="Demandé pour un porteur ou un financeur.",
        error_messages={"invalid_choice": "choisissez une organisation de la liste."},
    )
    new_organisation = WordsField(
        label="Ou une association qui n’est pas dans la liste", long=False, required=False
    )

    def __init__(self, cycle: Cycle, data=None):
        super().__init__(data)
        self.seats = set(cycle.financiers.order_by("pk").values_list("organisation", flat=True))
        asking = Organisation.objects.filter(dossiers__cycle=cycle).values("pk")
        invited = Organisation.objects.filter(grants__invited_in=cycle, grants__role=Role.HOLDER).values("pk")
        listed = Organisation.objects.filter(pk__in=asking) | Organisation.objects.filter(pk__in=invited)
        listed |= Organisation.objects.filter(pk__in=self.seats)
        self.fields["organisation"].queryset = listed.order_by("name", "pk")
        self.fields["role"].error_messages["required"] = "choisissez un rôle."
        if "reopens" in self.data:
            self._ask_to_reopen()

    def _ask_to_reopen(self) -> None:
        """Asked only of an address whose account is closed."""
        self.fields["reopens"] = forms.BooleanField(
            label="Rouvrir ce compte",
            required=False,
            help_text="La personne choisira un nouveau mot de passe.",
        )

    @property
    def reopens(self) -> bool:
        return self.cleaned_data.get("reopens", False)

    def refuse(self, refusals) -> None:
        super().refuse(refusals)
        if any(one.code == CLOSED for one in refusals):
            self._ask_to_reopen()
            self.add_error(
                "reopens", "si c’est bien cette personne, cochez cette case, puis invitez de nouveau."
            )

    def clean(self):
        role, known = self.cleaned_data.get("role"), self.cleaned_data.get("organisation")
        new = self.cleaned_data.get("new_organisation")
        if role == Role.FINANCIER and (known is None or known.pk not in self.seats):
            self.add_error("organisation", "choisissez un financeur de cette campagne.")
        if role == Role.HOLDER and (known is None) is (not new):
            self.add_error("organisation", "choisissez une association, ou écrivez le nom d’une nouvelle.")
        return self.cleaned_data

    def house(self) -> Organisation | None:
        """The organisation that the role is held for; a new association begins here, once."""
        if self.cleaned_data["role"] == Role.HOLDER and self.cleaned_data["new_organisation"]:
            name = self.cleaned_data["new_organisation"]
            known = self.fields["organisation"].queryset.filter(name=name).exclude(pk__in=self.seats).first()
            return known or Organisation.objects.create(name=name)
        seated = self.cleaned_data["role"] in (Role.HOLDER, Role.FINANCIER)
        return self.cleaned_data["organisation"] if seated else None


class ColleagueForm(PersonForm):
    """What a holder fills in, for an organisation of theirs."""

    organisation = forms.ModelChoiceField(
        label="Pour quelle organisation",
        queryset=Organisation.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": "choisissez une de vos organisations.", "required": REQUIRED},
    )

    def __init__(self, houses, data=None):
        super().__init__(data)
        self.fields["organisation"].queryset = houses

    def refuse(self, refusals) -> None:
        super().refuse(refusals)
        if any(one.code == CLOSED for one in refusals):
            self.add_error(None, "Appelez l’équipe qui vous accompagne : elle peut rouvrir ce compte.")

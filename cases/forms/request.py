"""The request's own topics, and its last page: the essentials, the budget, « Vérifier et envoyer »."""

from decimal import Decimal

from django import forms

from cases.budget import CHARGES, KIND, NONE, PRODUCTS, Account
from cases.forms.fields import CountField, DayField, MoneyField, WordsField
from cases.forms.sheets import OPTIONAL, SheetForm, in_words, plain
from cases.forms.topics import ATTRIBUTES, Section, TopicForm, amount_of
from cases.topics import Part
from workflow.money import euros

ASKED = "En euros. Laissez vide là où vous ne demandez rien."
DETAILED = "Facultatif : remplissez les comptes que vous connaissez."
GRANTED = "Ce que vous demandez plus haut compte déjà dans les produits, au compte 74."
IN_KIND = "Bénévolat, prêt de salle, dons : la même somme de chaque côté. Elle ne compte pas dans le coût."


class EssentialsForm(TopicForm):
    title = WordsField(label="Nom de l’action", long=False)
    orientation = forms.ModelChoiceField(
        label="À quelle priorité de l’appel répond-elle ?",
        queryset=None,
        required=False,
        empty_label="Je ne sais pas encore",
    )
    neighbourhoods = forms.ModelMultipleChoiceField(
        label="Dans quels quartiers ?", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    public = WordsField(label=f"Pour qui{OPTIONAL}", long=False, required=False)
    public_count = CountField(label=f"Pour combien de personnes{OPTIONAL}", required=False)
    starts_on = DayField(label=f"Début de l’action{OPTIONAL}", required=False)
    ends_on = DayField(label=f"Fin de l’action{OPTIONAL}", required=False)

    def __init__(self, *args, quarters=None, **options):
        """`quarters`: the keys that stood there once, where an earlier version is read."""
        self.quarters = quarters
        super().__init__(*args, **options)

    def ask(self) -> None:
        one = self.dossier
        self._offer("orientation", one.cycle.orientations.order_by("pk"))
        self._offer("neighbourhoods", one.cycle.contract.neighbourhoods.order_by("code"))
        quarters = self.quarters
        if quarters is None:
            quarters = one.neighbourhoods.order_by("pk").values_list("pk", flat=True)
        self.initial |= {name: getattr(one, ATTRIBUTES.get(name, name)) for name in self.asked}
        if "neighbourhoods" in self.fields:
            self.initial["neighbourhoods"] = sorted(quarters)
        for name in self.asked:
            if said := self._said_before(name, name in self.carried.fields):
                self.fields[name].help_text = said

    def _offer(self, name: str, rows) -> None:
        """What there is to choose, read once; a question without anything to choose is none."""
        if not rows:
            del self.fields[name]
            return
        field = self.fields[name]
        field.queryset = rows
        blank = [("", field.empty_label)] if field.empty_label else []
        field.choices = [*blank, *((one.pk, str(one)) for one in rows)]

    def clean(self) -> dict:
        typed = super().clean()
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "la fin vient après le début : vérifiez les deux dates.")
        return typed


class BudgetForm(TopicForm):
    """The total and what is asked of whom; account by account for those who can."""

    def __init__(self, *args, envelopes=(), lines=(), **options):
        self.envelopes, self.lines = list(envelopes), {line.envelope_id: line for line in lines}
        super().__init__(*args, **options)

    def ask(self) -> None:
        cost = self.dossier.total_cost or None
        said = "En euros. Si vous remplissez les comptes plus bas, ce total se calcule tout seul."
        said = f"{self._said_before('total_cost', stands=False)} {said}".strip()
        self.fields["total_cost"] = MoneyField(
            label="Coût total de l’action", required=False, help_text=said, initial=cost
        )
        for envelope in self.envelopes:
            line = self.lines.get(envelope.pk)
            asked = line.requested if line and line.requested else None
            self.fields[f"amount-{envelope.pk}"] = MoneyField(
                label=f"{envelope.financier} · {envelope}", required=False, help_text="", initial=asked
            )
        for one in (*CHARGES, *PRODUCTS, *KIND):
            self.fields[f"account-{one.value}"] = MoneyField(
                label=f"{one.value} · {one.label}",
                required=False,
                help_text=self._spent_before(one),
                initial=amount_of(self.dossier.budget.get(one.value)),
            )

    def _spent_before(self, account: Account) -> str:
        before = self.carried.budget.get(account.value)
        return f"En {self.carried.year} : {euros(amount_of(before))}." if before else ""

    def clean_total_cost(self) -> Decimal | None:
        """Charges that are given account by account make the total themselves."""
        return self.charges() or self.cleaned_data["total_cost"]

    def charges(self) -> Decimal:
        """The sum of what is typed in the accounts 60 to 69, in euros; what is no amount counts for nothing."""
        return sum((self._typed(one) for one in CHARGES), NONE)

    def _typed(self, account: Account) -> Decimal:
        try:
            return MoneyField(required=False).clean(self[f"account-{account.value}"].data) or NONE
        except forms.ValidationError:
            return NONE

    def changes(self) -> dict:
        found = super().changes()
        if "total_cost" in found:
            found["total_cost"] = found["total_cost"] or NONE
        accounts = {
            name.removeprefix("account-"): one
            for name, one in self.mine.items()
            if name.startswith("account-")
        }
        if accounts:
            laid = self.dossier.budget | {code: f"{one:.2f}" for code, one in accounts.items() if one}
            found["budget"] = {code: one for code, one in laid.items() if accounts.get(code, one)}
        return found

    def amounts(self) -> list[tuple]:
        return [
            (one, self.lines.get(one.pk), self.mine[f"amount-{one.pk}"] or NONE)
            for one in self.envelopes
            if f"amount-{one.pk}" in self.mine
        ]

    def field_of(self, place: str) -> str | None:
        if place == "lines" and self.envelopes:
            return f"amount-{self.envelopes[0].pk}"
        return "account-60" if place == "budget" else super().field_of(place)

    def sections(self) -> list[Section]:
        return [
            Section(self._named("total_cost")),
            Section(
                self._named("amount-"), "Ce que vous demandez, financeur par financeur", ASKED, rows=True
            ),
            Section(self._named("answer-"), "Vos autres ressources"),
        ]

    def accounts(self) -> list[Section]:
        return [
            Section(self._accounts(CHARGES), "Charges : ce que l’action coûte", DETAILED, rows=True),
            Section(self._accounts(PRODUCTS), "Produits : ce qui la paie", GRANTED, rows=True),
            Section(self._accounts(KIND), "Aides en nature", IN_KIND, rows=True),
        ]

    def _named(self, start: str) -> list:
        return [self[name] for name in self.asked if name.startswith(start)]

    def _accounts(self, accounts) -> list:
        return [self[f"account-{one.value}"] for one in accounts]

    def read(self) -> list[tuple[str, str]]:
        """The accounts have a table of their own."""
        return [
            (plain(self[name].label), in_words(self[name]))
            for name in self.asked
            if not name.startswith("account-") and (self[name].initial or not name.startswith("amount-"))
        ]


class FilingForm(SheetForm):
    """« Vérifier et envoyer »: who engages the organisation, and that they do; or the number that Dauphin gave."""

    commitment_by = WordsField(
        label="Nom du représentant légal",
        long=False,
        help_text="La personne qui engage l’organisation.",
    )
    commitment = forms.BooleanField(
        label="Le représentant légal confirme la demande et l’engagement républicain",
        error_messages={"required": "cochez cette case pour confirmer l’engagement."},
    )
    dauphin_reference = WordsField(
        label="Numéro de la demande dans Dauphin",
        long=False,
        max_length=40,
        help_text="Déposez d’abord la demande dans Dauphin, puis notez ici son numéro.",
    )

    def __init__(self, *args, dossier, here: bool, **options):
        super().__init__(*args, **options)
        self.dossier = dossier
        for name in ("dauphin_reference",) if here else ("commitment_by", "commitment"):
            del self.fields[name]
        self.initial = {name: getattr(dossier, name, "") for name in self.fields}
        self.initial["commitment"] = dossier.commitment_at is not None

    def facts(self, at) -> dict:
        """The dossier's fields; the engagement is dated once, and again only if somebody else takes it."""
        typed = self.cleaned_data
        if "dauphin_reference" in typed:
            return {"dauphin_reference": typed["dauphin_reference"]}
        same = typed["commitment_by"] == self.dossier.commitment_by
        moment = (same and self.dossier.commitment_at) or at
        return {"commitment_by": typed["commitment_by"], "commitment_at": moment}

    def kept_otherwise(self) -> list[tuple[str, str]]:
        return []


FORMS = {Part.ESSENTIALS: EssentialsForm, Part.BUDGET: BudgetForm}

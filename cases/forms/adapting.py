"""« Adapter l’action »: what changes, and the budget that fits what was granted, account by account."""

from django import forms

from cases.budget import CHARGES, KIND, PRODUCTS, Account, Budget
from cases.fitting import mark_of
from cases.forms.fields import MoneyField, WordsField
from cases.forms.moving import MoveForm
from cases.forms.topics import Section, amount_of
from cases.revised import budget_of, granted
from workflow.money import euros

ACCOUNT = "account-"
SAID = {
    CHARGES: ("Charges : ce que l’action coûtera", ""),
    PRODUCTS: ("Autres produits", "Ce que les financeurs d’ici vous accordent compte déjà."),
    KIND: ("Aides en nature", "La même somme de chaque côté."),
}


class AdaptForm(MoveForm):
    adaptation = WordsField(
        label="Ce qui change dans l’action",
        help_text="Par exemple : dix séances au lieu de quinze, dans un seul quartier.",
    )
    confirmed = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    """The mark of what was read over, before and after."""

    def prepare(self):
        rows = self.subject.dossier.lines.select_related("envelope__financier__organisation")
        self.lines = list(rows.order_by("pk"))
        asked = self.subject.dossier.budget
        for one in (*CHARGES, *PRODUCTS, *KIND):
            known = amount_of(asked.get(one.value))
            self.fields[f"{ACCOUNT}{one.value}"] = MoneyField(
                label=f"{one.value} · {one.label}",
                required=False,
                help_text=f"Dans la demande : {euros(known)}." if known else "",
                initial=known,
            )

    @property
    def facts(self):
        """The words, and each account that holds something."""
        typed = self.cleaned_data
        accounts = {one.value: typed.get(f"{ACCOUNT}{one.value}") for one in Account}
        return {
            "adaptation": typed["adaptation"],
            "budget": {code: amount for code, amount in accounts.items() if amount},
        }

    @property
    def mark(self) -> str:
        return mark_of(self.subject, self.lines, self.facts["adaptation"], self.facts["budget"])

    @property
    def was_confirmed(self) -> bool:
        """Whether its holder confirmed something: this, or what no longer is so."""
        return bool(self.cleaned_data["confirmed"])

    @property
    def is_confirmed(self) -> bool:
        return self.was_confirmed and self.cleaned_data["confirmed"] == self.mark

    def kept_hidden(self) -> list[str]:
        """What was typed, for the page that asks to confirm it."""
        return [one.as_hidden() for one in self if one.name != "confirmed"]

    @property
    def granted(self) -> list:
        """Who gives what, as far as the holder knows."""
        return granted(self.lines)

    @property
    def budget(self) -> Budget:
        """The sums of what is typed, else of the request on what was granted."""
        amounts = {one.value: self._amount(one) for one in Account}
        return budget_of({code: amount for code, amount in amounts.items() if amount}, self.lines)

    def _amount(self, account: Account):
        bound = self[f"{ACCOUNT}{account.value}"]
        try:
            return MoneyField(required=False).clean(
                bound.value() if self.is_bound else str(bound.initial or "")
            )
        except forms.ValidationError:
            return None

    def open_sections(self) -> list[Section]:
        """The accounts that the request filled, or that were typed."""
        return self._sections(filled=True)

    def folded_sections(self) -> list[Section]:
        """All others: few need them."""
        return self._sections(filled=False)

    def _sections(self, *, filled: bool) -> list[Section]:
        found = []
        for accounts, (title, help_text) in SAID.items():
            fields = [self[f"{ACCOUNT}{one.value}"] for one in accounts]
            mine = [one for one in fields if bool(one.value() or one.errors) is filled]
            if mine:
                found.append(Section(mine, title, help_text, rows=True))
        return found

    def refuse(self, refusals) -> None:
        """What is wrong with the whole budget stands beside its first account."""
        known = [one for one in refusals if one.place != "budget"]
        super().refuse(known)
        for one in refusals:
            if one.place == "budget":
                self.add_error(f"{ACCOUNT}60", one.sentence)

"""What a financier types on its own sheet: an opinion bound to what was shown, a question to the holder."""

from decimal import Decimal
from typing import Any

from django import forms

from cases.forms.answering import RefusableForm
from cases.forms.fields import MoneyField, WordsField
from cases.forms.moving import MoveForm
from cases.forms.opining import OpineForm
from cases.states import Verdict
from workflow.journal import Code
from workflow.money import euros

WITHOUT_MONEY = (Verdict.UNFAVOURABLE, Verdict.ABSTENTION, Verdict.RECUSED)
WITH_MONEY = (Verdict.FAVOURABLE, Verdict.RESERVED)
REQUESTED, PROPOSED, OTHER = "requested", "proposed", "other"


class OpinionForm(OpineForm):
    """Two shortcuts spare typing an amount; `seen` is the digest of the page that was read."""

    share = forms.ChoiceField(label="Montant que vous proposez", widget=forms.RadioSelect, required=False)
    amount = MoneyField(label="Votre montant", required=False)
    seen = forms.CharField(widget=forms.HiddenInput, label="La page", max_length=80)

    field_order = ("version", "seen", "verdict", "share", "amount", "conditions", "motive", "level")

    def __init__(self, line, data=None, *, digest: str, by_link: bool = False, delegation=None):
        self.digest, self.by_link, self.delegation = digest, by_link, delegation or {}
        super().__init__(line, data, initial={"seen": digest, **_given(line)})

    def prepare(self) -> None:
        super().prepare()
        self.fields["share"].choices = _shares(self.subject)
        for name in ("conditions", "motive"):
            self.fields[name].widget.attrs["rows"] = 2

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        verdict, share, typed = given.get("verdict"), given.get("share"), given.get("amount")
        offered = {REQUESTED: self.subject.requested, PROPOSED: self.subject.team_proposal}.get(share)
        if verdict in WITHOUT_MONEY:
            given["amount"] = None
        elif offered is not None and typed not in (None, offered):
            self.add_error("amount", "vous avez choisi un montant et écrit un autre : gardez l’un des deux.")
        elif offered is not None:
            given["amount"] = offered
        elif verdict in WITH_MONEY and typed is None and "amount" not in self.errors:
            self.add_error("share", "choisissez un montant, ou écrivez-en un autre.")
        return given

    def renew(self, version: int) -> None:
        """What was typed now speaks of the page as it is."""
        super().renew(version)
        self.data["seen"] = self.digest

    @property
    def facts(self) -> dict[str, Any]:
        """What the door takes: the digest is a code, not somebody's words."""
        facts = {name: value for name, value in super().facts.items() if name != "share"}
        facts["seen"] = Code(facts["seen"])
        return facts | ({"by_link": True} if self.by_link else {}) | self.delegation


class InquiryForm(RefusableForm):
    question = WordsField(
        label="Votre question au porteur",
        help_text="Le porteur, l’équipe et les autres financeurs la lisent, avec sa réponse.",
    )


class ReplyForm(MoveForm):
    answer = WordsField(
        label="Votre réponse", help_text="Les financeurs de votre dossier et l’équipe la lisent."
    )


class RenewalForm(forms.Form):
    email = forms.EmailField(
        label="Votre adresse électronique",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "écrivez votre adresse.",
            "invalid": "écrivez une adresse comme prenom.nom@exemple.fr.",
        },
    )


def _shares(line) -> list[tuple[str, str]]:
    if line.team_proposal is None:
        return [(REQUESTED, f"Comme demandé : {euros(line.requested)}"), (OTHER, "Un autre montant")]
    if line.team_proposal == line.requested:
        same = f"Comme demandé et proposé par l’équipe : {euros(line.requested)}"
        return [(PROPOSED, same), (OTHER, "Un autre montant")]
    return [
        (PROPOSED, f"Comme proposé par l’équipe : {euros(line.team_proposal)}"),
        (REQUESTED, f"Comme demandé : {euros(line.requested)}"),
        (OTHER, "Un autre montant"),
    ]


def _given(line) -> dict[str, Any]:
    """What this financier said already, to be corrected."""
    if not line.verdict:
        return {}
    known: dict[Decimal | None, str] = {line.requested: REQUESTED, line.team_proposal: PROPOSED}
    share = "" if line.proposed is None else known.get(line.proposed, OTHER)
    amount = line.proposed if share == OTHER else None
    words = {"conditions": line.conditions, "motive": line.motive}
    return {"verdict": line.verdict, "share": share, "amount": amount} | words

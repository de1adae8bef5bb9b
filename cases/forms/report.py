"""A report, one topic a screen, saved field by field as the request is; what it still lacks is said beside it."""

from decimal import Decimal

from django import forms

from cases.budget import CHARGES, KIND, NONE, PRODUCTS, Account
from cases.forms.fields import CountField, MoneyField, WordsField
from cases.forms.files import JoinedFileField
from cases.forms.sheets import SheetForm
from cases.forms.topics import Section, TopicForm, amount_of
from cases.report_topics import ReportPart
from cases.statement import USED, Row, Statement
from workflow.money import euros

LIKE_A_NEIGHBOUR = "Racontez comme à un voisin : combien de séances, où, avec qui, et ce que cela a changé."
ELSEWHERE = "Les comptes où rien n’était prévu."
IN_KIND = "Bénévolat, prêt de salle, dons : la même somme de chaque côté. Elle ne compte pas dans le coût."


class ReportForm(TopicForm):
    """One topic of a report; `statement` is what its accounts say now."""

    def __init__(self, *args, report, statement: Statement, **options):
        self.statement = statement
        super().__init__(*args, dossier=report, **options)


class ActionForm(ReportForm):
    def ask(self) -> None:
        one = self.dossier
        self.fields["text"] = WordsField(
            label="Qu’avez-vous fait, et qu’est-ce que cela a changé ?",
            help_text=LIKE_A_NEIGHBOUR,
            required=False,
            initial=one.text,
        )
        if one.is_final:
            self.fields["difficulties"] = WordsField(
                label="Qu’est-ce qui a été difficile ?",
                help_text="Ce qui n’a pas marché aide l’équipe et les autres porteurs. « Rien » est une réponse.",
                required=False,
                initial=one.difficulties,
            )
            return
        self.fields["people"] = CountField(
            label="Combien de personnes ont déjà participé ?", required=False, initial=one.people
        )
        self.fields["spent"] = MoneyField(
            label="Combien avez-vous déjà dépensé ?", required=False, initial=one.spent
        )


class PublicForm(ReportForm):
    def ask(self) -> None:
        self.fields["people"] = CountField(
            label="Combien de personnes ont participé ?",
            help_text="Comptez chaque personne une seule fois.",
            required=False,
            initial=self.dossier.people,
        )
        self.fields["people_qpv"] = CountField(
            label="Dont combien viennent des quartiers de l’appel ?",
            help_text="Une estimation honnête suffit.",
            required=False,
            initial=self.dossier.people_qpv,
        )


class AccountsForm(ReportForm):
    """What was planned stands beside each field; an account where nothing was is folded below."""

    def ask(self) -> None:
        if not self.statement.planned.is_detailed:
            self.fields["spent"] = MoneyField(
                label="Combien l’action a-t-elle coûté, en tout ?",
                help_text="En euros. Si vous remplissez les comptes plus bas, ce total se calcule tout seul.",
                required=False,
                initial=self.dossier.spent,
            )
        for one in (*CHARGES, *PRODUCTS, *KIND):
            planned = self.statement.planned.amounts.get(one.value)
            self._account(one.value, f"{one.value} · {one.label}", planned, self._kept(one.value))
        label = "74 · Subventions de cet appel, utilisées"
        self._account(USED, label, None, self.statement.used)
        self.fields[f"account-{USED}"].help_text = f"Accordé : {euros(self.statement.awarded)}."

    def _kept(self, code: str) -> Decimal | str | None:
        return amount_of(self.dossier.realised.get(code))

    def _account(self, code: str, label: str, planned: Decimal | None, kept) -> None:
        said = f"Prévu : {euros(planned)}." if planned else ""
        field = MoneyField(label=label, required=False, help_text=said, initial=kept)
        self.fields[f"account-{code}"] = field

    def changes(self) -> dict:
        found = {"spent": self.mine["spent"]} if "spent" in self.mine else {}
        typed = {
            name.removeprefix("account-"): one
            for name, one in self.mine.items()
            if name.startswith("account-")
        }
        if typed:
            laid = self.dossier.realised | {
                code: f"{one:.2f}" for code, one in typed.items() if one is not None
            }
            found["realised"] = {code: one for code, one in laid.items() if typed.get(code, one) is not None}
            charges = sum((Decimal(found["realised"].get(one.value, "0")) for one in CHARGES), NONE)
            if charges or self.statement.planned.is_detailed:
                found["spent"] = charges
        return found

    def sections(self) -> list[Section]:
        products = [*self._listed(PRODUCTS, planned=True), self[f"account-{USED}"]]
        return [
            Section([self["spent"]] if "spent" in self.fields else []),
            Section(self._listed(CHARGES, planned=True), "Charges : ce que l’action a coûté", rows=True),
            Section(products, "Produits : ce qui l’a payée", rows=True),
            Section(self._listed(KIND, planned=True), "Aides en nature", IN_KIND, rows=True),
        ]

    def accounts(self) -> list[Section]:
        return [
            Section(self._listed(CHARGES, planned=False), "Autres charges", ELSEWHERE, rows=True),
            Section(self._listed(PRODUCTS, planned=False), "Autres produits", rows=True),
            Section(self._listed(KIND, planned=False), "Aides en nature", IN_KIND, rows=True),
        ]

    def _listed(self, accounts: tuple[Account, ...], *, planned: bool) -> list:
        """Those of which something was planned or is filled in, or the others."""
        here = self.statement.planned.amounts | self.dossier.realised
        return [self[f"account-{one.value}"] for one in accounts if (one.value in here) is planned]


class GapsForm(ReportForm):
    """One question for each gap above the cycle's threshold."""

    def ask(self) -> None:
        for row in self.statement.wide:
            self.fields[f"why-{row.code}"] = WordsField(
                label=row.label, help_text=f"{gap_in_words(row)} Pourquoi ?", required=False, initial=row.why
            )

    def changes(self) -> dict:
        typed = {name.removeprefix("why-"): one for name, one in self.mine.items()}
        return {"explained": self.dossier.explained | typed} if typed else {}


class OnwardForm(ReportForm):
    def ask(self) -> None:
        self.fields["onward"] = WordsField(
            label="L’action continue-t-elle ? Comment ?",
            help_text="L’an prochain, ailleurs, autrement, ou pas du tout.",
            required=False,
            initial=self.dossier.onward,
        )


class CorrectionsForm(ReportForm):
    """What the team asked for, point by point; the report itself is corrected in its own topics."""

    def ask(self) -> None:
        for rank, (asked, reply) in enumerate(self.dossier.exchanges):
            self.fields[f"reply-{rank}"] = WordsField(
                label=asked,
                help_text="Corrigez le bilan s’il le faut, puis dites ici ce que vous avez fait.",
                required=False,
                initial=reply,
            )

    def changes(self) -> dict:
        typed = {name.removeprefix("reply-"): one for name, one in self.mine.items()}
        return {"replies": self.dossier.replies | typed} if typed else {}


FORMS: dict[str, type[ReportForm]] = {
    ReportPart.ACTION: ActionForm,
    ReportPart.PUBLIC: PublicForm,
    ReportPart.ACCOUNTS: AccountsForm,
    ReportPart.GAPS: GapsForm,
    ReportPart.ONWARD: OnwardForm,
    ReportPart.CORRECTIONS: CorrectionsForm,
}


def gap_in_words(row: Row) -> str:
    """« Prévu 1 000 €, réalisé 1 400 € : 400 € de plus (40 %). »"""
    way = "de plus" if row.gap > 0 else "de moins"
    percent = f" ({abs(row.percent)}\u202f%)" if row.percent is not None else ""
    return (
        f"Prévu {euros(row.planned)}, réalisé {euros(row.realised)} : {euros(abs(row.gap))} {way}{percent}."
    )


class SendingForm(SheetForm):
    """« Envoyer le bilan »: whoever engages the organisation confirms its accounts; an intermediate report has none."""

    certified_by = WordsField(
        label="Nom du représentant légal", long=False, help_text="La personne qui engage l’organisation."
    )
    certified = forms.BooleanField(
        label="Le représentant légal confirme que ces comptes sont exacts",
        error_messages={"required": "cochez cette case pour confirmer les comptes."},
    )

    def __init__(self, *args, report, **options):
        super().__init__(*args, **options)
        self.report = report
        if not report.is_final:
            del self.fields["certified_by"], self.fields["certified"]
        known = report.certified_by or report.dossier.commitment_by
        self.initial = {
            "version": report.version,
            "certified_by": known,
            "certified": report.certified_at is not None,
        }

    def facts(self, at) -> dict:
        """The report's fields; dated once, and again only if somebody else confirms."""
        if "certified_by" not in self.fields:
            return {}
        by = self.cleaned_data["certified_by"]
        same = by == self.report.certified_by
        return {"certified_by": by, "certified_at": (same and self.report.certified_at) or at}

    def kept_otherwise(self) -> list[tuple[str, str]]:
        return []


class PieceForm(forms.Form):
    """One paper joined to a report."""

    file = JoinedFileField(label="Joindre une pièce : photos, comptes, article de presse")

    def clean_file(self):
        if not self.cleaned_data["file"]:
            raise forms.ValidationError("choisissez un fichier.")
        return self.cleaned_data["file"]

"""What was prepared here, in the order in which Dauphin asks it (form n° 12156), each answer ready to be copied."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import models

from cases.budget import CHARGES, KIND, PRODUCTS, Budget
from cases.models import Dossier, FundingLine, Question, QuestionKind


class Section(models.TextChoices):
    """Dauphin's own steps, in its order."""

    HOLDER = "holder", "Votre association"
    ACTION = "action", "Description du projet"
    BUDGET = "budget", "Budget du projet"
    MONEY = "money", "Subventions demandées"


class Label(models.TextChoices):
    """What these answers are called on its pages."""

    NAME = "name", "Nom"
    SIRET = "siret", "Numéro SIRET"
    TITLE = "title", "Intitulé"
    PUBLIC = "public", "Bénéficiaires"
    COUNT = "public_count", "Nombre de bénéficiaires"
    PLACES = "neighbourhoods", "Territoire (quartiers)"
    STARTS = "starts_on", "Date de début"
    ENDS = "ends_on", "Date de fin"
    COST = "total_cost", "Total du budget"


class Copied(NamedTuple):
    """One answer; what is blank here has nothing to copy and is said."""

    label: str
    text: str

    @property
    def is_long(self) -> bool:
        return len(self.text) > LONG or "\n" in self.text


LONG = 60


@dataclass(frozen=True)
class Step:
    section: Section
    answers: list[Copied]


def steps_of(dossier: Dossier, questions: Iterable[Question], lines: Iterable[FundingLine]) -> list[Step]:
    """Every answer of a request, step by step; two queries for its quarters and what it asks."""
    lines, holder = list(lines), dossier.organisation
    asked = [one for one in questions if one.kind != QuestionKind.DOCUMENT]
    quarters = [f"{one.name} ({one.code})" for one in dossier.neighbourhoods.order_by("code")]
    action = [
        Copied(Label.TITLE.label, dossier.title),
        *(Copied(one.label, _said(dossier.answers.get(one.code))) for one in asked),
        Copied(Label.PUBLIC.label, dossier.public),
        Copied(Label.COUNT.label, _said(dossier.public_count)),
        Copied(Label.PLACES.label, ", ".join(quarters)),
        Copied(Label.STARTS.label, _said(dossier.starts_on)),
        Copied(Label.ENDS.label, _said(dossier.ends_on)),
    ]
    money = [Copied(f"{one.envelope.financier} · {one.envelope}", _said(one.requested)) for one in lines]
    return [
        Step(
            Section.HOLDER, [Copied(Label.NAME.label, holder.name), Copied(Label.SIRET.label, holder.siret)]
        ),
        Step(Section.ACTION, action),
        Step(Section.BUDGET, _budget(dossier, lines)),
        Step(Section.MONEY, money),
    ]


def _budget(dossier: Dossier, lines: list[FundingLine]) -> list[Copied]:
    rows = Budget.of(dossier, lines).rows((*CHARGES, *PRODUCTS, *KIND))
    accounts = [Copied(f"{account.value} · {account.label}", _said(amount)) for account, amount in rows]
    return [*accounts, Copied(Label.COST.label, _said(dossier.total_cost))]


def _said(value) -> str:
    """As it is typed over there: a day as 24/11/2026, an amount without spaces, its cents only where there are some."""
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Decimal):
        return f"{value:.0f}" if value == value.to_integral_value() else f"{value:.2f}".replace(".", ",")
    return "" if value is None else str(value)

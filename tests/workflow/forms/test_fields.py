"""A form field reads as the file does, and shows what the file would."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms

from tests.cycles import VITRY
from workflow import loading
from workflow.forms.fields import field_for, gates


@pytest.fixture(scope="module")
def document():
    return loading.read(VITRY)


def field(document, name: str, attr: str) -> forms.Field:
    section = next(one for one in loading.sections() if one.name == name)
    return field_for(next(bound for bound in section.bound if bound.attr == attr), document)


@pytest.mark.parametrize(
    "name, attr, typed, read",
    [
        ("jalons", "starts_on", "24/11/2026", date(2026, 11, 24)),
        ("jalons", "starts_on", "2026-11-24", date(2026, 11, 24)),
        ("règles", "quorum", "", None),
        ("règles", "quorum", " 3 ", 3),
        ("étapes", "opens", "", None),
        ("étapes", "closes_offset", "-3", -3),
        ("étapes", "gates", "", ""),
        ("étapes", "gates", "submit", "submit"),
        ("rappels", "days_before", "15, 7, 1", [15, 7, 1]),
        ("financeurs", "levels", "service\r\nélue", ["service", "élue"]),
        ("financeurs", "organisation.siret", "130 005 481 00010", "13000548100010"),
        ("questions", "required", "", False),
        ("questions", "required", "on", True),
    ],
)
def test_what_is_typed_is_read(document, name, attr, typed, read):
    assert field(document, name, attr).clean(typed) == read


@pytest.mark.parametrize(
    "name, attr, typed, said",
    [
        ("jalons", "starts_on", "", "remplissez ce champ."),
        ("règles", "review_days", "", "remplissez ce champ."),
        ("règles", "quorum", "beaucoup", "« beaucoup » n’est pas un nombre entier entre 0 et 32767."),
        ("étapes", "opens", "nulle-part", "« nulle-part » n’existe pas."),
        ("cycle", "team_email", "claire", "« claire » n’est pas une adresse électronique."),
        ("cycle", "team_phone", "0" * 21, "21 caractères, 20 au plus."),
        ("cycle", "team_name", "DSU\u202e", "un caractère invisible et interdit se trouve dans ce texte."),
        ("rappels", "days_before", "15, bientôt", "« bientôt » n’est pas un nombre entier entre 0 et 365."),
    ],
)
def test_a_mistake_is_said(document, name, attr, typed, said):
    with pytest.raises(forms.ValidationError) as refused:
        field(document, name, attr).clean(typed)
    assert refused.value.messages == [said]


def test_a_value_is_shown_as_it_would_be_typed(document):
    assert field(document, "rappels", "days_before").prepare_value([15, 7]) == "15, 7"
    assert field(document, "financeurs", "levels").prepare_value(["a", "b"]) == "a\nb"
    assert field(document, "jalons", "starts_on").prepare_value(date(2026, 11, 24)) == "2026-11-24"
    assert field(document, "règles", "quorum").prepare_value(None) == ""


def test_amounts_are_shown_with_their_spaces():
    envelopes = next(one for one in loading.sections() if one.name == "financeurs").nested[0].rows
    bound = next(one for one in envelopes.bound if one.attr == "ceiling")
    shown = field_for(bound, loading.CycleDocument({})).prepare_value(Decimal(82_000))
    assert shown == "82 000 €"


def test_only_moves_that_a_step_can_shut_are_offered():
    assert ("submit", "Déposer le dossier") in gates()
    assert "withdraw" not in dict(gates())


def test_who_must_choose_is_told_so_and_who_need_not_may_choose_nothing(document):
    first = {attr: field(document, "étapes", attr).widget.choices[0] for attr in ("kind", "gates")}
    assert first == {"kind": ("", "Choisissez"), "gates": ("", "Aucun")}

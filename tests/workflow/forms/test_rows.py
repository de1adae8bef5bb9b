"""A row's form comes from its section alone."""

import pytest

from tests.cycles import VITRY
from workflow import loading
from workflow.campaign import digest
from workflow.forms.rows import RowForm, free_code


@pytest.fixture(scope="module")
def document():
    return loading.read(VITRY)


def section(name: str):
    return next(one for one in loading.sections() if one.name == name)


def form(document, name: str, code: str | None, data=None) -> RowForm:
    row = document[name][code] if code else None
    return RowForm(data, section=section(name), row=row, document=document)


def test_codes_are_made_and_never_asked(document):
    assert "code" not in form(document, "étapes", None).fields
    assert "code" not in form(document, "étapes", "depot").fields
    assert "code" in form(document, "quartiers", None).fields
    assert "code" not in form(document, "quartiers", "QN05109M").fields


def test_what_the_door_never_amends_is_said_and_not_asked(document):
    committee = form(document, "comités", "Comité des financeurs")
    assert list(committee.fields) == ["seen", "on", "scope", "themes", "source"]
    assert committee.kept == [("Nom du comité", "Comité des financeurs"), ("Nature", "Comité des financeurs")]


def test_a_row_sent_back_as_shown_is_the_same_row(document):
    for one in loading.sections():
        for code, row in {} if one.single else document[one.name].items():
            shown = form(document, one.name, code)
            sent = {bound.html_name: bound.field.prepare_value(bound.value()) for bound in shown}
            again = form(
                document, one.name, code, {key: value for key, value in sent.items() if value is not False}
            )
            assert again.is_valid(), (one.name, code, again.errors)
            assert again.result(document) == (code, row)
            assert again.otherwise() == []


def test_a_last_day_left_blank_is_the_first(document):
    typed = {"label": "Forum", "starts_on": "2026-10-02", "ends_on": "", "precision": "jour"}
    new = form(document, "jalons", None, typed)
    assert new.is_valid()
    code, row = new.result(document)
    assert (code, row["ends_on"], row["public"]) == ("forum", row["starts_on"], False)


def test_the_form_carries_the_digest_of_what_it_shows(document):
    assert form(document, "étapes", "depot").initial["seen"] == digest(document["étapes"]["depot"])


@pytest.mark.parametrize(
    "name, taken, code",
    [
        ("Comité d’été", [], "comite_dete"),
        ("Dépôt", ["depot"], "depot_2"),
        ("Dépôt", ["depot", "depot_2"], "depot_3"),
        ("« … »", [], "element"),
        ("a" * 90, [], "a" * 36),
    ],
)
def test_a_free_code_is_made_of_the_name(name, taken, code):
    assert free_code(name, taken) == code

"""Values and differences as people read them."""

from dataclasses import replace

from tests.cycles import VITRY
from workflow import loading, words
from workflow.campaign import with_part


def section(name: str):
    return next(one for one in loading.sections() if one.name == name)


def said(before, after):
    return [words.difference_said(one, before, after) for one in loading.differences(before, after)]


def changed(name: str, code: str, **values):
    before = loading.read(VITRY)
    row = before[name] if section(name).single else before[name][code]
    return before, with_part(before, section(name), code, row | values)


def test_a_changed_row_says_each_field_before_and_after():
    assert said(*changed("étapes", "depot", closes="fin_relecture", capacity=12)) == [
        (
            "Étapes : Dépôt des demandes",
            [
                (
                    "Ferme au dernier jour de",
                    "Date limite de dépôt → Dernier jour pour faire relire son dossier",
                ),
                ("Places par séance", "— → 12"),
            ],
        )
    ]


def test_yes_and_no_choices_lists_and_days_are_said_in_words():
    assert said(*changed("règles", "", filing="dauphin", feedback_on_refusal=False))[0][1] == [
        ("Où les demandes se déposent", "Dans ce service → Dans Dauphin"),
        ("Un refus est toujours expliqué par une fiche de motivation", "Oui → Non"),
    ]
    assert said(*changed("rappels", "depot", days_before=[10]))[0][1] == [
        ("Combien de jours avant", "15, 7 et 1 → 10")
    ]


def test_a_row_that_comes_goes_or_stands_elsewhere_is_named():
    before = loading.read(VITRY)
    without = with_part(before, section("critères"), next(iter(before["critères"])), None)
    [(gone, _)] = said(before, without)
    [(back, _)] = said(without, before)
    assert (gone.endswith(", retrait"), back.endswith(", ajout")) == (True, True)
    turned = replace(before, sections=before.sections | {"motifs": dict(reversed(before["motifs"].items()))})
    assert said(before, turned) == [("Motifs : l’ordre", [])]

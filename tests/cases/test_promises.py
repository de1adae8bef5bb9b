"""What the dossiers' parts of a cycle's file are refused for."""

import pytest

from tests.cycles import VITRY, said, vitry_with
from workflow import loading


def without(*sections, kind=None):
    document = loading.read(VITRY)
    for name in sections:
        rows = document[name]
        document.sections[name] = {code: row for code, row in rows.items() if kind and row["kind"] != kind}
    return [refusal.code for refusal in loading.refusals(document)]


@pytest.mark.parametrize(
    "sections, kind, expected",
    [
        (["financeurs"], None, ["no_financier"]),
        (["critères"], None, ["no_criterion"]),
        (["critères"], "admissibility", ["no_criterion"]),
        (["critères"], "grid", []),
        (["motifs"], "inadmissible", ["no_reason"]),
        (["motifs"], None, ["no_reason", "no_reason"]),
        (["questions"], None, ["no_question"]),
    ],
)
def test_a_call_that_lacks_something_is_not_published(sections, kind, expected):
    assert without(*sections, kind=kind) == expected


def test_a_call_filed_in_dauphin_asks_nothing_again():
    document = loading.read(VITRY)
    document["règles"]["filing"] = "dauphin"
    document.sections["questions"] = {}
    assert list(loading.refusals(document)) == []


def test_a_reason_rests_on_a_rule():
    document = loading.read(VITRY)
    document["motifs"]["priorites"]["rule"] = " "
    assert [(one.code, one.place) for one in loading.refusals(document)] == [
        ("no_rule", "motifs/priorites/règle")
    ]


def test_a_financier_without_envelope_gives_nothing():
    document = loading.read(VITRY)
    document["financeurs"]["caf"]["envelopes"] = {}
    assert [one.sentence for one in loading.refusals(document)] == [
        "Le financeur « CAF » n’a pas d’enveloppe."
    ]


@pytest.mark.parametrize(
    "changes, line, sentence",
    [
        (
            {"        montant: 148 000 €\n": ""},
            "- code: bop147",
            "une enveloppe notifiée ou réduite dit son montant.",
        ),
        (
            {"statut: Notifiée": "statut: Réduite"},
            "statut: Réduite",
            "« réduite_à » va avec le statut « Réduite », et seulement lui.",
        ),
        (
            {"dans: bop147": "dans: bop148"},
            "dans: bop148",
            "l’enveloppe « bop148 » n’est pas écrite avant celle-ci chez ce financeur.",
        ),
        (
            {"dans: bop147": "dans: ete"},
            "dans: ete",
            "l’enveloppe « ete » n’est pas écrite avant celle-ci chez ce financeur.",
        ),
        (
            {"dans: bop147": "dans: bop147\n        nature: Droit commun"},
            "nature: Droit commun",
            "une sous-enveloppe a la nature de la sienne.",
        ),
        (
            {"montant: 18 000 €": "montant: 148 000,01 €"},
            "montant: 148 000 €",
            "ses sous-enveloppes font 148\u202f000,01\u202f€, plus que ses 148\u202f000\u202f€.",
        ),
        (
            {
                "        montant: 18 000 €\n": "        montant: 18 000 €\n      - code: juillet\n"
                "        libellé: Juillet\n        dans: ete\n"
            },
            "dans: ete",
            "une sous-enveloppe n’en contient pas d’autre.",
        ),
        ({"nom: Ville\n": "nom: CAF\n"}, "nom: CAF", "déjà pris par le financeur « ville »."),
        (
            {"organisation: CAF de la Marne": "organisation: Ville de Vitry-le-François"},
            "organisation: Ville de Vitry-le-François",
            "déjà pris par le financeur « ville ».",
        ),
    ],
)
def test_money_that_contradicts_itself_is_refused(tmp_path, changes, line, sentence):
    assert said(vitry_with(tmp_path, changes)) == [(line, sentence)]

"""Each value as people type it, and each value that is refused with the sentence that says why."""

from datetime import date
from decimal import Decimal

import pytest

from workflow.calendar import Precision
from workflow.loading import kinds
from workflow.loading.parsing import Block, Items, Scalar

SLUG = kinds.Pattern(10)
PRECISION = kinds.Choice(tuple(Precision.choices), by_value=True)


class Reading:
    """What kinds may ask of the file around them."""

    def __init__(self):
        self.referred = []

    def rows(self, section):
        return {"cloture": {"starts_on": date(2026, 11, 24)}, "en_erreur": {}}

    def refer(self, section, code):
        self.referred.append((section, code))


def value(kind, text):
    return kind.read(Scalar(1, text), Reading())


@pytest.mark.parametrize(
    "kind, text, expected",
    [
        (kinds.Day(), "2026-11-24", date(2026, 11, 24)),
        (kinds.Day(), "24/11/2026", date(2026, 11, 24)),
        (kinds.Day(), "1/2/2027", date(2027, 2, 1)),
        (kinds.DayOf(), "cloture", date(2026, 11, 24)),
        (kinds.DayOf(), "2027-02-11", date(2027, 2, 11)),
        (kinds.DayOf(), "en_erreur", None),
        (kinds.Amount(), "82000", Decimal("82000.00")),
        (kinds.Amount(), "1 234,5 €", Decimal("1234.50")),
        (kinds.Amount(), "1\u202f234,50\u00a0€", Decimal("1234.50")),
        (kinds.Amount(), "0.10", Decimal("0.10")),
        (kinds.Whole(), "12", 12),
        (kinds.Whole(-9, 9), "-4", -4),
        (kinds.YesNo(), "Oui", True),
        (kinds.YesNo(), "non", False),
        (kinds.YesNo(), "true", True),
        (kinds.Siret(), "200 067 213 00018", "20006721300018"),
        (PRECISION, "Décade", "decade"),
        (PRECISION, "à la quinzaine près", "quinzaine"),
        (SLUG, "comite", "comite"),
        (kinds.Text(5), "Été !", "Été !"),
        (kinds.Email(50), "dsu@exemple.test", "dsu@exemple.test"),
    ],
)
def test_a_value_is_read_as_people_type_it(kind, text, expected):
    assert value(kind, text) == expected


@pytest.mark.parametrize(
    "kind, text, sentence",
    [
        (kinds.Day(), "2027-02-30", "« 2027-02-30 » n’existe pas dans le calendrier."),
        (kinds.Day(), "31/11/2026", "« 31/11/2026 » n’existe pas dans le calendrier."),
        (kinds.Day(), "mi-avril", "« mi-avril » n’est pas une date ; exemple : 2026-11-15."),
        (kinds.Day(), "0202-11-15", "« 0202-11-15 » : l’année n’est pas vraisemblable."),
        (
            kinds.DayOf(),
            "clotur",
            "« clotur » n’est ni une date ni un jalon. Vouliez-vous dire « cloture » ?",
        ),
        (kinds.Amount(), "-5", "« -5 » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Amount(), "1,234", "« 1,234 » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Amount(), "NaN", "« NaN » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Amount(), "1e400", "« 1e400 » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Amount(), "1234,5O €", "« 1234,5O € » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Amount(), "12345678901", "« 12345678901 » n’est pas un montant ; exemple : « 82 000 € »."),
        (kinds.Whole(), "-1", "« -1 » n’est pas un nombre entier entre 0 et 32767."),
        (kinds.Whole(), "3,5", "« 3,5 » n’est pas un nombre entier entre 0 et 32767."),
        (kinds.Whole(), "٣", "« ٣ » n’est pas un nombre entier entre 0 et 32767."),
        (kinds.YesNo(), "peut-être", "« peut-être » : répondez oui ou non."),
        (kinds.Siret(), "123", "« 123 » n’est pas un SIRET : quatorze chiffres."),
        (
            PRECISION,
            "siècle",
            "« siècle » n’est pas un choix possible : jour, decade, quinzaine, mois, trimestre.",
        ),
        (SLUG, "à faire", "« à faire » n’est pas un code ; exemple : « comite_financeurs »."),
        (SLUG, "beaucoup_trop_long", "18 caractères, 10 au plus."),
        (kinds.Text(3), "long", "4 caractères, 3 au plus."),
        (kinds.Text(), "a\u202eb", "un caractère invisible et interdit se trouve dans ce texte."),
        (kinds.Email(50), "dsu@", "« dsu@ » n’est pas une adresse électronique."),
    ],
)
def test_a_value_that_cannot_be_read_says_why(kind, text, sentence):
    with pytest.raises(kinds.Unreadable) as refused:
        value(kind, text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("node", [Items(1), Block(1)])
def test_a_single_value_is_neither_a_list_nor_a_block(node):
    with pytest.raises(kinds.Unreadable, match="attendu : une seule valeur"):
        kinds.Text().read(node, Reading())


def test_several_values_are_a_list_or_one_alone():
    days = kinds.Several(kinds.Whole())
    assert days.read(Items(1, [Scalar(1, "15"), Scalar(1, "7")]), Reading()) == [15, 7]
    assert days.read(Scalar(1, "7"), Reading()) == [7]
    with pytest.raises(kinds.Unreadable, match="attendu : une liste"):
        days.read(Block(1), Reading())


def test_a_reference_is_kept_for_when_the_whole_file_is_read():
    reading = Reading()
    assert kinds.Reference().read(Scalar(1, "cloture"), reading) == "cloture"
    assert reading.referred == [("jalons", "cloture")]


def test_a_move_is_named_by_its_button_or_by_its_code():
    assert value(kinds.MoveName(), "déposer le dossier") == "submit"
    assert value(kinds.MoveName(), "submit") == "submit"
    assert kinds.MoveName().show("submit") == "Déposer le dossier"
    with pytest.raises(kinds.Unreadable) as refused:
        value(kinds.MoveName(), "Déposer le dosier")
    assert str(refused.value) == (
        "« Déposer le dosier » n’est pas un passage connu. Vouliez-vous dire « Déposer le dossier » ?"
    )

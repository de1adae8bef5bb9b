"""What a sheet never says is found in the words that people use, and ordinary words are left alone."""

import pytest

from cases.never_said import Names, slips

NOBODY = Names((), ())
TOWN = Names(
    ("Les Jardins de Rome", "Ensemble", "Régie des quartiers", "Café", "L’Œuvre du Môle"),
    ("Les Amis des Jardins de Rome", "Ville de Vitry"),
)


def found(text: str, names: Names = NOBODY) -> list[str]:
    return [code for code, _, _ in slips(text, names)]


@pytest.mark.parametrize(
    "text",
    [
        "Votre dossier a obtenu 2/4 en présence.",
        "Le critère est noté 12/20.",
        "Une note de 12 ne suffit pas.",
        "La note est de 2,5.",
        "Vous avez 3 sur 4 au critère du public.",
        "Votre score : 45 points.",
        "Noté 12 sur 20, le dossier est faible.",
        "Il a obtenu 14 points.",
        "Moyenne de 11,5/20.",
        "Un total de 12 points.",
    ],
)
def test_a_mark_is_found(text):
    assert found(text) == ["mark"]


@pytest.mark.parametrize(
    "text",
    [
        "Votre demande est classée 12e.",
        "Vous êtes arrivés en 3e position.",
        "Le dossier arrive en dernière place.",
        "Il figure au rang 14.",
        "D’autres actions sont mieux classées.",
        "Votre action est 12ème sur 30.",
        "Vous étiez classé en troisième.",
    ],
)
def test_a_rank_is_found(text):
    assert found(text) == ["rank"]


@pytest.mark.parametrize(
    "text",
    [
        "Rendez-vous le 2/4, avant le 02/10, ou le 12/04/2027.",
        "Les 3/4 des participants viennent d’ailleurs.",
        "Le budget demande 2 500 € sur 10 000 €.",
        "Le dossier annonce 20 habitants des trois quartiers sur 65 participants.",
        "Sur 20 séances, 4 ont lieu dans le quartier.",
        "Prenez note de 3 dates.",
        "Un total de 12 séances est prévu.",
        "La première étape est prévue en mars. Le 1er décembre, tout est fini.",
        "Les actions sont classées selon les priorités du contrat.",
        "Un atelier de 24 h sur 24, 7 jours sur 7.",
        "Vous recevrez une notification le 3 mai.",
    ],
)
def test_ordinary_words_are_left_alone(text):
    assert found(text, TOWN) == []


@pytest.mark.parametrize(
    "text, named",
    [
        ("L’action des JARDINS DE ROME répond déjà.", ["Les Jardins de Rome"]),
        ("Les jardins de Rome répondent déjà à ce besoin.", ["Les Jardins de Rome"]),
        ("La regie des quartiers le fait déjà.", ["Régie des quartiers"]),
        ("Ensemble porte déjà cette action.", ["Ensemble"]),
        ("Nous verrons cela ensemble.", []),
        ("Un café avec l’équipe.", []),
        ("Les Amis des Jardins de Rome, votre association, sont connus.", []),
        ("Comme l'oeuvre du mole, faites une fête.", ["L’Œuvre du Môle"]),
        ("Les habitants de Rome ont des jardins.", []),
    ],
)
def test_another_holder_is_found_whatever_its_accents_and_capitals(text, named):
    told = [wrong for code, _, wrong in slips(text, TOWN) if code == "other_holder"]
    assert told == [f"« {name} » est un autre porteur : ne comparez pas." for name in named]


def test_each_sentence_is_quoted_by_itself():
    text = "Bonjour. Votre note de 12 ! Revenez\nen juin."
    assert [sentence for _, sentence, _ in slips(text, NOBODY)] == ["Votre note de 12 !"]

"""What a sheet never says is found in the words that people use, and ordinary words are left alone."""

import pytest

from cases.never_said import slips
from cases.others_named import Names

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
        "14/20",
        "14 / 20",
        "14 sur 20",
        "Note de 14.",
        "Votre note est 14.",
        "La note obtenue est 2.",
        "Note obtenue : 8",
        "Votre note, 14, est basse.",
        "Une note de quatorze.",
        "Quatorze sur vingt.",
        "Vous avez eu 14 sur 20.",
        "8 pts",
        "Vous totalisez 8 points.",
        "Score = 45",
        "Votre barème : 12",
        "12/30",
        "D’autres dossiers sont mieux notés.",
        "Votre action est moins bien notée.",
        "Une autre a une meilleure note.",
        "Votre note est trop basse.",
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
        "Vous êtes classé 12e.",
        "classé 12e",
        "CLASSÉE DOUZIÈME",
        "classé 12 sur 30",
        "Classé n° 3",
        "Vous êtes 12e.",
        "Vous êtes douzième sur trente.",
        "Vous êtes 20e ex aequo.",
        "12e/30",
        "En douzième position.",
        "Vous arrivez au douzième rang.",
        "Votre rang est le 12e.",
        "Rang : 12",
        "rang n° 12",
        "Classement : 12e",
        "Votre classement est bon.",
        "Vous êtes dernier du classement.",
        "Votre dossier est le 12e de la liste.",
        "Vous êtes en liste d’attente, n° 4.",
        "Votre action est rangée 3e.",
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
        "La 3e séance a eu lieu en mars. Une 12e séance est prévue.",
        "Ce besoin est au premier rang des priorités du contrat.",
        "Votre quartier est au 3e rang pour le chômage.",
        "La première place revient aux habitants.",
        "Votre action figure en première page et au premier semestre.",
        "La 2e place du marché accueille l’atelier.",
        "Votre action est classée en 2e axe.",
        "L’école est classée REP+, le site est classé.",
        "C’est la troisième fois que vous demandez, et la 2e sur 3 séances.",
        "Les élèves de 3e arrivent en retard.",
        "Votre note d’intention est claire.",
        "Une note de 3 pages, ou de 10 lignes, suffit.",
        "La note : 3 points à revoir.",
        "Voir la note 2.",
        "Noté : 3 pièces manquent.",
        "Rendez-vous les 3/4 et 5/4, ou lundi 4/10 à 14 h.",
        "Le trimestre 2/4 est passé. Seul 1/4 du public vient.",
        "Les participants viennent d’ailleurs, soit 4 sur 5.",
        "La moyenne d’âge est de 14.",
        "Le tournoi s’est terminé sur un score de 3 à 2.",
        "Votre total de points d’accueil : 3.",
        "Le classement des pièces est à revoir.",
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
        ("L’action des jardins de rome répond déjà.", ["Les Jardins de Rome"]),
        ("Jardins-de-Rome le fait.", ["Les Jardins de Rome"]),
        ("Les Amis des jardins de Rome, et les Jardins de Rome.", ["Les Jardins de Rome"]),
        ("Amis des Jardins de Rome, votre association, est connue.", []),
        ("Ensemble, avançons.", []),
        ("Ensemble avec les habitants, vous avez bâti un projet.", []),
    ],
)
def test_another_holder_is_found_whatever_its_accents_and_capitals(text, named):
    told = [wrong for code, _, wrong in slips(text, TOWN) if code == "other_holder"]
    assert told == [f"« {name} » est un autre porteur : ne comparez pas." for name in named]


OTHERS = Names(
    ("APF", "A.C.J.", "Centre social Paul-Éluard", "Maison pour tous", "Compagnons Bâtisseurs (Les)", "Emmaüs",
     "Théâtre de la Ville", "Jeunesse"),
    ("Ville", "Jeunesse Sportive de Vitry"),
)  # fmt: skip


@pytest.mark.parametrize(
    "text, named",
    [
        ("L’APF le fait déjà.", ["APF"]),
        ("L’A.P.F. le fait déjà, et l’ACJ aussi.", ["APF", "A.C.J."]),
        ("Le centre social paul eluard le fait.", ["Centre social Paul-Éluard"]),
        ("EMMAUS et les compagnons bâtisseurs le font.", ["Compagnons Bâtisseurs (Les)", "Emmaüs"]),
        ("Le Théâtre de la Ville le fait ; la Ville vous répond.", ["Théâtre de la Ville"]),
        ("La Maison pour tous le fait.", ["Maison pour tous"]),
        ("Une maison pour tous manque au quartier.", []),
        ("La Jeunesse Sportive de Vitry, c’est vous. Jeunesse et sport sont vos priorités.", []),
        ("Nous parlons de la jeunesse.", []),
    ],
)
def test_initials_dashes_and_articles_hide_nobody_and_ordinary_words_name_nobody(text, named):
    told = [wrong for code, _, wrong in slips(text, OTHERS) if code == "other_holder"]
    assert told == [f"« {name} » est un autre porteur : ne comparez pas." for name in named]


def test_each_sentence_is_quoted_by_itself():
    text = "Bonjour. Votre note de 12 ! Revenez\nen juin."
    assert [sentence for _, sentence, _ in slips(text, NOBODY)] == ["Votre note de 12 !"]

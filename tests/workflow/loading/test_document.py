"""What is wrong in a cycle's file: every error at once, each on its own line, in French."""

import pytest

from tests.cycles import REIMS, VITRY, said, vitry_with, written
from workflow import loading


@pytest.mark.parametrize("shipped", [VITRY, REIMS], ids=lambda path: path.stem)
def test_what_is_shipped_may_be_published(shipped):
    assert loading.check(shipped) == []


@pytest.mark.parametrize(
    "changes, line, sentence",
    [
        (
            {"    nature: Dépôt": "    natur: Dépôt"},
            "natur: Dépôt",
            "clé inconnue « natur ». Vouliez-vous dire « nature » ?",
        ),
        ({"rappels:": "rapels:"}, "rapels:", "rubrique inconnue « rapels ». Vouliez-vous dire « rappels » ?"),
        ({"    libellé: Dépôt des demandes\n": ""}, "- code: depot", "« libellé » manque."),
        (
            {"libellé: Dépôt des demandes": "libellé:"},
            "libellé:",
            "« libellé » n’a pas de valeur.",
        ),
        (
            {"du: 2026-11-24": "du: 2026-11-31"},
            "du: 2026-11-31",
            "« du » : « 2026-11-31 » n’existe pas dans le calendrier.",
        ),
        ({"au: 2026-12-11": "au: 2026-11-30"}, "au: 2026-11-30", "la fin vient avant le début."),
        (
            {"ferme: fin_relecture": "ferme: fin_relectur"},
            "ferme: fin_relectur",
            "« fin_relectur » n’existe pas dans « jalons ». Vouliez-vous dire « fin_relecture » ?",
        ),
        (
            {"passage: Demander le bilan": "passage: Demander un bilan"},
            "passage: Demander un bilan",
            (
                "« passage » : « Demander un bilan » n’est pas un passage connu. Vouliez-vous dire "
                "« Demander le bilan » ?"
            ),
        ),
        (
            {"passage: Demander le bilan": "passage: Répondre au porteur"},
            "passage: Répondre au porteur",
            "ce passage a déjà sa fenêtre : l’étape « reponse ».",
        ),
        (
            {"montant: 52 000 €": "montant: 52 OOO €"},
            "montant: 52 OOO €",
            "« montant » : « 52 OOO € » n’est pas un montant ; exemple : « 82 000 € ».",
        ),
        (
            {"dépôt: Dans ce service": "dépôt: Par la poste"},
            "dépôt: Par la poste",
            (
                "« dépôt » : « Par la poste » n’est pas un choix possible : Dans ce service, Dans Dauphin, "
                "Préparée ici, déposée dans Dauphin."
            ),
        ),
        (
            {"contrat:\n  code: CN05103I\n  nom: Vitry-le-François\n": ""},
            "",
            "la rubrique « contrat » manque.",
        ),
        (
            {"rappels:\n": "rappels: non\nautre:\n"},
            "rappels: non",
            "« rappels » attend une liste (« - … »).",
        ),
        (
            {"  - code: emploi\n    libellé: Emploi": "  - emploi\n  - code: emploi\n    libellé: Emploi"},
            "- emploi",
            "attendu : « code: … » et les autres clés, une par ligne.",
        ),
    ],
)
def test_an_error_is_said_on_its_line(tmp_path, changes, line, sentence):
    assert (line, sentence) in said(vitry_with(tmp_path, changes))


def test_a_code_taken_twice_gives_both_lines(tmp_path):
    path = vitry_with(tmp_path, {"  - code: cloture\n": "  - code: ouverture\n"})
    first = path.read_text(encoding="utf-8").split("\n").index("  - code: ouverture") + 1
    sentence = f"le code « ouverture » est déjà pris à la ligne {first}."
    assert ("- code: ouverture", sentence) in said(path)


def test_all_errors_are_said_at_once_in_the_order_of_the_file(tmp_path):
    path = vitry_with(
        tmp_path,
        {
            "année: 2027": "année: bientôt",
            "du: 2026-11-24": "du: 24 novembre",
            "montant: 148 000 €": "montant: beaucoup",
            "jours_avant: [15, 7, 1]": "jours_avant: [15, sept, 1]",
        },
    )
    assert said(path) == [
        ("année: bientôt", "« année » : « bientôt » n’est pas un nombre entier entre 0 et 32767."),
        ("du: 24 novembre", "« du » : « 24 novembre » n’est pas une date ; exemple : 2026-11-15."),
        ("montant: beaucoup", "« montant » : « beaucoup » n’est pas un montant ; exemple : « 82 000 € »."),
        ("jours_avant: [15, sept, 1]", "« jours_avant » : « sept » n’est pas un nombre entier entre 0 et 365."),
    ]  # fmt: skip


def test_an_error_prints_as_file_line_and_sentence(tmp_path):
    path = vitry_with(tmp_path, {"année: 2027": "année: bientôt"})
    line = path.read_text(encoding="utf-8").split("\n").index("  année: bientôt") + 1
    with pytest.raises(loading.CycleErrors) as refused:
        loading.read(path)
    assert str(refused.value) == (
        f"{path}:{line}: « année » : « bientôt » n’est pas un nombre entier entre 0 et 32767."
    )


def test_what_is_left_out_keeps_its_usual_value(tmp_path):
    text = "contrat: {code: CN05103I, nom: Vitry}\ncycle: {code: x, nom: X, année: 2027}\n"
    text += "jalons:\n  - {code: cloture, libellé: Clôture, du: 2026-11-24}\n"
    document = loading.read(written(tmp_path, text))
    assert document["règles"]["filing"] == "here"
    assert document["règles"]["feedback_on_cut"] == 50
    assert document["jalons"]["cloture"]["ends_on"] == document["jalons"]["cloture"]["starts_on"]
    assert document["questions"] == {}


def test_aucun_is_nothing_where_nothing_is_not_the_usual_value(tmp_path):
    path = vitry_with(tmp_path, {"part_publique: 80": "part_publique: aucun"})
    assert loading.read(path)["règles"]["public_share"] is None


def test_the_order_of_the_questions_is_part_of_the_rules_the_order_of_the_dates_is_not(tmp_path):
    first = loading.read(VITRY)
    questions = vitry_with(tmp_path, {"  - code: lieu\n    libellé: Où": "  - code: lieux\n    libellé: Où"})
    assert loading.read(questions).rules() != first.rules()
    dates = loading.read(VITRY)
    dates.sections["jalons"] = dict(reversed(dates["jalons"].items()))
    assert (dates == first, dates.rules() == first.rules()) == (True, True)
    dates.sections["questions"] = dict(reversed(dates["questions"].items()))
    assert dates.rules() != first.rules()

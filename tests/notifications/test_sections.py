"""A reminder that could never be due is refused before the year begins, and a rule says aloud what it does."""

import pytest

from tests.cycles import VITRY, codes, vitry_with
from workflow import loading

BILAN = "    sujet: Bilan attendu\n    jalon: bilan\n"
DEPOT = "    jalon: cloture\n    jours_avant: [15, 7, 1]\n"
COMPLEMENTS = "    sujet: Compléments attendus\n"


@pytest.mark.parametrize(
    "changes",
    [
        {"    jalon: cloture\n": ""},
        {BILAN: "    sujet: Bilan attendu\n"},
        {"    jours_avant: [15, 7, 1]\n  - code: complements": "    jours_avant: []\n  - code: complements"},
        {"jours_avant: [15, 7, 1]": "jours_avant: [55]"},
        {COMPLEMENTS: f"{COMPLEMENTS}    jalon: cloture\n"},
        {"jours_avis: 21": "jours_avis: 15"},
        {BILAN: BILAN + "    source: x\n", "jours_avant: [60, 15, 1]": "jours_avant: [60, 240]"},
        {DEPOT: DEPOT.replace("jours_avant: [15, 7, 1]", "jours_après: [1]")},
        {DEPOT: "    ancre: La fermeture de l’étape\n    jours_avant: [7]\n"},
        {COMPLEMENTS: f"{COMPLEMENTS}    ancre: Le jour où c’est demandé\n"},
        {
            DEPOT: DEPOT.replace("[15, 7, 1]", "[1]\n    jour_non_ouvré: Le premier jour ouvré après"),
            "du: 2026-11-24": "du: 2026-11-29",
        },
        {
            "    sujet: Avis attendu\n    jours_avant: [15, 7, 1]": "    sujet: Avis attendu\n    jours_après: [2]"
        },
    ],
    ids=[
        "no deadline",
        "no report date",
        "no day",
        "too early",
        "two dates",
        "round too short",
        "report too early",
        "once filing is closed",
        "a step that is not named",
        "before it is asked",
        "a day off pushes it beyond its date",
        "once the round is closed",
    ],
)
def test_a_reminder_that_is_never_due_is_refused(tmp_path, changes):
    assert set(codes(vitry_with(tmp_path, changes))) == {"never_due"}


@pytest.mark.parametrize("days", [[0], [54]])
def test_a_reminder_may_be_due_from_the_opening_day_to_the_last(tmp_path, days):
    assert codes(vitry_with(tmp_path, {"jours_avant: [15, 7, 1]": f"jours_avant: {days}"})) == []


@pytest.mark.parametrize(
    "added",
    [
        "à_qui: Financeurs sollicités",
        "texte: Envoyez votre bilan",
        "à_qui: Équipe\n    texte: Déposez votre demande",
    ],
    ids=["nobody of that kind", "another subject", "other people"],
)
def test_a_rule_that_does_not_fit_what_it_speaks_of_is_refused(tmp_path, added):
    assert codes(vitry_with(tmp_path, {DEPOT: f"{DEPOT}    {added}\n"})) == ["unfit"]


def test_a_condition_without_meaning_there_is_refused(tmp_path):
    rule = "    sujet: Avis attendu\n"
    changes = {rule: f"{rule}    condition: Aucune réponse encore écrite\n"}
    assert codes(vitry_with(tmp_path, changes)) == ["unfit"]


def test_every_reason_is_said_at_once(tmp_path):
    changes = {DEPOT: "    ancre: L’ouverture de l’étape\n    à_qui: Tiers facilitateur\n"}
    assert codes(vitry_with(tmp_path, changes)) == ["never_due", "never_due", "unfit"]


# ── What a rule says of itself ──────────────────────────────────────────────


def said(code: str, **changes) -> str:
    document = loading.read(VITRY)
    section = next(one for one in loading.sections() if one.name == "rappels")
    return section.says(document, document["rappels"][code] | changes).replace("\u00a0", " ")


def test_a_rule_says_when_it_leaves_and_to_whom():
    assert said("depot", days_before=[7]) == (
        "Part 7 jours avant « Date limite de dépôt » : le mardi 17 novembre 2026, "
        "aux porteurs dont le dossier est commencé et pas déposé."
    )


def test_a_rule_of_each_dossiers_own_day_says_how_far_from_it():
    assert said("complements") == (
        "Part 7 et 1 jours avant la date limite des compléments de chaque dossier "
        "(le dernier jour ouvré avant si ce jour ne l’est pas), "
        "aux porteurs si les compléments demandés ne sont pas envoyés."
    )


def test_an_absence_is_counted_from_what_was_asked():
    changes = {
        "anchor": "asked",
        "days_before": [],
        "days_after": [10],
        "counting": "working",
        "audience": "team",
    }
    assert said("avis", **changes, worked_day="inchangé") == (
        "Part 10 jours ouvrés après la demande d’avis, à l’équipe si l’avis demandé n’est pas rendu."
    )


def test_a_rule_says_which_of_its_days_another_of_the_week_replaces():
    assert said("depot", days_before=[2, 0], fact="first_time") == (
        "Part 2 jours avant « Date limite de dépôt » et le jour même : le vendredi 20 novembre 2026 et le mardi "
        "24 novembre 2026, aux porteurs dont le dossier est commencé et pas déposé, seulement pour une première "
        "demande."
    )
    assert said("depot", days_before=[1, 0]).endswith(
        " Rien ne part la veille : le jour même tombe la même semaine."
    )

"""What publishing a calendar is refused for: each check, told by the file that it refuses."""

import pytest

from tests import year as play
from tests.cycles import REIMS, VITRY, codes, said, vitry_with
from workflow import engine, loading
from workflow.models import CycleVersion, Step
from workflow.refusal import Refused
from workflow.roles import SYSTEM

DEPOT = "    passage: Déposer le dossier\n    ouvre: ouverture\n    ferme: cloture\n  - code: instruction"


@pytest.mark.parametrize("shipped", [VITRY, REIMS], ids=lambda path: path.stem)
def test_the_shipped_years_can_run(shipped):
    assert codes(shipped) == []


@pytest.mark.parametrize(
    "changes, expected",
    [
        ({"passage: Enregistrer la décision": "passage: withdraw"}, ["impossible_gate"]),
        ({"    ouvre: avis\n    ferme: avis": "    ouvre: avis\n    ferme: cloture"}, ["empty_window"]),
        ({"    ouvre: comite_financeurs\n    responsable": "    responsable"}, ["endless_window"]),
        ({"    nature: Dépôt\n": "    nature: Instruction\n"}, ["no_filing_window"]),
        ({DEPOT: DEPOT.replace("    passage: Déposer le dossier\n", "")}, ["no_filing_window"]),
        ({"places: 20": "places: 0"}, ["no_seat"]),
        ({"nature: Petit-déjeuner": "nature: Avis des habitants"}, ["no_level", "no_promise"]),
        (
            {"nature: Petit-déjeuner": "nature: Avis des habitants\n    participation: Consulter"},
            ["no_promise"],
        ),
        (
            {
                "nature: Petit-déjeuner": "nature: Avis des habitants\n    participation: Consulter\n"
                "    promesse: Le comité lit chaque avis et répond en avril."
            },
            [],
        ),
        (
            {"exigence: Proposée\n    ouvre: petit_dejeuner\n    ferme: petit_dejeuner": "exigence: Obligatoire"},
            ["no_window"],
        ),
        (
            {
                "exigence: Proposée\n    ouvre: petit_dejeuner": "exigence: Obligatoire\n    ouvre: avis",
                "    ferme: petit_dejeuner\n": "    ferme: avis\n",
            },
            ["too_late"],
        ),
        (
            {"    ouvre: comite_financeurs\n": "    ferme: lancement\n"},
            ["shut_too_early"],
        ),
        (
            {"    ouvre: comite_financeurs\n": "    ferme: cloture\n    ferme_décalage: -3\n"},
            ["overlap"],
        ),
        (
            {DEPOT: DEPOT.replace("ferme: cloture", "ferme: lancement")},
            ["empty_window", "unreachable", "unreachable"],
        ),
    ],
)  # fmt: skip
def test_a_year_that_could_not_run_is_refused(tmp_path, changes, expected):
    assert codes(vitry_with(tmp_path, changes)) == expected


def test_every_reason_is_said_at_once_on_its_line(tmp_path):
    path = vitry_with(
        tmp_path, {"places: 20": "places: 0", "    ouvre: comite_financeurs\n": "    ferme: lancement\n"}
    )
    assert said(path) == [
        ("places: 0", "« Petit-déjeuner des nouveaux porteurs » n’a aucune place."),
        (
            "ferme: lancement",
            (
                "« Décision du comité » se ferme le mardi 22 septembre 2026, mais aucun dossier n’y arrive "
                "avant le jeudi 1er octobre 2026."
            ),
        ),
    ]


@pytest.mark.django_db
def test_the_door_refuses_to_publish_what_the_file_would_be_refused_for():
    year = play.a_year()
    version = CycleVersion(cycle=year.cycle, number=2)
    engine.open_many([version], by=SYSTEM, at=play.BEFORE)
    Step.objects.create(version=version, code="atelier", label="Atelier", kind="workshop", capacity=0)
    with pytest.raises(Refused) as refused:
        engine.fire(version, "publish", by=SYSTEM, at=play.BEFORE)
    expected = ["no_filing_window", "no_seat", "no_window", "no_criterion"]
    assert refused.value.codes == [*expected, "no_reason", "no_reason", "no_question"]


def test_a_whole_year_is_walked_before_a_final_state_is_said_reachable():
    document = loading.read(VITRY)
    document["jalons"]["bilan"]["starts_on"] = document["jalons"]["cloture"]["starts_on"]
    assert list(loading.refusals(document)) == []

"""The journal of a cycle, in words, the newest first."""

import pytest

from tests import year as play
from tests.cycles import VITRY
from workflow import engine, loading
from workflow.campaign import change, with_part
from workflow.models import CycleVersion
from workflow.roles import Role
from workflow.story import story

pytestmark = pytest.mark.django_db


@pytest.fixture
def vitry():
    return loading.load(VITRY, at=play.BEFORE)


@pytest.fixture
def claire(vitry):
    return play.person("claire", Role.COORDINATOR, vitry)


def write(vitry, claire, name: str, at: str, /, **values) -> None:
    section = next(one for one in loading.sections() if one.name == name)

    def edit(document):
        there = document[name] if section.single else document[name].get(at, {})
        return with_part(document, section, at, there | values)

    change(vitry, edit, by=claire, at=play.WRITING)


def told(vitry, reader) -> list[tuple[str, str]]:
    return [(one.who, one.sentence) for one in story(vitry, reader)]


def test_what_came_with_a_cycle_is_one_line_and_its_publication_another(vitry, claire):
    assert told(vitry, claire) == [
        ("Jalons", "A publié la version 1 des règles"),
        ("Jalons", "A commencé cette campagne"),
    ]


def test_each_change_says_who_and_of_what(vitry, claire):
    write(vitry, claire, "cycle", "", team_phone="03 53 01 00 28")
    write(vitry, claire, "orientations", "ete", code="ete", label="L’été", source="")
    write(vitry, claire, "motifs", "priorites", advice="Appelez-nous.")
    write(vitry, claire, "règles", "", quorum=3)
    draft = CycleVersion.objects.get(cycle=vitry, number=2)
    engine.fire(draft, "publish", by=claire, at=play.READING)
    assert told(vitry, claire)[:5] == [
        ("Vous", "A publié la version 2 des règles"),
        ("Vous", "A modifié la version 2 des règles : avis attendus pour clore"),
        ("Vous", "A préparé la version 2 des règles : motifs"),
        ("Vous", "A modifié la campagne : orientations"),
        ("Vous", "A modifié la campagne : téléphone du service"),
    ]
    assert told(vitry, play.person("sami"))[0][0] == "Claire"


def test_nothing_of_another_cycle_is_told(vitry, claire):
    play.a_year()
    assert len(told(vitry, claire)) == 2

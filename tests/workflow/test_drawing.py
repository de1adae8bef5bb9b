"""The pictures say what the code says: every move, every node, this year's dates, and nothing the year lacks."""

import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from cases.models import Dossier, FundingLine
from cases.states import DossierState
from cases.words import STAGES
from tests import year as play
from workflow import drawing, flows
from workflow.charts import chart_of
from workflow.drawing.review import SIGNS
from workflow.management.commands.draw import pictures
from workflow.models import CycleVersion

PICTURES = Path(__file__).parents[2] / "fixtures" / "pictures"


def texts(svg: str) -> list[str]:
    return [unescape(words) for words in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


@pytest.mark.parametrize("model", [Dossier, FundingLine])
def test_every_state_and_every_move_of_a_machine_is_drawn(model):
    said = " ".join(texts(drawing.machine(model)))
    labels = [str(label) for _, label in model._meta.get_field("state").choices]
    moves = [str(model.moves(name).label) for name in chart_of(model)]
    assert [one for one in [*labels, *moves] if one not in said] == []


@pytest.mark.parametrize("model", [Dossier, FundingLine])
def test_the_main_line_leads_from_the_first_state_to_a_last_one(model):
    chart = chart_of(model)
    here = model._meta.get_field("state").get_default()
    for name in model.stages:
        assert here in chart[name].sources
        here = chart[name].target
    assert [move.name for move in chart.values() if here in move.sources] == []


def test_the_path_shown_to_people_is_the_main_line():
    assert tuple(STAGES) == Dossier.stages


def test_every_node_of_the_review_has_its_sign():
    nodes = [node.name for node in flows.CURRENT.instance.nodes()]
    assert sorted(SIGNS) == sorted(nodes)
    said = texts(drawing.review(flows.CURRENT))
    assert [label for _, label, _ in SIGNS.values() if label not in said] == []


@pytest.mark.parametrize("name", ["dossier", "fundingline", "review"])
def test_the_copies_beside_the_readme_are_current(name):
    assert (PICTURES / f"{name}.svg").read_text(encoding="utf-8") == pictures()[name]


@pytest.mark.parametrize("name", ["dossier", "fundingline", "review"])
def test_a_picture_is_whole_xml_says_its_name_and_needs_no_style(name):
    root = ET.fromstring(pictures()[name])
    assert root.find("{http://www.w3.org/2000/svg}title").text
    assert [one for one in root.iter() if "style" in one.attrib or one.tag.endswith("style")] == []


@pytest.mark.django_db
def test_a_year_is_drawn_with_its_dates():
    said = texts(drawing.machine(Dossier, play.a_year().rules))
    assert "du 1er octobre 2026" in said
    assert "au 15 novembre 2026" in said


@pytest.mark.django_db
def test_a_year_without_accompaniment_is_drawn_without_it():
    rules = play.a_year().rules
    bare = CycleVersion.objects.create(cycle=rules.cycle, number=2)
    said = {version.number: texts(drawing.machine(Dossier, version)) for version in (rules, bare)}
    assert [DossierState.SUPPORT.label in said[number] for number in (1, 2)] == [True, False]
    assert [words for words in said[2] if "accompagnement" in words] == []


@pytest.mark.django_db
def test_the_review_says_what_closes_it_that_year():
    rules = play.a_year(quorum=3, review_days=20).rules
    said = " ".join(texts(drawing.review(flows.CURRENT, rules)))
    assert "Le tour se clôt à 3 avis, ou 20 jours après son ouverture." in said

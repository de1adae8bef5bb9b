"""The drawings say what the chart says, and the README's copies are current."""

from pathlib import Path

import pytest

from cases.models import Dossier, FundingLine
from workflow.charts import chart_of
from workflow.diagram import mermaid, table

README = Path(__file__).parents[2] / "README.md"


@pytest.mark.parametrize("model", [Dossier, FundingLine])
def test_a_drawing_has_one_arrow_per_source_of_each_move(model):
    arrows = [line for line in mermaid(model).splitlines() if "-->" in line and "[*]" not in line]
    assert len(arrows) == sum(len(move.sources) for move in chart_of(model).values())


def test_the_table_has_one_row_per_move_in_the_order_of_the_year():
    rows = table(Dossier).splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(chart_of(Dossier))


@pytest.mark.parametrize("model", [Dossier, FundingLine])
def test_the_readme_shows_the_chart_as_it_is(model):
    assert table(model) in README.read_text(encoding="utf-8")


def test_the_readme_draws_the_dossier_as_it_is():
    assert mermaid(Dossier) in README.read_text(encoding="utf-8")

"""The tables say what the chart says, and the README's copies are current."""

from pathlib import Path

import pytest

from cases.models import Dossier, FundingLine
from workflow.charts import chart_of
from workflow.diagram import table

README = Path(__file__).parents[2] / "README.md"


def test_the_table_has_one_row_per_move_in_the_order_of_the_year():
    rows = table(Dossier).splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == list(chart_of(Dossier))


@pytest.mark.parametrize("model", [Dossier, FundingLine])
def test_the_readme_shows_the_chart_as_it_is(model):
    assert table(model) in README.read_text(encoding="utf-8")


def test_the_readme_shows_the_drawings():
    text = README.read_text(encoding="utf-8")
    assert [
        name for name in ("dossier", "fundingline", "review") if f"fixtures/pictures/{name}.svg" not in text
    ] == []

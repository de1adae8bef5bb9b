"""Every cycle that we give as an example could be published as it stands."""

from pathlib import Path

import pytest

from workflow import loading

CYCLES = sorted((Path(__file__).parents[1] / "fixtures" / "cycles").glob("*.yaml"))


@pytest.mark.parametrize("path", CYCLES, ids=lambda path: path.stem)
def test_a_cycle_given_as_an_example_could_be_published(path):
    assert loading.check(path) == []


def test_there_are_examples_to_check():
    assert len(CYCLES) >= 9

"""A file brought in by a coordinator: a trial leaves nothing behind, and another town's is refused."""

import pytest

from tests import year as play
from workflow import arrival, loading
from workflow.models import Cycle, CycleVersion
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def written(year, **changes) -> bytes:
    """The cycle's own file, with some of its words changed."""
    text = loading.export(year.cycle, year.rules)
    for was, now in changes.items():
        text = text.replace(was, now)
    return text.encode()


def brought(year, raw, *, keeps, by=None):
    return arrival.bring(raw, by=by or year.coordinator, at=play.WRITING, keeps=keeps)


def test_a_trial_says_what_would_become_of_the_file_and_writes_nothing():
    year = play.a_year("ici_2027")
    loaded, against = brought(year, written(year, ici_2027="ici_2028"), keeps=False)
    assert (loaded.cycle.code, against) == ("ici_2028", [])
    assert [cycle.code for cycle in Cycle.objects.order_by("code")] == ["ici_2027"]
    assert CycleVersion.objects.count() == 1


def test_a_kept_file_is_the_next_year_of_whoever_coordinates_the_town():
    year = play.a_year("ici_2027")
    brought(year, written(year, ici_2027="ici_2028"), keeps=True)
    mine = Cycle.objects.coordinated_by(year.coordinator).order_by("code")
    assert [cycle.code for cycle in mine] == ["ici_2027", "ici_2028"]


def test_the_same_file_again_changes_nothing():
    year = play.a_year("ici_2027")
    loaded, _ = brought(year, written(year), keeps=True)
    assert loaded.unchanged


def test_the_file_of_a_town_that_one_does_not_coordinate_is_refused():
    year, other = play.a_year("ici_2027"), play.a_year("ailleurs_2027")
    with pytest.raises(Refused) as refused:
        brought(year, written(other), keeps=True)
    assert refused.value.codes == ["not_ours"]
    with pytest.raises(Refused) as refused:
        brought(year, written(year), keeps=True, by=year.instructor)
    assert refused.value.codes == ["not_ours"]

"""A machine read off its model: moves in the order of the file, what each takes, asks and looks at."""

from datetime import date, datetime

from django.db import models
from django.test.utils import isolate_apps
from django_fsm import FSMField, transition

from workflow.charts import Rule, chart_of, parameters, rule, state_field, state_of
from workflow.models import Milestone
from workflow.refusal import Refusal
from workflow.roles import Role


def sun_shines(subject, at, sky, facts):
    yield Refusal("rain", "Il pleut.")


def water(records, *, by, at):
    """What follows a planting."""


with isolate_apps("tests.standin"):  # because no other test may meet this model

    class Garden(models.Model):
        """A machine of its own, whose moves are not written in alphabetical order."""

        state = FSMField(default="bare", protected=True)

        class Meta:
            app_label = "standin"

        def __str__(self):
            return self.state

        @transition(
            "state",
            source=["bare", "fallow"],
            target="sown",
            custom=rule(by=[Role.HOLDER], guards=[sun_shines], gated="sow", gated_in=["bare"], then=[water]),
        )
        def sow(self, seed: str, by, at: datetime, until: date | None = None):
            """Two facts: one that must be said, one that may be."""

        @transition("state", source="sown", target="fallow", custom=rule(by=[Role.SYSTEM]))
        def abandon(self):
            """Nothing is asked."""


def test_moves_stand_in_the_order_in_which_they_are_written():
    found = chart_of(Garden)
    assert [(move.name, sorted(move.sources), move.target) for move in found.values()] == [
        ("sow", ["bare", "fallow"], "sown"),
        ("abandon", ["sown"], "fallow"),
    ]


def test_a_rule_is_what_stands_beside_the_arrow():
    sow, abandon = chart_of(Garden).values()
    assert sow.rule == Rule((Role.HOLDER,), (sun_shines,), "sow", ("bare",), (water,))
    assert abandon.rule == Rule((Role.SYSTEM,))


def test_a_move_takes_the_facts_of_its_body_and_requires_those_without_a_default():
    sow, abandon = chart_of(Garden).values()
    assert (sow.takes, sow.required) == (("seed", "until"), ("seed",))
    assert (abandon.takes, abandon.required) == ((), ())


def test_a_move_needs_what_its_guards_name_beyond_what_the_door_gives():
    sow, abandon = chart_of(Garden).values()
    assert (sow.needs, abandon.needs) == ({"sky"}, frozenset())
    assert parameters(sun_shines) == ("at", "sky", "facts")


def test_a_window_applies_only_to_those_who_leave_the_named_states():
    sow, abandon = chart_of(Garden).values()
    assert [sow.is_gated_from(state) for state in ("bare", "fallow")] == [True, False]
    assert abandon.is_gated_from("sown") is False


def test_what_has_no_state_has_no_chart():
    assert (state_field(Milestone), chart_of(Milestone), state_of(Milestone())) == (None, {}, "")
    assert (state_field(Garden).name, state_of(Garden())) == ("state", "bare")

"""The charts of the house hold, and a chart that would break at 23:59 breaks at `manage.py check` instead."""

from dataclasses import replace

from cases.models import Dossier
from workflow import checks
from workflow.charts import Move, Rule, chart_of
from workflow.roles import Role


def faults_of(**changes):
    admit = chart_of(Dossier)["admit"]
    rule = replace(admit.rule, **{name: value for name, value in changes.items() if name != "sources"})
    move = Move("admit", changes.get("sources", admit.sources), admit.target, rule, admit.body, admit.line)
    return [fault.id for fault in checks._faults_of(Dossier, move, "dossier")]


def a_guard_of_what_nobody_loads(dossier, weather):
    yield from ()


def test_every_chart_of_the_house_holds():
    assert checks.charts_hold(None) == []


def test_what_would_break_is_named():
    assert faults_of(guards=(a_guard_of_what_nobody_loads,)) == ["jalons.E004"]
    assert faults_of(by=(Role.FINANCIER,)) == ["jalons.E005"]
    assert faults_of(by=()) == ["jalons.E006"]
    assert faults_of(sources=["*"]) == ["jalons.E007"]


def test_a_move_knows_what_it_takes_and_what_it_cannot_do_without():
    defer, reopen = chart_of(Dossier)["defer"], chart_of(Dossier)["reopen"]
    assert defer.takes == defer.required == ("reason", "next_committee_on")
    assert (reopen.takes, reopen.required) == (("reason", "withdraws_award"), ("reason",))
    assert isinstance(defer.rule, Rule)

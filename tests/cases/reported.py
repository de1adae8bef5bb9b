"""Reports and changes, each in the states it may be in, played through the door."""

from decimal import Decimal

from cases import models as cases
from tests import year as play
from tests.firing import fired
from workflow import engine
from workflow.roles import SYSTEM

WRITTEN = {
    "text": "Douze ateliers.",
    "difficulties": "Rien.",
    "onward": "Oui, l’an prochain.",
    "people": 40,
    "people_qpv": 31,
    "spent": Decimal(98_500),
}
"""A final report of a request that gives its total alone: 98 500 € is what it was to cost with what was granted."""


def written(year, due, **changes):
    """A report that holds all that sending asks for, but for these."""
    signed = {"certified_by": "Présidente", "certified_at": play.REPORTING}
    engine.amend(due, WRITTEN | signed | changes, by=year.holder, at=play.REPORTING)
    return play.fresh(due)


def sent(year, due, **changes):
    return fired(written(year, due, **changes), "file", year.holder, play.REPORTING)


def report(year):
    """The final report of a dossier, written but not yet sent."""
    return written(year, cases.Report.objects.get(dossier=play.reporting(year)))


def filed(year):
    return fired(report(year), "file", year.holder, play.REPORTING)


REPORTS = {
    "draft": report,
    "filed": filed,
    "to_correct": lambda year: fired(
        filed(year), "ask_correction", year.instructor, play.REPORTING, reason="Le nombre"
    ),
    "accepted": lambda year: fired(filed(year), "accept", year.instructor, play.REPORTING),
}


def interim(year):
    """The intermediate report of an answered dossier."""
    due = cases.Report(dossier=play.answered(year), kind_of="intermediate")
    engine.open_many([due], by=SYSTEM, at=play.ANSWERING)
    return due


def change(year, dossier=None, at=play.ANSWERING, **facts):
    """An amendment that a holder asks for, once the answer is known."""
    asked = {"kind_of": "amendment", "about": ["calendar"], "text": "Les ateliers passent au samedi."} | facts
    one = cases.Change(dossier=dossier or play.answered(year), asked_at=at, **asked)
    engine.open_many([one], by=year.holder, at=at)
    return one


CHANGES = {
    "asked": change,
    "accepted": lambda year: fired(change(year), "accept", year.instructor, play.ANSWERING),
    "refused": lambda year: fired(
        change(year), "refuse", year.instructor, play.ANSWERING, reason="Le samedi est déjà pris."
    ),
    "taken_back": lambda year: fired(change(year), "take_back", year.holder, play.ANSWERING),
}

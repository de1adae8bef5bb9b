"""The catalogue: every line names a real move, a reachable audience and a template of its own."""

from collections import Counter

from cases.models import Dossier
from cases.states import DossierMove
from notifications.audience import Audience
from notifications.catalogue import CATALOGUE, tellings_of
from notifications.models import Message
from workflow import registry
from workflow.charts import chart_of
from workflow.engine import OPEN

TOLD_TO_THE_HOLDER = {
    "submit", "take_back", "ask_completion", "complete", "declare_inadmissible", "admit", "defer", "resume",
    "answer", "open_reporting", "reopen", "withdraw", "restore", "drop",
}  # fmt: skip


def test_each_template_serves_once():
    assert [name for name, times in Counter(one.template for one in CATALOGUE).items() if times > 1] == []


def test_each_event_is_a_move_of_a_chart():
    moves = {(model, move) for model in registry.charts() for move in (OPEN, *chart_of(model))}
    assert [one.event for one in CATALOGUE if (one.model, one.move) not in moves] == []


def test_the_holder_hears_of_what_changes_for_them():
    heard = {one.move for one in CATALOGUE if one.model is Dossier and one.audience == Audience.HOLDER}
    assert heard == TOLD_TO_THE_HOLDER


def test_an_event_speaks_to_an_audience_once():
    assert len({(one.event, one.audience, str(one.when)) for one in CATALOGUE}) == len(CATALOGUE)


def test_every_audience_serves():
    assert {one.audience for one in CATALOGUE} == set(Audience)


def test_tellings_come_in_the_catalogues_order():
    found = tellings_of("cases.dossier", DossierMove.WITHDRAW)
    assert [one.audience for one in found] == [Audience.HOLDER, Audience.TEAM, Audience.CONSULTED]
    assert tellings_of("cases.dossier", "open") == ()


def test_every_word_fits_its_column():
    for one in CATALOGUE:
        row = {
            "event": one.event,
            "template": one.template,
            "audience": one.audience,
            "reason": f"{one.event}#2147483647",
        }
        sizes = {name: Message._meta.get_field(name).max_length for name in row}
        assert {name for name, text in row.items() if len(text) > sizes[name]} == set()

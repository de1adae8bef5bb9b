"""A review round: many are asked at the same time, one date ends it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from viewflow.workflow.models import Process, Task

from tests.standin.models import Round
from workflow import flows

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)


def started(lines, **fields):
    round_ = Round.inviting(lines, **fields)
    flows.start(round_, AT)
    return round_


def said(round_, *numbers, at=AT):
    """Lines that answer one after the other; what the last one was told."""
    for number in numbers:
        round_.hear(number)
        closed = flows.answer(round_, number, at)
    return closed


def processes_of(round_):
    found = Process.objects.filter(artifact_object_id=round_.pk).order_by("pk")
    return [str(process.status) for process in found]


def live_nodes(round_):
    tasks = Task.objects.filter(process__artifact_object_id=round_.pk, status__in=["NEW", "STARTED"])
    return sorted(task.flow_task.name for task in tasks)


def told(round_):
    """How often the round heard that it closed, when, and the word of each line."""
    round_.refresh_from_db()
    return round_.closings, round_.closed_at, list(round_.lines.values_list("word", flat=True))


# ── How it opens ────────────────────────────────────────────────────────────


def test_every_invited_line_has_a_branch_and_the_date_has_one_too():
    assert live_nodes(started(3)) == ["deadline", "opinion", "opinion", "opinion"]


def test_starting_twice_opens_one_round():
    round_ = started(2)
    flows.start(round_, LATER)
    assert processes_of(round_) == ["NEW"]
    assert live_nodes(round_) == ["deadline", "opinion", "opinion"]


def test_a_round_that_closed_may_be_opened_again():
    round_ = started(1)
    said(round_, 1)
    flows.start(round_, LATER)
    assert processes_of(round_) == ["DONE", "NEW"]
    assert live_nodes(round_) == ["deadline", "opinion"]


def test_several_rounds_open_at_once():
    rounds = [Round.inviting(1), Round.inviting(2)]
    flows.start_many(rounds, AT)
    assert [live_nodes(round_) for round_ in rounds] == [
        ["deadline", "opinion"],
        ["deadline", "opinion", "opinion"],
    ]


def test_nothing_to_start_answer_or_expire_is_nothing_done():
    assert flows.start_many([], AT) is None
    assert flows.answer_many([], AT) == []
    assert flows.expire_many([], AT) == []


# ── How it closes ───────────────────────────────────────────────────────────


def test_an_answer_before_the_last_leaves_the_round_open():
    round_ = started(3)
    assert said(round_, 1, 2) is False
    assert told(round_) == (0, None, ["said", "said", "awaited"])
    assert live_nodes(round_) == ["deadline", "gather", "opinion"]


def test_the_last_answer_closes_the_round_at_the_caller_s_hour():
    round_ = started(3)
    said(round_, 1, 2)
    assert said(round_, 3, at=LATER) is True
    assert told(round_) == (1, LATER, ["said", "said", "said"])
    assert (processes_of(round_), live_nodes(round_)) == (["DONE"], [])


def test_a_quorum_closes_the_round_and_cancels_the_rest():
    round_ = started(5, quorum=2)
    assert said(round_, 4, 2) is True
    assert told(round_) == (1, AT, ["silent", "said", "silent", "said", "silent"])
    assert (processes_of(round_), live_nodes(round_)) == (["DONE"], [])


def test_on_the_date_silence_becomes_a_word_and_the_round_closes():
    round_ = started(3)
    said(round_, 2)
    assert flows.expire(round_, LATER) is True
    assert told(round_) == (1, LATER, ["silent", "said", "silent"])
    assert (processes_of(round_), live_nodes(round_)) == (["DONE"], [])


def test_a_round_in_which_nobody_spoke_closes_on_its_date():
    round_ = started(2)
    assert flows.expire(round_, LATER) is True
    assert told(round_) == (1, LATER, ["silent", "silent"])


def test_the_date_closes_once():
    round_ = started(2)
    flows.expire(round_, AT)
    assert flows.expire(round_, LATER) is False
    assert told(round_)[:2] == (1, AT)


def test_an_answer_after_the_close_is_no_event():
    round_ = started(2)
    flows.expire(round_, AT)
    assert flows.answer(round_, 1, LATER) is False
    assert told(round_)[:2] == (1, AT)


def test_a_corrected_opinion_is_no_event():
    round_ = started(2)
    said(round_, 1)
    assert said(round_, 1, at=LATER) is False
    assert live_nodes(round_) == ["deadline", "gather", "opinion"]


def test_a_line_that_is_not_invited_changes_nothing():
    round_ = started(2)
    assert flows.answer(round_, 9, AT) is False
    assert live_nodes(round_) == ["deadline", "opinion", "opinion"]


def test_answers_given_together_close_what_they_complete():
    rounds = [started(2), started(2), started(1)]
    answers = [(rounds[0], 1), (rounds[1], 1), (rounds[2], 1), (rounds[0], 2)]
    for round_, line in answers:
        round_.hear(line)
    assert flows.answer_many(answers, LATER) == [rounds[0], rounds[2]]
    assert [told(round_)[0] for round_ in rounds] == [1, 0, 1]


# ── One more, and none at all ───────────────────────────────────────────────


def test_a_financier_added_in_flight_is_waited_for():
    round_ = started(2)
    said(round_, 1)
    round_.invite(3)
    assert flows.add_branch(round_, {"line": 3}, AT) is True
    assert said(round_, 2) is False
    assert said(round_, 3) is True


def test_a_financier_is_added_once():
    round_ = started(2)
    assert flows.add_branch(round_, {"line": 2}, AT) is False
    assert live_nodes(round_) == ["deadline", "opinion", "opinion"]


def test_a_financier_whose_branch_is_over_may_be_asked_again():
    round_ = started(2)
    assert flows.answer(round_, 2, AT) is False
    assert flows.add_branch(round_, {"line": 2}, AT) is True
    assert said(round_, 1) is False
    assert said(round_, 2) is True


def test_nobody_is_added_to_a_round_that_is_over():
    round_ = started(1)
    flows.expire(round_, AT)
    assert flows.add_branch(round_, {"line": 2}, AT) is False
    assert live_nodes(round_) == []


def test_a_withdrawal_cancels_the_rest_and_closes_nothing():
    round_ = started(3)
    said(round_, 1)
    assert flows.cancel(round_, LATER) is True
    assert (processes_of(round_), live_nodes(round_)) == (["CANCELED"], [])
    assert told(round_) == (0, None, ["said", "awaited", "awaited"])


def test_after_a_withdrawal_neither_answer_nor_date_is_an_event():
    round_ = started(2)
    flows.cancel(round_, AT)
    assert (flows.answer(round_, 1, LATER), flows.expire(round_, LATER)) == (False, False)
    assert flows.cancel(round_, LATER) is False
    assert told(round_)[0] == 0


def test_a_withdrawal_never_turns_a_finished_round_into_a_cancelled_one():
    round_ = started(1)
    said(round_, 1)
    assert flows.cancel(round_, LATER) is False
    assert processes_of(round_) == ["DONE"]


# ── What must never happen ──────────────────────────────────────────────────


def test_a_close_that_fails_takes_the_last_answer_with_it():
    round_ = started(2, broken=True)
    said(round_, 1)
    with pytest.raises(RuntimeError), transaction.atomic():
        said(round_, 2)
    assert told(round_) == (0, None, ["said", "awaited"])
    assert live_nodes(round_) == ["deadline", "gather", "opinion"]


def test_a_close_that_failed_is_done_by_the_next_sweep():
    round_ = started(1, broken=True)
    with pytest.raises(RuntimeError), transaction.atomic():
        flows.expire(round_, AT)
    Round.objects.update(broken=False)
    assert flows.expire(Round.objects.get(), LATER) is True
    assert told(round_) == (1, LATER, ["silent"])


def test_rows_name_the_generation_of_their_graph():
    round_ = started(1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT flow_class FROM viewflow_process WHERE artifact_object_id = %s", [round_.pk])
        assert cursor.fetchone() == ("workflow/flows.ReviewFlow1",)
    assert flows.ReviewFlow1.__subclasses__() == []


# ── What it costs ───────────────────────────────────────────────────────────


def queries(call, *args):
    ContentType.objects.get_for_model(Round)
    with CaptureQueriesContext(connection) as captured:
        call(*args)
    return len(captured)


@pytest.mark.parametrize("lines", [2, 5])
def test_a_start_costs_eight_queries_whatever_the_branches(lines):
    assert queries(flows.start, Round.inviting(lines), AT) == 8


@pytest.mark.parametrize("lines", [3, 8])
def test_an_answer_costs_five_queries_and_the_first_one_six(lines):
    round_ = started(lines)
    assert queries(flows.answer, round_, 1, AT) == 6
    assert queries(flows.answer, round_, 2, AT) == 5


@pytest.mark.parametrize("lines", [2, 5])
def test_a_close_costs_ten_queries_whatever_the_branches(lines):
    round_ = started(lines)
    said(round_, *range(1, lines))
    round_.hear(lines)
    assert queries(flows.answer, round_, lines, AT) == 10


@pytest.mark.parametrize("lines", [2, 5])
def test_a_withdrawal_costs_four_queries_whatever_the_branches(lines):
    assert queries(flows.cancel, started(lines), AT) == 4


@pytest.mark.parametrize("rounds", [1, 3])
def test_one_more_round_costs_only_what_the_round_itself_asks(rounds):
    asked_to_open, asked_to_answer, asked_to_close = 2, 2, 3
    many = [Round.inviting(3) for _ in range(rounds)]
    assert queries(flows.start_many, many, AT) == 6 + rounds * asked_to_open
    assert queries(flows.answer_many, [(round_, 1) for round_ in many], AT) == 4 + rounds * asked_to_answer
    assert queries(flows.expire_many, many, AT) == 6 + rounds * asked_to_close


# ── What happens at the same time (row locks: PostgreSQL) ───────────────────


def at_the_same_time(*calls):
    """Run each call in a thread and a transaction of its own, all released together; what each returned."""
    gate = Barrier(len(calls))

    def run(call, *args):
        try:
            gate.wait(timeout=20)
            with transaction.atomic():
                return call(*args)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(run, *call) for call in calls]]


def outcome(round_):
    """Everything that a race could have torn: the process, its live tasks, how often the close was told."""
    return processes_of(round_), live_nodes(round_), told(round_)[0]


CLOSED_ONCE = (["DONE"], [], 1)
WITHDRAWN = (["CANCELED"], [], 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_of_the_last_answer_and_a_withdrawal_has_one_winner():
    for _ in range(20):
        round_ = started(2)
        said(round_, 1)
        closed, withdrawn = at_the_same_time((said, round_, 2), (flows.cancel, round_, AT))
        assert closed is not withdrawn
        assert outcome(round_) == (CLOSED_ONCE if closed else WITHDRAWN)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_of_two_last_answers_closes_once():
    for _ in range(20):
        round_ = started(2)
        results = at_the_same_time((said, round_, 1), (said, round_, 2))
        assert sorted(results) == [False, True]
        assert outcome(round_) == CLOSED_ONCE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_of_eight_answers_closes_once():
    for _ in range(20):
        round_ = started(8)
        results = at_the_same_time(*[(said, round_, line) for line in range(1, 9)])
        assert sorted(results) == [False] * 7 + [True]
        assert outcome(round_) == CLOSED_ONCE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_of_the_last_answer_and_the_date_closes_once():
    for _ in range(20):
        round_ = started(1)
        results = at_the_same_time((said, round_, 1), (flows.expire, round_, AT))
        assert sorted(results) == [False, True]
        assert outcome(round_) == CLOSED_ONCE


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_race_of_two_starts_opens_one_round():
    for _ in range(20):
        round_ = Round.inviting(2)
        at_the_same_time((flows.start, round_, AT), (flows.start, round_, AT))
        assert outcome(round_) == (["NEW"], ["deadline", "opinion", "opinion"], 0)

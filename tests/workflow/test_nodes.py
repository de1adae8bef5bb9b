"""Each private call into viewflow, held against what viewflow itself does."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from viewflow.workflow import PROCESS, STATUS, FlowRuntimeError
from viewflow.workflow.context import Context
from viewflow.workflow.models import Process, Task

from tests.standin.flows import PlainReviewFlow
from tests.standin.models import Round
from workflow import flows, nodes

pytestmark = pytest.mark.django_db
AT = datetime(2027, 3, 1, 11, 0, tzinfo=UTC)
LATER = datetime(2027, 3, 2, 11, 0, tzinfo=UTC)


def rows_of(round_):
    """The process's state and its tasks (node, state, token without keys, where from), in reading order."""
    process = Process.objects.get(artifact_object_id=round_.pk)
    split = process.task_set.get(flow_task=process.flow_class.invite)
    return process.status, sorted(
        (
            task.flow_task.name,
            str(task.status),
            task.flow_task_type,
            str(task.token).replace(f"/{split.pk}_", "/split_"),
            sorted(before.flow_task.name for before in task.previous.all()),
        )
        for task in process.task_set.all()
    )


def plain_task(round_, name, nth=0):
    node = getattr(PlainReviewFlow, name)
    tasks = Task.objects.filter(process__artifact_object_id=round_.pk, flow_task=node)
    return node, tasks.order_by("pk")[nth]


def plainly(round_, name, nth=0):
    """Complete a branch by viewflow alone."""
    node, task = plain_task(round_, name, nth)
    node.run(task)


@pytest.fixture
def twins():
    """The same round of two lines, one on our nodes and one on viewflow's own."""
    ours, theirs = Round.inviting(2), Round.inviting(2)
    flows.start(ours, AT)
    PlainReviewFlow.begin.run(round_=theirs)
    return ours, theirs


def test_a_start_writes_the_rows_that_viewflow_writes(twins):
    ours, theirs = twins
    assert rows_of(ours) == rows_of(theirs)


def test_a_first_answer_writes_the_rows_that_viewflow_writes(twins):
    ours, theirs = twins
    flows.answer(ours, 1, AT)
    plainly(theirs, "opinion", 0)
    assert rows_of(ours) == rows_of(theirs)


def test_a_closing_answer_writes_the_rows_that_viewflow_writes(twins):
    ours, theirs = twins
    for round_ in twins:
        round_.lines.update(word="said")
    flows.answer(ours, 1, AT)
    plainly(theirs, "opinion", 0)
    assert rows_of(ours) == rows_of(theirs)
    assert rows_of(ours)[0] == PROCESS.DONE


def test_a_deadline_writes_the_rows_that_viewflow_writes(twins):
    ours, theirs = twins
    flows.answer(ours, 2, AT)
    plainly(theirs, "opinion", 1)
    flows.expire(ours, AT)
    plainly(theirs, "deadline")
    assert rows_of(ours) == rows_of(theirs)
    assert rows_of(ours)[0] == PROCESS.DONE


def test_the_split_opens_one_branch_per_row_of_its_data_source():
    round_ = Round.inviting(3)
    flows.start(round_, AT)
    opinions = Task.objects.filter(flow_task=flows.ReviewFlow1.opinion).order_by("pk")
    assert [task.data for task in opinions] == [{"line": 1}, {"line": 2}, {"line": 3}]


def test_a_branch_belongs_to_whom_the_artifact_says(django_user_model):
    seat = django_user_model.objects.create(email="avis@exemple.test")
    round_ = Round.inviting(1, seat=seat.pk)
    flows.start(round_, AT)
    tasks = Task.objects.filter(process__artifact_object_id=round_.pk).order_by("pk")
    owners = [(task.flow_task.name, task.owner) for task in tasks]
    assert owners == [("begin", None), ("invite", None), ("opinion", seat), ("deadline", None)]


def test_one_more_branch_takes_a_token_that_nobody_has():
    round_ = Round.inviting(2)
    flows.start(round_, AT)
    flows.add_branch(round_, {"line": 3}, AT)
    flows.add_branch(round_, {"line": 4}, AT)
    tokens = sorted(token for _, _, _, token, _ in rows_of(round_)[1] if "split" in token)
    assert tokens == [f"start/split_{number}" for number in range(1, 6)]


def test_the_join_asks_the_artifact_once_for_all_answers_of_a_turn():
    round_ = Round.inviting(5)
    flows.start(round_, AT)
    with CaptureQueriesContext(connection) as queries:
        flows.answer_many([(round_, 1), (round_, 2), (round_, 3)], AT)
    assert len([query for query in queries if 'SELECT "standin_line"."word"' in query["sql"]]) == 1


def test_viewflow_s_own_door_takes_the_lock_of_the_aggregate():
    round_ = Round.inviting(1)
    flows.start(round_, AT)
    task = Task.objects.get(flow_task=flows.ReviewFlow1.opinion)
    round_.refresh_from_db()
    taken = round_.locks
    with task.activation():
        round_.refresh_from_db()
    assert round_.locks == taken + 1


def test_viewflow_s_own_cancel_is_shut():
    round_ = Round.inviting(1)
    flows.start(round_, AT)
    process = Process.objects.get(artifact_object_id=round_.pk)
    with pytest.raises(FlowRuntimeError):
        flows.ReviewFlow1.instance.cancel(process)
    assert Process.objects.get(pk=process.pk).status == PROCESS.NEW


def test_a_branch_cannot_be_completed_without_a_clock():
    round_ = Round.inviting(1)
    flows.start(round_, AT)
    task = Task.objects.get(flow_task=flows.ReviewFlow1.opinion)
    with pytest.raises(AttributeError, match="turn"), transaction.atomic():
        flows.ReviewFlow1.opinion.run(task)
    assert Task.objects.get(pk=task.pk).status == STATUS.NEW


def test_an_error_in_a_background_context_leaves_and_stores_nothing():
    round_ = Round.inviting(1, broken=True)
    flows.start(round_, AT)
    before = rows_of(round_)
    quiet = Context(propagate_exception=False)
    with quiet, pytest.raises(RuntimeError, match="the committee's door is stuck"), transaction.atomic():
        flows.expire(round_, AT)
    assert rows_of(round_) == before
    assert list(Task.objects.filter(status=STATUS.ERROR)) == []
    assert [task.data for task in Task.objects.order_by("pk")] == [{}, {}, {"line": 1}, {}]


def test_every_date_is_the_caller_s():
    round_ = Round.inviting(2)
    flows.start(round_, AT)
    flows.answer(round_, 1, AT)
    flows.expire(round_, LATER)
    dates = {
        (task.flow_task.name, task.created, task.started, task.finished)
        for task in Task.objects.filter(process__artifact_object_id=round_.pk)
    }
    assert dates == {
        ("begin", AT, AT, AT),
        ("invite", AT, None, AT),
        ("opinion", AT, AT, AT),
        ("opinion", AT, None, LATER),
        ("deadline", AT, LATER, LATER),
        ("gather", AT, AT, LATER),
        ("close", LATER, LATER, LATER),
    }
    process = Process.objects.get(artifact_object_id=round_.pk)
    assert (process.created, process.finished) == (AT, LATER)


def test_two_rounds_closed_abreast_are_told_in_the_order_given():
    first, second = Round.inviting(1), Round.inviting(1)
    flows.start_many([first, second], AT)
    assert flows.expire_many([second, first], AT) == [second, first]


def test_the_base_of_our_flows_has_no_node_to_inherit():
    assert nodes.GuardedFlow._nodes_by_name == {}

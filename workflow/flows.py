"""What several parties do at the same time: the review round, which knows its artifact by five methods."""

from collections.abc import Sequence
from typing import Protocol

from viewflow import this
from viewflow.workflow import flow

from workflow import nodes
from workflow.turns import turn


class Reviewed(Protocol):
    """What a round must answer; `is_complete` is asked after each answer and must read the database."""

    def branches(self) -> list[dict]: ...
    def assignee(self, data: dict): ...
    def is_complete(self) -> bool: ...
    def on_closed(self, at) -> None: ...
    def lock_aggregate(self) -> None: ...


class ReviewFlow1(nodes.GuardedFlow):
    """One branch per invited line and one for the deadline; the first of quorum and deadline closes the rest.

    viewflow has no versions: a process is bound to its class by name. Another graph is another class,
    `ReviewFlow2`, with `CURRENT` pointing at it; this one stays, untouched and never subclassed (a
    subclass silently runs its parent's nodes), until no process names it.
    """

    process_title = "Avis des financeurs"

    begin = nodes.Begin().Next(this.invite)
    invite = nodes.SplitEach().Next(this.opinion, data_source=this.invited).Next(this.deadline)
    opinion = flow.Handle(activation_class=nodes.BranchActivation).Next(this.gather)
    deadline = flow.Handle(activation_class=nodes.BranchActivation).Next(this.gather)
    gather = flow.Join(this.may_close, activation_class=nodes.GatherActivation).Next(this.close)
    close = flow.End(activation_class=nodes.CloseActivation)

    def invited(self, activation):
        return activation.process.artifact.branches()

    def may_close(self, activation, active):
        """On the deadline, or as soon as the round says that it has enough; silence is the round's word."""
        waiting_for_the_date = any(task.flow_task.name == "deadline" for task in active)
        return not waiting_for_the_date or activation.process.artifact.is_complete()


CURRENT = ReviewFlow1


def start(round_: Reviewed, at) -> None:
    """Open a round: its process and one branch per invited line; nothing while one is live."""
    start_many([round_], at)


def start_many(rounds: Sequence[Reviewed], at) -> None:
    """`start` for several rounds, in the order in which the caller locks them."""
    with turn(rounds, at) as step:
        nodes.begin(CURRENT.begin, [round_ for round_ in step.artifacts if not step.live[round_.pk]])


def answer(round_: Reviewed, line_id: int, at) -> bool:
    """Complete the branch of a line; True if this closed the round, False if it was done or nobody waits.

    An opinion corrected before the close is therefore no event here: the line is the truth about it.
    """
    return answer_many([(round_, line_id)], at) == [round_]


def answer_many(answers: Sequence[tuple[Reviewed, int]], at) -> list[Reviewed]:
    """`answer` for several (round, line): the rounds that closed, each judged after all of its answers."""
    with turn([round_ for round_, _ in answers], at) as step:
        keys = {(round_.pk, line_id) for round_, line_id in answers}
        nodes.complete(
            task
            for round_ in step.artifacts
            for task in step.live_at(round_, "opinion")
            if (round_.pk, task.data["line"]) in keys
        )
    return step.closed


def expire(round_: Reviewed, at) -> bool:
    """Say that the date has come: closes whatever is missing; True if this closed the round.

    The caller compares the dates, so that a coordinator may close early by the same way.
    """
    return expire_many([round_], at) == [round_]


def expire_many(rounds: Sequence[Reviewed], at) -> list[Reviewed]:
    """`expire` for several rounds: those that closed."""
    with turn(rounds, at) as step:
        nodes.complete(task for round_ in step.artifacts for task in step.live_at(round_, "deadline"))
    return step.closed


def add_branch(round_: Reviewed, data: dict, at) -> bool:
    """Invite one more line in flight; False if it is invited already or the round is over."""
    with turn([round_], at) as step:
        live = step.live[round_.pk]
        return bool(live) and nodes.add_branch(live[0].process, "invite", "opinion", data, key="line")


def cancel(round_: Reviewed, at) -> bool:
    """Withdrawal: cancel what is live; False, and nothing written, for a round that is over."""
    with turn([round_], at):
        return nodes.cancel(round_)

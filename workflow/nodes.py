"""Every private call into viewflow stands here, because only this file and its tests then fear an upgrade.

Our activations keep viewflow's graph, tables and transitions, and replace their bodies so that they take their time
and their rows from the turn (`turns.py`). viewflow's exception guard is never entered, because it may store the
locals of a frame (personal data) in a task: an error leaves as it is, and takes the caller's transaction with it.
"""

from contextlib import contextmanager
from functools import cached_property
from itertools import islice

from viewflow.workflow import PROCESS, STATUS, Activation, FlowRuntimeError, Token, context, flow
from viewflow.workflow.models import Process, Task
from viewflow.workflow.nodes.end import EndActivation
from viewflow.workflow.nodes.handle import HandleActivation
from viewflow.workflow.nodes.join import JoinActivation
from viewflow.workflow.nodes.split import SplitActivation
from viewflow.workflow.nodes.start import StartHandleActivation

from workflow.turns import LIVE, locked


class AggregateLock:
    """viewflow's `lock_impl`: its own door (`Task.activation`) waits where ours do."""

    @contextmanager
    def __call__(self, flow_class, process_pk):
        with locked([Process.objects.get(pk=process_pk).artifact]):
            yield


class InTurn:
    """An activation whose task may have no key yet, so that it is equal to itself alone."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__

    @classmethod
    def create(cls, flow_task, prev_activation, token, data=None, seed=None):
        return cls(context.turn.bear(flow_task, prev_activation.process, token, after=prev_activation.task))


class BeginActivation(InTurn, StartHandleActivation):
    """Begins a process under a lock that is held already."""

    @classmethod
    def create(cls, flow_task, prev_activation, token, data=None, seed=None):
        process = Process(flow_class=flow_task.flow_class)
        context.turn.open(process)
        return cls(context.turn.bear(flow_task, process, Token("start"), started=context.turn.at))

    @Activation.status.super()
    def complete(self):
        context.turn.end(self.task, STATUS.DONE)


class Begin(flow.StartHandle):
    activation_class = BeginActivation


class SplitEachActivation(InTurn, SplitActivation):
    """One task per row of a branch's data source, which the open edition of viewflow ignores."""

    @Activation.status.super()
    def activate(self):
        for node, _case, rows in self.flow_task._branches:
            self.next_tasks += [(node, row) for row in (rows(self) if rows else [{}])]

    @Activation.status.super()
    def complete(self):
        context.turn.end(self.task, STATUS.DONE)

    @Activation.status.super()
    def create_next(self):
        if not self.task.pk:
            context.turn.write()  # because a token holds the key of its split
        return open_branches(self, self.next_tasks)


class SplitEach(flow.Split):
    activation_class = SplitEachActivation

    def Next(self, node, data_source=None):  # noqa: N802 because viewflow spells its graph so
        self._activate_next.append((node, None, data_source))
        return self


def open_branches(split, branches, taken=0):
    """One task per (node, data) after `split`, whose first `taken` tokens are given out already."""
    tokens = islice(Token.split_token_source(split.task.token, split.task.pk), taken, None)
    artifact = split.process.artifact
    activations = []
    for token, (node, row) in zip(tokens, branches, strict=False):
        fields = {"data": row, "owner": artifact.assignee(row) if row else None}
        task = context.turn.bear(node, split.process, token, after=split.task, **fields)
        activations.append(node.activation_class(task))
    return activations


def add_branch(process, split, node, row, key):
    """The one private call for one more party in flight; False if a live branch has the same `key` in its data."""
    split, node = (process.flow_class.instance.node(name) for name in (split, node))
    tasks = list(Task.objects.filter(process=process, flow_task__in=[split, node]).order_by("pk"))
    branches = [task for task in tasks if task.flow_task == node]
    if row[key] in [task.data[key] for task in branches if task.status in LIVE]:
        return False
    tasks[0].process = process
    # The deadline holds a token too, so that one more is taken than there are branches.
    open_branches(split.activation_class(tasks[0]), [(node, row)], taken=len(branches) + 1)
    return True


class BranchActivation(InTurn, HandleActivation):
    """A branch that waits for somebody outside; what they said is kept by the artifact, not here."""

    @Activation.status.super()
    def run(self, func=None, **kwargs):
        self.task.started = context.turn.at

    @Activation.status.super()
    def complete(self):
        context.turn.end(self.task, STATUS.DONE)


class GatherActivation(InTurn, JoinActivation):
    """A join that decides from what the turn has read; it asks the artifact once, after all answers of the turn."""

    @classmethod
    def create(cls, flow_task, prev_activation, token, data=None, seed=None):
        turn, process = context.turn, prev_activation.process
        if process.pk not in turn.joins:
            waiting = turn.live_at(process.artifact, flow_task.name)
            turn.joins[process.pk] = cls(waiting[0] if waiting else cls._wait(flow_task, process, token))
        turn.arrows.append((turn.joins[process.pk].task, prev_activation.task))
        return turn.joins[process.pk]

    @staticmethod
    def _wait(node, process, token):
        fields = {"status": STATUS.STARTED, "started": context.turn.at}
        return context.turn.bear(node, process, token.get_base_split_token(), **fields)

    @cached_property
    def active(self):
        live = context.turn.live[self.process.artifact_object_id]
        return [task for task in live if task.status in LIVE and task != self.task]

    @cached_property
    def may_close(self):
        return not self.active or self.flow_task._continue_on_condition(self, self.active)

    def is_done(self):
        return self.may_close

    @Activation.status.super()
    def complete(self):
        for task in self.active:
            context.turn.end(task, STATUS.CANCELED)
        context.turn.end(self.task, STATUS.DONE)


class CloseActivation(InTurn, EndActivation):
    """Ends the process; the turn tells the artifact when that is written."""

    @Activation.status.super()
    def activate(self):
        self.task.started = context.turn.at
        context.turn.finish(self.process, PROCESS.DONE)

    @Activation.status.super()
    def complete(self):
        context.turn.end(self.task, STATUS.DONE)


def begin(node, artifacts):
    """Begin a process at a start node for each artifact of the turn, all abreast."""
    activations = []
    for artifact in artifacts:
        activations.append(node.activation_class.create(node, None, None))
        activations[-1].process.artifact = artifact
        activations[-1].complete()
    walk(activations)


def complete(tasks):
    """Complete live branches and follow the graph from them, all abreast."""
    activations = [task.flow_task.activation_class(task) for task in tasks]
    for activation in activations:
        activation.run()
        activation.complete()
    walk(activations)


def walk(activations):
    """Follow the graph from what is done, as `Activation._activate_next` does, but wave by wave and in order."""
    while activations:
        wave = dict.fromkeys(after for activation in activations for after in activation.create_next())
        for activation in wave:
            for move in (activation.activate, activation.complete):
                if move.can_proceed():
                    move()
        activations = [activation for activation in wave if activation.create_next.can_proceed()]


def cancel(artifact):
    """Cancel the live process of an artifact; False when there is none, so that DONE stays DONE."""
    turn = context.turn
    for task in turn.live[artifact.pk]:
        turn.end(task, STATUS.CANCELED)
    for process in {task.process for task in turn.live[artifact.pk]}:
        turn.finish(process, PROCESS.CANCELED)
    return bool(turn.live[artifact.pk])


class GuardedFlow(flow.Flow):
    """A flow behind our lock, without nodes of its own because a subclass would silently run its parent's."""

    lock_impl = AggregateLock()

    def cancel(self, process):
        """Shut, because viewflow's own cancel reads the clock and turns a finished process into a cancelled one."""
        raise FlowRuntimeError("cancel a round by workflow.flows.cancel")

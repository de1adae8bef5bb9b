"""One locked step of some review rounds: it reads once, the nodes decide in memory, it writes once.

So a step costs a constant number of queries, whatever the branches and the rounds: viewflow alone asks about twenty
to record one answer of five. Every date comes from the caller, never from the machine.
"""

from contextlib import contextmanager
from functools import cached_property

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models.functions import Coalesce
from viewflow.workflow import PROCESS, STATUS
from viewflow.workflow.context import Context
from viewflow.workflow.models import Process, Task

LIVE = (STATUS.NEW, STATUS.STARTED)
ARTIFACT = ("process__artifact_content_type", "process__artifact_object_id")
READ = (
    "flow_task",
    "status",
    "started",
    "token",
    "data",
    "process__flow_class",
    "process__status",
    *ARTIFACT,
)


@contextmanager
def locked(artifacts):
    """Hold the aggregates until the transaction ends; waits, never sleeps, never NOWAIT.

    No savepoint, because a step that fails must take the caller's whole transaction with it.
    """
    with transaction.atomic(savepoint=False):
        for artifact in artifacts:
            artifact.lock_aggregate()
        yield


@contextmanager
def turn(artifacts, at):
    """Lock the artifacts, all of one model, in the order given; `at` is the aware datetime of all that is written.

    What closed is told last, when the rows already say so, so that nobody can enter again what is being closed.
    """
    artifacts = list({artifact.pk: artifact for artifact in artifacts}.values())
    with locked(artifacts):
        step = Turn(artifacts, at)
        with Context(turn=step):
            yield step
        step.write()
        for artifact in step.closed:
            artifact.on_closed(at)


class Turn:
    """What was live when the locks were won, and what has changed since."""

    def __init__(self, artifacts, at):
        self.at = at
        self.artifacts = artifacts
        self.opened, self.born, self.arrows, self.ended, self.over = [], [], [], [], []
        self.joins = {}

    @cached_property
    def live(self):
        """Live tasks by key of their artifact, oldest first; the tasks of a process share it and its artifact."""
        found = {artifact.pk: [] for artifact in self.artifacts}
        by_key = {artifact.pk: artifact for artifact in self.artifacts}
        for task in self._read() if found else []:
            tasks = found[task.process.artifact_object_id]
            task.process = tasks[0].process if tasks else task.process
            task.process.artifact = by_key[task.process.artifact_object_id]
            tasks.append(task)
        return found

    def _read(self):
        """The live tasks in one query; columns are named because viewflow's rows are wide."""
        return (
            Task.objects.filter(
                status__in=LIVE,
                process__status=PROCESS.NEW,
                process__artifact_content_type=ContentType.objects.get_for_model(self.artifacts[0]),
                process__artifact_object_id__in=[artifact.pk for artifact in self.artifacts],
            )
            .select_related("process")
            .only(*READ)
            .order_by("pk")
        )

    def live_at(self, artifact, name):
        """Live tasks of an artifact at the node of that name."""
        return [
            task for task in self.live[artifact.pk] if task.status in LIVE and task.flow_task.name == name
        ]

    @property
    def closed(self):
        """The artifacts whose process reached its end in this turn, in the order they were given."""
        keys = {process.artifact_object_id for process in self.over if process.status == PROCESS.DONE}
        return [artifact for artifact in self.artifacts if artifact.pk in keys]

    def open(self, process):
        process.created = self.at
        self.opened.append(process)

    def bear(self, node, process, token, after=None, **fields):
        """A new task at a node, and the arrow from the task that led there; written later."""
        task = Task(process=process, flow_task=node, flow_task_type=node.task_type, token=token, **fields)
        task.created = self.at
        self.born.append(task)
        self.arrows += [(task, after)] if after else []
        return task

    def end(self, task, status):
        """The end of a task, by completion or cancellation; written later unless it is born in this turn."""
        task.status, task.finished = status, self.at
        if task.pk:
            self.ended.append(task)

    def finish(self, process, status):
        process.status, process.finished = status, self.at
        self.over.append(process)

    def write(self):
        """Write what is pending; a node may ask for it early when it needs the key of a task."""
        self._write_births()
        for status, dates in (STATUS.DONE, {"started": Coalesce("started", self.at)}), (STATUS.CANCELED, {}):
            self._write_ends(Task, self.ended, status, **dates)
        for status in (PROCESS.DONE, PROCESS.CANCELED):
            self._write_ends(Process, self.over, status)

    def _write_births(self):
        """Processes, then tasks, then arrows, because each needs the keys of the one before."""
        arrow = Task.previous.through
        Process.objects.bulk_create(self.opened)
        Task.objects.bulk_create(self.born)
        arrow.objects.bulk_create([arrow(from_task=task, to_task=after) for task, after in self.arrows])
        self.opened, self.born, self.arrows = [], [], []

    def _write_ends(self, model, rows, status, **dates):
        keys = [row.pk for row in rows if row.status == status]
        if keys:
            model.objects.filter(pk__in=keys).update(status=status, finished=self.at, **dates)

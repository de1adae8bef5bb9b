"""What the door handles: a row with a version, a place in the journal, and a few answers about itself."""

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import models

from workflow.roles import Reach, Role


@dataclass(frozen=True)
class Edit:
    """Who may amend a field without a move, in which states (None: any), if which guards hold: they name the `value`
    asked for, or all the `changes` asked with it, and what else they look at, as those of a move do.

    In `quiet` states the change is versioned without being journaled.
    """

    by: tuple[Role, ...]
    states: tuple[str, ...] | None = None
    quiet: tuple[str, ...] = ()
    guards: tuple[Callable, ...] = ()


class Subject(models.Model):
    """The door's protocol, as an abstract model.

    `version` counts every change (stale forms are refused by it); `journal_seq` and `journal_head` hold the end of
    the subject's chain, so that a missing last entry is found too.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    journal_seq = models.PositiveIntegerField(default=0, editable=False)
    journal_head = models.CharField(max_length=64, default="", blank=True, editable=False)

    kind: ClassVar[str]
    """The object's name in the table of rights (`workflow.roles.RIGHTS`)."""
    opened_by: ClassVar[tuple[Role, ...]] = ()
    """Who may open a new one (`engine.open_many`); SYSTEM always may."""
    opening: ClassVar[tuple[Callable, ...]] = ()
    """What must hold to open one: guards of (subject, what `charts.GIVEN` names), under `also_locks`."""
    once: ClassVar[tuple[str, ...]] = ()
    """The fields that, all equal, make a new one the double of another: the same click twice opens one."""
    removable: ClassVar[bool] = False
    """Whether one that nothing hangs on may go (`engine.remove`), its journal staying."""
    edits: ClassVar[dict[str, Edit]] = {}
    reads: ClassVar[tuple[str, ...]] = ()
    """Relations that the door reads with the row; equal ones are one shared instance for all subjects of a call."""
    stages: ClassVar[tuple[str, ...]] = ()
    """The main line of a machine: the moves that lead from its first state to its end when nothing goes astray."""
    lock_rank: ClassVar[int] = 9
    """Locks are taken by rising rank, then by key: envelopes 0, dossiers 1, what hangs on a dossier 2, the rest 9."""

    class Meta:
        abstract = True

    def reach_key(self, reach: Reach) -> int | None:
        """The cycle, the owner or the seat by which a right reaches this subject."""
        raise NotImplementedError(f"{type(self).__name__}.reach_key")

    @classmethod
    def at_opening(cls, new: list[Any]) -> None:
        """How new ones begin, once what `also_locks` names is held: a seat or the queue, a first state."""

    def after_edit(self, was: dict[str, Any]) -> None:
        """What an edit changes around its subject, under what `also_locks` names; `was` holds what its fields held."""

    def at_removal(self) -> None:
        """What its going changes around it, under what `also_locks` names."""

    @classmethod
    def also_locks(cls, subjects: Iterable[Any], move: str) -> list[models.QuerySet]:
        """What else a move must hold before the subjects themselves; ordered querysets of subjects, any rank order."""
        return []

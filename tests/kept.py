"""Scenes that are played once per process and laid again, row by row: a year on a database that holds nothing yet,
then what a play adds to it.

Laid rows are those that the door wrote the first time, journal included; only a version's public key is new, so that
nothing remembered of a published one (`workflow/published.py`) serves another test. Where something else was written
meanwhile, the scene is played.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from functools import wraps

from django.apps import apps
from django.db import connection, models, transaction

from workflow import published
from workflow.models import Cycle, CycleVersion, Organisation, User

HOUSE = ("workflow", "cases", "notifications", "viewflow")
LAST = (CycleVersion,)
"""Because the database refuses to add a row to a version that is published."""
PLAIN = (int, str, bool, float, type(None))
WRITING = ("INSERT", "UPDATE", "DELETE", "ROLLBACK")

Rows = dict[tuple[type[models.Model], object], models.Model]
"""{(model, key): its row}."""


@dataclass(frozen=True)
class Kept:
    """What a play returned, the rows that it added or changed, and all that stood there once it was over."""

    scene: object
    added: list[models.Model]
    changed: list[tuple[models.Model, dict]]
    whole: Rows
    remembered: dict[tuple[type[models.Model], int], list]
    """What this process remembers of published versions since then, because a page that reads it again costs more."""


class Trail:
    """What was played on this test's database since it was empty: None once anything else was written."""

    played: str | None = None
    playing = False


_trail = Trail()
_kept: dict[str, Kept] = {}
_asked: Counter[str] = Counter()


@contextmanager
def watched() -> Iterator[None]:
    """Around each test: whatever it writes by itself ends its trail, and no published row of another is remembered."""
    _trail.played, _trail.playing = None, False
    published._remembered.clear()
    with connection.execute_wrapper(_watch):
        yield


def forget() -> None:
    """After a flush: the kinds of content that kept rows name are written anew, under other keys."""
    _kept.clear()
    _asked.clear()


def _watch(execute, sql, params, many, context):
    if not _trail.playing and sql.startswith(WRITING):
        _trail.played = None
    return execute(sql, params, many, context)


def once(key: str, play: Callable[[], object]):
    """What `play` returns: a dataclass of rows and of {name: row}. Where anything is there already, it follows."""
    if any(model.objects.exists() for model in (Cycle, Organisation, User)):
        return _then(key, play)
    if key not in _kept:
        return _played(key, play, {}, keep=True)
    return _laid(key)


def followed(play: Callable) -> Callable:
    """A play on a year, kept as `once` keeps a year: where the very same plays came before it, and nothing else."""

    @wraps(play)
    def kept(year, *arguments, **facts):
        asked = (*arguments, *facts.values())
        if not all(isinstance(one, PLAIN) or type(one).__name__ in ("date", "Decimal") for one in asked):
            return play(year, *arguments, **facts)
        days = [one for one in play.__globals__.values() if isinstance(one, datetime)]
        key = repr((play.__name__, year.cycle.code, arguments, sorted(facts.items()), days))
        return _then(key, lambda: play(year, *arguments, **facts))

    return kept


def _then(key: str, play: Callable[[], object]):
    """Laid from the third time on: kept at the second, because most plays of a suite happen once."""
    if _trail.playing or _trail.played is None or not connection.in_atomic_block:
        return play()
    before, key = _trail.played, f"{_trail.played} › {key}"
    if key in _kept:
        return _laid(key)
    _asked[key] += 1
    there = _kept[before].whole if before in _kept else None
    return _played(key, play, there, keep=there is not None and _asked[key] > 1)


def _played(key: str, play: Callable[[], object], before: Rows | None, *, keep: bool):
    _trail.played, _trail.playing = None, True
    try:
        scene = play()
    finally:
        _trail.playing = False
    whole = _everything() if keep else {}
    if keep and not before.keys() - whole.keys():
        added = [row for place, row in whole.items() if place not in before]
        moved = [(row, _moved(before[place], row)) for place, row in whole.items() if place in before]
        changed = [(row, values) for row, values in moved if values]
        _kept[key] = Kept(_apart(scene), added, changed, whole, _remembered())
    _trail.played = key
    return scene


def _everything() -> Rows:
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HOUSE and not model._meta.proxy
    ]
    tables.sort(key=LAST.__contains__)
    return {(model, row.pk): row for model in tables for row in model._base_manager.order_by("pk")}


def _moved(before: models.Model, row: models.Model) -> dict:
    """{column: its value} where a row is no longer what it was; a version's public key is new each time."""
    columns = {one.attname for one in row._meta.concrete_fields if not one.primary_key}
    columns -= {"uuid"} if isinstance(row, CycleVersion) else set()
    return {name: row.__dict__[name] for name in columns if row.__dict__[name] != before.__dict__[name]}


def _laid(key: str):
    kept, new = _kept[key], {}
    _trail.played, _trail.playing = None, True
    with transaction.atomic():
        for model, rows in _by_model(kept.added).items():
            copies = [_renewed(row) for row in rows]
            model._base_manager.bulk_create(copies)
            new |= {(model, one.pk): one for one in copies}
        for row, values in kept.changed:
            type(row)._base_manager.filter(pk=row.pk).update(**values)
            new[type(row), row.pk] = _copied(row)
    _remember(kept.remembered)
    _trail.played, _trail.playing = key, False
    return _with(kept.scene, new)


def _remembered() -> dict[tuple[type[models.Model], int], list]:
    versions = {one.uuid: one.pk for one in CycleVersion.objects.order_by("pk")}
    known = published._remembered.items()
    return {(model, versions[uuid]): rows for (model, uuid, _), rows in known if uuid in versions}


def _remember(remembered: dict[tuple[type[models.Model], int], list]) -> None:
    versions = {one.pk: one for one in CycleVersion.objects.order_by("pk")} if remembered else {}
    for (model, version), rows in remembered.items():
        published._remember(model, [versions[version]], {version: rows})


def _by_model(rows: list[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    found: dict[type[models.Model], list[models.Model]] = {}
    for row in rows:
        found.setdefault(type(row), []).append(row)
    return found


def _copied(row: models.Model) -> models.Model:
    found = copy(row)
    found._state = copy(row._state)
    found._state.fields_cache = {}
    return found


def _renewed(row: models.Model) -> models.Model:
    found = _copied(row)
    found._state.adding = True
    if isinstance(found, CycleVersion):
        found.uuid = uuid.uuid4()
    return found


def _apart(scene):
    """The same scene in dataclasses and dicts of its own, because a test may put another row into the one it got."""
    if isinstance(scene, dict):
        return {name: _apart(one) for name, one in scene.items()}
    if is_dataclass(scene):
        return replace(scene, **{one.name: _apart(getattr(scene, one.name)) for one in fields(scene)})
    return scene


def _with(scene, new: Rows):
    """The same dataclass, its rows replaced by those that were laid."""
    if isinstance(scene, models.Model):
        return new[type(scene), scene.pk]
    if isinstance(scene, dict):
        return {name: _with(one, new) for name, one in scene.items()}
    if is_dataclass(scene):
        return replace(scene, **{one.name: _with(getattr(scene, one.name), new) for one in fields(scene)})
    return scene

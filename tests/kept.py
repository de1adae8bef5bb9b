"""A scene that is played once per process and laid again, row by row, on a database that holds nothing yet.

Laid rows are those that the door wrote the first time, journal included; only a version's public key is new, so that
nothing remembered of a published one (`workflow/published.py`) serves another test. Where something is there already,
it is played.
"""

import uuid
from collections.abc import Callable
from copy import copy
from dataclasses import fields, is_dataclass, replace

from django.apps import apps
from django.db import models, transaction

from workflow.models import Cycle, CycleVersion, Organisation, User

HOUSE = ("workflow", "cases", "notifications")
LAST = (CycleVersion,)
"""Because the database refuses to add a row to a version that is published."""

_kept: dict[str, tuple[object, list[list[models.Model]]]] = {}


def once(key: str, play: Callable[[], object]):
    """What `play` returns: a dataclass of rows and of {name: row}. Where anything is there already, it is played."""
    if any(model.objects.exists() for model in (Cycle, Organisation, User)):
        return play()
    if key not in _kept:
        scene = play()
        _kept[key] = scene, _everything()
        return scene
    scene, tables = _kept[key]
    return _laid(scene, tables)


def _everything() -> list[list[models.Model]]:
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in HOUSE and not model._meta.proxy
    ]
    tables.sort(key=LAST.__contains__)
    rows = [list(model._base_manager.order_by("pk")) for model in tables]
    return [found for found in rows if found]


def _laid(scene, tables: list[list[models.Model]]):
    new = {}
    with transaction.atomic():
        for rows in tables:
            copies = [_renewed(row) for row in rows]
            type(copies[0])._base_manager.bulk_create(copies)
            new |= {(type(one), one.pk): one for one in copies}
    return _with(scene, new)


def _renewed(row: models.Model) -> models.Model:
    found = copy(row)
    found._state = copy(row._state)
    found._state.adding, found._state.fields_cache = True, {}
    if isinstance(found, CycleVersion):
        found.uuid = uuid.uuid4()
    return found


def _with(scene, new: dict):
    """The same dataclass, its rows replaced by those that were laid."""
    if isinstance(scene, models.Model):
        return new[type(scene), scene.pk]
    if isinstance(scene, dict):
        return {name: _with(one, new) for name, one in scene.items()}
    if is_dataclass(scene):
        return replace(scene, **{one.name: _with(getattr(scene, one.name), new) for one in fields(scene)})
    return scene

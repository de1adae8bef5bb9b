"""The rows of published versions, read once per process: the database itself refuses that they ever change.

Only what is frozen is remembered (steps, questions, criteria, reasons); dates, rights and derogations never are. The
day of publication is part of the key, because a publication that was rolled back may be made again differently.
"""

from collections.abc import Iterable

MOST = 500
"""How many lists one process remembers before it forgets them all: dozens of cycles, a few hundred kilobytes."""

_remembered: dict[tuple, list] = {}


def rows_of(model, versions: Iterable) -> dict[int, list]:
    """{version key: its rows, as they were written}: read-only, shared; drafts are read again each time."""
    versions = {version.pk: version for version in versions}
    found = {key: _remembered.get(_name(model, version)) for key, version in versions.items()}
    unknown = [key for key, rows in found.items() if rows is None]
    if unknown:
        found.update({key: [] for key in unknown})
        for row in model.objects.filter(version__in=unknown).order_by("pk"):
            found[row.version_id].append(row)
        _remember(model, [versions[key] for key in unknown], found)
    return found


def _remember(model, versions: list, found: dict[int, list]) -> None:
    if len(_remembered) > MOST:
        _remembered.clear()
    for version in versions:
        if version.published_at is not None:
            _remembered[_name(model, version)] = found[version.pk]


def _name(model, version) -> tuple:
    return model, version.uuid, version.published_at

"""A cycle's file as a coordinator brings it in: of one's own town, one file at a time, as a trial or for good."""

import tempfile
from datetime import datetime
from pathlib import Path

from django.db import transaction

from workflow import loading, words
from workflow.loading import CycleDocument, CycleError, Loaded
from workflow.models import CityContract, Cycle
from workflow.refusal import Refused


def bring(raw: bytes, *, by, at: datetime, keeps: bool) -> tuple[Loaded, list[CycleError]]:
    """(what became of it, what publishing would refuse); everything is given up again unless it is kept.

    Raises `CycleErrors` with each error of the file, `Refused` for a town that this person does not coordinate.
    """
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        path = Path(folder) / words.FILE_NAME
        path.write_bytes(raw)
        document = loading.read(path)
        _hold(document)
        loaded = loading.keep(document, at=at, by=by, follows=_before(document, by))
        transaction.set_rollback(not keeps)
    return loaded, [document.error(one.place, one.sentence) for one in loading.refusals(document)]


def _hold(document: CycleDocument) -> None:
    """One file of a town at a time, so that two clicks bring one year in."""
    town = CityContract.objects.filter(code=document["contrat"]["code"])
    list(town.select_for_update(no_key=True).order_by("pk"))


def _before(document: CycleDocument, user) -> Cycle | None:
    """The cycle of ours after which this file's comes; None where the file is one of ours already."""
    mine = Cycle.objects.coordinated_by(user).filter(contract__code=document["contrat"]["code"])
    mine = list(mine.order_by("-year", "code"))
    there = Cycle.objects.filter(code=document["cycle"]["code"]).first()
    if not mine or (there is not None and there not in mine):
        raise Refused([words.not_ours()])
    return None if there else mine[0]

"""The documents of a request: joined, taken again from an earlier year, removed while one still writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile, File
from django.db import transaction

from cases.models import Document, Dossier, Filed, Question
from cases.states import EDITABLE, DossierState
from workflow.refusal import Refused, no_right, not_editable
from workflow.situation import Situation

JOINABLE = (*EDITABLE, DossierState.INCOMPLETE)


@dataclass(frozen=True)
class Paper:
    """One document that the call asks for, what is joined for it, and what an earlier request could lend."""

    question: Question
    joined: tuple[Document, ...]
    lent: Document | None = None


def papers_of(
    dossier: Dossier, questions: Iterable[Question], joined: Iterable[Document], *, by
) -> list[Paper]:
    """In the order of the call. The loan is the newest one of the same organisation for the same question."""
    joined, found = list(joined), []
    lent = {one.code: one for one in _lendable(dossier, by)}
    for question in questions:
        own = tuple(one for one in joined if one.code == question.code)
        found.append(Paper(question, own, None if own else lent.get(question.code)))
    return found


def _lendable(dossier: Dossier, by):
    """Oldest first, so that the newest of each code is the one that stays. Only what this person may see: a team
    that files for an organisation is lent nothing that another town holds of it."""
    seen = Document.objects.visible_to(by)
    others = seen.filter(dossier__organisation=dossier.organisation_id).exclude(dossier=dossier)
    return others.exclude(file="").select_related("dossier__cycle").order_by("at", "pk")


def join(dossier: Dossier, code: str, file: File, *, by, at: datetime) -> Document:
    """Join one document to a question. Raises `Refused` to readers, and once the request has left."""
    _refuse(dossier, by, at, JOINABLE, code)
    return Document.objects.create(dossier=dossier, code=code, name=file.name[-200:], file=file, at=at, by=by)


def lend(dossier: Dossier, code: str, *, by, at: datetime) -> Document | None:
    """Join a copy of what an earlier request held; None where nothing can be lent any more."""
    lent = {one.code: one for one in _lendable(dossier, by)}.get(code)
    if lent is None:
        return None
    try:
        with lent.file.open() as held:
            copy = ContentFile(held.read(), name=lent.name)
    except FileNotFoundError:  # because a restored database may come without its files
        return None
    return join(dossier, code, copy, by=by, at=at)


def remove(document: Document, *, by, at: datetime) -> None:
    """Take a document out of the request. What an earlier filing holds stays with that filing. Raises `Refused`."""
    dossier = document.dossier
    _refuse(dossier, by, at, EDITABLE, document.code)
    if Filed.objects.filter(dossier=dossier, at__gte=document.at).exists():
        document.removed_at = at
        document.save(update_fields=["removed_at"])
        return
    stored, name = document.file.storage, document.file.name
    document.delete()
    if name:
        transaction.on_commit(lambda: stored.delete(name))


def _refuse(dossier: Dossier, by, at: datetime, states, code: str) -> None:
    if not Situation([dossier], by, at).allows(dossier, Dossier.edits["answers"].by):
        raise Refused([no_right()])
    if dossier.state not in states:
        raise Refused([not_editable(code)])

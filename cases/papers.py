"""Papers joined beside the request: with one answer that the team asked for, with a report."""

from collections.abc import Iterable
from datetime import datetime

from django.core.files.uploadedfile import UploadedFile

from cases.models import CompletionRequest, Document, Dossier, Report

JOINED = "Pièce jointe : {}."


def code_of_item(request: CompletionRequest, rank: int) -> str:
    """Under which code the papers of one point stand; no question of a call is called so."""
    return f"complement-{request.pk}-{rank}"


def code_of_report(report: Report) -> str:
    return f"bilan-{report.pk}"


def join(dossier: Dossier, code: str, file: UploadedFile, *, by, at: datetime) -> Document:
    """One more paper; whether this person may write there was asked of the door by whoever calls."""
    return Document.objects.create(dossier=dossier, code=code, name=file.name[-200:], file=file, at=at, by=by)


def papers_of(dossier: Dossier, codes: Iterable[str]) -> dict[str, list[Document]]:
    """{code: its papers, the oldest first}."""
    found: dict[str, list[Document]] = {code: [] for code in codes}
    for one in Document.objects.filter(dossier=dossier, code__in=found).order_by("pk"):
        found[one.code].append(one)
    return found

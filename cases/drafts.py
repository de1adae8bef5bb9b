"""How a request begins and how its draft is saved, each in one transaction through the door."""

from datetime import datetime
from decimal import Decimal

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max, Q

from cases.models import Document, Dossier, Envelope, FundingLine, Project
from cases.states import EDITABLE, DossierMove, DossierState
from workflow import engine, locks, roles
from workflow.calendar import paris_day
from workflow.models import Cycle, Filing, Organisation, Step, StepKind
from workflow.refusal import Refused, no_right, not_editable
from workflow.roles import Reach
from workflow.situation import Situation

JOINABLE = (*EDITABLE, DossierState.INCOMPLETE)


def open_calls(at: datetime):
    """The published calls whose requests are written here and whose filing is not over."""
    windows = [kind.value for kind in StepKind if not kind.accompanies]
    over = Step.objects.filter(gates=DossierMove.SUBMIT, kind__in=windows, closes__ends_on__lt=paris_day(at))
    written_here = Q(current__filing__in=(Filing.HERE, Filing.PREPARED))
    return Cycle.objects.filter(written_here).exclude(current__in=over.values("version")).order_by("pk")


def organisations_of(user, cycle: Cycle):
    """The organisations for which this person may ask in that call."""
    grants = roles.reaching(user, "dossier", "act", Reach.OWN).filter(Q(cycle=None) | Q(cycle=cycle))
    return Organisation.objects.filter(pk__in=grants.values("organisation")).order_by("name", "pk")


def begin(cycle: Cycle, facts: dict, *, by, at: datetime) -> Dossier:
    """A new draft with the next number of its call; the call's row is locked, so that two never share one."""
    with transaction.atomic(), locks.holding():
        Cycle.objects.select_for_update().get(pk=cycle.pk)
        same = Dossier.objects.filter(cycle=cycle, organisation=facts["organisation"], title=facts["title"])
        if begun := same.filter(state=DossierState.DRAFT, version=1).order_by("number").first():
            return begun  # because two taps begin one request, and nothing was written in it yet
        last = Dossier.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
        project = facts["project"] or Project.objects.create(
            organisation=facts["organisation"], title=facts["title"]
        )
        dossier = Dossier(
            cycle=cycle,
            rules=cycle.current,
            project=project,
            organisation=facts["organisation"],
            renewal=facts["project"] is not None,
            number=last + 1,
            title=facts["title"],
            orientation=facts["orientation"],
        )
        engine.open_many([dossier], by=by, at=at)
        dossier.neighbourhoods.set(facts["neighbourhoods"])
    return dossier


def save(dossier: Dossier, changes: dict, amounts: list, *, by, at: datetime, version: int) -> None:
    """Keep what the holder wrote and asks; `amounts` are (envelope, line or None, its version read, euros)."""
    with transaction.atomic(), locks.holding():
        if not _holds_already(dossier, changes):
            engine.amend(dossier, changes, by=by, at=at, version=version)
        for _, line, seen, amount in amounts:
            if line is not None and line.requested != amount:
                engine.amend(line, {"requested": amount}, by=by, at=at, version=seen)
        new = [
            _line(dossier, envelope, amount)
            for envelope, line, _, amount in amounts
            if line is None and amount
        ]
        engine.open_many(new, by=by, at=at)


def _holds_already(dossier: Dossier, changes: dict) -> bool:
    """The same words sent twice are saved once: a quiet edit leaves no entry by which the door could tell."""
    return all(getattr(dossier, name) == value for name, value in changes.items())


def _line(dossier: Dossier, envelope: Envelope, amount: Decimal) -> FundingLine:
    return FundingLine(
        dossier=dossier,
        envelope=envelope,
        cycle=dossier.cycle,
        organisation=dossier.organisation,
        seat=envelope.financier.organisation,
        requested=amount,
    )


def join(dossier: Dossier, files: dict[str, UploadedFile], *, by, at: datetime) -> None:
    """Join documents by the code of their question. Raises `Refused` to readers, and once the request has left."""
    if files and not Situation([dossier], by, at).allows(dossier, Dossier.edits["answers"].by):
        raise Refused([no_right()])
    if files and dossier.state not in JOINABLE:
        raise Refused([not_editable(code) for code in files])
    for code, file in files.items():
        Document.objects.create(dossier=dossier, code=code, name=file.name[-200:], file=file, at=at, by=by)

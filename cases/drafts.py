"""How a request begins and how its draft is saved, each in one transaction through the door."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Q

from cases import carried
from cases.models import Dossier, Envelope, FundingLine, Project
from cases.states import DossierMove, DossierState
from workflow import engine, locks, roles
from workflow.calendar import paris_day
from workflow.models import Cycle, Filing, Organisation, Step, StepKind
from workflow.roles import Reach


def open_calls(at: datetime):
    """The published calls whose requests are written here and whose filing is not over."""
    windows = [kind.value for kind in StepKind if not kind.accompanies]
    over = Step.objects.filter(gates=DossierMove.SUBMIT, kind__in=windows, closes__ends_on__lt=paris_day(at))
    written_here = Q(current__filing__in=(Filing.HERE, Filing.PREPARED))
    return Cycle.objects.filter(written_here).exclude(current__in=over.values("version")).order_by("pk")


def organisations_of(user, cycle: Cycle):
    """The organisations for which this person may ask in that call."""
    own = roles.reached(user, "dossier", "act", Reach.OWN)
    mine = {one.organisation_id for one in own if one.cycle_id in (None, cycle.pk)} - {None}
    return Organisation.objects.filter(pk__in=mine).order_by("name", "pk")


def begin(cycle: Cycle, facts: dict, *, by, at: datetime) -> Dossier:
    """A new draft with the next number of its call; the call's row is locked, so that two never share one.

    What goes on with an earlier year's action begins with the answers of then.
    """
    with transaction.atomic(), locks.holding():
        Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
        same = Dossier.objects.filter(cycle=cycle, organisation=facts["organisation"], title=facts["title"])
        if begun := same.filter(state=DossierState.DRAFT, version=1).order_by("number").first():
            return begun  # because two taps begin one request, and nothing was written in it yet
        last = Dossier.objects.filter(cycle=cycle).aggregate(last=Max("number"))["last"] or 0
        project = facts.get("project") or Project.objects.create(
            organisation=facts["organisation"], title=facts["title"]
        )
        renewed = facts.get("project") and carried.earlier(project, cycle, by)
        dossier = Dossier(
            cycle=cycle,
            rules=cycle.current,
            project=project,
            organisation=facts["organisation"],
            renewal=facts.get("project") is not None,
            number=last + 1,
            title=facts["title"],
            orientation=facts.get("orientation"),
            answers=carried.answers_for(cycle.current, renewed) if renewed else {},
            **(carried.fields_for(renewed) if renewed else {}),
        )
        engine.open_many([dossier], by=by, at=at)
        dossier.neighbourhoods.set(facts.get("neighbourhoods", ()))
    return dossier


def save(dossier: Dossier, changes: dict, amounts: list, *, by, at: datetime) -> None:
    """Lay over the draft what one page changed; `amounts` are (envelope, its line or None, euros).

    `dossier` and the lines are as the page was compared with: whatever passes them meanwhile is refused as stale.
    """
    with transaction.atomic(), locks.holding():
        if changes:
            engine.amend(dossier, changes, by=by, at=at, version=dossier.version)
        for _, line, amount in amounts:
            if line is not None:
                engine.amend(line, {"requested": amount}, by=by, at=at, version=line.version)
        new = [
            line_of(dossier, envelope, amount)
            for envelope, line, amount in amounts
            if line is None and amount
        ]
        engine.open_many(new, by=by, at=at)


def line_of(dossier: Dossier, envelope: Envelope, amount: Decimal) -> FundingLine:
    """A line that is not written yet, its holder and cycle those of its dossier; `amount` in euros."""
    return FundingLine(
        dossier=dossier,
        envelope=envelope,
        cycle=dossier.cycle,
        organisation=dossier.organisation,
        seat=envelope.financier.organisation,
        requested=amount,
    )


def file(dossier: Dossier, facts: dict, *, by, at: datetime, version: int) -> None:
    """« Déposer ma demande »: the engagement (`facts`: the dossier's fields), then the move. Raises `Refused`.

    The engagement stays where the move is refused, so that nobody confirms twice what they confirmed once.
    """
    confirmed = all(getattr(dossier, name) == value for name, value in facts.items())
    if not confirmed:
        engine.amend(dossier, facts, by=by, at=at, version=version)
    engine.fire(dossier, DossierMove.SUBMIT, by=by, at=at, version=version if confirmed else version + 1)

"""One more financier on a dossier that is being read: its line, then its opinion or its service, in one go."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from cases.drafts import line_of
from cases.models import Dossier, Envelope, FundingLine
from cases.states import BEFORE_DECISION, DossierState, LineMove
from workflow import engine, locks, roles
from workflow.refusal import Refused, already
from workflow.roles import TEAM

READ_NOW = (DossierState.INSTRUCTION, DossierState.REVIEW)


def may_solicit(dossier: Dossier, user) -> bool:
    """The team adds a financier until the committee has decided; before filing it is the holder's own choice."""
    return dossier.state in BEFORE_DECISION and roles.may(roles.seen_by(user), dossier, TEAM)


def envelopes_for(dossier: Dossier):
    """The envelopes of its call that it asks nothing of yet."""
    asked = FundingLine.objects.filter(dossier=dossier.pk).values("envelope")
    return Envelope.objects.of_cycle(dossier.cycle_id).exclude(pk__in=asked)


def solicit(dossier: Dossier, envelope: Envelope, amount: Decimal, *, by, at: datetime) -> FundingLine:
    """`amount` in euros. Raises `Refused`; then there is neither line nor invitation."""
    with transaction.atomic(), locks.holding():
        locks.take([Dossier.objects.filter(pk=dossier.pk)])
        dossier = Dossier.objects.select_related("cycle", "organisation").get(pk=dossier.pk)
        if not envelopes_for(dossier).filter(pk=envelope.pk).exists():
            raise Refused([already()])
        line = line_of(dossier, envelope, amount)
        engine.open_many([line], by=by, at=at)
        if line.is_mainstream:
            engine.fire(line, LineMove.ROUTE_MAINSTREAM, by=by, at=at)
        elif dossier.state in READ_NOW:
            engine.fire(line, LineMove.INVITE, by=by, at=at)
    return line

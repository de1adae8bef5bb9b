"""What follows the record of a meeting, inside its transaction: things to do, and a re-reading that ends."""

from cases import (
    models,  # because the models import the charts that name these functions: read at call time only
)
from cases.states import DossierMove, DossierState, SupportMove, SupportState
from workflow import engine
from workflow.roles import SYSTEM

ANSWER = "answer-"
"""How a part of the request begins that is an answer to a question of the call."""


def agree(records, *, by, at) -> None:
    """What was agreed becomes the holder's to-do, and that of whoever of the team took something on."""
    new = [
        _agreed(record.subject, action) for record in records for action in record.facts.get("actions", ())
    ]
    engine.open_many(new, by=by, at=at)


def _agreed(met, action: dict):
    """Said at a meeting about a request, or at a session before there is one: then it is the association's."""
    dossier = met.dossier
    house, place = dossier or met, "booking" if isinstance(met, models.Booking) else "support"
    return models.AgreedAction(
        cycle_id=house.cycle_id,
        organisation_id=house.organisation_id,
        project_id=dossier and dossier.project_id,
        dossier=dossier,
        text=action["text"],
        member_id=action.get("member"),
        due_on=action["due_on"],
        **{place: met},
    )


def leave_support(records, *, by, at) -> None:
    """The request is the holder's own again, unless something else was asked about it."""
    held = {record.subject.dossier_id: record.move != SupportMove.MISS for record in records}
    asked = models.Support.objects.filter(state=SupportState.ASKED, booking=None).values("dossier")
    accompanied = models.Dossier.objects.filter(pk__in=held, state=DossierState.SUPPORT)
    left = list(accompanied.exclude(pk__in=asked).order_by("pk"))
    each = {one.pk: {"held": held[one.pk]} for one in left}
    engine.fire_many(left, DossierMove.END_SUPPORT, by=SYSTEM, at=at, each=each)


def take_wording(records, *, by, at) -> None:
    """The proposed words stand in the request, as if its holder had typed them."""
    for remark, dossier in ((one.subject, one.subject.dossier) for one in records):
        if remark.part.startswith(ANSWER):
            code = remark.part.removeprefix(ANSWER)
            changes = {"answers": dossier.answers | {code: remark.wording}}
        else:
            changes = {remark.part: remark.wording}
        engine.amend(dossier, changes, by=by, at=at)

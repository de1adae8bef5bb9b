"""What follows the record of a meeting, inside its transaction: things to do, and a re-reading that ends."""

from cases import (
    models,  # because the models import the charts that name these functions: read at call time only
)
from cases.states import DossierMove, DossierState, SupportState
from workflow import engine
from workflow.roles import SYSTEM


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


def end_rereading(records, *, by, at) -> None:
    """The request is the holder's own again, unless something else was asked about it."""
    keys = [record.subject.dossier_id for record in records]
    asked = models.Support.objects.filter(state=SupportState.ASKED).values("dossier")
    accompanied = models.Dossier.objects.filter(pk__in=keys, state=DossierState.SUPPORT)
    engine.fire_many(
        accompanied.exclude(pk__in=asked).order_by("pk"),
        DossierMove.END_SUPPORT,
        by=SYSTEM,
        at=at,
        facts={"held": True},
    )

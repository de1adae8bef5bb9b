"""Filing for a holder who cannot do it here: the same draft, begun by the team; the journal says who did it."""

from datetime import datetime

from django.db import transaction

from cases import drafts
from cases.models import Dossier
from cases.states import DossierState
from workflow import roles
from workflow.models import Cycle, Filing, Organisation


def calls_of(user):
    """The published calls of which this person is the team, and whose requests are written here."""
    mine = roles.cycles_of(user, "dossier", "act")
    here = (Filing.HERE, Filing.PREPARED)
    return Cycle.objects.filter(pk__in=mine, current__filing__in=here).order_by("-year", "pk")


def organisations_of(user):
    """The holders that this team knows already: those of its own dossiers, whatever the year."""
    mine = roles.cycles_of(user, "dossier", "act")
    asked = Dossier.objects.filter(cycle__in=mine).values("organisation")
    return Organisation.objects.filter(pk__in=asked).order_by("name", "pk")


@transaction.atomic
def begin(cycle: Cycle, organisation: Organisation, title: str, *, by, at: datetime) -> Dossier:
    """A draft of that organisation, new or known. Whoever is invited for it later finds it among their requests.

    The call's row is locked first, so that two clicks begin one request of one organisation.
    """
    Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    if organisation.pk is None:
        organisation = _begun(cycle, organisation, title) or organisation
    if organisation.pk is None:
        organisation.save()
    return drafts.begin(cycle, {"organisation": organisation, "title": title, "project": None}, by=by, at=at)


def _begun(cycle: Cycle, organisation: Organisation, title: str) -> Organisation | None:
    """The organisation of the same words for which this very request was begun and nothing written yet."""
    same = Organisation.objects.filter(
        name=organisation.name, siret=organisation.siret, kind=organisation.kind
    )
    begun = Dossier.objects.filter(cycle=cycle, title=title, state=DossierState.DRAFT, version=1)
    return same.filter(pk__in=begun.values("organisation")).order_by("pk").first()

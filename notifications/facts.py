"""The facts that a rule may ask of a dossier besides what its kind says: each is one condition of the database."""

from django.db.models import Exists, OuterRef, Q

from cases.models import Filed, Support
from cases.states import DossierState, SupportState
from notifications.choices import Fact

_ORGANISATION = Filed.objects.filter(dossier__organisation=OuterRef("organisation"))
_HAD = Support.objects.filter(dossier=OuterRef("pk")).exclude(state=SupportState.MISSED)

TRUE_OF: dict[str, Q] = {
    Fact.FIRST_TIME: Q(~Exists(_ORGANISATION)),
    Fact.RENEWAL: Q(renewal=True),
    Fact.NO_SUPPORT: Q(~Exists(_HAD)) & ~Q(state=DossierState.SUPPORT),
    Fact.BARELY_BEGUN: Q(answers={}),
    Fact.UNSIGNED: Q(commitment_at=None),
}
"""Of a row of `Dossier`."""


def those_of_which(fact: str, rows):
    """The dossiers among these rows of which it is true; all where nothing is asked."""
    return rows.filter(TRUE_OF[fact]) if fact else rows

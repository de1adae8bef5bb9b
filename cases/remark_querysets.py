"""Which remarks: a holder reads them once the re-reading is over, whoever re-reads from the first word on."""

from django.db.models import Q

from cases.querysets import OfDossierQuerySet
from cases.states import EDITABLE, RemarkState, SupportState
from workflow import roles


class RemarkQuerySet(OfDossierQuerySet):
    def visible_to(self, user):
        """Half a re-reading would worry a holder: its remarks come together."""
        own = roles.owned(user, "remark", "see", "dossier__")
        whole = own if own is roles.NOTHING else own & ~Q(support__state=SupportState.ASKED)
        return self.filter(roles.either(roles.followed(user, "remark", "see", "dossier__"), whole))

    def to_read(self):
        """Told to the holder, not yet answered, while the request is still written."""
        return self.filter(state=RemarkState.OPEN, dossier__state__in=EDITABLE).exclude(
            support__state=SupportState.ASKED
        )

    def in_order(self):
        return self.select_related("author", "support").order_by("pk")

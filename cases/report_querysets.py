"""Which reports: those that a team has still to read."""

from cases.querysets import OfDossierQuerySet
from cases.states import ReportState
from workflow import roles


class ReportQuerySet(OfDossierQuerySet):
    def interim_to_read(self, user):
        """Intermediate reports sent in the cycles of this person's team, and neither accepted nor sent back; the final
        one stands in its dossier's own turn."""
        mine = roles.followed(user, "report", "act", "dossier__")
        return self.filter(mine, kind_of="intermediate", state=ReportState.FILED)

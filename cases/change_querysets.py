"""Which changes: a dossier's own, or those that await the team's answer."""

from cases.querysets import OfDossierQuerySet
from cases.states import ChangeState
from workflow import roles


class ChangeQuerySet(OfDossierQuerySet):
    def visible_to(self, user):
        """The team's, and their own holder's."""
        ways = (way(user, "change", "see", "dossier__") for way in (roles.followed, roles.owned))
        return self.filter(roles.either(*ways))

    def on_dossier(self, dossier):
        return self.filter(dossier=dossier).order_by("-pk")

    def awaiting(self, user):
        """Asked in the cycles of this person's team, and not answered yet."""
        return self.filter(roles.followed(user, "change", "act", "dossier__"), state=ChangeState.ASKED)

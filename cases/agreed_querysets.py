"""Which agreed actions: those of one request with what still stands from earlier years, those that await somebody."""

from datetime import date

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.states import FINAL, AgreedState
from workflow import roles

_OPEN = Q(state=AgreedState.OPEN)


class AgreedQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The team's, and those who accompany; a holder's own."""
        return self.filter(
            roles.either(roles.followed(user, "agreed", "see"), roles.owned(user, "agreed", "see"))
        )

    def of_same_holder(self, organisation):
        return self.filter(organisation=organisation)

    def standing_on(self, dossier):
        """What was agreed about this request, and what is still open from before: of its project, or of its holder
        where no project was named yet: an idea's, once it is this request. Another town's stays another town's."""
        its_idea = Q(booking__idea=None) | Q(booking__idea__dossier__project=dossier.project_id)
        same = (
            Q(project=dossier.project_id) | Q(project=None, organisation=dossier.organisation_id) & its_idea
        )
        before = Q(cycle__contract=dossier.cycle.contract_id, cycle__year__lte=dossier.cycle.year)
        earlier = _OPEN & same & before
        own = Q(dossier=dossier) | Q(booking__idea__dossier=dossier)
        return self.filter(own if dossier.state in FINAL else own | earlier)

    def to_do(self):
        """Still open, for a project that still lives: a withdrawn request asks for nothing more."""
        dossiers = apps.get_model("cases", "Dossier").objects.exclude(state__in=FINAL)
        return self.filter(_OPEN, Q(dossier=None) | Exists(dossiers.filter(project=OuterRef("project"))))

    def of_holder(self, user):
        """What this person's organisations took on."""
        return self.filter(roles.owned(user, "agreed", "act"), member=None)

    def taken_on_by(self, user):
        """What this person is still to do, for a holder or as a member of the team."""
        own = roles.owned(user, "agreed", "act")
        of_holder = own if own is roles.NOTHING else own & Q(member=None)
        return self.to_do().filter(roles.either(Q(member=user), of_holder))

    def due_between(self, first: date, last: date):
        return self.filter(due_on__range=(first, last)).order_by("due_on", "pk")

    def awaiting(self, user, on: date):
        """What somebody took on; and, to the team, what a holder has let pass."""
        own, team = (way(user, "agreed", "act") for way in (roles.owned, roles.followed))
        ways = [] if own is roles.NOTHING else [own & Q(member=None)]
        ways += [] if team is roles.NOTHING else [team & (Q(member=user) | Q(member=None, due_on__lt=on))]
        return self.to_do().filter(roles.either(*ways))

    def for_pages(self):
        return self.select_related("cycle", "organisation", "dossier__organisation", "member", "ended_by")

    def in_order(self):
        """What is still to do first, by its day."""
        return self.order_by("-state", "due_on", "pk")

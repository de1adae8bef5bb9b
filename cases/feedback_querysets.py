"""Which feedback sheets: those that await somebody's reading, by the very policy that the door asks."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from cases.querysets import OfDossierQuerySet
from cases.states import FeedbackState
from workflow import roles
from workflow.engine import AMEND, OPEN
from workflow.models import Entry
from workflow.models.cycle import FeedbackCheck
from workflow.roles import Reach, Role


class FeedbackQuerySet(OfDossierQuerySet):
    def begun(self):
        """Somebody was asked to read it over, or its holder reads one of its versions."""
        return self.filter(~Q(state=FeedbackState.DRAFT) | Q(delivered_at__isnull=False))

    def read_by_holders(self):
        """Those of which a version was delivered and still stands, even while it is corrected."""
        return self.filter(delivered_at__isnull=False)

    def awaiting(self, user):
        """Handed over in a cycle of this person's team, and theirs to read: nobody reads over their own words."""
        coordinated = {
            held.cycle_id
            for held in roles.reached(user, self.model.kind, "act", Reach.CYCLE)
            if held.role == Role.COORDINATOR
        }
        by_coordination = Q(dossier__rules__feedback_check=FeedbackCheck.COORDINATOR)
        wrote = Entry.objects.filter(
            subject_label=self.model._meta.label_lower,
            subject_id=OuterRef("pk"),
            move__in=(OPEN, AMEND),
            actor=user,
        )
        handed_over = self.filter(roles.followed(user, self.model.kind, "act", "dossier__"))
        return handed_over.filter(
            ~by_coordination | Q(dossier__cycle__in=coordinated),
            ~Exists(wrote),
            state=FeedbackState.READING,
        )


class VersionQuerySet(models.QuerySet):
    def standing(self):
        """The one that each holder reads: the last, unless its dossier was taken up again."""
        return self.filter(number=F("feedback__number"), feedback__delivered_at__isnull=False)

    def of_dossier(self, dossier):
        return self.filter(feedback__dossier=dossier)

    def oldest_first(self):
        return self.select_related("by", "checked_by").order_by("number")

"""Which feedback sheets: those that await somebody's reading, by the very policy that the door asks."""

from django.db.models import Exists, OuterRef, Q

from cases.querysets import OfDossierQuerySet
from cases.states import FeedbackState
from workflow import roles
from workflow.engine import AMEND, OPEN
from workflow.models import Entry
from workflow.models.cycle import FeedbackCheck
from workflow.roles import Reach, Role


class FeedbackQuerySet(OfDossierQuerySet):
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

"""Who is invited to a committee, with or without an account; who came, and what each partner expects."""

from collections.abc import Iterator

from django.db import models

from cases.models.decision import Committee
from workflow import roles
from workflow.models import Organisation
from workflow.refusal import Refusal
from workflow.roles import Reach, Role
from workflow.subject import Edit, Subject


class Presence(models.TextChoices):
    INVITED = "invited", "Invité"
    PRESENT = "present", "Présent"
    EXCUSED = "excused", "Excusé"
    REPRESENTED = "represented", "Représenté"
    ABSENT = "absent", "Absent"


def attendee_is_named(attendee) -> Iterator[Refusal]:
    if not attendee.name.strip():
        yield Refusal("no_name", "Écrivez le nom de la personne.", place="name")


class AttendeeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Somebody is seen with the committee."""
        found = roles.cycles_of(user, "committee", "see")
        return self.filter(committee__cycle__in=found).select_related("committee__cycle")

    def of(self, committee):
        """In the order of a list of attendance: partner by partner."""
        return self.filter(committee=committee).order_by("organisation", "name", "pk")

    def with_goals(self):
        return self.exclude(goals="")


_COORDINATOR = Edit(by=(Role.COORDINATOR,))


class Attendee(Subject):
    """Names stand on the row, because many who sit have no account, and the record says who they were that day."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="attendees", verbose_name="comité")
    name = models.CharField("nom", max_length=200)
    quality = models.CharField("qualité", max_length=200, blank=True)
    organisation = models.CharField("organisation", max_length=200, blank=True)
    seat = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="siège"
    )
    presence = models.CharField("présence", max_length=11, choices=Presence, default=Presence.INVITED)
    represented_by = models.CharField("représenté par", max_length=200, blank=True)
    goals = models.TextField("ce qui est attendu de la séance", blank=True)

    objects = AttendeeQuerySet.as_manager()

    kind = "committee"
    lock_rank = 10  # because its committee is held first
    reads = ("committee",)
    removable = True
    opened_by = (Role.COORDINATOR,)
    opening = (attendee_is_named,)
    once = ("committee", "name", "organisation")
    edits = dict.fromkeys(
        ("name", "quality", "organisation", "presence", "represented_by", "goals"), _COORDINATOR
    )

    class Meta:
        verbose_name = "invité"
        ordering = ["committee", "organisation", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(presence=Presence.REPRESENTED) | ~models.Q(represented_by=""),
                name="attendee_represented_by_somebody",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}" if self.organisation else self.name

    @property
    def sits(self) -> bool:
        """Whether somebody spoke for it."""
        return self.presence in (Presence.PRESENT, Presence.REPRESENTED)

    def reach_key(self, reach: Reach) -> int | None:
        return self.committee.reach_key(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        """The committee, so that one click invites once."""
        return [Committee.objects.filter(pk__in={one.committee_id for one in subjects})]

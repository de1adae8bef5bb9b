"""Which messages: scoped to a person first (`visible_to`), then adjectives."""

from datetime import datetime

from django.db import models
from django.db.models import Count, Q

from workflow import roles


class MessageQuerySet(models.QuerySet):
    def visible_to(self, user, verb: str = "see"):
        """Those of the cycles this person coordinates; a message about an account belongs to no cycle and to nobody."""
        return self.filter(cycle__in=roles.cycles_of(user, "message", verb))

    def counts(self) -> dict[str, int]:
        """{status: how many}."""
        return dict(self.order_by().values_list("status").annotate(count=Count("pk")))

    def in_status(self, status: str):
        return self.filter(status=status)

    def not_gone(self):
        """Mails that may still leave, held or not; what is said in another's mail stands there."""
        return self.filter(status__in=("waiting", "held"), carried_by=None)

    def locked_by_key(self, which: Q) -> None:
        """Hold these rows, the lowest key first: whoever sends a mail and whoever holds it meet in one order."""
        list(self.filter(which).select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def named(self, uuids):
        return self.filter(uuid__in=uuids).select_related("recipient").order_by("pk")

    def due(self, at: datetime):
        """What may leave at this instant and that no sweep holds."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(free, status="waiting", due_at__lte=at, carried_by=None)

    def held_by(self, lease):
        """What a sweep took, with all that a letter is made of."""
        return self.filter(leased_by=lease, status="waiting").select_related("recipient", "cycle", "dossier")

    def about(self, text: str):
        """Whose recipient or dossier answers to the words somebody typed."""
        found = (
            Q(recipient__email__icontains=text)
            | Q(recipient__last_name__icontains=text)
            | Q(recipient__first_name__icontains=text)
            | Q(dossier__title__icontains=text)
        )
        return self.filter(
            found | Q(dossier__number=int(text)) if text.isdecimal() and len(text) < 9 else found
        )

    def for_list(self):
        return self.select_related("recipient", "dossier__cycle", "carried_by").order_by("-due_at", "-pk")

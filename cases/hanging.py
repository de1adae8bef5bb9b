"""What hangs on a dossier, said with its row, so that a page asks for nothing that is not there."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce

from cases.narrowing import NarrowedQuerySet
from workflow import roles
from workflow.gathering import gathered

MOST = 60
"""How many sets of rights one process keeps a query for, before it forgets them all."""

_kept: dict[tuple, models.QuerySet] = {}


def pages_of(user) -> models.QuerySet:
    """The dossiers that this person may know of, each `for_its_page`: put together once for the rights that they hold.

    Putting it together costs more than asking it. Rights are part of the key, and rows are read each time.
    """
    from cases.models import Dossier

    key = tuple(roles.seen_by(user))
    found = _kept.get(key)
    if found is None:
        if len(_kept) >= MOST:
            _kept.clear()
        found = _kept[key] = Dossier.objects.visible_to(user).for_its_page(user)
    return found.all()


class HangingQuerySet(NarrowedQuerySet):
    def for_its_page(self, user):
        """`has_met`, `has_booked` (a seat, a place in a queue, or what was said of its idea), `has_agreed`,
        `has_inquiries`, `has_passed` (before a committee), `has_letters` (that this person may read), `has_revised`
        (its budget), `has_interim` (report); and, None without any, `places` ([[code, name] of each neighbourhood]),
        `changed` ([[key, kind, state, new end, whole] of each change asked for]), `remarked` ([[key, text, state, its
        re-reading's state] of what this person may read]) and `consulted` ([[line or None, person, day] of each first
        reading of an answer]).
        """
        from cases.models import (
            AgreedAction,
            Booking,
            Change,
            Consultation,
            Inquiry,
            Letter,
            LetterScan,
            Passage,
            Remark,
            Report,
            RevisedBudget,
            Support,
        )

        own, through = OuterRef("pk"), self.model.neighbourhoods.through
        booked = Exists(Booking.objects.live().filter(dossier=own))
        said = Exists(Booking.objects.filter(idea__dossier=own).exclude(record=""))
        remarks = Remark.objects.visible_to(user).of(own)
        places = through.objects.filter(dossier=own)
        return self.for_pages().annotate(
            has_met=Exists(Support.objects.filter(dossier=own)),
            has_booked=booked | said,
            has_agreed=Exists(AgreedAction.objects.of_same_holder(OuterRef("organisation"))),
            has_inquiries=Exists(Inquiry.objects.filter(dossier=own)),
            has_passed=Exists(Passage.objects.filter(dossier=own)),
            has_letters=Exists(Letter.objects.visible_to(user).filter(dossier=own))
            | Exists(LetterScan.objects.visible_to(user).filter(dossier=own)),
            has_revised=Exists(RevisedBudget.objects.of(own)),
            changed=gathered(Change.objects.of(own), "dossier", "pk", "kind_of", "state", "new_end", "whole"),
            has_interim=Exists(Report.objects.of(own).filter(kind_of="intermediate")),
            places=gathered(places, "dossier", "neighbourhood__code", "neighbourhood__name"),
            consulted=gathered(Consultation.objects.of(own), "dossier", "line", "reader", "on"),
            remarked=gathered(remarks, "dossier", "pk", "text", "state", "support__state"),
        )

    def with_remarks(self):
        """Whether anything was remarked, so that nobody asks for what is not there."""
        from cases.models import Remark

        return self.annotate(has_remarks=Exists(Remark.objects.filter(dossier=OuterRef("pk"))))

    def with_remarks_to_read(self):
        """`remarks_to_read`: how many a holder has not answered yet."""
        from cases.models import Remark

        unread = Remark.objects.to_read().filter(dossier=OuterRef("pk")).order_by()
        many = Subquery(unread.values("dossier").annotate(many=Count("pk")).values("many"))
        return self.annotate(remarks_to_read=Coalesce(many, 0))

    def having_remarks_to_read(self):
        from cases.models import Remark

        return self.filter(Exists(Remark.objects.to_read().filter(dossier=OuterRef("pk"))))

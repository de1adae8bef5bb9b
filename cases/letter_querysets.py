"""Which letters: scoped to a person first. A holder reads a decision once it is notified, the rest at once."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q

from cases.letter_kinds import READ_AT_ONCE, LetterKind
from workflow import roles


def _told(letter: str = "") -> Q:
    """What a holder may read; `letter` leads from the row to the letter."""
    inadmissible = {f"{letter}kind_of": LetterKind.INADMISSIBILITY, "dossier__answered_at__isnull": False}
    at_once = Q(**{f"{letter}kind_of__in": READ_AT_ONCE})
    return at_once | Q(line__notified_on__isnull=False) | Q(**inadmissible)


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        own = roles.owned(user, "letter", "see")
        own = own if own is roles.NOTHING else own & _told()
        return self.filter(roles.either(roles.followed(user, "letter", "see"), own))

    def of(self, dossier):
        """Those of one dossier, the newest first, with what signs and replaces them."""
        rows = self.filter(dossier=dossier).select_related(
            "financier__organisation", "replaces", "replaced_by"
        )
        return rows.order_by("-year", "-number")

    def standing(self):
        """Those that none replaces."""
        return self.exclude(Exists(self.model._base_manager.filter(replaces=OuterRef("pk"))))

    def by_number(self):
        return self.order_by("year", "number")


class ScanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A financier reads what is joined to its own lines in its own name."""
        own = roles.owned(user, "letter", "see", "dossier__")
        own = own if own is roles.NOTHING else own & _told("letter__")
        seat = roles.seated(user, "line", "see", "line__seat", "line__cycle")
        seat = seat if seat is roles.NOTHING else seat & Q(letter=None)
        return self.filter(roles.either(roles.followed(user, "letter", "see", "dossier__"), own, seat))

    def of(self, dossier):
        return self.filter(dossier=dossier).order_by("-pk")

    def days_of(self, lines) -> dict[int, date]:
        """{line key: the day of the last letter that another authority wrote about it}, in one query."""
        rows = self.filter(line__in=lines, letter=None).order_by("pk")
        return dict(rows.values_list("line", "dated_on"))

"""What the filters of a list keep: one verb per filter, each a condition that never doubles a row."""

from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce

from cases.programming_states import UNDER_WAY, VOTED
from cases.states import DISAGREEING, LineState, Verdict
from workflow.models import Organisation


class NarrowedQuerySet(models.QuerySet):
    def matching(self, text: str):
        """Number, title or holder, in the words somebody typed.

        Holders are asked first, because a database reads no index across two tables.
        """
        holders = Organisation.objects.filter(name__icontains=text).order_by().values_list("pk", flat=True)
        found = Q(title__icontains=text) | Q(organisation__in=list(holders))
        return self.filter(found | Q(number=int(text)) if text.isdecimal() and len(text) < 9 else found)

    def of_orientation(self, orientation: int):
        return self.filter(orientation=orientation)

    def of_cycle(self, cycle: int):
        return self.filter(cycle=cycle)

    def in_neighbourhood(self, neighbourhood: int):
        through = self.model.neighbourhoods.through.objects
        return self.filter(Exists(through.filter(dossier=OuterRef("pk"), neighbourhood=neighbourhood)))

    def held_by_somebody_called(self, name: str):
        return self.filter(organisation__name__icontains=name)

    def named(self, uuids):
        """Those of a list that somebody chose from, in the list's own order."""
        return self.filter(uuid__in=uuids).order_by("cycle", "number")

    def asking(self, financier: int):
        lines = self.model.lines.rel.related_model.objects.filter(dossier=OuterRef("pk"))
        return self.filter(Exists(lines.filter(envelope__financier=financier)))

    def of_holders(self, organisations):
        return self.filter(organisation__in=organisations)

    def before_year(self, year: int):
        """Those of earlier years, the latest first."""
        return self.filter(cycle__year__lt=year).order_by("-cycle__year", "number", "pk")

    def told_of(self, text: str):
        """The same among the dossiers of one call: so few that one query reads both tables."""
        found = Q(title__icontains=text) | Q(organisation__name__icontains=text)
        return self.filter(found | Q(number=int(text)) if text.isdecimal() and len(text) < 9 else found)

    # The programming --------------------------------------------------------------------------------------------------

    def programmed(self):
        """Those that a committee decides on, or has decided."""
        voted = Q(state__in=VOTED, decided_at__isnull=False)  # because what is inadmissible is answered too
        return self.filter(Q(state__in=UNDER_WAY) | voted)

    def to_discuss(self, cycle: int):
        """Somebody asks for it, or the opinions do not agree."""
        return self.filter(self._debated(cycle))

    def calm_last(self, cycle: int):
        """`is_calm` is 0 for those of a call to discuss, 1 for the others."""
        calm = Case(When(self._debated(cycle), then=0), default=1, output_field=models.IntegerField())
        return self.annotate(is_calm=calm)

    def missing_an_opinion(self, cycle: int):
        return self.filter(
            self._having_lines(cycle, verdict="", state__in=(LineState.INVITED, LineState.SILENT))
        )

    def raised(self, cycle: int):
        """Where the team proposes more than was asked."""
        return self.filter(self._having_lines(cycle, team_proposal__gt=F("requested")))

    def _debated(self, cycle: int) -> Q:
        """Looked for among the few lines that disagree, of which an index is kept."""
        beside = self._every_line.filter(
            dossier=OuterRef("dossier"), verdict__in=(Verdict.FAVOURABLE, Verdict.RESERVED)
        )
        contradicts = Q(verdict=Verdict.DISCUSS) | Q(Exists(beside))
        return self._having_lines(cycle, contradicts, verdict__in=DISAGREEING)

    def _having_lines(self, cycle: int, *conditions: Q, **such) -> Q:
        """A set that a database reads once, never row by row; of one call, so that it stays small."""
        lines = self._every_line.filter(*conditions, cycle=cycle, **such)
        return Q(pk__in=lines.values("dossier"))

    @property
    def _every_line(self) -> models.QuerySet:
        return self.model.lines.rel.related_model.objects.order_by()


def quarter_of(dossiers, outer: str = "pk") -> Coalesce:
    """In which neighbourhood a dossier stands alone: a sum over such groups counts each euro once."""
    through = dossiers.neighbourhoods.through.objects.filter(dossier=OuterRef(outer)).order_by()
    alone = Case(When(many=1, then=Min("neighbourhood")), default=-1, output_field=models.BigIntegerField())
    rows = through.values("dossier").annotate(many=Count("pk")).annotate(alone=alone)
    return Coalesce(Subquery(rows.values("alone")), 0)

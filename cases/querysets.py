"""Which rows: scoped to a person first (`visible_to`), then adjectives."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import Case, Count, DecimalField, Exists, F, OuterRef, Q, Subquery, Sum, When

from cases.award_querysets import AwardQuerySet
from cases.hanging import HangingQuerySet
from cases.states import DossierState, LineState, ReportState
from workflow import roles
from workflow.roles import Reach

TEAM_TURN = (
    DossierState.SUPPORT,
    DossierState.SUBMITTED,
    DossierState.INSTRUCTION,
    DossierState.COMMITTEE,
    DossierState.DEFERRED,
    DossierState.INADMISSIBLE,
    DossierState.DECIDED,
)
IN_A_LIST = ("uuid", "version", "number", "title", "state", "total_cost", "organisation__name")
OWED = Q(state=LineState.INVITED, dossier__state=DossierState.REVIEW)
"""An opinion that a seat has not given yet."""


def _seated(user, verb: str = "see") -> Q:
    """Whether the line at hand belongs to a seat that this person holds in that very cycle."""
    return roles.seated(user, "line", verb)


class ByDossier(models.QuerySet):
    def tally_by_dossier(self) -> dict[int, int]:
        """{dossier key: how many rows}."""
        rows = self.order_by("dossier").values_list("dossier").annotate(count=Count("pk"))
        return dict(rows)


class OfDossierQuerySet(ByDossier):
    """What hangs on a dossier."""

    def for_pages(self):
        return self.select_related("dossier__organisation", "dossier__cycle", "dossier__rules")

    def of(self, dossier):
        return self.filter(dossier=dossier)

    def open_for(self, dossier):
        """What is still asked about one dossier."""
        return self.filter(dossier=dossier, closed_at=None)

    def in_state(self, state: str):
        return self.filter(state=state)

    def within_reach(self, user, verb: str = "act"):
        """What a person may see or act on by the table of rights, whatever its state."""
        kind, of = self.model.kind, "dossier__"
        return self.filter(
            roles.either(roles.followed(user, kind, verb, of), roles.owned(user, kind, verb, of))
        )


class DossierQuerySet(HangingQuerySet):
    def visible_to(self, user):
        """What a person may know of: their cycles, their organisation's, or those where their seat was asked."""
        asked = ~Q(state=LineState.REQUESTED)
        ways = (roles.followed(user, "dossier", "see"), roles.owned(user, "dossier", "see"))
        return self.filter(roles.either(*ways, self._where_a_line(_seated(user), asked)))

    def in_state(self, *states):
        return self.filter(state__in=states)

    def of_holder(self, user):
        """Those of the organisations for which this person asks."""
        return self.filter(roles.owned(user, "dossier", "act"))

    def of_team(self, user, *held: str):
        """Those of the cycles in which this person holds one of these roles."""
        reached = roles.reached(user, "dossier", "act", Reach.CYCLE)
        return self.filter(cycle__in={one.cycle_id for one in reached if one.role in held} - {None})

    def turn_of(self, audience: str, on: date):
        """Leaves out what is somebody else's turn in the same state: a round still open, a report sent or awaited."""
        sent = Exists(self._reports().filter(state__in=(ReportState.FILED, ReportState.ACCEPTED)))
        report = ~sent if audience == "holder" else sent
        return self.filter(
            ~Q(state=DossierState.REVIEW) | Q(review_due_on__lt=on), ~Q(state=DossierState.REPORTING) | report
        )

    def for_pages(self):
        return self.select_related("cycle__contract", "rules", "organisation", "orientation")

    def quarters(self) -> dict[int, tuple[str, ...]]:
        """{key: the names of the quarters where it acts, in the order of their codes}, in one query."""
        through = self.model.neighbourhoods.through.objects.filter(dossier__in=self.order_by().values("pk"))
        found: dict[int, tuple[str, ...]] = {}
        rows = through.order_by("neighbourhood__code").values_list("dossier", "neighbourhood__name")
        for key, name in rows.iterator():
            found[key] = (*found.get(key, ()), name)
        return found

    def with_sums(self, user):
        """`requested` and `decided` in euros, over the lines this person sees; a holder's once they are notified."""
        lines = self._lines().visible_to(user)
        return self.annotate(
            requested=_total(lines, "requested"), decided=_total(lines.decided_for(user), "decided")
        )

    def for_list(self, user):
        """What a row shows and no more, because what a holder wrote is long."""
        rows = self.with_sums(user).select_related("organisation").only(*IN_A_LIST)
        return rows.order_by("-cycle_id", "number")

    def in_hands_of(self, user):
        """Those on which it is this person's own turn: to write as a holder, to read as the team, to opine."""
        own, team = roles.owned(user, "dossier", "act"), roles.followed(user, "dossier", "act")
        return self.filter(
            own & Q(state__in=(DossierState.DRAFT, DossierState.SUPPORT, DossierState.INCOMPLETE))
            | team & Q(state__in=TEAM_TURN)
            | self._where_a_line(_seated(user), OWED)
        )

    def _where_a_line(self, seated: Q, is_so: Q) -> Q:
        """Those on which one of these seats has a line that is so; without a seat, no line is looked for."""
        return seated if seated is roles.NOTHING else Q(Exists(self._lines().filter(seated, is_so)))

    @staticmethod
    def _lines():
        from cases.models import FundingLine  # because a line's model imports this file

        return FundingLine.objects.filter(dossier=OuterRef("pk"))

    @staticmethod
    def _reports():
        from cases.models import Report

        return Report.objects.filter(dossier=OuterRef("pk"), kind_of="final")


def _total(lines, field: str) -> Subquery:
    sums = lines.order_by().values("dossier").annotate(total=Sum(field)).values("total")
    return Subquery(sums, output_field=DecimalField(max_digits=14, decimal_places=2))


class LineQuerySet(AwardQuerySet):
    def visible_to(self, user):
        """A line is seen with its dossier; a financier sees its own seat's lines once it was asked."""
        asked = _seated(user)
        if asked is not roles.NOTHING:
            asked &= ~Q(state=LineState.REQUESTED)
        ways = (roles.followed(user, "line", "see"), roles.owned(user, "line", "see"))
        return self.filter(roles.either(*ways, asked))

    def decided_for(self, user):
        """Those whose decision this person may read: a holder learns each financier's with its own letter."""
        ways = (roles.followed(user, "line", "see"), _seated(user))
        return self.filter(roles.either(*ways, Q(notified_on__isnull=False)))

    def awaiting(self, user):
        """The opinions that this person's seats owe."""
        return self.filter(_seated(user), OWED)

    def of_seats_of(self, user):
        """Those on which this person may give an opinion, or has: its seats were asked."""
        return self.filter(_seated(user, "act"), state__in=(LineState.INVITED, LineState.ANSWERED))

    def written_by_seats_of(self, user):
        """Those that this person's seats decided, and on which they write their own letters; the newest call first."""
        decided = Q(outcome__in=(LineState.GRANTED, LineState.REFUSED)) & ~Q(state=LineState.RENOUNCED)
        lines = self.filter(_seated(user, "act"), decided, envelope__financier__writes_letters=False)
        return lines.order_by("-dossier__cycle", "dossier__number", "pk")

    def in_open_round(self):
        """Those whose dossier is being read by the financiers."""
        return self.filter(dossier__state=DossierState.REVIEW)

    def taken_by_envelope(self) -> dict[int, Decimal]:
        """{envelope key: `taken` of its lines}."""
        amount = Case(When(outcome="", then=F("proposed")), default=F("decided"))
        rows = self.order_by("envelope").values_list("envelope").annotate(sum=Sum(amount))
        return {envelope: sum_ or Decimal(0) for envelope, sum_ in rows}

    def to_choose(self, user):
        """Awards notified to this person's organisations, which they have not yet kept, adapted or given up."""
        own = roles.owned(user, "line", "act")
        return self.filter(own, state=LineState.NOTIFIED, decided__gt=0)

    def for_pages(self):
        return self.select_related(
            "dossier__organisation",
            "dossier__cycle",
            "dossier__rules",
            "envelope__financier__organisation",
            "seat",
        )

    def named(self, uuids):
        return self.filter(uuid__in=uuids).order_by("dossier__cycle", "dossier__number", "pk")

    def on_dossier(self, dossier):
        """One dossier's lines in the order in which they were asked, each with its seat."""
        return self.filter(dossier=dossier).select_related("envelope__financier__organisation").order_by("pk")

    def of_dossiers(self, dossiers, state: str):
        """The lines of a batch that a move may take from that state."""
        rows = self.filter(dossier__in=dossiers, state=state)
        return rows.order_by("dossier__cycle", "dossier__number", "pk")

    def on_envelope_beside(self, line):
        """The other lines on the same envelope."""
        return self.filter(envelope=line.envelope_id).exclude(pk=line.pk)

    def taken(self) -> Decimal:
        """What these lines would take, in euros: what is decided, else what their financier proposed."""
        amount = Case(When(outcome="", then=F("proposed")), default=F("decided"))
        return self.aggregate(sum=Sum(amount))["sum"] or Decimal(0)


class InquiryQuerySet(OfDossierQuerySet):
    def visible_to(self, user):
        """A question and its answer are read by the team, the holder, and every financier asked on that dossier."""
        from cases.models import FundingLine

        seated = _seated(user)
        if seated is not roles.NOTHING:
            lines = FundingLine.objects.filter(seated, dossier=OuterRef("dossier"))
            seated = Q(Exists(lines.exclude(state=LineState.REQUESTED)))
        ways = (roles.followed(user, "inquiry", "see"), roles.owned(user, "inquiry", "see"))
        return self.filter(roles.either(*ways, seated))

    def about(self, dossiers):
        """Questions on these dossiers, in the order in which they were asked."""
        return self.filter(dossier__in=dossiers).select_related("seat").order_by("dossier", "pk")


class PaymentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Of the lines whose payments this person may read, by the table of rights."""
        from cases.models import FundingLine

        return self.filter(line__in=FundingLine.objects.paid_to(user))

    def of(self, line):
        return self.filter(line=line).order_by("pk")

    def arrived_of(self, lines):
        return self.filter(line__in=lines, paid_on__isnull=False).order_by("pk")

    def arrived_for(self, dossier):
        return self.filter(line__dossier=dossier, paid_on__isnull=False, amount__gt=0)

    def unpaid_of(self, lines):
        """Expected, not yet received, not given up."""
        return self.filter(line__in=lines, paid_on=None, amount__gt=0).order_by("pk")

    def balances_without_day(self, dossiers):
        rows = self.filter(line__dossier__in=dossiers, kind_of="balance", expected_on=None, paid_on=None)
        return rows.filter(amount__gt=0).select_related("line").order_by("pk")

    def for_pages(self):
        return self.select_related(
            "line__dossier__organisation",
            "line__dossier__cycle",
            "line__dossier__rules",
            "line__envelope__financier__organisation",
        )

    def sum(self) -> Decimal:
        return self.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


class DocumentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A document is seen with its dossier."""
        from cases.models import Dossier

        return self.filter(dossier__in=Dossier.objects.visible_to(user))

    def of_filing(self, filed):
        """What was joined when the dossier was filed that time; ask `Document.kept`: it knows what left since."""
        stood = Q(removed_at=None) | Q(removed_at__gt=filed.at)
        return self.filter(stood, dossier=filed.dossier_id, at__lte=filed.at).order_by("pk")

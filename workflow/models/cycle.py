"""The contract, its yearly call, and the call's immutable published versions."""

from datetime import datetime

from django.db import models
from django_fsm import FSMField

from workflow.calendar import Region
from workflow.publishing import VersionLife, VersionState
from workflow.quiet import Quiet, WritingDays, WritingHours
from workflow.roles import Reach, Role, cycles_of
from workflow.subject import Edit, Subject


class CityContract(models.Model):
    """A contrat de ville: the official code is its identity from one year to the next."""

    code = models.CharField("code officiel", max_length=12, unique=True)
    name = models.CharField("nom", max_length=200)

    class Meta:
        verbose_name = "contrat de ville"
        verbose_name_plural = "contrats de ville"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Filing(models.TextChoices):
    HERE = "here", "Dans ce service"
    DAUPHIN = "dauphin", "Dans Dauphin"
    PREPARED = "prepared", "Préparée ici, déposée dans Dauphin"


class CycleQuerySet(models.QuerySet):
    def read_by_team(self, user):
        """The cycles whose preparation this person may read: those of their team."""
        return self.filter(pk__in=cycles_of(user, "journal", "see"))

    def coordinated_by(self, user):
        return self.filter(pk__in=cycles_of(user, "cycle", "act"))

    def surveyed_by(self, user):
        """The cycles of whose survey this person may read the answers."""
        return self.filter(pk__in=cycles_of(user, "survey", "see"))

    def taught_to(self, user):
        """The cycles of whose figures this person may learn."""
        return self.filter(pk__in=cycles_of(user, "learning", "see"))

    def published(self):
        return self.filter(current__isnull=False)

    def for_pages(self):
        return self.select_related("contract", "current")

    def resting(self, at: datetime) -> list[int]:
        """The keys of the cycles whose reminders wait at this instant."""
        return [cycle.pk for cycle in self.order_by("pk") if cycle.quiet.rests_at(at)]


class Cycle(Subject):
    """One appel à projets of one year. Its dates live here and may move; its rules live in published versions."""

    code = models.SlugField("code", max_length=40, unique=True)
    contract = models.ForeignKey(
        CityContract, models.PROTECT, related_name="cycles", verbose_name="contrat de ville"
    )
    name = models.CharField("nom", max_length=200)
    year = models.PositiveSmallIntegerField("année des actions")
    team_name = models.CharField("service qui accueille", max_length=200, blank=True)
    team_phone = models.CharField("téléphone du service", max_length=20, blank=True)
    team_email = models.EmailField("courriel du service", blank=True)
    region = models.CharField("jours fériés", max_length=24, choices=Region, default=Region.METROPOLE)
    mail_cap = models.PositiveSmallIntegerField(
        "courriels par dix minutes", null=True, blank=True, default=300
    )
    mail_stopped = models.BooleanField("arrêt de l’envoi", default=False, editable=False)
    reminder_hours = models.CharField(
        "heures des rappels", max_length=10, choices=WritingHours, default=WritingHours.DAY
    )
    reminder_days = models.CharField(
        "jours des rappels", max_length=15, choices=WritingDays, default=WritingDays.WORKED
    )
    source = models.CharField("source", max_length=300, blank=True)
    current = models.ForeignKey(
        "workflow.CycleVersion", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = CycleQuerySet.as_manager()

    kind = "cycle"
    opened_by = (Role.COORDINATOR,)
    edits = {
        name: Edit(by=(Role.COORDINATOR,))
        for name in (
            "name",
            "team_name",
            "team_phone",
            "team_email",
            "region",
            "mail_cap",
            "mail_stopped",
            "reminder_hours",
            "reminder_days",
            "source",
            "rows",
        )
    }
    rows: dict | None = None
    """What an edit did to rows that have no journal of their own: written in the cycle's, kept nowhere else."""
    follows: int | None = None
    """The key of the cycle after which a new one is opened: its coordinators may."""

    class Meta:
        verbose_name = "cycle"
        ordering = ["-year", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def quiet(self) -> Quiet:
        """When its reminders leave people in peace."""
        return Quiet(self.reminder_hours, self.reminder_days, self.region)

    def reach_key(self, reach: Reach) -> int | None:
        return (self.pk or self.follows) if reach is Reach.CYCLE else None


class FeedbackCheck(models.TextChoices):
    """Who reads a feedback sheet before it leaves; a one-person team traces its own reading."""

    OTHER = "other", "Une autre personne de l’équipe"
    COORDINATOR = "coordinator", "La coordination"
    SELF = "self", "Relecture tracée par l’auteur"


class AboveRequest(models.TextChoices):
    """What becomes of a proposal of the team that stands above what was asked."""

    WARN = "warn", "Dite sur la programmation, jamais refusée"
    REFUSE = "refuse", "Refusée"


class CycleVersion(VersionLife, Subject):
    """The rules of a cycle, frozen once published: steps, criteria, reasons, questions and the policies below."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("numéro")
    state = FSMField("état", max_length=12, choices=VersionState, default=VersionState.DRAFT, protected=True)
    published_at = models.DateTimeField("publiée le", null=True, editable=False)
    filing = models.CharField("dépôt des demandes", max_length=10, choices=Filing, default=Filing.HERE)
    quorum = models.PositiveSmallIntegerField("avis attendus pour clore", null=True, blank=True)
    review_days = models.PositiveSmallIntegerField("durée du tour d’avis (jours)", default=21)
    feedback_on_refusal = models.BooleanField("fiche en cas de refus", default=True)
    feedback_on_cut = models.PositiveSmallIntegerField(
        "fiche si la baisse dépasse (%)", null=True, blank=True, default=50
    )
    line_on_cut = models.BooleanField("une ligne pour une baisse moindre", default=True)
    feedback_check = models.CharField(
        "relecture de la fiche", max_length=12, choices=FeedbackCheck, default=FeedbackCheck.OTHER
    )
    call_on_refusal = models.BooleanField("appel avant de notifier un refus", default=False)
    public_share = models.PositiveSmallIntegerField(
        "part publique maximale (%)", null=True, blank=True, default=80
    )
    least_financiers = models.PositiveSmallIntegerField(
        "financeurs par action, au moins", null=True, blank=True, default=2
    )
    advance_share = models.PositiveSmallIntegerField("acompte (%)", null=True, blank=True)
    payment_days = models.PositiveSmallIntegerField("délai de versement (jours)", default=60)
    report_gap = models.PositiveSmallIntegerField("écart du bilan à expliquer (%)", default=10)
    above_request = models.CharField(
        "proposition au-dessus de la demande", max_length=6, choices=AboveRequest, default=AboveRequest.WARN
    )
    source = models.CharField("source", max_length=300, blank=True)

    kind = "cycle"
    opened_by = (Role.COORDINATOR,)
    edits = {
        name: Edit(by=(Role.COORDINATOR,), states=(VersionState.DRAFT,))
        for name in (
            "filing",
            "quorum",
            "review_days",
            "feedback_on_refusal",
            "feedback_on_cut",
            "line_on_cut",
            "feedback_check",
            "call_on_refusal",
            "public_share",
            "least_financiers",
            "advance_share",
            "payment_days",
            "report_gap",
            "above_request",
            "source",
            "rows",
        )
    }
    rows: dict | None = None
    """What an edit of a draft did to its steps, criteria, reasons…: written in its journal, kept nowhere else."""

    class Meta:
        verbose_name = "version du cycle"
        verbose_name_plural = "versions du cycle"
        ordering = ["cycle", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "number"], name="version_number_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} · version {self.number}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

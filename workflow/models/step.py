"""Steps of a version: windows that gate a move, and accompaniment that may be required before it."""

from datetime import date, timedelta

from django.db import models

from workflow.calendar import Window
from workflow.models.cycle import Cycle, CycleVersion
from workflow.models.milestone import Milestone
from workflow.roles import Reach, Role
from workflow.subject import Subject


class StepKind(models.TextChoices):
    FILING = "filing", "Dépôt"
    INSTRUCTION = "instruction", "Instruction"
    REVIEW = "review", "Avis des financeurs"
    COMMITTEE = "committee", "Comité"
    ANSWER = "answer", "Réponse"
    INTERIM = "interim", "Bilan intermédiaire"
    REPORTING = "reporting", "Bilan"
    BREAKFAST = "breakfast", "Petit-déjeuner"
    WORKSHOP = "workshop", "Atelier"
    APPOINTMENT = "appointment", "Rendez-vous"
    REREADING = "rereading", "Relecture"
    SURVEY = "survey", "Enquête miroir"
    INHABITANTS = "inhabitants", "Avis des habitants"
    SERVICE = "service", "Avis d’un service"

    @property
    def accompanies(self) -> bool:
        """Accompaniment is done or waived for one dossier; the other kinds are windows of the calendar."""
        return self in (
            self.BREAKFAST,
            self.WORKSHOP,
            self.APPOINTMENT,
            self.REREADING,
            self.INHABITANTS,
            self.SERVICE,
        )

    @property
    def is_asked(self) -> bool:
        """Whether a holder asks for it while writing: an opinion is asked of others, about the holder's request."""
        return self.accompanies and self not in (self.INHABITANTS, self.SERVICE)


class Requirement(models.TextChoices):
    REQUIRED = "required", "Obligatoire"
    OFFERED = "offered", "Proposée"


class Participation(models.TextChoices):
    """How far inhabitants weigh on what they are asked about: said before they come, never after."""

    INFORM = "inform", "Informer"
    CONSULT = "consult", "Consulter"
    CODECIDE = "codecide", "Décider ensemble"


class StepQuerySet(models.QuerySet):
    def changes_of_ends(self, cycles) -> dict[int, int]:
        """{cycle key: how often the dates on which its windows close changed}.

        It only grows, because no date leaves the calendar once a published version closes a window on it.
        """
        published = self.filter(version__cycle__in=cycles, version__published_at__isnull=False)
        dates = Milestone.objects.filter(pk__in=published.values("closes")).order_by("cycle")
        return dict(dates.values_list("cycle").annotate(models.Sum("version")))

    def in_force_on(self, milestones):
        """The steps of the versions in force that open or close on one of these dates (keys), in their own order."""
        keys = list(milestones)
        bound = models.Q(opens__in=keys) | models.Q(closes__in=keys)
        steps = self.filter(bound, version__cycle__current=models.F("version"))
        return steps.select_related("opens", "closes", "version").order_by("pk")


class Step(models.Model):
    """A closed enum of kinds in code, everything else a row: the database may close a door, only code may build one."""

    version = models.ForeignKey(CycleVersion, models.CASCADE, related_name="steps")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=200)
    kind = models.CharField("nature", max_length=12, choices=StepKind)
    gates = models.CharField("ouvre ou ferme", max_length=40, blank=True)
    requirement = models.CharField(
        "exigence", max_length=10, choices=Requirement, default=Requirement.REQUIRED
    )
    opens = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    opens_offset = models.SmallIntegerField("décalage d’ouverture (jours)", default=0)
    closes = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    closes_offset = models.SmallIntegerField("décalage de clôture (jours)", default=0)
    capacity = models.PositiveSmallIntegerField("places par séance", null=True, blank=True)
    weekly_load = models.PositiveSmallIntegerField("heures de l’équipe par semaine", null=True, blank=True)
    participation = models.CharField(
        "niveau de participation", max_length=10, choices=Participation, blank=True
    )
    promise = models.TextField("promesse faite aux habitants", blank=True)
    responsible = models.CharField("responsable", max_length=12, choices=Role, blank=True)
    source = models.CharField("source", max_length=300, blank=True)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = "étape"
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="step_code_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def window(self) -> Window:
        """From the first day of the opening milestone to the last of the closing one, in full, Paris time."""
        return Window.of_days(self.first_day, self.last_day)

    @property
    def first_day(self) -> date | None:
        return self.opens and self.opens.starts_on + timedelta(days=self.opens_offset)

    @property
    def last_day(self) -> date | None:
        return self.closes and self.closes.ends_on + timedelta(days=self.closes_offset)

    def may_be_asked(self, on: date) -> bool:
        """Until its last day; a required one always, because nobody could file without it."""
        over = self.last_day is not None and self.last_day < on
        return not over or self.requirement == Requirement.REQUIRED


class Derogation(Subject):
    """A named exception to a window: this subject, this move, until that evening, for this reason."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="derogations")
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    move = models.CharField("passage", max_length=40)
    until = models.DateField("jusqu’au")
    reason = models.TextField("raison")

    kind = "derogation"
    opened_by = (Role.COORDINATOR,)
    once = ("cycle", "subject_label", "subject_id", "move", "until", "reason")

    class Meta:
        verbose_name = "dérogation"
        indexes = [models.Index(fields=["subject_label", "subject_id", "move"], name="derogation_by_subject")]

    def __str__(self) -> str:
        return f"{self.move} · {self.until}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The cycle, so that one click opens one window."""
        return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]

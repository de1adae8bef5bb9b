"""Letters of the authority that runs this service: what kind, under which number, and the frozen document."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Max, Q

from cases.letter_guards import LETTER
from cases.letter_kinds import LetterKind
from cases.letter_querysets import LetterQuerySet, ScanQuerySet
from cases.models.dossier import Dossier
from cases.models.funding import Financier, FundingLine
from workflow import locks
from workflow.models import Cycle, Organisation
from workflow.refusal import Refusal
from workflow.roles import Reach, Role
from workflow.subject import Subject

WIDTH = 4
"""Signs of a number: « 2027-0042 »."""


class LetterModel(models.Model):
    """What a cycle's coordinator writes in the place of the usual words of one kind; blank where those stay."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="letter_models")
    kind_of = models.CharField("courrier", max_length=16, choices=LetterKind)
    subject = models.CharField("objet", max_length=160, blank=True)
    body = models.TextField("texte", max_length=6000, blank=True)

    class Meta:
        verbose_name = "modèle de courrier"
        verbose_name_plural = "modèles de courrier"
        ordering = ["cycle", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "kind_of"], name="letter_model_once")]

    def __str__(self) -> str:
        return self.get_kind_of_display()


class Letter(Subject):
    """One letter that was made, never amended: what was wrong is corrected by a new one that replaces it.

    `about` names what it is about (a line's decision, a filing, a request for what is missing…), `said` is a digest of
    what it says without its number and date: the same thing is never written twice.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="letters", verbose_name="appel")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="letters", verbose_name="dossier")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name="porteur")
    financier = models.ForeignKey(Financier, models.PROTECT, related_name="letters", verbose_name="au nom de")
    line = models.ForeignKey(FundingLine, models.PROTECT, null=True, related_name="letters")
    kind_of = models.CharField("nature", max_length=16, choices=LetterKind)
    about = models.SlugField("à propos de", max_length=40)
    amount = models.DecimalField("montant annoncé", max_digits=12, decimal_places=2, null=True)
    year = models.PositiveSmallIntegerField("année")
    number = models.PositiveIntegerField("numéro")
    dated_on = models.DateField("daté du")
    made_at = models.DateTimeField("fait le")
    made_by = models.CharField("fait par", max_length=200)
    said = models.CharField("empreinte de ce qui est dit", max_length=64)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name="remplace"
    )

    objects = LetterQuerySet.as_manager()

    kind = "letter"
    reads = ("dossier",)
    opened_by = (Role.COORDINATOR,)
    opening = LETTER
    once = ("about", "said")
    holes: tuple[Refusal, ...] = ()
    """What its model says that is not known: asked once, as it is opened, kept nowhere."""

    class Meta:
        verbose_name = "courrier"
        ordering = ["cycle", "year", "number"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "year", "number"], name="letter_number_once"),
            models.UniqueConstraint(fields=["about", "said"], name="letter_said_once"),
        ]
        indexes = [models.Index(fields=["about"], name="letter_by_about")]

    def __str__(self) -> str:
        return f"{self.get_kind_of_display()} n° {self.reference}"

    @property
    def reference(self) -> str:
        return f"{self.year}-{self.number:0{WIDTH}d}"

    def reach_key(self, reach: Reach) -> int | None:
        return {Reach.CYCLE: self.cycle_id, Reach.OWN: self.organisation_id}.get(reach)

    @classmethod
    def at_opening(cls, new):
        """The next numbers of their year, under the lock of the call: none is left out, none is given twice."""
        given: dict[tuple[int, int], int] = {}
        for one in new:
            one.year = one.dated_on.year
            key = (one.cycle_id, one.year)
            if key not in given:
                given[key] = (
                    cls.objects.filter(cycle=key[0], year=key[1]).aggregate(last=Max("number"))["last"] or 0
                )
            given[key] += 1
            one.number = given[key]

    @classmethod
    def also_locks(cls, subjects, move):
        """What it tells, so that it tells the truth; then the call, whose numbers follow one another. What its making
        holds already is not read again."""
        asked = (
            (Dossier, {one.dossier_id for one in subjects}),
            (FundingLine, {one.line_id for one in subjects} - {None}),
            (Cycle, {one.cycle_id for one in subjects}),
        )
        return [
            model.objects.filter(pk__in=keys)
            for model, keys in asked
            if keys and not locks.are_held(model, keys)
        ]


class LetterPrint(models.Model):
    """The data and the very bytes of a letter's document: append-only, apart from the row that lists read."""

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="printed")
    content = models.JSONField("contenu")
    pdf = models.BinaryField("document")
    digest = models.CharField("empreinte du document", max_length=64)

    class Meta:
        verbose_name = "document d’un courrier"
        verbose_name_plural = "documents des courriers"
        ordering = ["letter"]

    def __str__(self) -> str:
        return f"{self.letter_id}"


def _random_name(scan, filename: str) -> str:
    """A random stored name, because the given one is somebody's text and never a path."""
    return f"courriers/{uuid.uuid4().hex}"


class LetterScan(models.Model):
    """A signed letter as it was scanned: of one of ours, or of another authority's on its line. Append-only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="letter_scans")
    line = models.ForeignKey(FundingLine, models.PROTECT, null=True, related_name="letter_scans")
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="scans")
    dated_on = models.DateField("daté du")
    name = models.CharField("nom du fichier", max_length=200)
    file = models.FileField("fichier", upload_to=_random_name)
    digest = models.CharField("empreinte du fichier", max_length=64)
    at = models.DateTimeField("joint le")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")

    objects = ScanQuerySet.as_manager()

    class Meta:
        verbose_name = "courrier signé"
        verbose_name_plural = "courriers signés"
        ordering = ["dossier", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(letter__isnull=False) | Q(line__isnull=False), name="letter_scan_of_something"
            ),
            models.UniqueConstraint(
                fields=["letter", "digest"], condition=Q(letter__isnull=False), name="letter_scan_once"
            ),
            models.UniqueConstraint(
                fields=["line", "digest"], condition=Q(letter__isnull=True), name="line_scan_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

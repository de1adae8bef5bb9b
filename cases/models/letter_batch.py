"""A signature folder: the letters that were chosen together, and how far they are made."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cases.letter_kinds import LetterKind
from cases.models.dossier import Dossier
from cases.models.funding import FundingLine
from cases.models.letter import Letter
from workflow import roles
from workflow.models import Cycle
from workflow.roles import Reach, Role
from workflow.subject import Subject


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A folder is its coordination's."""
        return self.filter(cycle__in=roles.cycles_of(user, "folder", "see"))

    def of_cycle(self, cycle):
        return self.for_pages().filter(cycle=cycle).order_by("-pk")

    def for_pages(self):
        """`many` letters, of which `made` and `refused`."""
        made, refused = Q(orders__letter__isnull=False), ~Q(orders__refusal="")
        counts = {
            "many": models.Count("orders"),
            "made": models.Count("orders", filter=made),
            "refused": models.Count("orders", filter=refused),
        }
        return self.select_related("cycle", "author").annotate(**counts)

    def unfinished(self):
        """Those in which something is neither made nor refused."""
        waiting = LetterOrder.objects.waiting().filter(batch=models.OuterRef("pk"))
        return self.filter(models.Exists(waiting)).order_by("pk")


class LetterBatch(Subject):
    """`uuid` is drawn by the page that offers the choice, so that two clicks begin one."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="letter_batches", verbose_name="appel")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="composé par"
    )
    begun_at = models.DateTimeField("commencé le")
    dated_on = models.DateField("daté du")

    objects = BatchQuerySet.as_manager()

    kind = "folder"
    opened_by = (Role.COORDINATOR,)
    once = ("uuid",)

    class Meta:
        verbose_name = "parapheur"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"parapheur {self.pk}"

    @property
    def left(self) -> int:
        """How many letters are still to make; of a folder read `for_pages`."""
        return self.many - self.made - self.refused

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else None

    @classmethod
    def also_locks(cls, subjects, move):
        """The call, so that two clicks begin one."""
        return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]


class OrderQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(letter=None, refusal="")

    def for_pages(self):
        related = ("dossier__organisation", "letter", "line__envelope__financier__organisation")
        return self.select_related(*related).order_by("rank")


class LetterOrder(models.Model):
    """One letter of a folder: what was chosen; then the letter, or why there is none."""

    batch = models.ForeignKey(LetterBatch, models.CASCADE, related_name="orders")
    rank = models.PositiveIntegerField("rang")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    line = models.ForeignKey(FundingLine, models.PROTECT, null=True, related_name="+")
    about = models.SlugField("à propos de", max_length=40)
    kind_of = models.CharField("nature", max_length=16, choices=LetterKind)
    amount = models.DecimalField("montant annoncé", max_digits=12, decimal_places=2, null=True)
    letter = models.ForeignKey(Letter, models.PROTECT, null=True, related_name="+")
    refusal = models.CharField("pourquoi pas", max_length=500, blank=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        verbose_name = "courrier d’un parapheur"
        verbose_name_plural = "courriers d’un parapheur"
        ordering = ["batch", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "about"], name="letter_order_once"),
            models.CheckConstraint(
                condition=Q(letter__isnull=True) | Q(refusal=""), name="letter_order_made_or_refused"
            ),
        ]
        indexes = [
            models.Index(
                fields=["batch"], condition=Q(letter__isnull=True, refusal=""), name="letter_order_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.about

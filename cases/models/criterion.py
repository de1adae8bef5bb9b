"""The rows of a version by which dossiers are asked, checked, marked and answered. Frozen once published."""

from django.db import models

from workflow.models import CycleVersion


class OfVersion(models.Model):
    """A row of the rules. Answers and marks are keyed by its code, so that a new form needs no migration."""

    version = models.ForeignKey(CycleVersion, models.CASCADE)
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=300)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ["version", "pk"]

    def __str__(self) -> str:
        return self.label


class QuestionKind(models.TextChoices):
    TEXT = "text", "Texte court"
    LONG = "long", "Texte long"
    NUMBER = "number", "Nombre"
    MONEY = "money", "Montant"
    DATE = "date", "Date"
    YES_NO = "yes_no", "Oui ou non"
    DOCUMENT = "document", "Document"


class Renewal(models.TextChoices):
    """What becomes of an answer in next year's request of the same action."""

    KEEP = "keep", "Garder"
    CLEAR = "clear", "Vider"
    ASK = "ask", "Redemander"


class Question(OfVersion):
    """One question of the request, or one document to join."""

    topic = models.CharField("thème", max_length=80)
    kind = models.CharField("nature", max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    required = models.BooleanField("obligatoire", default=True)
    renewal = models.CharField("l’année suivante", max_length=5, choices=Renewal, blank=True, default="")
    help = models.CharField("aide", max_length=500, blank=True)
    example = models.TextField("exemple de bonne réponse", blank=True)
    example_comment = models.TextField("pourquoi cette réponse est bonne", blank=True)

    class Meta(OfVersion.Meta):
        verbose_name = "question"
        default_related_name = "questions"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="question_code_once")]

    @property
    def renewed(self) -> Renewal:
        """What is said of it, else what its kind suggests: a number, an amount or a date is another one each year."""
        if self.renewal:
            return Renewal(self.renewal)
        return Renewal.ASK if self.kind in COUNTED else Renewal.KEEP


COUNTED = (QuestionKind.NUMBER, QuestionKind.MONEY, QuestionKind.DATE)


class CriterionKind(models.TextChoices):
    ADMISSIBILITY = "admissibility", "Recevabilité"
    GRID = "grid", "Grille d’instruction"


class Criterion(OfVersion):
    """A rule of admissibility to tick, or a question of the grid marked from 0 to 4 (never published)."""

    kind = models.CharField("nature", max_length=14, choices=CriterionKind)
    help = models.CharField("question à se poser", max_length=500, blank=True)
    before = models.CharField("question posée avant de commencer", max_length=200, blank=True)

    class Meta(OfVersion.Meta):
        verbose_name = "critère"
        default_related_name = "criteria"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="criterion_code_once")]


class ReasonKind(models.TextChoices):
    INADMISSIBLE = "inadmissible", "Non recevable"
    PRIORITY = "priority", "Moins prioritaire cette année"
    MONEY = "money", "Crédits insuffisants"
    OUTSIDE = "outside", "Hors du cadre de l’appel"
    MAINSTREAM = "mainstream", "Relève du droit commun"
    ELSEWHERE = "elsewhere", "Un autre financeur convient mieux"


OF_THE_TEAM = (ReasonKind.INADMISSIBLE, ReasonKind.OUTSIDE)
"""What the team may answer by itself, for the whole request: it was not examined."""


class Reason(OfVersion):
    """A published motive, tied to the criterion or rule it rests on, with what its holder reads and what it asks of the
    file: a motive without its fact is only an opinion."""

    kind = models.CharField("nature", max_length=12, choices=ReasonKind)
    rule = models.CharField("règle publiée", max_length=500)
    wording = models.CharField("ce que le porteur lit", max_length=500, blank=True)
    asks = models.CharField("fait à donner", max_length=300, blank=True)
    advice = models.CharField("et maintenant", max_length=500, blank=True)

    class Meta(OfVersion.Meta):
        verbose_name = "motif"
        default_related_name = "reasons"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="reason_code_once")]

    @property
    def said(self) -> str:
        """What the holder reads of it: its own plain words, else its name."""
        return self.wording or self.label

    def suits(self, line: int | None) -> bool:
        """Whether it may be given by a financier, or (None) by the team for a request that was not examined."""
        return self.kind in OF_THE_TEAM if line is None else self.kind != ReasonKind.INADMISSIBLE

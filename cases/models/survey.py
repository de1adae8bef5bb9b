"""The mirror survey: a few questions to everybody at the end of a year, read when the next one is prepared."""

import uuid

from django.conf import settings
from django.db import models

from cases.models.criterion import OfVersion
from cases.surveying import survey_is_open, took_part
from workflow.models import Cycle, Organisation
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Subject


class SurveyKind(models.TextChoices):
    MARK = "mark", "D’accord ou pas"
    WORDS = "words", "Réponse libre"


class SurveyMark(models.IntegerChoices):
    """Four steps without a middle one, because a middle says nothing; who does not know leaves it blank."""

    NOT_AT_ALL = 1, "Pas du tout d’accord"
    RATHER_NOT = 2, "Plutôt pas d’accord"
    RATHER = 3, "Plutôt d’accord"
    FULLY = 4, "Tout à fait d’accord"


class SurveyQuestion(OfVersion):
    """One question of the survey; its code lets two years be read side by side."""

    kind = models.CharField("nature", max_length=5, choices=SurveyKind, default=SurveyKind.MARK)

    class Meta(OfVersion.Meta):
        verbose_name = "question de l’enquête"
        verbose_name_plural = "questions de l’enquête"
        default_related_name = "survey_questions"
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="survey_question_code_once")]


class SurveyBallot(Subject):
    """That somebody answered, never what: nothing leads from this row to an answer."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="ballots")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ballots")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    kind = "survey"
    opened_by = (Role.HOLDER, *TEAM, Role.FINANCIER)
    opening = (survey_is_open, took_part)
    once = ("cycle", "person")

    class Meta:
        verbose_name = "participation à l’enquête"
        verbose_name_plural = "participations à l’enquête"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "person"], name="survey_answered_once")]

    def __str__(self) -> str:
        return f"{self.cycle_id} · {self.person_id}"

    def reach_key(self, reach: Reach) -> int | None:
        return self.cycle_id if reach is Reach.CYCLE else self.organisation_id

    @classmethod
    def also_locks(cls, subjects, move):
        """The cycle, so that the same click twice answers once."""
        return [Cycle.objects.filter(pk__in={one.cycle_id for one in subjects})]


class SurveyAnswer(models.Model):
    """One answer to one question, without a name, an hour or a neighbour.

    Its key is drawn at random, because a rising one would set it beside the participation of the same moment.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="survey_answers")
    question = models.SlugField("question", max_length=40)
    audience = models.CharField("public", max_length=10)
    mark = models.PositiveSmallIntegerField("avis", choices=SurveyMark, null=True)
    words = models.TextField("réponse", blank=True)

    class Meta:
        verbose_name = "réponse à l’enquête"
        verbose_name_plural = "réponses à l’enquête"
        ordering = ["pk"]
        indexes = [models.Index(fields=["cycle", "question"], name="survey_answer_by_cycle")]

    def __str__(self) -> str:
        return self.question

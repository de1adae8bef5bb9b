"""What must be said to whom: the year's reminder rules, and the outbox."""

import uuid

from django.conf import settings
from django.db import models

from workflow.models import CycleVersion, Milestone


class ReminderKind(models.TextChoices):
    """The closed list of what a reminder may be about; code knows for each what is due and when it is done."""

    NOT_FILED = "not_filed", "Dossier commencé, pas déposé"
    COMPLETION_DUE = "completion_due", "Compléments attendus"
    OPINION_AWAITED = "opinion_awaited", "Avis attendu"
    REPORT_DUE = "report_due", "Bilan attendu"


class ReminderRule(models.Model):
    """When to remind, in days before the date it is about; frozen with its version."""

    version = models.ForeignKey(CycleVersion, models.CASCADE, related_name="reminders")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=200)
    kind = models.CharField("sujet", max_length=20, choices=ReminderKind)
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    days_before = models.JSONField("jours avant", default=list)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "règle de rappel"
        verbose_name_plural = "règles de rappel"
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="reminder_code_once")]

    def __str__(self) -> str:
        return self.label


class Message(models.Model):
    """One line of the outbox: who must be told what, written in the transaction of what happened.

    It holds keys only and renders nothing: a broken template must never cost a holder the deadline at 23:59. Unique on
    reason, recipient, subject and planned day, so that telling twice is impossible rather than avoided.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField("événement", max_length=60)
    reason = models.CharField("raison", max_length=100)
    audience = models.CharField("public", max_length=20)
    template = models.CharField("modèle", max_length=60)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    planned_on = models.DateField("prévu le")
    created_at = models.DateTimeField("écrit le")

    class Meta:
        verbose_name = "message"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "recipient", "subject_label", "subject_id", "planned_on"],
                name="message_once",
            )
        ]
        indexes = [models.Index(fields=["subject_label", "subject_id"], name="message_by_subject")]

    def __str__(self) -> str:
        return f"{self.event} · {self.recipient_id}"

"""What must be said to whom: the year's reminder rules, and the outbox."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models

from notifications.choices import Anchor, Audience, Counting, Fact, ReminderKind, Wording, Writable
from notifications.querysets import MessageQuerySet
from workflow.calendar import WorkedDay
from workflow.models import CycleVersion, Milestone, Step


class ReminderRule(models.Model):
    """When whom is reminded of what; frozen with its version. Blank audience and template: those of its kind."""

    version = models.ForeignKey(CycleVersion, models.CASCADE, related_name="reminders")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=200)
    kind = models.CharField("sujet", max_length=20, choices=ReminderKind)
    audience = models.CharField("à qui", max_length=20, choices=Audience, blank=True)
    fact = models.CharField("seulement si", max_length=20, choices=Fact, blank=True)
    anchor = models.CharField("à partir de", max_length=20, choices=Anchor, default=Anchor.DEADLINE)
    milestone = models.ForeignKey(Milestone, models.PROTECT, null=True, blank=True, related_name="+")
    step = models.ForeignKey(Step, models.CASCADE, null=True, blank=True, related_name="+")
    days_before = models.JSONField("jours avant", default=list, blank=True)
    days_after = models.JSONField("jours après", default=list, blank=True)
    counting = models.CharField("comptés en", max_length=10, choices=Counting, default=Counting.CALENDAR)
    worked_day = models.CharField(
        "si ce jour n’est pas ouvré", max_length=10, choices=WorkedDay, default=WorkedDay.BEFORE
    )
    template = models.CharField("texte", max_length=60, choices=Wording, blank=True)
    digest = models.BooleanField("dans le récapitulatif du jour", default=False)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "règle de rappel"
        verbose_name_plural = "règles de rappel"
        ordering = ["version", "pk"]
        constraints = [models.UniqueConstraint(fields=["version", "code"], name="reminder_code_once")]

    def __str__(self) -> str:
        return self.label


class MessageStatus(models.TextChoices):
    """What became of a row; no machine, because the sweep writes it, and people only hold it or let it go."""

    WAITING = "waiting", "En attente"
    HELD = "held", "Retenu"
    SENT = "sent", "Envoyé"
    FAILED = "failed", "Échec"
    CANCELLED = "cancelled", "Annulé"


REMINDER = "reminder."
"""How the event of a reminder begins: it waits for a working day's hours, whereas an event leaves at once."""


class Message(models.Model):
    """One line of the outbox: who must be told what, written in the transaction of what happened.

    It is born with keys only: a broken template must never cost a holder the deadline at 23:59. Unique on reason,
    recipient, subject and planned day, so that telling twice is impossible rather than avoided. The sweep adds the
    exact text before it sends, so that a second try says the same words under the same Message-ID.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.CharField("événement", max_length=60)
    reason = models.CharField("raison", max_length=100)
    audience = models.CharField("public", max_length=20)
    template = models.CharField("modèle", max_length=60)
    # Without database constraints, because they cost a third of planning a hundred thousand reminders from a query
    # that joins these very tables; nobody is ever deleted from them.
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="messages",
        db_constraint=False,
        db_index=False,  # because `message_to` begins with it
    )
    cycle = models.ForeignKey(
        "workflow.Cycle",
        models.CASCADE,
        null=True,
        related_name="messages",
        db_constraint=False,
        db_index=False,  # because `message_by_cycle` begins with it
    )
    dossier = models.ForeignKey(
        "cases.Dossier", models.CASCADE, null=True, related_name="messages", db_constraint=False
    )
    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    planned_on = models.DateField("prévu le")
    digest = models.BooleanField("dans le récapitulatif du jour", db_default=False)
    created_at = models.DateTimeField("écrit le")
    due_at = models.DateTimeField("part à partir de")
    at_once = models.BooleanField("même hors des heures ouvrées", db_default=False)

    status = models.CharField("état", max_length=10, choices=MessageStatus, db_default=MessageStatus.WAITING)
    leased_by = models.UUIDField("pris par", null=True, editable=False)
    leased_until = models.DateTimeField("pris jusqu’à", null=True, editable=False)
    attempts = models.PositiveSmallIntegerField("essais", db_default=0)
    error = models.CharField("ce qui l’a empêché", max_length=300, db_default="")
    sent_at = models.DateTimeField("envoyé le", null=True)
    leads_to = models.CharField("mène ensuite à", max_length=200, db_default="", editable=False)
    """The page that somebody was asked to sign in for, where the mail brings the link."""
    address = models.CharField("adresse", max_length=254, db_default="")
    subject = models.CharField("objet", max_length=250, db_default="")
    text = models.TextField("texte", db_default="")
    html = models.TextField("texte mis en forme", db_default="")
    carried_by = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried", verbose_name="dit dans", db_index=False
    )

    about: Any = None
    """The row it speaks of, where whoever foretells it has read it already: kept nowhere."""

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "message"
        ordering = ["planned_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reason", "recipient", "subject_label", "subject_id", "planned_on"],
                name="message_once",
            )
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(status="waiting"), name="message_waiting"),
            models.Index(fields=["cycle", "status", "-due_at"], name="message_by_cycle"),
            # What one person was told of one thing: planning asks it of every pair, and a table that just grew has
            # no statistics by which the database would choose better.
            models.Index(fields=["recipient", "subject_id"], name="message_to"),
            models.Index(
                fields=["cycle"], condition=models.Q(leased_until__isnull=False), name="message_leased"
            ),
            models.Index(
                fields=["cycle", "sent_at"], condition=models.Q(sent_at__isnull=False), name="message_lately"
            ),
            models.Index(
                fields=["carried_by"], condition=models.Q(carried_by__isnull=False), name="message_carried"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.recipient_id}"

    @property
    def mail(self) -> "Message":
        """The row that holds the text: several rows of one person may leave in one mail."""
        return self.carried_by or self

    @property
    def may_be_resent(self) -> bool:
        """What left or could not leave, once its words are known."""
        return self.status in (MessageStatus.SENT, MessageStatus.FAILED) and bool(self.mail.text)


class MailText(models.Model):
    """What a cycle's coordinator writes in the place of one mail's own words; blank where those stay."""

    cycle = models.ForeignKey("workflow.Cycle", models.CASCADE, related_name="texts")
    template = models.CharField("message", max_length=60, choices=Writable)
    subject = models.CharField("objet", max_length=120, blank=True)
    body = models.TextField("texte", max_length=3000, blank=True)

    class Meta:
        verbose_name = "texte de message"
        verbose_name_plural = "textes de messages"
        ordering = ["cycle", "pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "template"], name="mail_text_once")]

    def __str__(self) -> str:
        return self.get_template_display()


class Declined(models.Model):
    """One kind of mail that one person does without; which kinds there are stands in `optional.py`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="declined")
    kind = models.CharField("courriels", max_length=20)
    at = models.DateTimeField("depuis le")

    class Meta:
        verbose_name = "courriel refusé"
        verbose_name_plural = "courriels refusés"
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="declined_once")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.kind}"


class Heartbeat(models.Model):
    """When a cluster, or the cron, last did something: what a watchdog and /healthz look at."""

    name = models.CharField("qui", max_length=100, unique=True)
    at = models.DateTimeField("quand")
    trouble = models.CharField("ce qui l’empêche", max_length=200, db_default="")

    class Meta:
        verbose_name = "battement"
        verbose_name_plural = "battements"

    def __str__(self) -> str:
        return f"{self.name} · {self.at}"


class CalendarKey(models.Model):
    """What opens one person's calendar to a machine that signs in nowhere. Its token is written nowhere either:
    `subscriptions` draws it again from the nonce and the secret key, and only its hash is looked for."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="calendar_keys")
    nonce = models.CharField(max_length=64, editable=False)
    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créée le")
    revoked_at = models.DateTimeField("révoquée le", null=True, blank=True)

    class Meta:
        verbose_name = "adresse de calendrier"
        verbose_name_plural = "adresses de calendrier"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(revoked_at=None), name="calendar_key_one_alive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.created_at}"

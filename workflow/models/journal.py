"""The journal's two tables: what is chained for ever, and the free text that may be erased."""

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One fired move, amendment or change of configuration. The database refuses UPDATE and DELETE (`triggers.py`).

    `payload` is the exact text that was hashed: sorted keys, amounts as strings, UTC. The columns beside it serve
    queries only and are compared with it by `manage.py verify`.
    """

    subject_label = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    seq = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.DO_NOTHING, null=True, db_constraint=False, related_name="+"
    )
    at = models.DateTimeField(db_index=True)
    move = models.CharField(max_length=40)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    payload = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "ligne du journal"
        verbose_name_plural = "journal"
        ordering = ["subject_label", "subject_id", "seq"]
        constraints = [
            models.UniqueConstraint(fields=["subject_label", "subject_id", "seq"], name="entry_seq_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject_label} {self.subject_id} · {self.seq} · {self.move}"


class Prose(models.Model):
    """A free text of an entry. Erasing it leaves the chain whole: the journal holds its salted digest only."""

    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="prose")
    key = models.CharField(max_length=80)
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        verbose_name = "texte libre"
        verbose_name_plural = "textes libres"
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="prose_key_once")]

    def __str__(self) -> str:
        return self.text

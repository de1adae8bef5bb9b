"""Documents joined to a dossier, by the code of the question that asks for them."""

import uuid

from django.conf import settings
from django.db import models

from cases.querysets import DocumentQuerySet


def _random_name(document, filename: str) -> str:
    """A random stored name, because the given one is somebody's text and never a path."""
    return f"documents/{uuid.uuid4().hex}"


class JoinedDocuments(models.Manager.from_queryset(DocumentQuerySet)):
    """What stands in the request today; `kept` also knows what was removed after a filing."""

    def get_queryset(self):
        return super().get_queryset().filter(removed_at=None)


class Document(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="documents")
    code = models.SlugField("pièce", max_length=40)
    name = models.CharField("nom du fichier", max_length=200)
    file = models.FileField("fichier", upload_to=_random_name)
    at = models.DateTimeField("joint le")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="par"
    )

    removed_at = models.DateTimeField("retiré le", null=True, blank=True, editable=False)
    """Set where an earlier filing holds the file: it stays with that filing, and nowhere else."""

    objects = JoinedDocuments()
    kept = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "document"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return self.name

"""What outlasts a year: the project, and the map it stands on."""

import uuid

from django.db import models

from workflow.models import CityContract, Cycle, Organisation


class Neighbourhood(models.Model):
    """A priority neighbourhood (QPV), by its official code."""

    code = models.CharField("code officiel", max_length=10, unique=True)
    name = models.CharField("nom", max_length=200)
    contract = models.ForeignKey(CityContract, models.CASCADE, related_name="neighbourhoods")

    class Meta:
        verbose_name = "quartier prioritaire"
        verbose_name_plural = "quartiers prioritaires"
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Orientation(models.Model):
    """A priority of this year's call."""

    cycle = models.ForeignKey(Cycle, models.CASCADE, related_name="orientations")
    code = models.SlugField("code", max_length=40)
    label = models.CharField("libellé", max_length=200)
    source = models.CharField("source", max_length=300, blank=True)

    class Meta:
        verbose_name = "orientation"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["cycle", "code"], name="orientation_code_once")]

    def __str__(self) -> str:
        return self.label


class Project(models.Model):
    """The action that comes back year after year; each year's request is a dossier."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="projects", verbose_name="porteur"
    )
    title = models.CharField("intitulé", max_length=300)

    class Meta:
        verbose_name = "projet"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.title

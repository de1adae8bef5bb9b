"""Which column of somebody else's table holds what, as it was confirmed last time in a cycle."""

from django.db import models

from workflow.models import Cycle


class TableMapping(models.Model):
    """One's own preference of a cycle: `columns` {field: title of its column}."""

    cycle = models.OneToOneField(Cycle, models.CASCADE, related_name="table_mapping")
    columns = models.JSONField("colonnes", default=dict)

    class Meta:
        verbose_name = "correspondance de colonnes"
        verbose_name_plural = "correspondances de colonnes"
        ordering = ["cycle"]

    def __str__(self) -> str:
        return f"colonnes {self.cycle_id}"

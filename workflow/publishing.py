"""The life of a version of the rules: a draft until it is published, then frozen for ever.

Publishing is refused, with every reason, for a version under which the year could not run. The checks come from the
sections of the cycle's YAML (`workflow.registry`), because each app knows what its own rows must promise.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import models
from django_fsm import transition

from workflow.charts import rule
from workflow.refusal import Refusal
from workflow.roles import Role


class VersionState(models.TextChoices):
    DRAFT = "draft", "En préparation"
    PUBLISHED = "published", "Publiée"


def every_section_holds(version, *, at) -> Iterator[Refusal]:
    """What each section of the cycle finds wrong: an empty window, an impossible gate, a reminder never due…"""
    from workflow import loading  # because the models import this file

    yield from loading.refusals(loading.describe(version.cycle, version))


def make_current(records, *, by, at) -> None:
    """New dossiers start in the newest published version; those under way stay in theirs."""
    for record in records:
        version = record.subject
        type(version.cycle).objects.filter(pk=version.cycle_id).update(current=version)


class VersionLife(models.Model):
    class Meta:
        abstract = True

    @transition(
        "state",
        source=VersionState.DRAFT,
        target=VersionState.PUBLISHED,
        custom=rule(by=[Role.COORDINATOR, Role.SYSTEM], guards=[every_section_holds], then=[make_current]),
    )
    def publish(self, at: datetime):
        self.published_at = at


def rules_are_in_force(subject, value: int) -> Iterator[Refusal]:
    """What lives under a version follows the one in force and no other: never a draft, nor another year's."""
    if value != subject.cycle.current_id:
        yield Refusal("not_in_force", "Ces règles ne sont pas celles qui sont en vigueur.")

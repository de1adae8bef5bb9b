"""System checks on the catalogue: a message nobody can be sent breaks at `manage.py check`, not at the deadline."""

from collections import Counter
from collections.abc import Iterator

from django.core.checks import Error, register
from django.core.exceptions import FieldError
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template

from notifications.audience import told
from notifications.catalogue import CATALOGUE, Telling, files
from notifications.rendering import template_name
from workflow import registry
from workflow.charts import chart_of
from workflow.engine import OPEN


@register("jalons")
def catalogue_holds(app_configs, **kwargs) -> list[Error]:
    """Every event is a move of a chart, every audience can be reached, every template is there and serves once."""
    faults = (fault for one in CATALOGUE for fault in _faults_of(one))
    return [*_templates_used_twice(), *_templates_unreadable(), *faults]


def _templates_used_twice() -> Iterator[Error]:
    for template, times in Counter(one.template for one in CATALOGUE).items():
        if times > 1:
            yield Error(f"catalogue : le modèle « {template} » sert {times} fois", id="jalons.E020")


def _templates_unreadable() -> Iterator[Error]:
    for template in files():
        try:
            get_template(template_name(template))
        except (TemplateDoesNotExist, TemplateSyntaxError) as error:
            yield Error(f"catalogue : le modèle « {template} » ne se lit pas ({error})", id="jalons.E023")


def _faults_of(one: Telling) -> Iterator[Error]:
    if one.model not in registry.charts() or one.move not in (OPEN, *chart_of(one.model)):
        yield Error(f"catalogue : « {one.event} » n’est un passage d’aucune machine", id="jalons.E021")
    try:
        told(one.audience, one.model).filter(one.when)
    except FieldError:
        yield Error(
            f"catalogue : « {one.event} » n’a pas de chemin vers « {one.audience.label} »", id="jalons.E022"
        )

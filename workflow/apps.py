from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = "Cycle, droits et journal"

    def ready(self):
        from workflow import checks, dated, forecast, grant_looks, registry, sections, triggers  # noqa: F401 because checks register
        from workflow.models import Cycle, CycleVersion, Derogation, Entry, Grant, Milestone, Step

        for model in (Cycle, CycleVersion, Milestone, Derogation):
            registry.chart(model)
        registry.chart(Grant, coordinators=grant_looks.coordinators, colleagues=grant_looks.colleagues)
        for section in sections.SECTIONS:
            registry.section(section)
        registry.hanging(forecast.windows_hang)
        registry.dating(dated.of_calls)
        triggers.append_only(Entry)
        triggers.frozen_with_version(Step)
        triggers.frozen_once_published(CycleVersion)
        post_migrate.connect(_ensure_triggers, sender=self)


def _ensure_triggers(using, **kwargs):
    from workflow import triggers

    triggers.ensure(using)

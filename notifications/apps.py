from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Messages"

    def ready(self):
        from notifications import checks, effects, foretold, hanging, receivers, sections  # noqa: F401 because importing registers the checks
        from notifications.models import ReminderRule
        from workflow import registry, triggers
        from workflow.signals import moved

        registry.section(sections.REMINDERS)
        registry.section(sections.TEXTS)
        registry.hanging(hanging.hanging)
        registry.effect(effects.of_change)
        registry.teller(foretold.foretell)
        triggers.frozen_with_version(ReminderRule)
        moved.connect(receivers.tell, dispatch_uid="outbox")

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Messages"

    def ready(self):
        from notifications.models import ReminderRule
        from workflow import triggers

        triggers.frozen_with_version(ReminderRule)

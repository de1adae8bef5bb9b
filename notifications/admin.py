"""The admin reads; messages are written by the outbox alone."""

from django.apps import apps
from django.contrib import admin

from workflow.admin import ReadOnlyAdmin

for model in apps.get_app_config("notifications").get_models():
    admin.site.register(model, ReadOnlyAdmin)

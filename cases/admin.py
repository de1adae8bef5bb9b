"""The admin reads; what has a journal changes through the door alone."""

from django.apps import apps
from django.contrib import admin

from workflow.admin import ReadOnlyAdmin

for model in apps.get_app_config("cases").get_models():
    admin.site.register(model, ReadOnlyAdmin)

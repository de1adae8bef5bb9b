"""The house as Django sees it, and two of Django's own apps made to fit it."""

from django.apps import AppConfig, apps
from django.contrib import admin
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class HouseConfig(AppConfig):
    """The shell of every page: templates, template tags and static files; no model."""

    name = "config"
    verbose_name = "Jalons"


class OwnStaticFilesConfig(StaticFilesConfig):
    """Serve our files, htmx and the admin's, because a library's theme that no page asks for is only weight."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "viewflow",
        "django_tables2",
        "*-4.js",
        "*-4.min.js",
    ]


class GuardedAdminConfig(AdminConfig):
    """Keep the libraries' tables out of the admin.

    django-q2's let an admin run any Python, viewflow's move a task without the engine, its rules
    and its journal, and axes' show who tried to come in from where.
    """

    withdrawn = ("django_q", "viewflow", "axes")

    def ready(self) -> None:
        """Withdraw once autodiscovery has registered everything."""
        super().ready()
        for label in self.withdrawn:
            for model in apps.get_app_config(label).get_models():
                if admin.site.is_registered(model):
                    admin.site.unregister(model)

"""What the libraries bring and the house leaves outside: their tables in the admin, their files on the wire."""

from django.contrib import admin
from django.contrib.staticfiles.finders import get_finders
from django.urls import get_resolver

from config.apps import OwnStaticFilesConfig

KIB = 1024


def collected():
    """Return the static files that collectstatic would serve, by name, with their size in bytes."""
    return {
        path: storage.size(path)
        for finder in get_finders()
        for path, storage in finder.list(OwnStaticFilesConfig.ignore_patterns)
    }


def test_the_admin_shows_no_table_of_the_queue_nor_of_the_flow():
    assert {model._meta.app_label for model in admin.site._registry} & {"django_q", "viewflow"} == set()


def test_no_file_of_viewflow_nor_of_an_unused_theme_is_served():
    tops = {path.split("/")[0] for path in collected()}
    assert tops & {"viewflow", "django_tables2"} == set()
    assert {"admin", "django_htmx"} <= tops


def test_htmx_is_served_in_its_second_line_only():
    scripts = {path for path in collected() if path.startswith("django_htmx/ht")}
    assert scripts == {"django_htmx/htmx-2.js", "django_htmx/htmx-2.min.js"}


def test_all_that_is_served_weighs_under_3_mib():
    assert sum(collected().values()) < 3 * KIB * KIB


def test_no_address_leads_to_viewflow():
    modules = {str(getattr(pattern, "urlconf_name", "")) for pattern in get_resolver().url_patterns}
    assert [module for module in modules if "viewflow" in module] == []

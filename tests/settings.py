"""The settings of the house, made quick for tests and dropping what only a web server needs."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

DEBUG = False
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # because a slow one proves nothing here

# Static files come straight from their sources, because tests must not depend on an earlier collectstatic.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise.")]
# pytest-django's live server serves them only if it reads this very name.
INSTALLED_APPS = [
    *(
        name.replace("config.apps.OwnStaticFilesConfig", "django.contrib.staticfiles")
        for name in INSTALLED_APPS
    ),
    "tests.standin.apps.StandinConfig",  # because workflow's tests may know no dossier
]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # because a crash of the machine may well cost a test database
    DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"

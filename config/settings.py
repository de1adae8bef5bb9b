"""How this machine runs Jalons, read from the environment, top to bottom.

JALONS_HTTPS      1 when people come by https: secure cookies, redirection, HSTS
JALONS_HOSTS      names served, separated by commas (default: this machine only)
JALONS_SECRET_KEY the secret key (default: drawn once, kept in var/)
DATABASE_URL      postgres://… (default: SQLite in var/)
JALONS_VAR        where this machine keeps what it makes (default: var/ beside this code)
JALONS_TOWN_FILE  the town's own: name, colours, logo, legal notices (fixtures/town.yaml is the model to copy)
JALONS_TOWN_NAME, _TOWN_COLOUR, _TOWN_SECOND_COLOUR, _CALL_NAME, _HELP_PHONE, _SOURCE_CODE_URL: the same, one by one
JALONS_URL        the service's own address, which begins every link of a mail (default: http://localhost:8000)
JALONS_MAIL_FROM  who writes, like « Jalons <ne-pas-repondre@exemple.fr> » (default: jalons@ the service's name)
JALONS_SMTP_HOST, _SMTP_PORT, _SMTP_USER, _SMTP_PASSWORD: the mail server (default: this machine, port 25)
JALONS_SMTP_TLS   starttls, tls or nothing
JALONS_DEMO       1 for the demonstration: no mail leaves, everything is read at /courriels/
JALONS_DEBUG      1 for the developer's error pages; never where people come
"""

import os
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from config import town
from config.secret import kept


def switched_on(name: str) -> bool:
    """Say whether a variable of the environment is set to 1."""
    return os.environ.get(name) == "1"


BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(os.environ.get("JALONS_VAR") or BASE_DIR / "var")
VAR_DIR.mkdir(parents=True, exist_ok=True)  # because SQLite creates a file but never its directory

# ── Who may come, and how ───────────────────────────────────────────────────

DEBUG = switched_on("JALONS_DEBUG")
HTTPS = switched_on("JALONS_HTTPS")
SECRET_KEY = os.environ.get("JALONS_SECRET_KEY") or kept(VAR_DIR / "secret-key")
ALLOWED_HOSTS = os.environ.get("JALONS_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_AGE = 12 * 3600  # because a shared desk must forget overnight
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True

# ── What it is made of ──────────────────────────────────────────────────────

INSTALLED_APPS = [
    "config.apps.HouseConfig",  # first, so that our pages come before those of the libraries
    "notifications.apps.NotificationsConfig",
    "cases.apps.CasesConfig",
    "workflow.apps.WorkflowConfig",
    "config.apps.GuardedAdminConfig",
    "config.apps.OwnStaticFilesConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "viewflow.workflow",  # headless: without `viewflow`, its addresses, pages and 49 MB of files
    "django_q",
    "django_htmx",
    "django_tables2",
    "csp",
    "axes",
]

DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # because fifty dossiers by twenty envelopes are two thousand

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.reading.reads_rights_once",
    "config.held.KeepsWhatWasTyped",  # a page is closed until its view says otherwise
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]
CSRF_FAILURE_VIEW = "config.held.stale_page"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.shell.shell",
            ],
        },
    },
]
FORM_RENDERER = "config.inputs.QuickInputs"
DJANGO_TABLES2_TEMPLATE = "components/table.html"

# ── Where it keeps things ───────────────────────────────────────────────────

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'jalons.sqlite3'}", conn_max_age=600, conn_health_checks=True
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",  # because a deferred one fails at once when it must write after another
        "timeout": 20,
        # synchronous stays FULL, because a request filed at 23:59 must survive a power cut
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA journal_size_limit=67108864;"
            " PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    # because compiling a page's query takes PostgreSQL a second, and running it a few milliseconds
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

MEDIA_ROOT = VAR_DIR / "documents"
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # because nothing of ours names a file without its hash

# ── Who signs in ────────────────────────────────────────────────────────────

AUTH_USER_MODEL = "workflow.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "todo"
LOGOUT_REDIRECT_URL = "login"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # because an invitation of Friday is read on Monday
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = 10  # because people who come once a year try all their passwords
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # together, so that nobody can lock somebody else out
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_DISABLE_ACCESS_LOG = True  # because nobody watches when people come and go
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "held"]  # because what was typed is nobody's attempt
AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"] if HTTPS else ["REMOTE_ADDR"]
AXES_IPWARE_PROXY_ORDER = "right-most"  # because a visitor writes the left of that header as they please
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# ── What it speaks ──────────────────────────────────────────────────────────

LANGUAGE_CODE = "fr"
USE_I18N = True
TIME_ZONE = "Europe/Paris"
USE_TZ = True

TOWN = town.read(os.environ.get("JALONS_TOWN_FILE", ""))
TOWN_NAME = os.environ.get("JALONS_TOWN_NAME") or TOWN.name
TOWN_COLOUR = os.environ.get("JALONS_TOWN_COLOUR") or TOWN.colour  # like #7a1f4b; contrasts are seen to
TOWN_SECOND_COLOUR = os.environ.get("JALONS_TOWN_SECOND_COLOUR") or TOWN.second_colour
CALL_NAME = os.environ.get("JALONS_CALL_NAME") or TOWN.call
HELP_PHONE = os.environ.get("JALONS_HELP_PHONE") or TOWN.phone
SOURCE_CODE_URL = os.environ.get("JALONS_SOURCE_CODE_URL") or TOWN.source_code  # because the AGPL promises it

# ── What it writes to people ────────────────────────────────────────────────

DEMO = switched_on("JALONS_DEMO")
SITE_URL = (os.environ.get("JALONS_URL") or "http://localhost:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("JALONS_MAIL_FROM") or f"jalons@{urlsplit(SITE_URL).hostname}"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
LETTERS_DIR = VAR_DIR / "courriels"  # where the demonstration keeps what would have left
EMAIL_BACKEND = "config.letterbox.LetterBox" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("JALONS_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("JALONS_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("JALONS_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("JALONS_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("JALONS_SMTP_TLS") == "starttls"
EMAIL_USE_SSL = os.environ.get("JALONS_SMTP_TLS") == "tls"
EMAIL_TIMEOUT = 10  # seconds: a sweep's lease outlives a server that answers each command that slowly

# ── What it does later, and what it says of itself ──────────────────────────

Q_CLUSTER = {
    "name": "jalons",
    "orm": "default",  # because the Redis broker does not acknowledge
    "workers": 2,
    "queue_limit": 2,  # = workers, because a longer prefetch runs tasks twice or thrice
    "bulk": 1,
    "timeout": 5 * 60,
    "retry": 60 * 60,  # ≫ timeout, because a task still running must not be handed out again
    "max_attempts": 3,
    "save_limit": -1,  # because what a sweep did stands in the outbox; only its failures are kept
    "catch_up": False,  # because our sweeps find by themselves what is late
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"discreet": {"()": "config.discretion.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["discreet"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"level": "WARNING", "handlers": ["console"], "propagate": False},
        "django-q": {"level": "WARNING"},
    },
}

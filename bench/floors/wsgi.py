"""The floors behind the house's own web server: same workers, same threads, Django's plain middleware."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from bench.floors import PLAIN

settings.ROOT_URLCONF, settings.MIDDLEWARE = "bench.floors.pages", PLAIN
application = get_wsgi_application()

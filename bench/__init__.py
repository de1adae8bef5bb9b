"""How far everything is from the least possible: `make bench`. Django is set up here, before any model is named."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

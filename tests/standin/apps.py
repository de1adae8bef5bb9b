from django.apps import AppConfig


class StandinConfig(AppConfig):
    name = "tests.standin"
    label = "standin"

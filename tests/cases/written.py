"""A topic of the request as a browser holds it: what the page shows, with what a person changes in it."""

from django.urls import reverse


def address(dossier, topic: str) -> str:
    return reverse("dossier-topic", args=[dossier.uuid, topic])


def opened(client, dossier, topic: str) -> dict:
    """The fields of the page as a browser would send them untouched."""
    form = client.get(address(dossier, topic)).context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None}


def written(client, dossier, topic: str, changed: dict, **options):
    """Open one topic, change these fields, press « Continuer »."""
    return client.post(address(dossier, topic), opened(client, dossier, topic) | changed, **options)


AUTOSAVE = {"headers": {"HX-Request": "true"}}
"""How htmx sends what is typed."""

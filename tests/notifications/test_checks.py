"""The catalogue's system checks: a line that could never be sent breaks at `manage.py check`."""

import pytest

from cases.models import Dossier, Feedback
from notifications import checks
from notifications.audience import Audience
from notifications.catalogue import CATALOGUE, Telling


def found_with(monkeypatch, *more: Telling) -> list[str]:
    monkeypatch.setattr(checks, "CATALOGUE", (*CATALOGUE, *more))
    return [error.id for error in checks.catalogue_holds(None)]


def test_our_catalogue_holds():
    assert checks.catalogue_holds(None) == []


@pytest.mark.parametrize(
    "line,fault",
    [
        (Telling(Dossier, "submit", Audience.COORDINATION, "depot_recepisse"), "jalons.E020"),
        (Telling(Dossier, "submitt", Audience.HOLDER, "inconnu"), "jalons.E021"),
        (Telling(Feedback, "deliver", Audience.FINANCIER, "sans_chemin"), "jalons.E022"),
    ],
)
def test_a_broken_line_is_found(monkeypatch, line, fault):
    assert found_with(monkeypatch, line) == [fault]


@pytest.mark.parametrize("template", ["absent", "cassé"])
def test_a_message_whose_template_cannot_be_read_is_found(monkeypatch, settings, tmp_path, template):
    place = tmp_path / "notifications" / "mail"
    place.mkdir(parents=True)
    (place / "cassé.txt").write_text("{% block subject %}", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    monkeypatch.setattr(checks, "files", lambda: (template, "depot_recepisse"))
    assert [error.id for error in checks.catalogue_holds(None)] == ["jalons.E023"]

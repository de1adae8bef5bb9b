"""Help, accessibility, legal notices and data: open to all, honest about what the deployer left blank."""

import pytest
from django.urls import reverse

from config.town import NOTICES, Town
from tests import year as play

pytestmark = pytest.mark.django_db
PAGES = ("accessibility", "legal", "privacy")


def read(client, *names):
    return " ".join(client.get(reverse(name)).content.decode() for name in names)


def test_each_blank_is_said_once_and_each_filled_line_is_read(client, settings):
    assert read(client, *PAGES).count("à compléter") == len(NOTICES)
    settings.TOWN = Town(notices={line: f"<{line}>" for line in NOTICES})
    shown = read(client, *PAGES)
    assert shown.count("à compléter") == 0
    assert [line for line in NOTICES if f"&lt;{line}&gt;" not in shown] == []


def test_help_begins_with_whom_to_call(client, on_day):
    on_day(play.WRITING)
    year = play.a_year()
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(team_phone="03 53 01 00 27")
    assert "03 53 01 00 27" in read(client, "help")


def test_a_logo_is_served_as_the_picture_it_is_and_anything_else_is_not(client, settings, tmp_path):
    picture = tmp_path / "logo.png"
    picture.write_bytes(b"\x89PNG\r\n")
    settings.TOWN = Town(logo=str(picture))
    answer = client.get(reverse("logo"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert 'src="/logo"' in read(client, "login")
    picture.write_bytes(b"<html><script>")
    assert client.get(reverse("logo")).status_code == 404


def test_colours_are_tried_and_measured_before_they_are_written_down(client):
    year = play.a_year()
    client.force_login(year.coordinator)
    shown = client.get(reverse("palette"), {"couleur": "#ffe100"}).content.decode()
    assert 'fill="#ffe100"' in shown
    wrong = client.get(reverse("palette"), {"couleur": "jaune"}).content.decode()
    assert "« jaune » n’est pas une couleur" in wrong

"""A log never opens a desk: what the service writes of its own requests holds no token."""

import logging
from logging.config import DictConfigurator

import pytest
from axes.models import AccessAttempt
from django.conf import settings

from cases import seat_links
from tests import year as play

pytestmark = pytest.mark.django_db


def written(name: str, message: str, *words) -> str:
    """A line as the service's own handler writes it."""
    configured = DictConfigurator(settings.LOGGING)
    parts = configured.config["handlers"]["console"]["filters"]
    record = logging.LogRecord(name, logging.WARNING, "", 0, message, words, None)
    for part in parts:
        configured.configure_filter(configured.config["filters"][part]).filter(record)
    return record.getMessage()


@pytest.mark.parametrize(
    "path",
    [
        "/mes-avis/kq3_abc-DEF/1df49858-1bc7-4af2-a29d-e93fded4d1bf/",
        "/mes-avis/kq3_abc-DEF/lot/?page=2",
        "/calendrier/abonnement/kq3_abc-DEF.ics",
        "/mes-courriels/12.reminders:kq3_abc-DEF/un-clic/",
        "/connexion/lien/MQ/kq3_abc-DEF/",
        "/connexion/mot-de-passe/MQ/kq3_abc-DEF/",
    ],
)
def test_a_refused_link_leaves_its_token_in_no_line(path):
    line = written("django.request", "%s: %s", "Not Found", path)
    assert "kq3" not in line
    assert line.startswith("Not Found: /")


def test_any_other_line_is_kept_as_it_is():
    assert written("django.request", "%s: %s", "Not Found", "/mes-avis/") == "Not Found: /mes-avis/"
    assert written("django", "50 % fait") == "50 % fait"


def test_a_live_link_whose_form_is_wrong_is_logged_without_its_token(client, caplog, on_day):
    on_day(play.REVIEWING)
    year = play.a_year()
    path = seat_links.path_for(year.financiers["etat"], play.in_review(year), play.REVIEWING)
    assert client.post(path, {"verdict": "x"}).status_code == 422
    [record] = [one for one in caplog.records if one.name == "django.request"]
    assert path.split("/")[2] not in written(record.name, record.msg, *record.args)


def test_what_somebody_was_writing_when_the_session_ended_is_kept_with_no_failed_sign_in(client):
    year = play.a_year()
    sent = {"username": year.holder.email, "password": "faux", "held": "mots-du-porteur"}
    client.post("/connexion/", sent)
    assert "mots-du-porteur" not in AccessAttempt.objects.get().post_data

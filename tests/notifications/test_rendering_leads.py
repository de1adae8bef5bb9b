"""Each mail leads somewhere by one button: a page that opens to its recipient and speaks of what its subject names."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.test import Client

from notifications.catalogue import templates
from notifications.rendering import rendered, unsealed
from tests import year as play
from tests.notifications.letters import everything_told, message
from tests.notifications.test_rendering import UNSEEN_SINCE

pytestmark = pytest.mark.django_db

OF_THE_DOSSIER = re.compile(r"Atelier vélo|n° ?\d{3}")


def opened(one, at) -> list[str]:
    """The words of each page that a button of this mail opens, as its recipient reads them."""
    links = re.findall(r'class="button" href="([^"]+)"', unsealed(one, rendered(one).html, at=at))
    client = Client()
    client.force_login(one.recipient)
    answers = [client.get(unescape(link).removeprefix(settings.SITE_URL), follow=True) for link in links]
    assert {answer.status_code for answer in answers} <= {200}, one.template
    return [unescape(answer.content.decode()) for answer in answers]


def test_one_button_opens_one_page_which_names_what_the_subject_names(on_day):
    on_day(play.REVIEWING)
    everything_told()
    wrong = {}
    for template in templates():
        one = message(template)
        pages, subject = opened(one, play.REVIEWING), rendered(one).subject.replace("\u00a0", " ")
        if len(pages) != (0 if template in UNSEEN_SINCE else 1):
            wrong[template] = f"{len(pages)} buttons"
        elif pages and OF_THE_DOSSIER.search(subject) and one.dossier.title not in pages[0]:
            wrong[template] = f"{subject}: its page speaks of something else"
    assert wrong == {}

"""Scenes that are laid again are those that were played, whatever a test did to its own."""

from contextlib import suppress

import pytest
from django.db import transaction

from tests import kept
from tests import year as play

pytestmark = pytest.mark.django_db


class Undone(Exception):
    """Because a test's own rows go with it."""


@pytest.fixture
def forgotten():
    yield kept.forget()
    kept.forget()


def test_what_a_test_puts_into_its_scene_stays_out_of_the_next_one(forgotten):
    seen = []
    for _ in range(4):
        with suppress(Undone), transaction.atomic():
            first, other = play.a_year(), play.a_year("autre_2027")
            seen.append((other.holder_organisation.name, sorted(other.financiers)))
            other.holder_organisation = first.holder_organisation
            other.financiers["caf"] = first.financiers["etat"]
            raise Undone
    assert seen == [("Les Tisseurs de liens autre_2027", ["agglo", "etat"])] * 4

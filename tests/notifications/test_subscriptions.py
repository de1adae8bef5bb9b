"""The secret address of a calendar: what it is made of, whom it shows, and when it stops."""

from hashlib import sha256
from threading import Barrier, Thread

import pytest
from django.db import connections

from notifications import subscriptions
from notifications.models import CalendarKey
from tests import year as play

AT = play.WRITING

pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return play.person("odile")


def renewed(user, replaces=None) -> CalendarKey:
    key = subscriptions.alive(user)
    shown = (str(key.uuid) if key else "") if replaces is None else replaces
    subscriptions.renew(user, shown, AT)
    return subscriptions.alive(user)


def token(key: CalendarKey) -> str:
    return subscriptions.address_of(key).rpartition("/")[2].removesuffix(".ics")


def test_an_address_holds_256_bits_and_opens_its_own_person_s_calendar(user):
    key = renewed(user)
    assert len(token(key)) == 43
    assert subscriptions.reader(token(key)) == user
    assert subscriptions.address_of(key).endswith(f"/calendrier/abonnement/{token(key)}.ics")


def test_the_same_address_is_shown_each_time(user):
    key = renewed(user)
    assert subscriptions.address_of(subscriptions.alive(user)) == subscriptions.address_of(key)


def test_the_database_holds_no_token(user):
    key = renewed(user)
    kept = [str(value) for value in CalendarKey.objects.values_list().get()]
    assert [value for value in kept if token(key) in value] == []
    assert key.digest == sha256(token(key).encode()).hexdigest()


def test_what_is_no_address_opens_nothing(user):
    renewed(user)
    assert [subscriptions.reader(one) for one in ("", "x", "A" * 43, "é" * 43)] == [None] * 4


def test_two_people_have_two_addresses(user):
    assert token(renewed(user)) != token(renewed(play.person("paul")))


def test_a_new_address_kills_the_old_one_at_once(user):
    old, new = token(renewed(user)), token(renewed(user))
    assert old != new
    assert [subscriptions.reader(one) for one in (old, new)] == [None, user]


def test_the_same_click_twice_makes_one_address(user):
    assert subscriptions.renew(user, "", AT) is True
    first = subscriptions.alive(user)
    assert subscriptions.renew(user, "", AT) is False
    assert subscriptions.alive(user) == first
    assert subscriptions.renew(user, str(first.uuid), AT) is True
    assert subscriptions.renew(user, str(first.uuid), AT) is False
    assert CalendarKey.objects.filter(user=user).count() == 2


def test_an_address_given_up_opens_nothing_and_a_page_read_before_does_nothing_more(user):
    key = renewed(user)
    assert subscriptions.give_up(user, str(key.uuid), AT) is True
    assert (subscriptions.alive(user), subscriptions.reader(token(key))) == (None, None)
    assert subscriptions.give_up(user, str(key.uuid), AT) is False
    again = renewed(user)
    assert subscriptions.give_up(user, str(key.uuid), AT) is False
    assert subscriptions.reader(token(again)) == user


def test_nobody_gives_up_another_s_address(user):
    key = renewed(user)
    assert subscriptions.give_up(play.person("paul"), str(key.uuid), AT) is False
    assert subscriptions.reader(token(key)) == user


def test_a_closed_account_shows_nothing(user):
    key = renewed(user)
    user.is_active = False
    user.save()
    assert subscriptions.reader(token(key)) is None


def test_a_new_secret_key_ends_every_address_and_a_new_one_may_be_made(user, settings):
    old = token(renewed(user))
    settings.SECRET_KEY = "une autre clé, assez longue pour être vraisemblable"
    assert subscriptions.alive(user) is None
    new = token(renewed(user))
    assert [subscriptions.reader(one) for one in (old, new)] == [None, user]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_make_one_address(user):
    barrier, made = Barrier(20), []

    def click():
        barrier.wait()
        made.append(subscriptions.renew(user, "", AT))
        connections.close_all()

    threads = [Thread(target=click) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(made) == [False] * 19 + [True]
    assert CalendarKey.objects.filter(user=user).count() == 1

"""The link without a password: what it is made of, what it opens, and when it stops."""

from datetime import timedelta
from hashlib import sha256

import pytest

from cases import seat_links
from cases.desk import Desk
from cases.models import SeatLink
from tests import year as play
from workflow import engine
from workflow.models import Grant, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


@pytest.fixture
def asked(year):
    """A dossier on which two financiers are asked."""
    return play.in_review(year)


def token(path: str) -> str:
    return path.split("/")[2]


def path_of(year, dossier, name="etat", at=play.REVIEWING):
    return seat_links.path_for(year.financiers[name], dossier, at)


def opens(year, dossier, at=play.REVIEWING):
    """Whether the first financier's link opens something."""
    return seat_links.opened(token(path_of(year, dossier)), at) is not None


def test_the_same_link_is_written_each_time_and_leads_to_the_line_that_is_asked(year, asked):
    path = path_of(year, asked)
    line = asked.lines.get(envelope=year.envelopes["etat"])
    assert path == f"/mes-avis/{token(path)}/{line.uuid}/"
    assert path_of(year, asked, at=play.SITTING) == path
    assert SeatLink.objects.count() == 1


def test_each_person_and_each_seat_has_a_link_of_its_own(year, asked):
    colleague = play.person(
        "adjointe", "financier", year.cycle, year.envelopes["etat"].financier.organisation
    )
    paths = {path_of(year, asked), path_of(year, asked, "agglo")}
    paths.add(seat_links.path_for(colleague, asked, play.REVIEWING))
    assert len({token(path) for path in paths}) == 3


def test_the_database_holds_no_token(year, asked):
    drawn = token(path_of(year, asked))
    link = SeatLink.objects.get()
    assert len(drawn) == 43
    assert link.digest == sha256(drawn.encode()).hexdigest()
    assert drawn not in str(vars(link))


def test_another_secret_key_draws_another_link_and_the_old_one_opens_nothing(year, asked, settings):
    before = token(path_of(year, asked))
    settings.SECRET_KEY = "une autre clef, tirée ailleurs, assez longue pour servir"
    after = token(path_of(year, asked))
    assert seat_links.opened(before, play.REVIEWING) is None
    assert seat_links.opened(after, play.REVIEWING).user == year.financiers["etat"]


def test_who_was_asked_nothing_is_led_to_the_page_that_asks_to_sign_in(year, asked):
    assert seat_links.path_for(year.holder, asked, play.REVIEWING) == "/avis/"
    assert SeatLink.objects.count() == 0


def test_a_link_lives_while_a_round_of_its_seat_is_open(year, asked):
    drawn = token(path_of(year, asked))
    second = play.in_review(year, title="Jardin")
    engine.fire(asked, "close_review", by=year.coordinator, at=play.REVIEWING)
    assert seat_links.opened(drawn, play.REVIEWING) is not None
    engine.fire(second, "close_review", by=year.coordinator, at=play.REVIEWING)
    assert seat_links.opened(drawn, play.REVIEWING) is None


def test_one_link_opens_what_awaits_its_seat_in_every_call_where_its_person_holds_it(year, asked):
    other, foreign = play.a_year("ailleurs_2027"), play.a_year("encore_2027")
    play.share_seat(year, other)
    play.share_seat(year, foreign, speaks=False)
    there = play.in_review(other)
    play.in_review(foreign)
    path = path_of(year, asked)
    line = there.lines.get(envelope=other.envelopes["etat"])
    assert (
        seat_links.path_for(year.financiers["etat"], there, play.REVIEWING)
        == f"/mes-avis/{token(path)}/{line.uuid}/"
    )
    link = seat_links.opened(token(path), play.REVIEWING)
    shown = Desk(link.user, link, token(path)).board(play.REVIEWING)
    assert {row.line.cycle for row in shown.rows} == {year.cycle, other.cycle}
    engine.fire(asked, "close_review", by=year.coordinator, at=play.REVIEWING)
    assert seat_links.opened(token(path), play.REVIEWING) is not None
    engine.fire(there, "close_review", by=other.coordinator, at=play.REVIEWING)
    assert seat_links.opened(token(path), play.REVIEWING) is None


def test_another_seats_open_round_keeps_no_link_alive(year, asked):
    drawn = token(path_of(year, asked))
    engine.fire(asked, "close_review", by=year.coordinator, at=play.REVIEWING)
    play.in_review(play.a_year("ailleurs_2027"))
    assert seat_links.opened(drawn, play.REVIEWING) is None


def test_an_unknown_token_opens_nothing(year, asked):
    path_of(year, asked)
    for wrong in ("", "x", "A" * 43, SeatLink.objects.get().digest, SeatLink.objects.get().nonce):
        assert seat_links.opened(wrong, play.REVIEWING) is None


def test_a_revoked_link_opens_nothing_and_the_next_mail_carries_a_new_one(year, asked):
    before = path_of(year, asked)
    seat_links.revoke(SeatLink.objects.get(), play.REVIEWING)
    assert seat_links.opened(token(before), play.REVIEWING) is None
    assert path_of(year, asked) != before
    assert opens(year, asked)


def test_a_link_stops_with_the_role_and_with_the_account(year, asked):
    drawn = token(path_of(year, asked))
    User.objects.filter(pk=year.financiers["etat"].pk).update(is_active=False)
    assert seat_links.opened(drawn, play.REVIEWING) is None
    User.objects.filter(pk=year.financiers["etat"].pk).update(is_active=True)
    assert seat_links.opened(drawn, play.REVIEWING) is not None
    Grant.objects.filter(user=year.financiers["etat"]).delete()
    assert seat_links.opened(drawn, play.REVIEWING) is None


def test_the_last_use_is_noted_to_the_hour(year, asked):
    drawn = token(path_of(year, asked))
    assert SeatLink.objects.get().last_used_at is None
    for minutes, noted in ((0, 0), (59, 0), (60, 60), (61, 60)):
        seat_links.opened(drawn, play.REVIEWING + timedelta(minutes=minutes))
        assert SeatLink.objects.get().last_used_at == play.REVIEWING + timedelta(minutes=noted)


def test_a_person_sees_its_own_links_and_a_coordinator_those_of_its_cycles(year, asked):
    other = play.a_year("ailleurs_2027")
    path_of(year, asked)
    path_of(year, asked, "agglo")
    path_of(other, play.in_review(other))
    seen = {
        who: seat_links.visible_to(user).count()
        for who, user in {
            "etat": year.financiers["etat"], "coordinator": year.coordinator, "instructor": year.instructor,
            "elsewhere": other.coordinator, "holder": year.holder,
        }.items()
    }  # fmt: skip
    assert seen == {"etat": 1, "coordinator": 2, "instructor": 0, "elsewhere": 1, "holder": 0}


def test_a_new_link_leads_to_what_is_still_owed(year):
    etat = year.financiers["etat"]
    assert seat_links.led_to(etat) is None
    first, second = play.in_review(year), play.in_review(year, title="Jardin")
    assert seat_links.led_to(etat) == first
    play.opine(year, first, "etat")
    assert seat_links.led_to(etat) == second
    play.opine(year, second, "etat")
    assert seat_links.led_to(etat) == first
    assert seat_links.led_to(year.holder) is None

"""The pages by which a coordinator opens, signs and reopens a programming, and the sheets that are printed."""

import pytest
from django.urls import reverse

from cases.models import Programming, SignedProgramming
from tests import programmings
from tests import year as play
from tests.pages import form_with
from tests.workflow.answers import entries

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


@pytest.fixture
def go(client, year):
    """Any of these pages, as the coordinator uses it."""
    client.force_login(year.coordinator)

    def use(name, typed=None, *keys):
        path = reverse(f"programming-{name}", args=[year.cycle.code, *keys])
        return client.get(path) if typed is None else client.post(path, typed)

    return use


def typed_on(answer, *names, **more) -> dict:
    form = form_with(answer, *names)
    return {name: values[0] for name, values in form.fields.items() if values} | more


def test_what_was_read_is_signed_once_and_the_second_click_is_no_mistake(year, go):
    play.decided(year)
    sent = typed_on(go("sign"), "seen", committee=year.cycle.committees.get().pk)
    assert [go("sign", sent).status_code for _ in range(2)] == [302, 302]
    assert [entry.move for entry in entries(Programming.objects.get())] == ["open", "sign_off"]
    assert SignedProgramming.objects.count() == 1
    assert "-amount" not in go("table").content.decode()


def test_a_table_that_changed_since_is_shown_again_before_it_is_signed(year, go):
    play.decided(year)
    sent = typed_on(go("sign"), "seen", committee=year.cycle.committees.get().pk)
    play.in_instruction(year)
    answer = go("sign", sent)
    assert (answer.status_code, SignedProgramming.objects.count()) == (409, 0)
    again = typed_on(answer, "seen", committee=year.cycle.committees.get().pk)
    assert (again["seen"] != sent["seen"], go("sign", again).status_code) == (True, 302)


def test_what_forbids_it_is_said_in_words(year, go):
    play.in_committee(year)
    sent = typed_on(go("sign"), "seen", committee=year.cycle.committees.get().pk)
    answer = go("sign", sent)
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert ("pas encore décidé\u00a0: 001" in shown, "rien à arrêter" in shown) == (True, True)


def test_it_is_opened_again_with_a_reason_and_only_with_one(year, go):
    programmings.signed(year)
    sent = typed_on(go("reopen"), "reason", reason=" ")
    assert go("reopen", sent).status_code == 422
    assert go("reopen", sent | {"reason": "Seconde programmation"}).status_code == 302
    assert Programming.objects.get().state == "open"
    assert "Seconde programmation" in go("story").content.decode()


def test_a_programming_that_nobody_signed_is_not_reopened(year, go):
    assert go("reopen", {"reason": "Pour voir", "version": 0}).status_code == 422
    assert Programming.objects.count() == 0


def test_the_switch_opens_and_closes_it_and_says_when_it_was_so(year, go):
    for sent, shared in (
        ({"version": 0, "shared": "1"}, True), ({"version": 0, "shared": "1"}, True),
        ({"version": 1, "shared": "0"}, False),
    ):  # fmt: skip
        assert go("share", sent).status_code == 302
        assert Programming.objects.get().shared is shared
    assert go("share", {"version": 1, "shared": "1"}).status_code == 409
    assert go("share", {"version": 1, "shared": "peut-être"}).status_code == 422


@pytest.mark.parametrize("rows", [1, 3])
def test_a_sheet_costs_the_same_for_one_dossier_and_for_three(year, go, django_assert_num_queries, rows):
    for _ in range(rows):
        play.in_committee(year)
    with django_assert_num_queries(8):
        assert go("sheet").status_code == 200


def test_a_signed_sheet_shows_what_was_voted_and_who_signed_it(year, go):
    programmings.signed(year, amount=333)
    shown = go("signed", None, 1).content.decode()
    told = SignedProgramming.objects.get()
    for words in (told.digest, str(year.coordinator), "accordé\u00a0333\u202f€", "Comité des financeurs"):
        assert words in shown
    assert go("signed", None, 2).status_code == 404


def test_what_a_holder_wrote_is_never_alive_on_a_sheet(year, go):
    play.in_committee(year, title="<script>alert(1)</script> & co")
    for name in ("sheet", "table"):
        shown = go(name).content.decode()
        assert ("<script>alert" in shown, "&lt;script&gt;alert(1)&lt;/script&gt; &amp; co" in shown) == (
            False,
            True,
        )

"""The pages of the record: read, signed off as it was read, kept to the byte; who may not, and an old page."""

import pytest
from django.urls import reverse

from tests import year as play
from tests.cases.reached import item
from tests.cases.test_typesetting import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def address(year, name="committee-minutes", *more) -> str:
    return reverse(name, args=[year.cycle.committees.get().uuid, *more])


def test_the_record_is_read_signed_off_and_kept_to_the_byte(client, year):
    play.decided(year, title="Atelier vélo")
    client.force_login(year.coordinator)
    shown = client.get(address(year))
    assert "Etat essai_2027 : accordé, 500" in shown.content.decode().replace("\u00a0", " ")
    assert client.post(address(year), {"seen": shown.context["seen"]}).status_code == 302
    first = client.get(address(year, "committee-signed", 1))
    assert (first["Content-Type"], first["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert "Atelier vélo" in text_of(first.content)
    item(year, "Encore un point")
    assert client.get(address(year, "committee-signed", 1)).content == first.content
    draft = client.get(address(year, "committee-draft")).content
    assert "Encore un point" in text_of(draft)


def test_what_changed_since_it_was_read_is_read_again_before_it_is_signed(client, year):
    client.force_login(year.coordinator)
    shown = client.get(address(year))
    item(year, "Encore un point")
    response = client.post(address(year), {"seen": shown.context["seen"]})
    assert response.status_code == 409
    assert "Encore un point" in response.content.decode()
    assert client.get(address(year, "committee-signed", 1)).status_code == 404


def test_the_same_click_twice_signs_once(client, year):
    client.force_login(year.coordinator)
    seen = client.get(address(year)).context["seen"]
    answers = [client.post(address(year), {"seen": seen}) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 422]
    assert "C’est déjà fait" in answers[1].content.decode()


def test_who_reads_signs_nothing(client, year):
    client.force_login(year.instructor)
    shown = client.get(address(year))
    assert "Arrêter" not in shown.content.decode()
    assert client.post(address(year), {"seen": shown.context["seen"]}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_for_one_dossier_and_for_three(
    client, year, count, django_assert_num_queries
):
    for rank in range(count):
        play.decided(year, title=f"Action {rank}")
    client.force_login(year.coordinator)
    with django_assert_num_queries(10):
        client.get(address(year))

"""The committee's pages: who reads them, what they cost, what an odd POST gets."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests import year as play
from tests.cases.reached import deferred
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def page(client, user, committee=None):
    client.force_login(user)
    args = [committee.uuid] if committee else []
    return client.get(reverse("committee-detail" if committee else "committee-list", args=args))


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same_for_one_committee_and_for_three(
    client, year, count, django_assert_num_queries
):
    for rank in range(count - 1):
        year.cycle.committees.create(on=play.SITTING.date(), label=f"Séance {rank}")
    client.force_login(year.coordinator)
    with django_assert_num_queries(5):
        assert len(client.get(reverse("committee-list")).context["committees"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_table_costs_the_same_for_one_dossier_and_for_three(
    client, year, count, django_assert_num_queries
):
    for rank in range(count):
        play.in_committee(year, title=f"Action {rank}")
    play.decided(year)
    committee = year.cycle.committees.get()
    client.force_login(year.coordinator)
    with django_assert_num_queries(8):
        response = client.get(reverse("committee-detail", args=[committee.uuid]))
    assert len(response.context["board"].rows) == count


def test_the_nearest_committee_stands_first_and_those_that_have_sat_last(client, year):
    year.cycle.committees.all().delete()
    for days in (30, -1, 0, -30, 2):
        year.cycle.committees.create(on=play.SITTING.date() + timedelta(days=days), label=f"{days}")
    committees = page(client, year.coordinator).context["committees"]
    assert [one.label for one in committees] == ["0", "2", "30", "-1", "-30"]


def test_the_list_says_how_many_wait_and_how_many_were_decided(client, year):
    play.in_committee(year)
    play.decided(year)
    deferred(year)
    [committee] = page(client, year.instructor).context["committees"]
    assert (committee.waiting, committee.decided) == (1, 1)


def test_another_years_dossiers_never_stand_on_the_table(client, year):
    other = play.a_year("autre_2027")
    play.in_committee(other)
    mine = play.in_committee(year)
    rows = page(client, year.coordinator, year.cycle.committees.get()).context["board"].rows
    assert [row.dossier.pk for row in rows] == [mine.pk]


def test_who_only_reads_finds_nothing_to_type(client, year):
    play.in_committee(year)
    jury = play.person("jury", Role.COMMITTEE, year.cycle)
    for reader in (year.instructor, jury):
        shown = page(client, reader, year.cycle.committees.get()).content.decode()
        assert "Utile au quartier." in shown
        assert "<select" not in shown
        assert "Enregistrer" not in shown
        assert ('href="/enveloppes/' in shown) == (
            reader == year.instructor
        )  # the jury sees no envelope's page


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ({"action": "note", "dossier": "autre"}, "Ce dossier n’est plus sur la table de ce comité."),
        ({"action": "decide-ready"}, "Aucun dossier n’est complet pour l’instant."),
        ({"action": "danser"}, "Choisissez une action."),
    ],
)
def test_an_odd_post_is_told_and_does_nothing(client, year, typed, sentence):
    dossier = play.in_committee(year)
    client.force_login(year.coordinator)
    address = reverse("committee-detail", args=[year.cycle.committees.get().uuid])
    response = client.post(address, {"dossier": str(dossier.uuid)} | typed)
    assert (response.status_code, play.fresh(dossier).state) == (422, "committee")
    assert sentence in response.content.decode()


def test_a_table_sent_by_halves_writes_nothing(client, year):
    dossier = play.in_committee(year)
    line = dossier.lines.order_by("pk").first()
    client.force_login(year.coordinator)
    address = reverse("committee-detail", args=[year.cycle.committees.get().uuid])
    typed = {"dossier": str(dossier.uuid), "version": dossier.version, "action": "note"}
    response = client.post(address, typed | {f"{line.pk}-word": "refuse"})
    assert (response.status_code, play.fresh(line).state) == (422, "answered")
    assert "Cette page est incomplète" in response.content.decode()


# From a dossier to its committee -------------------------------------------------------------------------------------


def table_of(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-committee", args=[dossier.uuid])).url


def test_a_dossier_leads_to_its_place_on_the_table_of_the_next_committee(client, year):
    waiting = play.in_committee(year)
    held = year.cycle.committees.get()
    later = year.cycle.committees.create(on=held.on + timedelta(days=30), label="Seconde séance")
    there = f"{reverse('committee-detail', args=[held.uuid])}#dossier-{waiting.reference}"
    assert table_of(client, year.coordinator, waiting) == there
    held.on = play.SITTING.date() - timedelta(days=1)
    held.save()
    after = f"{reverse('committee-detail', args=[later.uuid])}#dossier-{waiting.reference}"
    assert table_of(client, year.coordinator, waiting) == after


def test_a_decided_dossier_leads_to_the_committee_that_decided_it(client, year):
    decided = play.decided(year)
    held = decided.passages.get().committee
    year.cycle.committees.create(on=play.SITTING.date() + timedelta(days=30), label="Seconde séance")
    held.on = play.SITTING.date() - timedelta(days=1)
    held.save()
    assert table_of(client, year.coordinator, decided).startswith(
        reverse("committee-detail", args=[held.uuid])
    )


def test_who_follows_no_committee_finds_an_empty_list(client, year):
    waiting = play.in_committee(year)
    assert table_of(client, year.holder, waiting) == reverse("committee-list")


def test_a_committees_member_lands_on_the_committees(client, year):
    client.force_login(play.person("jury", Role.COMMITTEE, year.cycle))
    assert client.get(reverse("todo")).url == reverse("committee-list")

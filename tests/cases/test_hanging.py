"""A page's query is put together once for the rights of whoever reads, and knows no row and no right of its own."""

import pytest

from cases import hanging
from tests import year as play
from workflow import engine
from workflow.models import Grant
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(on_day, monkeypatch):
    monkeypatch.setattr(hanging, "_kept", {})
    on_day(play.READING)
    return play.a_draft(play.a_year())


def readers_of(dossier) -> list[str]:
    people = [one.user for one in Grant.objects.select_related("user").order_by("pk")]
    return [one.first_name for one in people if hanging.pages_of(one).filter(pk=dossier.pk).exists()]


def test_each_reads_by_their_own_rights_and_as_they_stand_now(dossier):
    team, holder = ["Coordination-essai_2027", "Instruction-essai_2027"], "Porteur-essai_2027"
    assert readers_of(dossier) == [*team, holder]
    assert readers_of(dossier) == [*team, holder]
    engine.fire(Grant.objects.get(role=Role.INSTRUCTOR), "end", by=SYSTEM, at=play.READING)
    assert readers_of(dossier) == [team[0], holder]


def test_whoever_holds_the_same_shares_one_query_and_rows_are_read_each_time(dossier):
    grant = Grant.objects.get(role=Role.INSTRUCTOR)
    twin = play.person("double", Role.INSTRUCTOR, grant.cycle, grant.organisation)
    for reader in (grant.user, twin):
        assert hanging.pages_of(reader).get(pk=dossier.pk).title == dossier.title
    assert len(hanging._kept) == 1
    type(dossier).objects.filter(pk=dossier.pk).update(title="Autrement")
    assert hanging.pages_of(twin).get(pk=dossier.pk).title == "Autrement"


def test_it_forgets_them_all_rather_than_grow_for_ever(dossier, monkeypatch):
    monkeypatch.setattr(hanging, "MOST", 2)
    for number in range(5):
        cycle = play.a_year(f"ville_{number}").cycle
        hanging.pages_of(cycle.grants.filter(role=Role.COORDINATOR).get().user)
    assert len(hanging._kept) <= 2

"""The first page: by due date, counted beyond the page, narrowed by the address, at a constant cost."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from cases import agenda
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.calendar import paris_day
from workflow.roles import Role

pytestmark = pytest.mark.django_db

COST = {Role.INSTRUCTOR: 9, Role.COORDINATOR: 9}


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


def seen(client, user, **query):
    """The desk itself, whatever page its reader lands on."""
    asked = QueryDict(mutable=True)
    asked.update(query)
    return agenda.home(user, timezone.now(), asked)


def heaps(home) -> dict:
    return {heap.label: [task.dossier.title for task in heap.tasks] for heap in home.heaps}


def a_mixed_desk(year) -> None:
    """One late completion, one opinion round, one sheet to write, one dossier to check."""
    late = play.submitted(year, title="En retard")
    facts = {"items": ["Le budget"], "due_on": paris_day(play.REVIEWING).replace(day=9)}
    engine.fire(late, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    play.submitted(year, title="À vérifier")
    play.in_instruction(year, title="À instruire")
    play.in_committee(year, title="À décider")


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("role", COST)
def test_the_desk_costs_the_same_for_one_task_and_for_three(
    client, year, django_assert_num_queries, rows, role
):
    for _ in range(rows):
        play.a_draft(year)
        play.submitted(year)
        play.in_review(year)
    client.force_login(year.person(role))
    with django_assert_num_queries(COST[role]):
        client.get(reverse("todo"))


def test_every_kind_of_work_at_once_costs_ten_statements(client, year, on_day, django_assert_num_queries):
    play.submitted(year)
    play.in_committee(year)
    reached.agreed(year)
    engine.fire(reached.sheet(year), "hand_over", by=year.instructor, at=play.SITTING)
    on_day(play.SITTING)
    client.force_login(year.coordinator)
    with django_assert_num_queries(10):
        home = client.get(reverse("todo")).context["home"]
    assert [choice.label for choice in home.kinds[1:]] == [
        "Vérifier le dossier",
        "Enregistrer la décision",
        "Préparer la réponse",
        "Relire la fiche",
        "Ce qui est convenu",
    ]
    assert len(home.page) == 5


def test_each_role_finds_its_own_tasks_by_due_date(client, year):
    a_mixed_desk(year)
    assert heaps(seen(client, year.coordinator)) == {
        "Plus tard": ["À décider"],
        "Sans date": ["À vérifier", "À instruire"],
    }
    assert heaps(seen(client, year.instructor)) == {"Sans date": ["À vérifier", "À instruire"]}
    assert heaps(seen(client, year.holder)) == {"En retard": ["En retard"]}
    assert heaps(seen(client, year.financiers["etat"])) == {}


def test_a_financier_s_opinions_stand_by_the_round_s_date(client, year):
    play.in_review(year, title="Urgent", deadline=paris_day(play.REVIEWING).replace(day=12))
    play.in_review(year, title="Plus loin")
    home = seen(client, year.financiers["etat"])
    assert heaps(home) == {"Cette semaine": ["Urgent"], "Plus tard": ["Plus loin"]}
    assert home.opinions == 2


def test_the_heaps_and_kinds_are_counted_and_narrow_the_list(client, year):
    a_mixed_desk(year)
    home = seen(client, year.coordinator)
    assert [(one.label, one.count) for one in home.urgencies] == [
        ("Tout", 3),
        ("Plus tard", 1),
        ("Sans date", 2),
    ]
    assert [(one.label, one.count) for one in home.kinds] == [
        ("Toutes les tâches", 3),
        ("Vérifier le dossier", 1),
        ("Instruire le dossier", 1),
        ("Enregistrer la décision", 1),
    ]
    kinds = {one.label: one.address for one in home.kinds}
    assert kinds["Vérifier le dossier"] == "?kind=team-admit"
    assert heaps(seen(client, year.coordinator, kind="team-admit")) == {"Sans date": ["À vérifier"]}
    assert heaps(seen(client, year.coordinator, kind="team-admit", when="later")) == {}
    assert heaps(seen(client, year.coordinator, kind="nonsense", when="nonsense")) == heaps(home)


def test_a_page_beyond_the_last_shows_the_last_and_a_heap_counts_beyond_its_page(client, year, monkeypatch):
    monkeypatch.setattr(agenda, "PER_PAGE", 2)
    for title in ("Un", "Deux", "Trois"):
        play.submitted(year, title=title)
    first, beyond = seen(client, year.instructor), seen(client, year.instructor, page="9")
    assert heaps(first) == {"Sans date": ["Un", "Deux"]}
    assert heaps(beyond) == {"Sans date": ["Trois"]}
    assert [heap.count for heap in beyond.heaps] == [3]


def test_a_sheet_that_waits_for_its_reader_stands_with_the_readers_alone(client, year):
    reached.FEEDBACKS["reading"](year)
    [task] = seen(client, year.coordinator, kind="team-proofread").page
    assert (task.sentence, task.button) == (
        "La fiche de motivation attend votre relecture.",
        "Relire la fiche",
    )
    assert task.url == reverse("dossier-feedback", args=[task.dossier.uuid])
    assert heaps(seen(client, year.instructor)) == {}


def test_nobody_finds_another_year_s_tasks(client, year):
    play.submitted(play.a_year("ailleurs"))
    assert heaps(seen(client, year.coordinator)) == {}


def test_a_person_of_two_roles_finds_both_lists_in_one_order(client, year):
    play.in_review(year, title="Mon avis")
    play.submitted(year, title="À vérifier")
    play.Grant.objects.create(
        user=year.instructor,
        role=Role.FINANCIER,
        cycle=year.cycle,
        organisation=year.envelopes["etat"].financier.organisation,
    )
    assert heaps(seen(client, year.instructor)) == {"Plus tard": ["Mon avis"], "Sans date": ["À vérifier"]}

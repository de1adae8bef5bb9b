"""The pages of meetings: a record that nobody had asked for, a step waived, all that is still to do."""

from datetime import date

import pytest
from django.urls import reverse

from cases.models import Support
from cases.words import MEETING_MISSED, MEETING_NOTED
from notifications.models import Message
from notifications.rendering import rendered
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.models import Requirement, Step

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def a_required_year(patch):
    """A year whose meeting is required before filing, while filing is open."""
    create = Step.objects.create

    def required(**fields):
        if fields["code"] == "rendez-vous":
            marks = fields["version"].cycle.milestones
            fields |= {"requirement": Requirement.REQUIRED}
            fields |= {"opens": marks.get(code="ouverture"), "closes": marks.get(code="cloture")}
        return create(**fields)

    patch.setattr(Step.objects, "create", required)
    return play.a_year("exigeante_2027")


def typed(**more) -> dict:
    return {"step": "rendez-vous", "held_on": "2026-10-19", "record": "Un appel : tout est clair."} | more


def test_a_meeting_that_nobody_asked_for_is_recorded_once(client, year):
    draft = play.a_draft(year)
    client.force_login(year.instructor)
    address = reverse("meeting", args=[draft.uuid])
    first = client.post(address, typed(**{"text-0": "Appeler la CAF", "due_on-0": "2026-11-01"}))
    again = client.post(address, typed(**{"text-0": "Appeler la CAF", "due_on-0": "2026-11-01"}))
    assert (first.status_code, again.status_code) == (302, 422)
    support = Support.objects.get()
    assert (support.state, support.held_on, support.noted_by) == ("held", date(2026, 10, 19), year.instructor)
    assert [one.text for one in support.agreed.all()] == ["Appeler la CAF"]
    assert play.fresh(draft).state == "draft"


def test_a_required_step_gates_filing_until_somebody_waives_it_by_name(client, on_day, monkeypatch):
    on_day(play.WRITING)
    year = a_required_year(monkeypatch)
    draft = play.a_draft(year)
    codes = [one.code for one in engine.refusals(draft, "submit", by=year.holder, at=play.WRITING)]
    assert codes == ["step_missing"]
    client.force_login(year.coordinator)
    address = reverse("waiver", args=[draft.uuid])
    assert client.post(address, {"step": "rendez-vous"}).status_code == 422
    reason = "Suivi toute l’année par le centre social."
    assert client.post(address, {"step": "rendez-vous", "reason": reason}).status_code == 302
    assert engine.refusals(draft, "submit", by=year.holder, at=play.WRITING) == ()
    client.force_login(year.holder)
    shown = client.get(reverse("dossier-detail", args=[draft.uuid]))
    assert f"{year.coordinator} dispense de cette étape : {reason}" in shown.content.decode()
    [message] = Message.objects.filter(template="accompagnement_dispense")
    assert reason in rendered(message).text
    client.force_login(year.instructor)
    story = client.get(reverse("dossier-detail", args=[draft.uuid])).context["seen"].story
    assert (story[0].who, story[0].sentence) == (
        str(year.coordinator),
        f"A dispensé de cette étape · Rendez-vous : {reason}",
    )


def test_a_waived_step_is_not_offered_twice(client, year):
    draft = play.a_draft(year)
    client.force_login(year.coordinator)
    page = client.get(reverse("waiver", args=[draft.uuid]))
    assert "Aucune étape obligatoire n’attend ce porteur." in page.content.decode()


def test_what_is_left_needs_a_reason_and_leads_back_to_the_page_it_was_read_on(client, year):
    action = reached.agreed(year)
    client.force_login(year.instructor)
    address, on = reverse("agreed-move", args=[action.uuid, "leave"]), str(action.dossier.uuid)
    assert client.post(address, {"version": action.version, "on": on}).status_code == 422
    answer = client.post(address, {"version": action.version, "on": on, "reason": "Réglé autrement"})
    assert answer.url == f"{reverse('dossier-detail', args=[on])}#convenu"
    assert client.post(address, {"version": 1, "on": "nulle-part"}).status_code in (409, 422)


def test_a_tap_on_the_first_page_leads_back_to_it_and_each_row_to_its_dossier(client, year):
    action = reached.agreed(year)
    client.force_login(year.holder)
    home = client.get(reverse("todo")).content.decode()
    assert f'href="{reverse("dossier-detail", args=[action.dossier.uuid])}#convenu"' in home
    assert '<input type="hidden" name="on" value="accueil">' in home
    address = reverse("agreed-move", args=[action.uuid, "tick"])
    answer = client.post(address, {"version": action.version, "on": "accueil"})
    assert answer.url == f"{reverse('todo')}#convenu"


def test_a_record_says_that_it_left_and_a_meeting_that_was_missed_says_so(client, year):
    client.force_login(year.instructor)
    for title, said, sentence in (
        ("Jardin", {"held": "yes", "held_on": "2026-10-19", "record": "Clair."}, MEETING_NOTED),
        ("Chorale", {"held": "no", "held_on": "2026-10-19"}, MEETING_MISSED),
    ):
        draft = play.a_draft(year, title=title)
        dossier = reached.fired(draft, "ask_support", year.holder, play.WRITING, step="rendez-vous")
        address = reverse("record", args=[dossier.uuid])
        page = client.post(address, {"version": dossier.version} | said, follow=True)
        assert [str(one) for one in page.context["messages"]] == [sentence]


def test_a_page_that_one_may_not_know_of_is_never_led_to(client, year):
    action = reached.agreed(year)
    foreign = play.a_draft(play.a_year("ailleurs_2027"))
    client.force_login(year.holder)
    address = reverse("agreed-move", args=[action.uuid, "tick"])
    answer = client.post(address, {"version": action.version, "on": str(foreign.uuid)})
    assert answer.url == reverse("agreed")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_all_costs_the_same_for_one_row_and_for_three(
    client, year, django_assert_num_queries, rows
):
    for rank in range(rows):
        reached.agreed(year, text=f"Action {rank}", due_on=date(2026, 11, 9 - rank))
    client.force_login(year.instructor)
    with django_assert_num_queries(5):
        page = client.get(reverse("agreed"))
    assert [one.action.text for one in page.context["agreed"]] == [
        f"Action {rank}" for rank in reversed(range(rows))
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_dossier_with_meetings_costs_the_same_for_one_action_and_for_three(
    client, year, django_assert_num_queries, rows
):
    support = reached.held(year)
    for rank in range(rows):
        reached.agreed(year, text=f"Action {rank}", support=support)
    client.force_login(year.instructor)
    with django_assert_num_queries(12):
        client.get(reverse("dossier-detail", args=[support.dossier.uuid]))

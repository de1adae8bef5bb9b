"""Given a breakfast where three things are agreed, they stand in the holder's file, and next year if still to do."""

from datetime import date

import pytest
from django.db import transaction
from django.urls import reverse

from cases import drafts
from cases.models import AgreedAction, Project
from notifications.models import Message
from notifications.rendering import rendered
from tests import sessions
from tests import year as play
from workflow import engine
from workflow.models import Cycle
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

THREE = {
    "text-0": "Demander un devis pour les outils",
    "due_on-0": "2026-10-30",
    "text-1": "Choisir la salle avec le centre social",
    "due_on-1": "2026-11-06",
    "text-2": "Relire le budget à deux",
    "due_on-2": "2026-11-10",
}
SAID = "Le projet touche trente habitants. Le budget oublie les outils."


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


def record(client, year, dossier, **changed):
    """The instructor's one page, without a script."""
    client.force_login(year.instructor)
    typed = {"version": dossier.version, "held": "yes", "held_on": "2026-10-20", "record": SAID}
    typed |= {"who-2": str(year.instructor.pk)} | THREE | changed
    return client.post(reverse("record", args=[dossier.uuid]), typed)


def met(client, year, **changed):
    dossier = play.a_draft(year)
    facts = {"step": "rendez-vous"}
    engine.fire(dossier, "ask_support", by=year.holder, at=play.WRITING, facts=facts)
    dossier = play.fresh(dossier)
    assert record(client, year, dossier, **changed).status_code == 302
    return play.fresh(dossier)


def page(client, user, dossier):
    client.force_login(user)
    return client.get(reverse("dossier-detail", args=[dossier.uuid]))


def texts(agreed) -> list[str]:
    return [one.action.text for one in agreed]


def tap(client, user, action, move, dossier):
    client.force_login(user)
    typed = {"version": play.fresh(action).version, "on": str(dossier.uuid)}
    return client.post(reverse("agreed-move", args=[action.uuid, move]), typed)


def next_year(year):
    """The same town's call of the year after, with the same people."""
    other = play.a_year("essai_2028")
    Cycle.objects.filter(pk=other.cycle.pk).update(year=2028)
    other.cycle.refresh_from_db()
    return other


def words_of(message) -> str:
    """A mail on one line, its no-break spaces plain."""
    return " ".join(rendered(message).text.split())


def test_three_actions_agreed_stand_in_the_holders_file(client, year):
    dossier = met(client, year)
    shown = page(client, year.holder, dossier)
    meetings = shown.context["seen"].meetings
    assert dossier.state == "draft"
    assert texts(meetings.to_do) == [THREE["text-0"], THREE["text-1"], THREE["text-2"]]
    assert [one.row.record for one in meetings.met] == [SAID]
    assert [[offer.name for offer in one.taps] for one in meetings.to_do] == [["tick"], ["tick"], []]
    assert "Instruction-essai_2027 s’en charge" in shown.content.decode()
    assert "Vous vous en chargez" not in shown.content.decode()


def test_everybody_reads_vous_where_it_is_theirs_to_do(client, year):
    met(client, year)
    said = {}
    for person in (year.holder, year.instructor, year.coordinator):
        client.force_login(person)
        said[person] = client.get(reverse("agreed")).content.decode().count("Vous vous en chargez")
    assert said == {year.holder: 2, year.instructor: 1, year.coordinator: 0}


def test_the_holder_reads_them_in_one_mail(client, year):
    met(client, year)
    [message] = Message.objects.filter(template="accompagnement_compte_rendu")
    text = words_of(message)
    assert "Demander un devis pour les outils, avant le vendredi 30 octobre 2026" in text
    assert "Relire le budget à deux, avant le mardi 10 novembre 2026 : Instruction-essai_2027" in text
    assert SAID in text


def test_one_tap_ticks_one_and_one_more_takes_it_back(client, year):
    dossier = met(client, year)
    first = AgreedAction.objects.get(text=THREE["text-0"])
    answer = tap(client, year.holder, first, "tick", dossier)
    assert answer.url == f"{reverse('dossier-detail', args=[dossier.uuid])}#convenu"
    seen = page(client, year.instructor, dossier).context["seen"]
    assert (texts(seen.meetings.ended), seen.meetings.ended[0].action.ended_by) == ([first.text], year.holder)
    assert any(first.text in one.sentence and one.who == str(year.holder) for one in seen.story)
    tap(client, year.holder, first, "untick", dossier)
    assert play.fresh(first).state == "open"


def test_what_is_late_awaits_the_team_and_what_somebody_took_on_awaits_them(client, year, on_day):
    met(client, year)
    on_day(play.day("2026-11-02"))
    client.force_login(year.instructor)
    tasks = [one for heap in client.get("/").context["home"].heaps for one in heap.tasks]
    found = [(one.sentence, one.late) for one in tasks]
    assert (f"{year.holder_organisation} devait : {THREE['text-0']}", True) in found
    assert (THREE["text-2"], False) in found
    assert len(found) == 2


def test_what_is_still_to_do_stands_in_next_years_draft_of_the_same_project(client, year, on_day):
    dossier = met(client, year)
    first, second, third = AgreedAction.objects.order_by("pk")
    tap(client, year.holder, first, "tick", dossier)
    other = next_year(year)
    facts = {"organisation": year.holder_organisation, "title": "Encore", "project": dossier.project}
    again = drafts.begin(other.cycle, facts, by=year.holder, at=play.WRITING)
    on_day(play.day("2027-10-20"))
    agreed = page(client, year.holder, again).context["seen"].meetings.agreed
    assert [(one.action, one.year) for one in agreed] == [(second, 2027), (third, 2027)]
    seen_by_team = page(client, other.instructor, again).context["seen"].meetings
    assert texts(seen_by_team.agreed) == [second.text, third.text]
    tap(client, year.holder, second, "tick", again)
    assert texts(page(client, year.holder, again).context["seen"].meetings.agreed) == [third.text]


def test_another_project_of_the_same_house_inherits_nothing(client, year):
    met(client, year)
    project = Project.objects.create(organisation=year.holder_organisation, title="Jardin")
    facts = {"organisation": year.holder_organisation, "title": "Jardin", "project": project}
    other = drafts.begin(next_year(year).cycle, facts, by=year.holder, at=play.WRITING)
    assert page(client, year.holder, other).context["seen"].meetings.agreed == []


def test_a_breakfast_before_any_request_follows_its_idea_into_the_draft(client, year, on_day):
    idea = sessions.an_idea(year)
    came = sessions.booked(year, sessions.a_session(year), idea=idea)
    on_day(sessions.AFTER)
    sessions.moved(came, "attend", year.instructor, sessions.AFTER)
    client.force_login(year.instructor)
    came = play.fresh(came)
    typed = {"version": came.version, "record": SAID} | THREE
    assert client.post(reverse("record-booking", args=[came.uuid]), typed).status_code == 302
    client.force_login(year.holder)
    assert texts(client.get("/").context["home"].agreed) == [
        THREE["text-0"],
        THREE["text-1"],
        THREE["text-2"],
    ]
    other = play.a_draft(year, title="Autre chose")
    assert texts(page(client, year.holder, other).context["seen"].meetings.agreed) == []
    draft = play.a_draft(year, title=idea.title)
    sessions.moved(idea, "become", year.holder, sessions.AFTER, dossier=draft.pk)
    meetings = page(client, year.holder, draft).context["seen"].meetings
    assert (len(meetings.to_do), [one.row.record for one in meetings.met]) == (3, [SAID])
    assert texts(page(client, year.holder, other).context["seen"].meetings.agreed) == []


def test_it_did_not_take_place_is_an_answer_with_another_day(client, year):
    dossier = play.a_draft(year)
    engine.fire(dossier, "ask_support", by=year.holder, at=play.WRITING, facts={"step": "rendez-vous"})
    dossier = play.fresh(dossier)
    client.force_login(year.instructor)
    typed = {"version": dossier.version, "held": "no", "proposal": "mardi 27 octobre à 14 h", "record": SAID}
    address = reverse("record", args=[dossier.uuid])
    assert (
        "il n’y a ni compte rendu" in client.post(address, typed | {"held_on": "2026-10-20"}).content.decode()
    )
    assert client.post(address, typed | {"held_on": "2026-10-20", "record": ""}).status_code == 302
    assert "mardi 27 octobre à 14 h" in page(client, year.holder, dossier).content.decode()
    [message] = Message.objects.filter(template="accompagnement_manque")
    assert "mardi 27 octobre à 14 h" in words_of(message)


@pytest.mark.parametrize(
    "changed,place,said",
    [
        ({"due_on-1": ""}, "due_on-1", "choisissez une date pour ce qui est à faire."),
        ({"text-1": ""}, "text-1", "écrivez ce qui est à faire à cette date."),
        ({"due_on-2": "2026-10-01"}, "due_on-2", "Choisissez une date à venir."),
        ({"held_on": "2026-10-29"}, "held_on", "La rencontre n’a pas encore eu lieu : vérifiez la date."),
        ({"record": ""}, "record", "Écrivez ce qui a été convenu pendant la rencontre."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_kept(client, year, changed, place, said):
    dossier = play.a_draft(year)
    engine.fire(dossier, "ask_support", by=year.holder, at=play.WRITING, facts={"step": "rendez-vous"})
    answer = record(client, year, play.fresh(dossier), **changed)
    assert (answer.status_code, answer.context["form"].errors[place]) == (422, [said])
    assert (play.fresh(dossier).state, AgreedAction.objects.count()) == ("support", 0)


def test_somebody_of_another_town_is_given_nothing_to_do(year):
    stranger = play.a_year("ailleurs_2027").instructor
    dossier = play.a_draft(year)
    engine.fire(dossier, "ask_support", by=year.holder, at=play.WRITING, facts={"step": "rendez-vous"})
    action = {"text": "Écrire", "member": stranger.pk, "due_on": date(2026, 11, 1)}
    facts = {"held": True, "held_on": date(2026, 10, 20), "record": SAID, "actions": [action]}
    with pytest.raises(Refused) as met_with, transaction.atomic():
        engine.fire(play.fresh(dossier), "end_support", by=year.instructor, at=play.WRITING, facts=facts)
    assert met_with.value.codes == ["not_of_the_team"]
    assert play.fresh(dossier).state == "support"

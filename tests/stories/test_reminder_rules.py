"""A coordinator changes the reminders in the middle of the year: what it changes for people is said before."""

import pytest

from tests import year as play
from tests.campaigns import as_shown, refusals, typed
from tests.days import lived, reminded
from workflow.models import CycleVersion

pytestmark = pytest.mark.django_db

RULES = "/campagne/essai_2027/rappels/"
ADD = "/campagne/essai_2027/ajouter/rappels/"


@pytest.fixture
def year(on_day):
    """Given a year under way, on 20 October, with two drafts; the deadline is Sunday 15 November."""
    on_day(play.WRITING)
    year = play.a_year()
    play.a_draft(year)
    play.a_draft(year, title="Jardin")
    return year


@pytest.fixture
def signed(client, year):
    client.force_login(year.coordinator)
    return client


def effects(answer) -> list[tuple]:
    return [(str(one.on), one.what, one.added, one.removed) for one in answer.context["effects"]]


def publish(signed) -> None:
    shown = signed.get("/campagne/essai_2027/publier/")
    signed.post("/campagne/essai_2027/publier/", {"version": shown.context["campaign"].draft.version})


def test_before_a_rule_changes_the_page_says_which_messages_come_and_go(signed, year):
    # When she asks for three weeks before instead of a fortnight
    answer = typed(signed, f"{RULES}depot/", confirmed=False, days_before="21, 7, 1")
    # Then the page says it in one sentence and message by message
    assert answer.context["said"].replace("\u00a0", " ") == (
        "Part 21, 7 et 1 jours avant « Cloture » : le vendredi 23 octobre 2026, le vendredi 6 novembre 2026 et le "
        "vendredi 13 novembre 2026, aux porteurs dont le dossier est commencé et pas déposé."
    )
    assert effects(answer) == [
        ("2026-10-23", "Rappel « Rappel depot »", 2, 0),
        ("2026-10-30", "Rappel « Rappel depot »", 0, 2),
    ]
    assert "Porteur-essai_2027, dossier n° 001" in answer.content.decode().replace("\u00a0", " ")
    # and nothing is saved yet
    assert year.cycle.versions.count() == 1


def test_once_published_the_rule_holds_for_the_requests_under_way(signed, year):
    typed(signed, f"{RULES}depot/", days_before="21, 7, 1")
    # Then the page of publication says it again, and the version in preparation still changes nothing
    shown = signed.get("/campagne/essai_2027/publier/")
    assert effects(shown) == [
        ("2026-10-23", "Rappel « Rappel depot »", 2, 0),
        ("2026-10-30", "Rappel « Rappel depot »", 0, 2),
    ]
    publish(signed)
    assert CycleVersion.objects.get(cycle=year.cycle, number=2).state == "published"
    lived("2026-10-21", "2026-10-31")
    assert reminded() == [("2026-10-23", "rappel_depot")] * 2


def test_a_rule_published_too_late_for_one_of_its_days_does_not_catch_up(signed, year, on_day):
    on_day(play.day("2026-10-26"))
    signed.force_login(year.coordinator)
    typed(signed, f"{RULES}depot/", days_before="21, 1")
    publish(signed)
    lived("2026-10-26", "2026-11-10")
    assert reminded() == []


def test_a_rule_added_says_what_it_will_say_and_one_taken_out_what_it_no_longer_will(signed, year):
    fields = {
        "label": "Coup de pouce",
        "kind": "not_filed",
        "audience": "team",
        "anchor": "asked",
        "days_after": "10",
        "counting": "calendar",
        "worked_day": "après",
    }
    answer = typed(signed, ADD, confirmed=False, **fields)
    assert effects(answer) == [
        ("2026-10-30", "Rappel « Coup de pouce »", 4, 0)
    ]  # two requests, a team of two
    page = signed.get(f"{RULES}depot/")
    answer = signed.post(f"{RULES}depot/", {"remove": "oui", "seen": page.context["form"]["seen"].value()})
    assert effects(answer) == [
        (day, "Rappel « Rappel depot »", 0, 2) for day in ("2026-10-30", "2026-11-06", "2026-11-13")
    ]
    assert year.cycle.versions.count() == 1
    signed.post(f"{RULES}depot/", {"remove": "oui", "seen": answer.context["seen"], "confirmed": "oui"})
    draft = year.cycle.versions.get(number=2)
    assert sorted(draft.reminders.values_list("code", flat=True)) == ["avis", "bilan", "complements"]


def test_a_change_that_changes_no_message_says_so(signed):
    answer = typed(signed, f"{RULES}depot/", confirmed=False, source="Réunion du 12 octobre")
    assert effects(answer) == []
    assert "Aucun message ne change" in answer.content.decode()


def test_a_rule_that_could_never_be_due_is_said_at_once_and_cannot_be_published(signed, year):
    answer = typed(signed, f"{RULES}depot/", confirmed=False, days_before="", days_after="2")
    assert [one.sentence.replace("\u00a0", " ") for one in answer.context["worries"]] == [
        "« Rappel depot », 2 jours après : le mardi 17 novembre 2026, « Depot » est fermé."
    ]
    typed(signed, f"{RULES}depot/", days_before="", days_after="2")
    publish(signed)
    assert year.cycle.versions.get(number=2).state == "draft"


def test_a_number_of_days_that_is_no_number_is_refused_beside_its_field(signed):
    sent = as_shown(signed.get(f"{RULES}depot/"), days_after="bientôt")
    assert refusals(signed.post(f"{RULES}depot/", sent)) == [
        "« bientôt » n’est pas un nombre entier entre 1 et 365."
    ]


def test_a_date_that_moves_says_which_messages_move_with_it(signed):
    path = "/campagne/essai_2027/jalons/cloture/"
    answer = typed(signed, path, confirmed=False, starts_on="2026-11-22", ends_on="2026-11-22")
    assert ("2026-11-20", "Rappel « Rappel depot »", 2, 0) in effects(answer)

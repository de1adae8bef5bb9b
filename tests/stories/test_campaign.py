"""A coordinator prepares 2028 from 2027 without code, publishes it, and a holder can begin."""

from datetime import date

import pytest

from cases.models import Dossier, Envelope
from tests.campaigns import as_shown, refusals, typed
from tests.cycles import VITRY
from tests.year import BEFORE, day, person
from workflow import loading
from workflow.models import Cycle, Entry, Grant, Organisation
from workflow.roles import Role

pytestmark = pytest.mark.django_db

SPRING = day("2027-06-01")
AUTUMN = day("2027-10-12")


@pytest.fixture
def now(on_day):
    def set_now(at):
        on_day(at)

    set_now(SPRING)
    return set_now


@pytest.fixture
def claire(now):
    """Given Vitry's call of 2027, published, and Claire who coordinates it with Sami and the State's seat."""
    vitry = loading.load(VITRY, at=BEFORE)
    state = vitry.financiers.get(code="etat").organisation
    person("sami", Role.INSTRUCTOR, vitry)
    person("prefecture", Role.FINANCIER, vitry, state)
    return person("claire", Role.COORDINATOR, vitry)


@pytest.fixture
def signed(client, claire):
    client.force_login(claire)
    return client


def next_year(signed, **changes):
    return typed(signed, "/campagne/vitry_2027/annee-suivante/", **changes)


def vitry_2028() -> Cycle:
    return Cycle.objects.get(code="vitry_2028")


def test_the_next_year_begins_on_the_same_weekdays_with_unknown_money_and_nothing_published(signed, claire):
    # When she prepares the next year and keeps what is proposed
    answer = next_year(signed)

    # Then the cycle is there, on the same weekdays, under the same rules
    assert answer.url == "/campagne/vitry_2028/"
    cycle = vitry_2028()
    assert (cycle.name, cycle.year) == ("Appel à projets 2028 du contrat de ville de Vitry-le-François", 2028)
    assert cycle.milestones.get(code="cloture").ends_on == date(2027, 11, 23)
    assert cycle.committees.get(kind_of="financiers").on == date(2028, 2, 10)
    old, new = Cycle.objects.get(code="vitry_2027"), cycle.versions.get()
    assert (cycle.current, new.state, new.feedback_on_cut) == (None, "draft", 30)
    assert new.questions.count() == old.current.questions.count()
    # and nobody knows yet what the envelopes hold
    money = Envelope.objects.filter(financier__cycle=cycle).order_by("pk")
    assert set(money.values_list("status", "ceiling")) == {("unknown", None)}
    # and last year's notes and sources, which name last year's dates, were left behind
    assert set(cycle.milestones.order_by("pk").values_list("note", "source")) == {("", "")}
    # and the journal says who
    opened = Entry.objects.get(subject_label="workflow.cycle", subject_id=cycle.pk, move="open")
    assert opened.actor == claire


@pytest.mark.parametrize(
    "box, held",
    [
        ("team", {"coordinator", "instructor"}),
        ("others", {"coordinator", "financier"}),
    ],
)
def test_the_people_follow_where_she_ticks(signed, box, held):
    next_year(signed, **{"team": None, "others": None, box: "on"})
    assert set(Grant.objects.filter(cycle=vitry_2028()).order_by("pk").values_list("role", flat=True)) == held


def test_a_date_of_next_year_is_chosen_before_anything_exists(signed):
    next_year(signed, **{"cloture.starts_on": "2027-11-30", "cloture.ends_on": "30/11/2027"})
    assert vitry_2028().milestones.get(code="cloture").ends_on == date(2027, 11, 30)


def test_a_code_already_taken_or_an_end_before_its_start_is_said_and_nothing_is_lost(signed):
    answer = next_year(
        signed, code="vitry_2027", **{"cloture.ends_on": "2027-01-01", "reponse.ends_on": "quand on pourra"}
    )
    assert answer.status_code == 422
    assert refusals(answer) == [
        "« quand on pourra » n’est pas une date ; exemple : 2026-11-15.",
        "la fin vient avant le début.",
    ]
    assert answer.context["form"]["reponse.ends_on"].value() == "quand on pourra"
    assert refusals(next_year(signed, code="vitry_2027")) == ["Ce nom est déjà pris ici."]
    assert Cycle.objects.count() == 1


def test_she_configures_2028_without_code_publishes_it_and_a_holder_begins(signed, now, client):
    # Given the year 2028 in preparation
    next_year(signed)
    # When she sets what is new this year
    typed(signed, "/campagne/vitry_2028/cycle/", team_phone="03 53 01 00 28")
    typed(signed, "/campagne/vitry_2028/regles/", review_days="28", feedback_on_cut="")
    typed(signed, "/campagne/vitry_2028/etapes/rendez_vous/", capacity="30", closes_offset="-7")
    typed(signed, "/campagne/vitry_2028/rappels/depot/", days_before="21, 7, 1")
    typed(
        signed,
        "/campagne/vitry_2028/ajouter/questions/",
        label="Qui fait vivre l’action le soir ?",
        topic="Votre équipe",
        kind="long",
        required=None,
    )
    signed.post("/campagne/vitry_2028/questions/lieu/", removal(signed, "questions/lieu"))
    typed(signed, "/campagne/vitry_2028/ajouter/orientations/", label="Été dans les quartiers")
    # and publishes what she has read
    shown = signed.get("/campagne/vitry_2028/publier/")
    assert shown.context["against"] == []
    answer = signed.post("/campagne/vitry_2028/publier/", publication(shown))

    # Then the rules stand as she wrote them
    assert answer.status_code == 302
    rules = vitry_2028().current
    assert (rules.review_days, rules.feedback_on_cut) == (28, None)
    assert rules.steps.get(code="rendez_vous").last_day == date(2027, 11, 16)
    assert rules.reminders.get(code="depot").days_before == [21, 7, 1]
    added = rules.questions.get(code="qui_fait_vivre_laction_le_soir")
    assert (added.kind, added.required) == ("long", False)
    assert not rules.questions.filter(code="lieu").exists()
    assert vitry_2028().orientations.filter(code="ete_dans_les_quartiers").exists()

    # And in October a holder begins a request
    now(AUTUMN)
    house = Organisation.objects.create(name="Les Jardins imaginaires")
    client.force_login(person("porteuse", Role.HOLDER, None, house))
    begun = client.post("/appels/vitry_2028/demande/", {"organisation": house.pk, "title": "Un potager"})
    assert begun.status_code == 302
    dossier = Dossier.objects.get(title="Un potager")
    assert (dossier.cycle.code, dossier.rules) == ("vitry_2028", rules)


def removal(client, part: str) -> dict:
    shown = client.get(f"/campagne/vitry_2028/{part}/")
    return {"remove": "oui", "seen": as_shown(shown)["seen"]}


def publication(shown) -> dict:
    return {"version": shown.context["campaign"].draft.version}


def test_a_rule_that_changes_waits_in_a_draft_while_dossiers_go_on_under_theirs(signed):
    # Given rules in force
    rules = Cycle.objects.get(code="vitry_2027").current
    # When she changes one
    typed(signed, "/campagne/vitry_2027/regles/", quorum="3")
    typed(
        signed, "/campagne/vitry_2027/criteres/" + rules.criteria.order_by("pk")[0].code + "/", help="À voir."
    )
    # Then the published version has not moved, and one draft holds both changes
    cycle = Cycle.objects.get(code="vitry_2027")
    draft = cycle.versions.get(number=2)
    assert (cycle.current, cycle.current.quorum, cycle.versions.count()) == (rules, None, 2)
    assert (draft.state, draft.quorum) == ("draft", 3)
    # and the page says what will change, and for whom
    shown = signed.get("/campagne/vitry_2027/publier/")
    assert shown.context["changes"][0][0] == "Règles"
    assert shown.context["changes"][0][1] == [("Avis qui suffisent pour clore le tour", "— → 3")]
    # When she gives it up, Then nothing waits any more
    signed.post("/campagne/vitry_2027/publier/", {"revert": "oui"})
    assert signed.get("/campagne/vitry_2027/publier/").context["campaign"].may_publish is False


def test_what_stands_against_publishing_leads_to_its_form(signed):
    typed(signed, "/campagne/vitry_2027/etapes/depot/", closes_offset="-200")
    shown = signed.get("/campagne/vitry_2027/publier/")
    found = {one.code: url for one, url in shown.context["against"]}
    assert found["empty_window"] == "/campagne/vitry_2027/etapes/depot/"
    assert "Publier la version" not in shown.content.decode()
    answer = signed.post("/campagne/vitry_2027/publier/", publication(shown))
    assert answer.status_code == 422
    assert Cycle.objects.get(code="vitry_2027").current.number == 1

"""The mirror survey: who may answer, that nobody is known by an answer, and what is read of it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from cases import survey
from cases.models import SurveyAnswer, SurveyBallot
from cases.promises import the_survey_is_short_and_has_dates
from cases.words import Audience
from tests import year as play
from workflow.models import Entry, StepKind
from workflow.refusal import Refused
from workflow.roles import Role

pytestmark = pytest.mark.django_db

OPEN = ("2027-05-03", "2027-05-28")
DURING, BEFORE, AFTER = play.day("2027-05-12"), play.day("2027-05-02"), play.day("2027-05-29")
SAID = {"suivi": 4, "changer": "Prévenir plus tôt."}


@pytest.fixture
def year(on_day):
    on_day(DURING)
    return play.a_year(survey=OPEN)


@pytest.fixture
def dossier(year):
    return play.a_draft(year)


def answered(user, year, replies=SAID, at=DURING):
    survey.answer(survey.survey_of(user, year.cycle.code), replies, by=user, at=at)


def a_holder(year, name: str):
    return play.person(name, Role.HOLDER, None, year.holder_organisation)


# ── Who may answer, and when ────────────────────────────────────────────────


def test_everybody_who_lived_the_year_answers_for_their_part(year, dossier):
    people = {
        Audience.TEAM: year.instructor,
        Audience.HOLDER: year.holder,
        Audience.FINANCIER: year.financiers["etat"],
    }
    met = {survey.survey_of(user, year.cycle.code).part.audience for user in people.values()}
    assert met == set(people)
    for user in people.values():
        answered(user, year)
    assert sorted(SurveyAnswer.objects.values_list("audience", "question", "mark", "words")) == sorted(
        row for one in people for row in ((one, "suivi", 4, ""), (one, "changer", None, "Prévenir plus tôt."))
    )


def test_who_asked_for_nothing_this_year_has_nothing_to_say_of_it(year):
    assert survey.survey_of(year.holder, year.cycle.code) is None
    assert survey.survey_of(play.person("membre", Role.COMMITTEE, year.cycle), year.cycle.code) is None


def test_another_organisations_part_cannot_be_borrowed(year, dossier):
    borrowed = SurveyBallot(
        cycle=year.cycle, person=year.holder, organisation=year.envelopes["etat"].financier.organisation
    )
    with pytest.raises(Refused) as refused:
        survey.engine.open_many([borrowed], by=year.holder, at=DURING)
    assert refused.value.codes == ["no_right"]


@pytest.mark.parametrize(
    "at, sentence",
    [
        (BEFORE, "Enquête miroir : cela ouvre le lundi 3 mai 2027."),
        (AFTER, "Enquête miroir : c’est clos depuis le vendredi 28 mai 2027 à minuit."),
    ],
)
def test_outside_its_days_nothing_is_kept(year, dossier, at, sentence):
    with pytest.raises(Refused) as refused:
        answered(year.holder, year, at=at)
    assert str(refused.value) == sentence
    assert (SurveyBallot.objects.count(), SurveyAnswer.objects.count()) == (0, 0)


def test_one_answers_once(year, dossier):
    answered(year.holder, year)
    with pytest.raises(Refused) as refused:
        answered(year.holder, year, {"suivi": 1})
    assert refused.value.codes == ["already"]
    assert SurveyAnswer.objects.count() == 2


def test_a_year_without_a_survey_asks_nobody(on_day):
    on_day(DURING)
    quiet = play.a_year("muette_2027")
    play.a_draft(quiet)
    assert survey.survey_of(quiet.holder, "muette_2027") is None
    assert survey.results_of(quiet.cycle, AFTER) is None


# ── Nobody is known by an answer ────────────────────────────────────────────


def test_an_answer_holds_neither_a_name_nor_an_hour():
    kept = {field.name for field in SurveyAnswer._meta.get_fields()}
    assert kept == {"id", "cycle", "question", "audience", "mark", "words"}


def test_the_journal_says_who_took_part_and_nothing_of_what_was_said(year, dossier):
    answered(year.holder, year)
    [entry] = Entry.objects.filter(subject_label="cases.surveyballot")
    assert (entry.actor, entry.move) == (year.holder, "open")
    assert "Prévenir" not in entry.payload
    assert "suivi" not in entry.payload


def test_the_keys_of_answers_do_not_rise_with_the_hour(year, dossier):
    for number in range(12):
        answered(a_holder(year, f"voisine{number}"), year, {"changer": f"{number:02}"})
    by_key = list(SurveyAnswer.objects.order_by("pk").values_list("words", flat=True))
    assert by_key != sorted(by_key)


@pytest.mark.parametrize("many, shown", [(4, False), (5, True)])
def test_what_fewer_than_five_said_is_not_shown(year, dossier, many, shown):
    for number in range(many):
        answered(a_holder(year, f"voisine{number}"), year)
    answered(year.instructor, year, {"suivi": 1})
    marks, words = survey.results_of(year.cycle, AFTER).results
    told = {group.label: group.counts for group in marks.groups}
    assert told == {"Les porteurs": (0, 0, 0, 5) if shown else None, "L’équipe": None, "Les financeurs": None}
    assert (words.words, words.hidden) == (("Prévenir plus tôt.",) * 5 if shown else (), not shown)


def test_nothing_is_read_while_one_more_answer_could_be_told_from_those_before_it(
    client, year, dossier, on_day
):
    for number in range(6):
        answered(a_holder(year, f"voisine{number}"), year)
    pages = [reverse(name, args=[year.cycle.code]) for name in ("survey-results", "campaign-next")]
    for at, read in ((play.day(OPEN[1], 23), False), (AFTER, True)):
        on_day(at)
        client.force_login(year.coordinator)
        found = survey.results_of(year.cycle, at)
        assert (found.closed, found.people, bool(found.results)) == (read, 6, read)
        said = [client.get(page).text for page in pages]
        assert [escape("Prévenir plus tôt.") in page for page in said] == [read, read]
        assert ["après le" in page for page in said] == [not read, not read]


# ── The pages ───────────────────────────────────────────────────────────────


def test_a_holder_finds_the_survey_at_home_answers_and_finds_it_no_more(client, year, dossier):
    client.force_login(year.holder)
    path = reverse("survey", args=[year.cycle.code])
    assert path in client.get("/").text
    answer = client.post(path, {"suivi": "3", "changer": ""}, follow=True)
    assert "Merci : vos réponses sont enregistrées, sans votre nom." in answer.text
    assert path not in answer.text
    assert list(SurveyAnswer.objects.values_list("question", "mark")) == [("suivi", 3)]
    assert "Vous avez répondu, merci" in client.get(path).text


def test_the_same_click_twice_thanks_twice_and_keeps_one(client, year, dossier):
    client.force_login(year.holder)
    path = reverse("survey", args=[year.cycle.code])
    answers = [client.post(path, {"suivi": "3"}).status_code for _ in range(2)]
    assert (answers, SurveyBallot.objects.count(), SurveyAnswer.objects.count()) == ([302, 302], 1, 1)


@pytest.mark.parametrize("typed", [{}, {"suivi": "9"}])
def test_an_empty_or_impossible_answer_is_asked_again(client, year, dossier, typed):
    client.force_login(year.holder)
    answer = client.post(reverse("survey", args=[year.cycle.code]), typed)
    assert (answer.status_code, SurveyBallot.objects.count()) == (422, 0)


def test_a_financier_and_the_team_find_it_on_their_own_home(client, year, dossier):
    path = reverse("survey", args=[year.cycle.code])
    for user, home in ((year.financiers["etat"], "/avis/"), (year.instructor, "/")):
        client.force_login(user)
        assert path in client.get(home).text


def test_before_its_days_the_page_says_when_they_are(client, year, dossier, on_day):
    on_day(BEFORE)
    client.force_login(year.holder)
    page = client.get(reverse("survey", args=[year.cycle.code])).text
    assert "lundi 3 mai 2027" in page
    assert reverse("survey", args=[year.cycle.code]) not in client.get("/").text


def test_the_next_year_is_prepared_beside_what_was_said(client, year, dossier, on_day):
    for number in range(5):
        answered(a_holder(year, f"voisine{number}"), year)
    on_day(AFTER)
    client.force_login(year.coordinator)
    for name in ("campaign-next", "survey-results"):
        page = client.get(reverse(name, args=[year.cycle.code])).text
        assert escape("Prévenir plus tôt.") in page
        assert "moins de cinq réponses" in page
    assert (
        "5\u00a0personnes ont répondu" in client.get(reverse("campaign-cycle", args=[year.cycle.code])).text
    )


@pytest.mark.parametrize("answers", [1, 3])
def test_the_answers_cost_the_same_for_one_and_for_three(
    client, year, dossier, django_assert_num_queries, answers, on_day
):
    for number in range(answers):
        answered(a_holder(year, f"voisine{number}"), year)
    on_day(AFTER)
    client.force_login(year.coordinator)
    with django_assert_num_queries(8):
        client.get(reverse("survey-results", args=[year.cycle.code]))


# ── What publishing asks ────────────────────────────────────────────────────

DAYS = {"label": "Enquête", "kind": StepKind.SURVEY, "opens": "enquete", "closes": "enquete"}
ASKED = {"suivi": {"label": "On a su où on en était."}}


@pytest.mark.parametrize(
    "asked, steps, codes",
    [
        ({}, {}, []),
        (ASKED, {"enquete": DAYS}, []),
        (ASKED, {}, ["no_window"]),
        ({}, {"enquete": DAYS}, ["no_question"]),
        (ASKED, {"enquete": DAYS | {"closes": None}}, ["endless_window"]),
        (ASKED, {"enquete": DAYS, "encore": DAYS}, ["two_windows"]),
        ({f"q{number}": {"label": "?"} for number in range(5)}, {"enquete": DAYS}, ["too_many"]),
    ],
)
def test_a_survey_is_short_and_has_its_days(asked, steps, codes):
    document = {"enquête": asked, "étapes": steps}
    assert [one.code for one in the_survey_is_short_and_has_dates(document)] == codes


def test_the_days_of_the_survey_count_in_full(year, dossier):
    last_minute = play.day(OPEN[1], 23)
    answered(year.holder, year, at=last_minute)
    assert SurveyBallot.objects.get().cycle.milestones.get(code="enquete").ends_on == date(2027, 5, 28)

"""A renewed request begins with last year's answers, and says of each that it is still to read again."""

import pytest
from django.urls import reverse

from cases import drafts
from cases.carried import Carried, answers_for, carried
from cases.models import Dossier, Question
from tests import year as play
from tests.cases.written import written
from workflow.models import CycleVersion

pytestmark = pytest.mark.django_db

AGAIN = "Repris de 2026, à relire"


@pytest.fixture
def before(on_day):
    """Last year's request of the same association, with an answer that nobody asks for any more."""
    on_day(play.WRITING)
    earlier = play.a_year("avant_2026")
    earlier.cycle.year = 2026
    earlier.cycle.save()
    dossier = play.a_draft(earlier)
    Dossier.objects.filter(pk=dossier.pk).update(answers={"resume": "Réparer ensemble.", "oublie": "Vieux."})
    return play.fresh(dossier)


@pytest.fixture
def year(before):
    year = play.a_year()
    for one in (before, before.project):
        one.organisation = year.holder_organisation
        one.save(update_fields=["organisation"])
    return year


def begun(year, project):
    facts = {"organisation": year.holder_organisation, "title": "Atelier vélo", "project": project}
    return drafts.begin(year.cycle, facts, by=year.holder, at=play.WRITING)


def test_a_renewed_request_takes_over_the_answers_to_the_questions_that_are_asked_again(year, before):
    dossier = begun(year, before.project)
    assert (dossier.answers, dossier.version) == ({"resume": "Réparer ensemble."}, 1)
    assert carried(dossier, year.holder) == Carried(2026, frozenset({"resume"}))


def test_a_new_action_takes_nothing_over(year):
    dossier = begun(year, None)
    assert (dossier.answers, carried(dossier, year.holder)) == ({}, Carried())


def test_a_question_that_is_asked_in_another_form_is_answered_anew(year, before):
    rules = CycleVersion.objects.create(cycle=year.cycle, number=2)
    Question.objects.create(version=rules, code="resume", label="Combien de séances", kind="number")
    assert (answers_for(rules, before), answers_for(year.rules, before)) == (
        {},
        {"resume": "Réparer ensemble."},
    )


def test_an_answer_that_was_written_again_is_no_longer_to_read_again(year, before, client):
    dossier = begun(year, before.project)
    client.force_login(year.holder)
    topic, overview = (
        reverse("dossier-topic", args=[dossier.uuid, "l-action"]),
        reverse("dossier-request", args=[dossier.uuid]),
    )
    assert [AGAIN in client.get(one).content.decode() for one in (topic, overview)] == [True, True]
    written(client, dossier, "l-action", {"answer-resume": "Réparer et prêter."})
    assert [AGAIN in client.get(one).content.decode() for one in (topic, overview)] == [False, False]


def test_what_one_may_not_read_is_not_taken_over(year, before):
    """A project whose earlier request belongs to somebody else lends nothing."""
    stranger = play.a_year("ailleurs_2027")
    Dossier.objects.filter(pk=before.pk).update(organisation=stranger.holder_organisation)
    assert begun(year, before.project).answers == {}

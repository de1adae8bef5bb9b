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

AGAIN = "Repris de 2026, à vérifier"


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
    assert carried(dossier, year.holder) == Carried(
        2026, frozenset({"resume"}), asked={"total_cost": 100_000}
    )


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


# What the call says of each question ------------------------------------------------------------------------------


def asked_again(before, year, **questions):
    """A second version of this year's rules and last year's answers: code to (kind, what the call says, answer)."""
    rules = CycleVersion.objects.create(cycle=year.cycle, number=2)
    old = CycleVersion.objects.create(cycle=before.cycle, number=2)
    for code, (kind, renewal, _) in questions.items():
        Question.objects.create(version=rules, code=code, label=code, kind=kind, renewal=renewal)
        Question.objects.create(version=old, code=code, label=code, kind=kind)
    answers = {code: answer for code, (_, _, answer) in questions.items()}
    Dossier.objects.filter(pk=before.pk).update(answers=answers, rules=old)
    type(year.cycle).objects.filter(pk=year.cycle.pk).update(current=rules)
    year.cycle.refresh_from_db()
    return play.fresh(before)


QUESTIONS = {
    "besoin": ("long", "", "Des vélos."),
    "equipe": ("text", "clear", "Deux salariés."),
    "lieu": ("text", "ask", "Au local."),
    "seances": ("number", "", 12),
    "loyer": ("money", "", "150.00"),
    "debut": ("date", "", "2026-03-02"),
    "statuts": ("number", "keep", 3),
}


def test_each_question_is_kept_cleared_or_asked_again_as_the_call_says(year, before):
    before = asked_again(before, year, **QUESTIONS)
    dossier = begun(year, before.project)
    assert dossier.answers == {"besoin": "Des vélos.", "statuts": 3}
    taken = carried(dossier, year.holder)
    assert taken.codes == {"besoin", "statuts"}
    said = {"lieu": "Au local.", "seances": 12, "loyer": "150.00", "debut": "2026-03-02"}
    assert {code: one for code, one in taken.asked.items() if code in QUESTIONS} == said


def test_what_is_asked_again_stands_beside_its_empty_field(year, before, client):
    before = asked_again(before, year, **QUESTIONS)
    Question.objects.filter(version=year.cycle.current).update(topic="Tout")
    dossier = begun(year, before.project)
    client.force_login(year.holder)
    page = client.get(reverse("dossier-topic", args=[dossier.uuid, "tout"]))
    fields = page.context["form"].fields
    helps = {name.removeprefix("answer-"): one.help_text for name, one in fields.items() if "answer" in name}
    assert {name: text.replace("\u202f", " ") for name, text in helps.items()} == {
        "besoin": "Repris de 2026, à vérifier.",
        "equipe": "",
        "lieu": "En 2026 : « Au local. »",
        "seances": "En 2026 : 12.",
        "loyer": "En 2026 : 150 €. En euros.",
        "debut": "En 2026 : lundi 2 mars 2026.",
        "statuts": "Repris de 2026, à vérifier.",
    }
    assert fields["answer-lieu"].initial is None


def test_whom_it_is_for_is_kept_and_how_many_when_and_how_much_is_asked_again(year, before, client):
    said = {"public": "Jeunes", "public_count": 40, "starts_on": "2026-03-02", "budget": {"60": "900.00"}}
    Dossier.objects.filter(pk=before.pk).update(**said)
    dossier = begun(year, before.project)
    assert (dossier.public, dossier.public_count, dossier.starts_on, dossier.budget) == (
        "Jeunes",
        None,
        None,
        {},
    )
    assert carried(dossier, year.holder).fields == {"public"}
    client.force_login(year.holder)
    first = client.get(reverse("dossier-topic", args=[dossier.uuid, "essentiel"])).context["form"].fields
    money = client.get(reverse("dossier-topic", args=[dossier.uuid, "budget"])).context["form"].fields
    assert first["public"].help_text == AGAIN + "."
    assert first["public_count"].help_text == "En 2026 : 40."
    assert first["starts_on"].help_text == "En 2026 : lundi 2 mars 2026."
    assert money["total_cost"].help_text.replace("\u202f", " ").startswith("En 2026 : 100 000 €. En euros.")
    assert money["account-60"].help_text.replace("\u202f", " ") == "En 2026 : 900 €."

"""The path is the machine's own: its main line follows the chart."""

from datetime import date

import pytest

from cases.models import Dossier
from cases.pathway import main_line, pathway, position
from cases.states import DossierState
from tests import year as play
from tests.cases.reached import DOSSIERS
from workflow import engine
from workflow.charts import state_field
from workflow.models import Entry, Milestone, Step

S = DossierState


def test_each_stage_begins_where_the_one_before_ended():
    line = main_line()
    here = state_field(Dossier).get_default()
    for move in line:
        assert here in move.sources
        here = move.target
    assert here == S.CLOSED


def test_every_state_has_a_place_on_the_path():
    places = {state: position(state) for state in S}
    assert places == {
        S.DRAFT: 0, S.SUPPORT: 0, S.SUBMITTED: 1, S.INCOMPLETE: 1, S.INADMISSIBLE: 5, S.INSTRUCTION: 2, S.REVIEW: 3,
        S.COMMITTEE: 4, S.DEFERRED: 4, S.DECIDED: 5, S.ANSWERED: 6, S.REPORTING: 7, S.CLOSED: 8, S.WITHDRAWN: 0,
        S.DROPPED: 0,
    }  # fmt: skip


def drawn(dossier, *more, **options):
    entries = Entry.objects.filter(subject_label="cases.dossier", subject_id=dossier.pk).order_by("seq")
    steps = Step.objects.filter(version=dossier.rules_id).select_related("opens", "closes").order_by("pk")
    return [
        (stage.label, stage.status, stage.when)
        for stage in pathway(dossier, entries, [*steps, *more], **options)
    ]


@pytest.mark.django_db
def test_done_stages_say_their_day_and_the_others_the_calendars():
    dossier = play.in_review(play.a_year())
    assert drawn(dossier) == [
        ("Dépôt de la demande", "done", "mardi 20 octobre 2026"),
        ("Vérification du dossier", "done", "mardi 1er décembre 2026"),
        ("Instruction par l’équipe", "done", "jeudi 10 décembre 2026"),
        ("Avis des financeurs", "current", "jusqu’au vendredi 15 janvier 2027"),
        ("Comité", "todo", "à partir du mercredi 10 février 2027"),
        ("Réponse", "todo", "à partir du mercredi 10 février 2027"),
        ("Année de l’action", "todo", "bilan demandé à partir du mercredi 15 décembre 2027"),
        ("Bilan", "todo", ""),
    ]


@pytest.mark.django_db
def test_a_withdrawn_dossier_stops_where_it_was():
    year = play.a_year()
    dossier = play.submitted(year)
    engine.fire(dossier, "withdraw", by=year.holder, at=play.READING)
    assert [label for label, _, _ in drawn(play.fresh(dossier))] == ["Dépôt de la demande", "Retiré"]


@pytest.mark.django_db
def test_what_is_not_admissible_awaits_its_answer_without_the_calendars_date():
    dossier = DOSSIERS["inadmissible"](play.a_year())
    assert ("Réponse", "current", "") in drawn(dossier)


@pytest.mark.django_db
def test_a_step_that_opens_no_move_dates_no_stage():
    dossier = play.submitted(play.a_year())
    opens = Milestone(starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 1))
    assert drawn(dossier, Step(kind="review", label="Avis", opens=opens)) == drawn(dossier)


def announced_answer(dossier, *more) -> list[str]:
    return [when for label, _, when in drawn(dossier, *more, announced=True) if label == "Réponse"]


@pytest.mark.django_db
def test_a_holder_reads_one_date_of_the_answer_the_one_that_is_announced():
    dossier = play.submitted(play.a_year())
    assert announced_answer(dossier) == ["à partir du mercredi 10 février 2027"]
    Milestone.objects.filter(cycle=dossier.cycle, code="comite").update(public=False)
    assert announced_answer(dossier) == [""]
    told = Milestone(starts_on=date(2027, 4, 15), ends_on=date(2027, 4, 15), precision="quinzaine")
    promised = Step(kind="answer", label="Réponse annoncée", opens=told)
    assert announced_answer(dossier, promised) == ["mi-avril 2027"]
    assert ("Réponse", "todo", "à partir du mercredi 10 février 2027") in drawn(dossier, promised)

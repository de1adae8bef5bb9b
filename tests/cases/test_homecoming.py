"""A table that comes back: every change said first, then all of them in one go; nothing lost, nothing overwritten."""

from decimal import Decimal

import pytest

from cases import exchange_words as words
from cases import homecoming
from cases import models as cases
from tests import year as play
from tests.cases.tables import Filled, exported, preview, seat
from workflow import engine
from workflow.models import Entry

pytestmark = pytest.mark.django_db

AT = play.REVIEWING


@pytest.fixture
def year():
    return play.a_year()


@pytest.fixture
def dossiers(year):
    return [play.in_review(year) for _ in range(3)]


def line(year, dossier, name="etat") -> cases.FundingLine:
    return dossier.lines.get(envelope=year.envelopes[name])


def kept(year, found, *maintained, promised=None, user=None, told=None):
    promised = {one.row.uuid for one in found.ready} if promised is None else promised
    by = user or year.financiers["etat"]
    return homecoming.keep(found, promised, set(maintained), seat(year, user=user), told or {}, by=by, at=AT)


def said(year, dossier):
    found = line(year, dossier)
    return (found.state, found.verdict, found.proposed, found.motive)


def test_sent_back_as_it_came_it_changes_nothing(year, dossiers):
    play.opine(year, dossiers[0], "etat")
    found = preview(year, exported(year), at=AT)
    assert (found.changes, found.errors, found.unchanged) == ([], [], 3)


def test_each_row_filled_in_is_one_opinion_given_through_the_door(year, dossiers):
    filled = exported(year)
    filled.write("001", verdict="Favorable", amount=800).write(
        "003", verdict="Défavorable", motive="Trop loin."
    )
    found = preview(year, filled, at=AT)
    assert ([one.line.dossier.number for one in found.ready], found.unchanged) == ([1, 3], 1)
    assert [said(year, one)[0] for one in dossiers] == ["invited"] * 3
    assert kept(year, found) == 2
    assert said(year, dossiers[0]) == ("answered", "favourable", Decimal(800), "")
    assert said(year, dossiers[1])[0] == "invited"
    assert said(year, dossiers[2]) == ("answered", "unfavourable", None, "Trop loin.")
    entries = Entry.objects.filter(subject_label="cases.fundingline", move="opine")
    assert (entries.count(), {one.actor for one in entries}) == (2, {year.financiers["etat"]})


def test_amounts_and_words_are_read_as_people_write_them(year, dossiers):
    filled = exported(year).write(
        "001", verdict="favorable  avec RESERVE", amount="750,50 €", motive="Oui,\r\nmais."
    )
    assert kept(year, preview(year, filled, at=AT)) == 1
    assert said(year, dossiers[0]) == ("answered", "reserved", Decimal("750.50"), "Oui,\nmais.")


def test_a_reserve_says_its_condition_and_the_level_that_gave_it_stays(year, dossiers):
    play.opine(year, dossiers[0], "etat")
    cases.FundingLine.objects.filter(pk=line(year, dossiers[0]).pk).update(level="Délégué")
    filled = exported(year).write("001", verdict="Favorable avec réserve", conditions="Avec une salle.")
    assert kept(year, preview(year, filled, at=AT)) == 1
    found = line(year, dossiers[0])
    assert (found.verdict, found.conditions, found.level) == ("reserved", "Avec une salle.", "Délégué")


def test_what_the_table_says_twice_is_done_once(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800)
    found = preview(year, filled, at=AT)
    assert (kept(year, found), kept(year, found)) == (1, 1)
    assert preview(year, filled, at=AT).changes == []
    assert Entry.objects.filter(move="opine").count() == 1


@pytest.mark.parametrize(
    "typed, cell, sentence",
    [
        ({"amount": 500}, "K2", words.OPINION_ASKED),
        ({"verdict": "Favorable"}, "L2", words.AMOUNT_ASKED),
        ({"verdict": "Défavorable", "amount": 500, "motive": "Non."}, "L2", words.NO_AMOUNT_HERE),
        ({"verdict": "Défavorable"}, "M2", "Dites en une phrase ce qui manque à cette action."),
        ({"verdict": "Favorable avec réserve", "amount": 1}, "N2", "Dites en une phrase à quelle condition."),
        (
            {"verdict": "Favorable", "amount": 1000.01},
            "L2",
            "Le montant proposé doit être compris entre 0 et le montant demandé.",
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_cell_and_nothing_is_kept(year, dossiers, typed, cell, sentence):
    filled = exported(year).write("001", **typed).write("002", verdict="Favorable", amount=1)
    found = preview(year, filled, at=AT)
    assert [(one.cell, one.sentence) for one in found.errors] == [(cell, sentence)]
    assert kept(year, found) is None
    assert said(year, dossiers[1])[0] == "invited"


def test_an_opinion_that_was_given_is_corrected_and_never_erased(year, dossiers):
    play.opine(year, dossiers[0], "etat")
    filled = exported(year)
    filled.cell("001", "Avis").value = None
    assert [one.sentence for one in preview(year, filled, at=AT).errors] == [words.OPINION_ERASED]
    assert kept(year, preview(year, exported(year).write("001", amount=300), at=AT)) == 1
    assert said(year, dossiers[0])[2] == Decimal(300)


def test_what_changed_here_since_is_shown_with_both_and_kept_only_where_somebody_maintains_it(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800).write("002", verdict="Sans avis")
    facts = {
        "verdict": "reserved",
        "amount": Decimal(200),
        "motive": "Si.",
        "source": "Appel",
        "author": "Le délégué",
    }
    engine.fire(line(year, dossiers[0]), "record_opinion", by=year.instructor, at=AT, facts=facts)
    found = preview(year, filled, at=AT)
    [stale] = found.stale
    assert (stale.now.verdict, stale.now.amount, stale.said.amount) == (
        "reserved",
        Decimal(200),
        Decimal(800),
    )
    assert [one.line.dossier.number for one in found.ready] == [2]
    assert kept(year, found) == 1
    assert said(year, dossiers[0])[1:3] == ("reserved", Decimal(200))
    found = preview(year, filled, at=AT)
    assert kept(year, found, found.stale[0].mark) == 1
    assert said(year, dossiers[0])[1:3] == ("favourable", Decimal(800))


def test_a_row_left_as_it_came_never_undoes_what_was_done_here_since(year, dossiers):
    filled = exported(year).write("002", verdict="Sans avis")
    play.opine(year, dossiers[0], "etat", amount=200)
    found = preview(year, filled, at=AT)
    assert [one.line.dossier.number for one in found.changes] == [2]
    assert kept(year, found) == 1
    assert said(year, dossiers[0])[2] == Decimal(200)


def test_what_the_team_changed_on_the_page_since_makes_the_row_stale(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800)
    sheet = cases.Instruction.objects.get(dossier=dossiers[0])
    engine.amend(sheet, {"summary": "Une salle en moins."}, by=year.instructor, at=AT)
    assert [one.line.dossier.number for one in preview(year, filled, at=AT).stale] == [1]


def test_what_moves_between_the_preview_and_the_click_keeps_nothing(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800).write("002", verdict="Sans avis")
    promised = {one.row.uuid for one in preview(year, filled, at=AT).ready}
    play.opine(year, dossiers[0], "etat", amount=200)
    again = preview(year, filled, at=AT)
    assert kept(year, again, promised=promised) is None
    assert [said(year, one)[0] for one in dossiers] == ["answered", "invited", "invited"]


def test_a_mark_that_is_no_longer_the_one_shown_maintains_nothing(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800)
    play.opine(year, dossiers[0], "etat", amount=200)
    mark = preview(year, filled, at=AT).stale[0].mark
    play.opine(year, dossiers[0], "etat", amount=300)
    assert kept(year, preview(year, filled, at=AT), mark) is None
    assert said(year, dossiers[0])[2] == Decimal(300)


def test_a_round_that_closed_meanwhile_keeps_the_others(year, dossiers):
    filled = exported(year).write("001", verdict="Favorable", amount=800).write("002", verdict="Sans avis")
    engine.fire(play.fresh(dossiers[0]), "close_review", by=year.coordinator, at=AT)
    found = preview(year, filled, at=AT)
    assert [one.line.dossier.number for one in found.refused] == [1]
    assert (found.errors, kept(year, found)) == ([], 1)
    assert [said(year, one)[0] for one in dossiers] == ["silent", "answered", "invited"]


def test_the_last_opinions_close_their_rounds_as_they_would_one_by_one(year, dossiers):
    for one in dossiers:
        play.opine(year, one, "agglo")
    filled = exported(year)
    for number in ("001", "002", "003"):
        filled.write(number, verdict="Favorable", amount=500)
    found = preview(year, filled, at=AT)
    assert {play.fresh(one).state for one in dossiers} == {"review"}
    assert kept(year, found) == 3
    assert {play.fresh(one).state for one in dossiers} == {"committee"}


def test_the_team_records_what_a_financier_sent(year, dossiers):
    engine.fire(play.fresh(dossiers[0]), "close_review", by=year.coordinator, at=AT)
    told = {"author": "Mme Fictive", "source": "Courriel du lundi", "received_on": AT.date()}
    filled = exported(year, user=year.instructor).write("001", verdict="Favorable", amount=800)
    found = preview(year, filled, at=AT, user=year.instructor, told=told)
    assert kept(year, found, user=year.instructor, told=told) == 1
    found = line(year, dossiers[0])
    assert (found.state, found.opinion_by, found.opinion_source) == (
        "answered",
        "Mme Fictive",
        "Courriel du lundi",
    )


def test_a_row_of_another_seat_is_refused_at_its_place(year, dossiers):
    filled, other = exported(year), exported(year, "agglo")
    filled.sheet["A3"] = other.sheet["A3"].value
    found = preview(year, filled.write("001", verdict="Sans avis"), at=AT)
    assert [(one.cell, one.sentence) for one in found.errors] == [("3", words.NOT_IN_THIS_TABLE)]


def test_a_table_says_of_which_cycle_and_seat_it_is(year, dossiers):
    other = play.a_year("ailleurs_2027")
    play.in_review(other)
    table = homecoming.read(exported(year).raw)
    assert homecoming.is_of(table, seat(year))
    assert not homecoming.is_of(table, seat(year, "agglo"))
    assert not homecoming.is_of(homecoming.read(exported(other).raw), seat(year))


@pytest.mark.parametrize("many", [2, 3])
def test_twice_the_rows_cost_no_more_queries(year, dossiers, django_assert_max_num_queries, many):
    filled = exported(year)
    for number in ("001", "002", "003")[:many]:
        filled.write(number, verdict="Favorable", amount=500)
    table = homecoming.read(Filled(filled.raw).raw)
    found = seat(year)
    with django_assert_max_num_queries(25):
        homecoming.preview(table, found, {}, by=year.financiers["etat"], at=AT)

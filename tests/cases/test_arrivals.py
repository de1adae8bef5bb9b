"""Somebody else's rows become drafts through the door, or every one of their errors is said at its cell."""

import pytest

from cases import arrivals
from cases import exchange_words as words
from cases.models import Dossier, Neighbourhood, Orientation, Project
from cases.workbook import WorkbookErrors
from tests import year as play
from tests.cases.foreign import read
from workflow.models import Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

TITLES = ["Numéro", "Structure", "SIRET", "Action", "Coût", "État", "Axe", "Quartiers"]
COLUMNS = {
    "reference": 1, "holder": 2, "siret": 3, "title": 4, "total_cost": 5, "asked-etat": 6, "orientation": 7,
    "neighbourhoods": 8,
}  # fmt: skip
ROW = [
    "00123",
    "Les Ateliers inventés",
    "77561279900228",
    "Jardin partagé",
    12_000,
    "1 500,50 €",
    "emploi",
    "QN05109M",
]


@pytest.fixture
def year():
    year = play.a_year()
    Orientation.objects.create(cycle=year.cycle, code="emploi", label="Emploi et insertion")
    Neighbourhood.objects.create(contract=year.cycle.contract, code="QN05109M", name="Le Hamois")
    return year


def row(**changes) -> list:
    names = list(COLUMNS)
    return [changes.get(name, value) for name, value in zip(names, ROW, strict=True)]


def brought(year, folder, *rows, keeps=True, by=None):
    programming = arrivals.programming_of(read(folder, TITLES, *rows), COLUMNS, year.cycle)
    return arrivals.bring_in(programming, year.cycle, by=by or year.coordinator, at=play.WRITING, keeps=keeps)


def refused(year, folder, *rows) -> list[tuple[str, str]]:
    with pytest.raises(WorkbookErrors) as errors:
        brought(year, folder, *rows)
    return [(one.cell, one.sentence) for one in errors.value.errors]


def test_each_row_becomes_a_draft_with_what_it_asks(year, tmp_path):
    [made] = brought(year, tmp_path, ROW)
    dossier = play.fresh(made)
    told = (dossier.state, dossier.title, dossier.dauphin_reference, dossier.organisation.siret)
    assert told == ("draft", "Jardin partagé", "00123", "77561279900228")
    assert (dossier.orientation.code, dossier.neighbourhoods.get().code) == ("emploi", "QN05109M")
    [line] = dossier.lines.all()
    assert (line.envelope, f"{line.requested}") == (year.envelopes["etat"], "1500.50")
    assert Entry.objects.get(subject_label="cases.dossier", subject_id=dossier.pk).actor == year.coordinator


def test_what_a_table_does_not_tell_stays_blank(year, tmp_path):
    [made] = brought(year, tmp_path, row(orientation=None, neighbourhoods=None, siret=None, reference=None))
    dossier = play.fresh(made)
    assert (dossier.orientation, dossier.renewal, dossier.neighbourhoods.count()) == (None, False, 0)


def test_a_trial_keeps_nothing(year, tmp_path):
    assert len(brought(year, tmp_path, ROW, row(reference="2", title="Autre"), keeps=False)) == 2
    assert not Dossier.objects.exists()
    assert not Project.objects.exists()


def test_every_error_is_said_at_its_cell_and_nothing_is_kept(year, tmp_path):
    told = refused(
        year,
        tmp_path,
        row(holder=None, siret="12345678901234"),
        row(title="Deux", total_cost="beaucoup"),
        row(title="Trois", **{"asked-etat": None}),
        row(title="Quatre", total_cost=10),
    )
    assert told == [
        ("B2", words.is_blank("Porteur")),
        ("C2", "le SIRET « 12345678901234 » est faux : un chiffre a été mal recopié."),
        ("E3", "« beaucoup » n’est pas un montant."),
        ("4", words.NOTHING_ASKED),
        ("E5", words.TOO_CHEAP),
    ]
    assert not Dossier.objects.exists()


def test_what_the_cycle_does_not_know_is_said_at_its_cell(year, tmp_path):
    assert refused(year, tmp_path, row(orientation="jeunesse")) == [
        ("G2", "l’orientation « jeunesse » n’est pas dans ce cycle.")
    ]


@pytest.mark.parametrize(
    "again", [{}, {"reference": "9"}, {"title": "Autre"}, {"holder": "Autre", "reference": "9"}]
)
def test_what_is_here_already_is_not_opened_twice(year, tmp_path, again):
    brought(year, tmp_path, ROW)
    assert refused(year, tmp_path, row(**again)) == [("2", words.ALREADY_HERE)]
    assert Dossier.objects.count() == 1


def test_two_clicks_open_it_once(year, tmp_path):
    programming = arrivals.programming_of(read(tmp_path, TITLES, ROW), COLUMNS, year.cycle)
    arrivals.bring_in(programming, year.cycle, by=year.coordinator, at=play.WRITING)
    with pytest.raises(WorkbookErrors):
        arrivals.bring_in(programming, year.cycle, by=year.coordinator, at=play.WRITING)
    assert Dossier.objects.count() == 1


def test_who_may_not_write_requests_may_not_bring_them_in(year, tmp_path):
    with pytest.raises(Refused):
        brought(year, tmp_path, ROW, by=year.financiers["etat"])
    assert not Dossier.objects.exists()

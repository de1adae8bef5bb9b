"""Rows of a programming become drafts with their lines, or every reason why not."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.imports import import_programming
from cases.models import Dossier, FundingLine, Neighbourhood, Orientation, Project
from cases.states import DossierState, LineState
from cases.workbook import Programming, ProgrammingLine, WorkbookErrors
from tests import year as play
from tests.rehearsed import a_row
from workflow.models import Entry, Organisation
from workflow.refusal import Refused
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db
COLUMNS = {"number": "A", "orientation": "F", "neighbourhoods": "G", "etat": "L", "région": "N"}


@pytest.fixture
def year():
    year = play.a_year()
    Orientation.objects.create(cycle=year.cycle, code="emploi", label="Emploi et insertion")
    Neighbourhood.objects.create(contract=year.cycle.contract, code="QN05109M", name="Le Hamois")
    return year


def a_programming(*rows, financiers=("etat", "agglo")) -> Programming:
    return Programming(financiers, rows, COLUMNS)


def row(rank: int = 1, financiers=("etat", "agglo"), **facts):
    return a_row(rank, financiers)._replace(**facts)


def brought_in(year, *rows, **options):
    return import_programming(
        a_programming(*rows, **options), year.cycle, by=year.coordinator, at=play.WRITING
    )


def refused(year, *rows, **options) -> list[str]:
    with pytest.raises(WorkbookErrors) as errors:
        brought_in(year, *rows, **options)
    assert not Dossier.objects.exists()
    assert not Project.objects.exists()
    return [str(error) for error in errors.value.errors]


def test_each_row_becomes_a_draft_with_a_line_per_amount_asked(year):
    lines = (
        ProgrammingLine("etat", Decimal(900), Decimal(1200)),
        ProgrammingLine("agglo", Decimal(500), None),
    )
    [dossier] = brought_in(year, row(7, lines=lines))
    kept = play.fresh(dossier)
    assert (kept.number, kept.title, kept.state) == (7, "Action fictive 7", DossierState.DRAFT)
    assert (kept.rules, kept.orientation.code) == (year.rules, "emploi")
    assert list(kept.neighbourhoods.values_list("code", flat=True)) == ["QN05109M"]
    [line] = FundingLine.objects.all()
    assert (line.envelope, line.previous, line.requested) == (year.envelopes["etat"], 900, 1200)
    assert (line.organisation, line.state) == (kept.organisation, LineState.REQUESTED)


def test_what_is_imported_begins_its_journal(year):
    [dossier] = brought_in(year, row())
    [entry] = Entry.objects.filter(subject_label="cases.dossier", subject_id=dossier.pk)
    assert (entry.move, entry.actor, entry.at) == ("open", year.coordinator, play.WRITING)


def test_who_may_not_write_dossiers_may_not_import_them(year):
    with pytest.raises(Refused) as errors:
        import_programming(a_programming(row()), year.cycle, by=year.financiers["etat"], at=play.WRITING)
    assert errors.value.codes == ["no_right"]
    assert not Project.objects.exists()


def test_a_column_is_a_short_name_an_organisation_a_code_or_one_envelope_of_them(year):
    seat = year.envelopes["etat"].financier.organisation
    year.envelopes["etat"].financier.name = "Préfecture"
    year.envelopes["etat"].financier.save()
    for rank, name in enumerate(("PREFECTURE", seat.name, "etat", "etat – etat"), 1):
        brought_in(year, row(rank, (name,)), financiers=(name,))
    assert FundingLine.objects.filter(envelope=year.envelopes["etat"]).count() == 4


def test_a_holder_is_known_by_siret_then_by_name(year):
    known = Organisation.objects.create(name="La Ruche", siret="77561279900228")
    first, second, third = brought_in(
        year,
        row(1, holder="LA RUCHE (ex Essaim)", siret="77561279900228"),
        row(2, holder="Nouvelle venue"),
        row(3, holder="nouvelle  venue"),
    )
    assert first.organisation == known
    assert second.organisation == third.organisation
    assert Organisation.objects.filter(name="Nouvelle venue").count() == 1


def test_a_renewal_goes_on_with_its_project_and_a_new_action_begins_one(year):
    project = Project.objects.create(organisation=year.holder_organisation, title="Atelier vélo")
    holder = year.holder_organisation.name
    renewed, new = brought_in(
        year,
        row(2, holder=holder, title="Atelier Vélo", renewal=True),
        row(3, holder=holder, title="Atelier vélo", renewal=False),
    )
    assert renewed.project == project
    assert new.project != project


def test_rows_without_a_number_get_the_next_ones(year):
    dossiers = brought_in(year, row(1, number=""), row(2, number="12"), row(3, number="B4"))
    assert [dossier.number for dossier in dossiers] == [13, 12, 14]


def test_everything_unknown_is_said_at_once_with_its_cell_and_nothing_is_written(year):
    assert refused(
        year,
        row(1, orientation="jeunesse"),
        row(2, ("région",), neighbourhoods=("QN05109M", "QN99999X")),
        financiers=("etat", "région"),
    ) == [
        "Feuille Programmation, cellule N:N : le financeur « région » n’est pas dans ce cycle.",
        "Feuille Programmation, cellule F2 : l’orientation « jeunesse » n’est pas dans ce cycle.",
        "Feuille Programmation, cellule G3 : le quartier « QN99999X » n’est pas dans ce contrat.",
    ]


def test_two_columns_of_one_envelope_are_an_error(year):
    assert refused(year, row(1), financiers=("etat", "etat – etat")) == [
        "Feuille Programmation : « etat – etat » et « etat » désignent la même enveloppe."
    ]


def test_the_same_table_twice_is_refused(year):
    brought_in(year, row(4))
    with pytest.raises(WorkbookErrors) as errors:
        brought_in(year, row(4))
    assert (
        str(errors.value) == "Feuille Programmation, cellule A5 : le dossier n° 4 existe déjà dans ce cycle."
    )
    assert Dossier.objects.count() == 1


def test_twenty_rows_cost_no_more_queries_than_two(year):
    def cost(first, count):
        rows = [row(rank, holder=f"Porteur {rank}") for rank in range(first, first + count)]
        with CaptureQueriesContext(connection) as queries:
            import_programming(a_programming(*rows), year.cycle, by=SYSTEM, at=play.WRITING)
        return len(queries)

    few = cost(1, 2)
    assert cost(100, 20) <= few

"""A table is read whole, or every one of its errors is said with its place."""

from decimal import Decimal

import pytest

from cases.workbook import CellError, ProgrammingLine, ProgrammingRow, WorkbookErrors, read_programming
from cases.workbook.archive import TOO_BIG, UNREADABLE
from cases.workbook.columns import NO_FINANCIER, NOT_FOUND
from cases.workbook.reading import EMPTY, FAR_AWAY, HIDDEN, MERGED
from tests.cases.workbook.packages import (
    DOSSIER,
    TITLES,
    Raw,
    dossier,
    packed,
    parts_of,
    sheet_of,
    workbook,
)

BOMB = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "tableau.xlsx"


def errors(path):
    with pytest.raises(WorkbookErrors) as refused:
        read_programming(path)
    return [str(error) for error in refused.value.errors]


def spoilt(path, part, change):
    parts = parts_of(sheet_of([TITLES, DOSSIER]))
    return packed(path, parts | {part: change(parts[part])})


# ── What is read ────────────────────────────────────────────────────────────


def test_a_dossier_is_read_with_its_lines(path):
    programming = read_programming(workbook(path, dossier(QPV="QN05109M ; qn05110i/QN05113N")))
    assert programming.financiers == ("État", "CAF")
    assert programming.rows == (
        ProgrammingRow(
            place="Programmation!A2",
            number="1",
            holder="Les Ateliers du Saulcy",
            siret="",
            title="Jardin partagé",
            renewal=False,
            orientation="cadre_de_vie",
            neighbourhoods=("QN05109M", "QN05110I", "QN05113N"),
            public="habitants",
            public_count=40,
            total_cost=Decimal("12000.00"),
            lines=(
                ProgrammingLine("État", requested=Decimal("5000.00")),
                ProgrammingLine("CAF", requested=Decimal("1000.00")),
            ),
        ),
    )


def test_titles_stand_anywhere_in_any_spelling(path):
    titles = ["QPV", "ETAT - DEMANDE", "coût  total *", "PORTEUR", "Orientation", "intitule de l’action",
              "Reconduction\nou nouvelle", "État — n – 1", "Notre colonne à nous"]  # fmt: skip
    row = ["QN05109M", "1 000,50 €", 2000, "La Passerelle bleue", "emploi", "Atelier", "R", 10, "?"]
    found = read_programming(packed(path, parts_of(sheet_of([["Programmation 2027"], [], titles, [], row]))))
    assert found.financiers == ("ETAT",)
    assert [(row.place, row.number, row.renewal, row.lines) for row in found.rows] == [
        (
            "Programmation!A5",
            "",
            True,
            (ProgrammingLine("ETAT", previous=Decimal("10.00"), requested=Decimal("1000.50")),),
        )
    ]


def test_blank_rows_totals_and_notes_beside_the_table_are_not_dossiers(path):
    total = ["", "TOTAL général", *[""] * 7, 12000]
    beside = [""] * 20 + ["vu avec la CAF"]
    assert len(read_programming(workbook(path, [], DOSSIER, [""], beside, total)).rows) == 1


def test_the_sheet_is_found_by_its_titles_and_hidden_sheets_are_left_alone(path):
    parts = parts_of(sheet_of([["Lisez-moi"]]), sheet_of([TITLES, DOSSIER]))
    assert read_programming(packed(path, parts)).rows[0].place == "Autre!A2"
    twice = parts_of(sheet_of([TITLES, DOSSIER]), sheet_of([TITLES, DOSSIER]))
    hidden = twice["xl/workbook.xml"].replace("sheetId='1'", "sheetId='1' state='hidden'")
    assert read_programming(packed(path, twice | {"xl/workbook.xml": hidden})).rows[0].place == "Autre!A2"
    assert errors(packed(path, twice)) == [
        "Plusieurs feuilles portent un tableau (« Programmation », « Autre ») : gardez-en une."
    ]


def test_shared_and_rich_strings_lose_their_phonetic_guide(path):
    strings = "<sst><si><r><t>La </t></r><r><t>Passerelle</t></r><rPh><t>x</t></rPh></si></sst>"
    parts = parts_of(sheet_of([TITLES, dossier(Porteur=Raw("t='s'|<v>0</v>"))]))
    link = '<Relationship Id="x" Type="o/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    relations = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", link)
    parts |= {"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": relations}
    assert read_programming(packed(path, parts)).rows[0].holder == "La Passerelle"
    assert errors(packed(path, parts | {"xl/sharedStrings.xml": "<sst/>"})) == [UNREADABLE]


# ── Every error at once, with its place ─────────────────────────────────────


def test_all_errors_are_said_in_one_go(path):
    wrong = dossier(
        **{"Coût total": "1 234,5O €", "QPV": "Le Hamois", "Porteur": "", "SIRET": "12345678901234"}
    )
    poor = dossier(**{"N°": "2", "Coût total": 5999.99, "État – Demandé": Raw("t='e'|<v>#REF!</v>")})
    greedy = dossier(**{"N°": "2", "Coût total": 5999.99})
    too_cheap = "le coût total (5999.99 €) est inférieur à ce qui est demandé (6000.00 €)."
    assert errors(workbook(path, wrong, poor, greedy)) == [
        "Feuille Programmation, cellule B2 : « Porteur » est vide.",
        "Feuille Programmation, cellule C2 : le SIRET « 12345678901234 » est faux : un chiffre a été mal recopié.",
        "Feuille Programmation, cellule G2 : « LE HAMOIS » n’est pas un code de QPV, comme QN05109M.",
        "Feuille Programmation, cellule J2 : « 1 234,5O € » n’est pas un montant.",
        "Feuille Programmation, cellule L3 : la formule donne l’erreur #REF!.",
        "Feuille Programmation, cellule A4 : le numéro « 2 » est déjà à la ligne 3.",
        f"Feuille Programmation, cellule J4 : {too_cheap}",
    ]


def test_an_error_knows_its_place(path):
    with pytest.raises(WorkbookErrors) as refused:
        read_programming(workbook(path, dossier(QPV="")))
    assert refused.value.errors == (CellError("Programmation", "G2", "« QPV » est vide."),)


def test_titles_that_miss_repeat_or_are_mistyped_are_said_with_the_rows_errors(path):
    titles = ["Porteur", "Titre", "Porteur", "Orientation", "QPV", "CAF – Avis", "CAF – Versé"]
    row = ["A", "B", "C", "emploi", "QN05109"]
    expected = "après le financeur : N-1, Demandé, Avis, Proposé, Décidé."
    assert errors(packed(path, parts_of(sheet_of([titles, row])))) == [
        "Feuille Programmation, cellule C1 : le titre « Porteur » est déjà en A1 ; gardez une seule colonne.",
        f"Feuille Programmation, cellule G1 : le titre « CAF – Versé » n’est pas connu ; {expected}",
        "Feuille Programmation, ligne 1 : la colonne « Intitulé de l’action » manque.",
        "Feuille Programmation, ligne 1 : la colonne « Reconduction ou nouvelle » manque.",
        "Feuille Programmation, ligne 1 : la colonne « Coût total » manque.",
        "Feuille Programmation, ligne 1 : la colonne « CAF – Demandé » manque.",
        "Feuille Programmation, cellule E2 : « QN05109 » n’est pas un code de QPV, comme QN05109M.",
        "Feuille Programmation, ligne 2 : rien n’est demandé à aucun financeur.",
    ]


def test_a_table_needs_a_financier_and_a_dossier(path):
    assert errors(packed(path, parts_of(sheet_of([TITLES[:10]])))) == [
        f"Feuille Programmation, ligne 1 : {NO_FINANCIER}",
        f"Feuille Programmation : {EMPTY}",
    ]


def test_a_workbook_without_the_table_is_said(path):
    assert errors(packed(path, parts_of(sheet_of([["Bonjour"]])))) == [NOT_FOUND]
    late = [[]] * 15 + [TITLES, DOSSIER]
    assert errors(packed(path, parts_of(sheet_of(late)))) == [NOT_FOUND]


def test_an_answer_to_a_question_that_was_not_asked_is_said(path):
    row = dossier(**{"État – Demandé": "", "État – Proposé": 300})
    assert errors(workbook(path, row)) == [
        "Feuille Programmation, cellule N2 : « État – Proposé » est rempli alors que rien n’est demandé."
    ]


def test_nothing_asked_is_said_even_when_zeros_are_written(path):
    row = dossier(**{"État – Demandé": 0, "CAF – Demandé": ""})
    assert errors(workbook(path, row)) == [
        "Feuille Programmation, ligne 2 : rien n’est demandé à aucun financeur."
    ]


def test_a_masked_dossier_is_an_error_and_a_masked_blank_row_is_none(path):
    assert errors(workbook(path, DOSSIER, hidden=(2,))) == [f"Feuille Programmation, ligne 2 : {HIDDEN}"]
    assert len(read_programming(workbook(path, DOSSIER, [], hidden=(3,))).rows) == 1


def test_cells_merged_over_dossiers_are_an_error_and_over_a_heading_are_none(path):
    merged = (
        '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="B2:B3"/><mergeCell ref="S2:T9"/></mergeCells>'
    )
    second = dossier(**{"N°": "2"})
    assert errors(workbook(path, DOSSIER, second, after=merged)) == [
        f"Feuille Programmation, cellule B2:B3 : {MERGED}"
    ]


def test_a_thousand_errors_are_enough(path):
    found = errors(workbook(path, *[dossier(**{"N°": "", "QPV": "?"})] * 1500))
    assert (len(found), found[-1]) == (1001, "Plus de 1000 erreurs : la lecture s’arrête ici.")


# ── Files made to harm ──────────────────────────────────────────────────────


def test_a_cell_at_the_end_of_the_world_is_named(path):
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    spoilt(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", far))
    assert errors(path) == [f"Feuille Programmation, cellule XFD1048576 : {FAR_AWAY}"]
    wide = [*TITLES, *[""] * 200, "loin"]
    assert errors(packed(path, parts_of(sheet_of([wide, DOSSIER])))) == [
        f"Feuille Programmation, cellule HJ1 : {FAR_AWAY}"
    ]


def test_a_million_empty_rows_change_nothing(path):
    rows = "".join(f'<row r="{i}"/>' for i in range(3, 1_000_003))
    spoilt(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("</sheetData>", f"{rows}</sheetData>"))
    assert len(read_programming(path).rows) == 1


def test_a_lying_dimension_hides_nothing(path):
    rows = [dossier(**{"N°": str(i)}) for i in range(50)]
    found = read_programming(workbook(path, *rows, before='<dimension ref="A1:B2"/>'))
    assert len(found.rows) == 50


@pytest.mark.parametrize("doctype", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_entities_are_refused_wherever_they_stand(path, part, doctype):
    assert errors(spoilt(path, part, lambda xml: doctype + xml)) == [TOO_BIG]


@pytest.mark.parametrize(
    "part, change",
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-30]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("Jardin", "Jar\0din")),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="2"', 'r="1"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="B2"', 'r="A2"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace('r="B2"', 'r="-2"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace("inlineStr", "autre")),
        ("xl/worksheets/sheet1.xml", lambda _: '<?xml version="1.0" encoding="martien"?><worksheet/>'),
        ("xl/workbook.xml", lambda xml: xml.replace("r:id", "id")),
        ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet1", "sheet9")),
        ("_rels/.rels", lambda _: "<Relationships/>"),
    ],
    ids=[
        "cut",
        "NUL",
        "row twice",
        "cell twice",
        "no cell",
        "type",
        "encoding",
        "no id",
        "no part",
        "no book",
    ],
)
def test_a_broken_part_is_one_clear_sentence(path, part, change):
    assert errors(spoilt(path, part, change)) == [UNREADABLE]


def test_too_many_elements_are_refused_before_they_fill_the_memory(path, monkeypatch):
    monkeypatch.setattr("cases.workbook.markup.MOST_ELEMENTS", 1000)
    assert errors(workbook(path, *[DOSSIER] * 100)) == [TOO_BIG]

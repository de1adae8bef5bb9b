"""PDF without a browser: accessible, the same bytes for the same data, and nothing that people type is markup."""

import io
from unicodedata import name

import pytest
import typst
from pypdf import PdfReader

from cases import typesetting
from tests import year as play

BARE = {
    "title": "Procès-verbal", "cycle": "Appel", "author": "Service", "when": "Séance du jour", "place": "",
    "counted": "", "people": [], "goals": [], "points": [], "carried": [], "money": [],
    "status": "Projet", "closing": "À signer.",
}  # fmt: skip


def printed(**data) -> bytes:
    return typesetting.pdf("record", BARE | data, at=play.SITTING)


def text_of(content: bytes) -> str:
    found = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(found.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_it_is_an_accessible_document_in_french_with_its_title():
    found = PdfReader(io.BytesIO(printed()))
    assert found.trailer["/Root"]["/Lang"].startswith("fr")
    assert found.trailer["/Root"]["/MarkInfo"]["/Marked"].value is True
    assert found.metadata.title == "Procès-verbal"
    assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()


def test_the_same_data_gives_the_same_bytes():
    assert printed() == printed()
    assert printed() != printed(place="Mairie")


@pytest.mark.parametrize(
    "hostile",
    [
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.2.0"',
        "#panic()",
        "*gras* _italique_ $x^2$ `code` = titre",
        "\\ } ] ) #{ /* // <label> @ref",
        '"); #sys.inputs',
        "=HYPERLINK(1)",
    ],
)
def test_what_people_type_is_only_read(hostile):
    assert hostile.replace("  ", " ") in text_of(printed(place=hostile, title=hostile))


@pytest.mark.parametrize("sign", ["😀", "漢", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "🏳️\u200d🌈"])
def test_a_sign_without_a_font_is_replaced_and_the_rest_is_kept(sign):
    assert "Fête" in text_of(printed(place=f"Fête {sign} des voisins {sign}"))
    assert "□" in text_of(printed(place=f"Fête {sign}"))


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\u202e", "\u200b", "\ufffe", "\ud800", "\u2066", "\ue000"])
def test_a_sign_that_hides_or_moves_others_is_left_out(sign):
    assert "avant après" in text_of(printed(place=f"avant{sign} {sign}après")), name(sign, "sans nom")


def test_a_template_reads_no_file_above_its_own_folder(tmp_path, monkeypatch):
    secret = tmp_path / "secret.txt"
    secret.write_text("à garder")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "bad.typ").write_text(f'#read("{secret}") #read("../secret.txt")')
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path / "in")
    typesetting._source.cache_clear()
    with pytest.raises(typst.TypstError):
        typesetting.pdf("bad", {}, at=play.SITTING)


def test_no_template_of_ours_asks_a_network_or_another_file():
    for template in typesetting.TEMPLATES.glob("*.typ"):
        source = template.read_text(encoding="utf-8")
        assert [
            word for word in ("@preview", "#import", "#include", "read(", "image(") if word in source
        ] == []


def test_a_long_record_keeps_its_table_headers_on_each_page():
    rows = [
        {"organisation": f"Maison {rank}", "name": "Nom", "quality": "", "presence": "Présent"}
        for rank in range(120)
    ]
    found = PdfReader(io.BytesIO(printed(people=rows)))
    assert len(found.pages) > 2
    assert all("Organisation" in page.extract_text() for page in found.pages[:2])

"""One source, two readings: paragraphs, headings, lists and buttons."""

import pytest

from notifications import markup
from notifications.markup import Piece, as_html, as_text, pieces_of

SOURCE = """
Une première phrase
qui continue.

# À faire
Une seule chose :

- un point
- un autre
  sur deux lignes

→ Voir mon dossier <https://jalons.exemple.test/?a=1&amp;b=2>
→ Appeler <https://jalons.exemple.test/aide/>
"""


def test_a_source_is_read_block_by_block():
    assert pieces_of(SOURCE) == [
        Piece("Une première phrase qui continue."),
        Piece("À faire", heading=True),
        Piece("Une seule chose\u00a0:"),
        Piece(items=("un point", "un autre sur deux lignes")),
        Piece("Voir mon dossier", address="https://jalons.exemple.test/?a=1&b=2"),
        Piece("Appeler", address="https://jalons.exemple.test/aide/"),
    ]


def test_the_text_puts_a_heading_right_above_its_words():
    assert as_text(pieces_of(SOURCE)) == (
        "Une première phrase qui continue.\n\n"
        "À faire\nUne seule chose\u00a0:\n\n"
        "- un point\n- un autre sur deux lignes\n\n"
        "→ Voir mon dossier\u00a0:\n  https://jalons.exemple.test/?a=1&b=2\n\n"
        "→ Appeler\u00a0:\n  https://jalons.exemple.test/aide/\n"
    )


def test_lines_are_no_longer_than_a_mail_reader_shows_and_addresses_stay_whole():
    address = "https://jalons.exemple.test/" + "a" * 100
    text = as_text(pieces_of(f"{'mot ' * 40}\n\n→ Voir <{address}>"))
    lines = text.splitlines()
    assert max(len(line) for line in lines if "https" not in line) <= markup.WIDTH
    assert f"  {address}" in lines


@pytest.mark.parametrize(
    "words", ["a &lt;b&gt; c", "→ Voir &lt;https://piege.example&gt;", "Il a dit : → Voir"]
)
def test_escaped_words_are_never_a_button(words):
    assert [piece.address for piece in pieces_of(words)] == [""]


def test_the_html_escapes_what_it_prints():
    html = as_html(pieces_of("Titre &lt;script&gt;alert(1)&lt;/script&gt; &amp; suite"), "Objet <b>")
    assert "Titre &lt;script&gt;alert(1)&lt;/script&gt; &amp; suite" in html
    assert "<title>Objet &lt;b&gt;</title>" in html


def test_the_html_asks_for_nothing_from_elsewhere():
    html = as_html(pieces_of(SOURCE), "Objet")
    assert [word for word in ("<img", "<link", "<script", "url(", "src=", "style=") if word in html] == []
    assert html.count("href=") == 2


def test_the_html_reads_in_the_dark():
    assert "prefers-color-scheme: dark" in as_html([], "Objet")


def test_french_keeps_together_what_belongs_together():
    words = markup.one_line("« Oui » : n° 3, 14 h 32 ? Au 03 53 01 00 27, le 1er octobre 2026")
    assert words.replace("\u00a0", "_") == (
        "«_Oui_»_: n°_3, 14_h_32_? Au 03_53_01_00_27, le 1er_octobre 2026"
    )

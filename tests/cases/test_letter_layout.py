"""How a letter falls on its pages: whoever signs has the end of what is signed above the pen."""

import io

import pytest
from pypdf import PdfReader

from cases import letter_making
from tests import correspondence as write
from tests import year as play

pytestmark = pytest.mark.django_db
LENGTHS = range(56)
"""Lines before the end: from one page to well on the second, by steps smaller than the signature's own height."""


def pages(content: dict, filling: int) -> list[str]:
    """The text of each page of a letter with so many lines more at its beginning."""
    more = [{"kind": "words", "text": "Une ligne de plus."}] * filling
    letter = letter_making.BLANK | content | {"blocks": more + content["blocks"]}
    found = PdfReader(io.BytesIO(letter_making.laid_out([letter], play.ANSWERING)))
    return [" ".join(page.extract_text().split()) for page in found.pages]


@pytest.mark.parametrize(
    "kind, last",
    [
        ("agreement", "Article 8. Un désaccord Les deux parties cherchent d’abord un accord."),
        ("partial", "Vous pouvez saisir le tribunal administratif"),
        ("deferral", "Nous vous écrirons après ce comité."),
    ],
)
def test_a_signature_never_stands_alone_on_a_page(kind, last):
    year = play.a_year()
    write.writes(year)
    content = letter_making.draft_of(write.matters(write.SCENES[kind](year))[kind]).content
    signed = [next(page for page in pages(content, many) if "Awa Diallo Maire" in page) for many in LENGTHS]
    assert [many for many, page in zip(LENGTHS, signed, strict=True) if last not in page] == []
    assert len({len(pages(content, many)) for many in (LENGTHS[0], LENGTHS[-1])}) == 2


def test_a_last_paragraph_longer_than_a_page_is_still_printed_whole():
    year = play.a_year()
    write.writes(year)
    content = letter_making.draft_of(write.matters(write.agreed(year))["agreement"]).content
    content["blocks"][-1] = {"kind": "words", "text": "Un mot. " * 1_500 + "Fin."}
    found = pages(content, 3)
    assert sum(page.count("mot.") for page in found) == 1_500
    assert "Fin. Pour l’organisation : Les Tisseurs" in found[-1]

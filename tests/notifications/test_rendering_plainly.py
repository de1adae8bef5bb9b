"""Whatever leaves reads plainly: short sentences, whole dates, no hole where a field was; mails and letters alike."""

import re
from html import unescape

import pytest

from cases import letter_making, letter_words
from cases.letter_kinds import LetterKind
from cases.letter_texts import USUAL, law_of
from cases.readability import LONGEST, words_of
from notifications.catalogue import templates
from notifications.models import Message
from notifications.rendering import rendered
from tests import correspondence as write
from tests import year as play
from tests.notifications.letters import everything_told

PARTS = re.compile(r"<(p|li|h2)\b[^>]*>(.*?)</\1>", re.DOTALL)
ENDS = re.compile(r"(?<=[.!?…])\s+(?=[A-ZÀÂÉÈÊÎÔÛÇ«→])")
MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
HALF_A_DATE = re.compile(rf"\b\d{{1,2}}(?:er)? (?:{MONTHS})\b(?! \d{{4}})|\b\d{{1,2}}/\d{{1,2}}\b")
HOLE = re.compile(
    r"« ?»|\( *\)|\{|\}|\bNone\b| [,.]|\.\.(?!\.)|: ?[.,]|(?<![-\w])(?:le|du|de|au|n°) ?[.,;:)]|  "
)


def plain(text: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).replace("\u2060", "").split())


def faults(paragraphs: list[str]) -> list[str]:
    """What is wrong with these paragraphs, each an item, a heading or some sentences."""
    told = [one for paragraph in paragraphs for one in ENDS.split(paragraph)]
    long = [f"{len(words_of(one))} mots : {one}" for one in told if len(words_of(one)) > LONGEST]
    dates = [f"date : {one}" for one in paragraphs if HALF_A_DATE.search(one)]
    return long + dates + [f"vide : {one}" for one in paragraphs if HOLE.search(one)]


def test_what_is_wrong_is_found():
    """The measure itself: without it, all the others could be content with anything."""
    assert faults(["Le mardi 20 avril 2027, à 10 h. Nous vous écrivons."]) == []
    for text in ("Le 20 avril.", "Le 20/04.", "Votre demande « ».", "Rendez-vous le .", "Pour (), écrivez."):
        assert len(faults([text])) >= 1, text
    assert faults([" ".join(["mot"] * 26) + "."])[0].startswith("26 mots")


@pytest.mark.django_db
def test_every_mail_of_a_whole_year_reads_plainly():
    everything_told()
    rows = list(Message.objects.select_related("recipient", "cycle").order_by("pk"))
    assert set(templates()) <= {one.template for one in rows}
    wrong: dict[str, set[str]] = {}
    for one in rows:
        letter = rendered(one)
        found = faults([plain(letter.subject), *(plain(text) for _, text in PARTS.findall(letter.html))])
        if found:
            wrong.setdefault(one.template, set()).update(found)
    assert wrong == {}


@pytest.mark.parametrize("kind", list(LetterKind))
@pytest.mark.parametrize("by_agreement", [False, True])
def test_every_usual_sentence_of_a_letter_is_short(kind, by_agreement):
    texts = (*USUAL[kind], law_of(kind, by_agreement), letter_words.SALUTATION, letter_words.CLOSING)
    parts = [part for text in texts for part in re.split(r"\n\s*\n|\n(?=- )", text) if part.strip()]
    long = [one for part in parts for one in ENDS.split(plain(part)) if len(words_of(one)) > LONGEST]
    assert long == []


@pytest.mark.django_db
@pytest.mark.parametrize("kind", list(LetterKind))
def test_every_letter_reads_plainly_on_a_real_dossier(kind):
    year = play.a_year()
    write.writes(year)
    content = letter_making.draft_of(write.matters(write.SCENES[kind](year))[kind]).content
    blocks = [text for one in content["blocks"] for text in (one.get("items") or [one["text"]])]
    texts = [content["subject"], content["dossier"], content["title"], *blocks]
    assert faults([plain(one) for one in texts]) == []

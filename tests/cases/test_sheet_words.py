"""The sheet's own sentences, for every outcome: short, whole, with full dates; fixtures' published words too."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.urls import reverse
from ruamel.yaml import YAML

from cases.never_said import sentences
from cases.readability import LONGEST, words_of
from tests import year as play
from tests.cases import reached

CYCLES = sorted(Path("fixtures/cycles").glob("*.yaml"))
INADMISSIBLE = "inadmissible"


def played(year, outcome):
    """A dossier of that outcome, its sheet delivered and then corrected."""
    dossier = reached.inadmissible(year) if outcome == INADMISSIBLE else play.decided(year, outcome)
    sheet = play.explained(year, dossier, meeting_with=year.instructor, appreciated="Votre équipe.")
    sheet = reached.fired(
        play.fresh(sheet), "revise", year.instructor, play.ANSWERING, reason="une date était fausse."
    )
    sheet = reached.fired(sheet, "proofread", year.coordinator, play.ANSWERING)
    return reached.fired(sheet, "deliver", year.coordinator, play.ANSWERING).dossier


def text_of(page) -> list[str]:
    """What a reader sees of the page, block by block."""
    html = page.content.decode().partition("<main")[2].partition("</main>")[0]
    blocks = re.split(
        r"</?(?:p|li|h\d|br|summary|button|header|section|article|form|span|strong)\b[^>]*>", html
    )
    bare = [" ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in blocks]
    return [one for one in bare if one]


@pytest.mark.django_db
@pytest.mark.parametrize("outcome", [INADMISSIBLE, 0, 490, 900, 1_000])
def test_no_sentence_of_the_sheet_is_long_and_no_field_is_empty(client, on_day, outcome):
    on_day(play.REPORTING)
    year = play.a_year()
    dossier = played(year, outcome)
    client.force_login(year.holder)
    read = text_of(client.get(reverse("dossier-feedback", args=[dossier.uuid])))
    long = [one for block in read for one in sentences(block) if len(words_of(one)) > LONGEST]
    assert long == []
    assert [one for one in read if "None" in one or "()" in one or "« »" in one] == []
    assert "Version 2 du mardi 20 avril 2027, parce que une date était fausse." in " ".join(read)


@pytest.mark.parametrize("path", CYCLES, ids=lambda path: path.stem)
def test_every_published_reason_is_said_in_short_sentences_and_asks_a_question(path):
    reasons = YAML(typ="safe").load(path)["motifs"]
    said = [one[name] for one in reasons for name in ("en_clair", "fait_demandé", "et_maintenant")]
    assert [one for text in said for one in sentences(text) if len(words_of(one)) > LONGEST] == []
    assert [one["code"] for one in reasons if not one["fait_demandé"].endswith(" ?")] == []

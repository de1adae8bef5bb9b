"""The words of letters: closed lists of fields, short sentences, and nothing that a value says becomes structure."""

import re

import pytest

from cases.letter_fields import COMMON, against, blocks_of, fields_of, line_filled
from cases.letter_kinds import CONTESTED, LetterKind
from cases.letter_texts import LAW, USUAL
from workflow.named_fields import every_field_is_known

KINDS = list(LetterKind)
MOST_WORDS = 25


def sentences(text: str) -> list[str]:
    """The sentences of a text, an item or a heading being one; a field counts as one word."""
    parts = [one for block in re.split(r"\n\s*\n|\n- ", text) for one in re.split(r"(?<=[.!?:])\s", block)]
    return [one for one in parts if one.strip()]


def words_in(sentence: str) -> int:
    return len(re.findall(r"[\w{}’'-]+", sentence))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_usual_words_whose_fields_are_known(kind):
    usual = USUAL[kind]
    assert usual.subject
    for text in (*usual, LAW.get(kind, "")):
        assert list(against(kind, text)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_of_ours_is_longer_than_25_words(kind):
    told = [one for text in (*USUAL[kind], LAW.get(kind, "")) for one in sentences(text)]
    assert [one for one in told if words_in(one) > MOST_WORDS] == []


@pytest.mark.parametrize("kind", KINDS)
def test_what_decides_says_how_to_contest_and_nothing_else_does(kind):
    says = "Télérecours" in LAW.get(kind, "") and "deux mois pour contester cette décision" in LAW[kind]
    assert says == (kind in CONTESTED)


def test_an_unknown_field_is_said_with_those_that_are_known():
    [told] = against("receipt", "Le {date_depo} de {porteur}")
    assert told.startswith("« {date_depo} » n’est pas un champ de ce courrier. Champs possibles : {porteur}")
    assert "{date_silence}" in told
    assert list(against("refusal", "{accorde}")) != []


@pytest.mark.parametrize("text", ["{titre", "titre}", "{{titre}}", "{ti{tre}"])
def test_a_brace_alone_is_refused(text):
    assert "une accolade est seule" in " ".join(against("award", text))


def test_the_check_says_which_model_and_which_part():
    rows = {"award": {"subject": "{x}", "body": "{titre}"}, "refusal": {"subject": "", "body": "{accorde}"}}
    assert [one.place for one in every_field_is_known(against)(rows)] == ["award/objet", "refusal/texte"]


def test_a_value_is_data_it_makes_no_field_no_heading_and_no_list():
    values = {"titre": "# Un\n\n- deux {porteur} {points}", "porteur": "Secret", "points": ["a"]}
    assert line_filled("« {titre} »", values) == "«\u00a0# Un\n\n- deux {porteur} {points}\u00a0»"
    assert blocks_of("{titre}", values) == [{"kind": "words", "text": values["titre"]}]


def test_a_model_is_parted_into_headings_paragraphs_and_lists():
    values = {"points": ["le budget", "le RIB"], "titre": "Vélo"}
    text = "# Titre {titre}\n\nUne ligne\nune autre : là\n\n- un\n- {titre}\n\n{points}\n\nManque {points}."
    assert blocks_of(text, values) == [
        {"kind": "heading", "text": "Titre Vélo"},
        {"kind": "words", "text": "Une ligne\nune autre\u00a0: là"},
        {"kind": "list", "items": ["un", "Vélo"]},
        {"kind": "list", "items": ["le budget", "le RIB"]},
        {"kind": "words", "text": "Manque le budget ; le RIB."},
    ]


def test_every_kind_shares_the_common_fields():
    assert all(set(COMMON) < set(fields_of(kind)) for kind in KINDS)

"""Hints beside a text: long sentences and words of the house, with an explanation put in once."""

import pytest

from cases.readability import GLOSSARY, LONGEST, advised, explain, hints, words_of


def test_a_sentence_is_long_from_the_twenty_sixth_word_on():
    assert hints(f"{'mot ' * LONGEST}.") == []
    [hint] = hints(f"Court. {'mot ' * (LONGEST + 1)}.")
    assert (hint.words, hint.key) == (26, "")


def test_words_are_counted_as_one_reads_them():
    assert words_of("L’action – la vôtre – aide 40 enfants.") == [
        "L’action",
        "la",
        "vôtre",
        "aide",
        "enfants.",
    ]


@pytest.mark.parametrize("term", GLOSSARY)
def test_each_word_of_the_house_is_explained_where_it_stands_and_once(term):
    [hint] = hints(f"Voyez {term}.")
    told = explain(f"Voyez {term}.", hint.key)
    assert told == f"Voyez {term} ({GLOSSARY[term]})."
    assert (hints(told), explain(told, hint.key)) == ([], told)


@pytest.mark.parametrize(
    "text", ["dsu", "Une construction.", "L’instructeur appelle.", "Le droit est commun."]
)
def test_words_that_only_look_like_them_are_left_alone(text):
    assert hints(text) == []


def test_an_advice_is_put_in_once_and_never_alone_in_its_place():
    once = advised("Appelez-nous.", "Venez en mai.")
    assert (once, advised(once, "Venez en mai."), advised("", "Venez en mai.")) == (
        "Appelez-nous.\nVenez en mai.", once, "Venez en mai.",
    )  # fmt: skip
    assert (advised("Appelez.", ""), explain("Appelez.", "inconnu")) == ("Appelez.", "Appelez.")

"""What people typed enters a mail as words and nothing else."""

from datetime import date
from decimal import Decimal

import pytest

from notifications.addresses import Sure
from notifications.seal import sealed, typed


@pytest.mark.parametrize(
    "text,words",
    [
        ("Réparer ensemble", "Réparer ensemble"),
        ("  deux\r\nlignes\tet\u2028trois  ", "deux lignes et trois"),
        ("Bcc: x@y.fr\nBcc: z", "Bcc: x@\u2060y.\u2060fr Bcc: z"),
        ("\u202eà l’envers\u200b\x00", "à l’envers"),
        ("⟦avis:3⟧", "avis:3"),
        ("https://piege.example/x", "https:\u2060//piege.\u2060example/x"),
        ("www.piege.example", "www.\u2060piege.\u2060example"),
        ("Projet 2.0, le 3.12", "Projet 2.0, le 3.12"),
    ],
)
def test_words_keep_their_look_and_lose_their_power(text, words):
    assert typed(text) == words


def test_everything_is_sealed_however_deep_it_lies():
    given = {"items": ["a\nb", {"c": ("d\ne",)}], "later": lambda: "f\ng"}
    found = sealed(given)
    assert found["items"] == ["a b", {"c": ["d e"]}]
    assert found["later"]() == "f g"


def test_numbers_days_and_our_own_words_pass_as_they_are():
    ours = Sure("https://jalons.exemple.test/")
    given = [1, True, None, Decimal("1.50"), date(2026, 11, 24), ours]
    assert sealed(given) == given
    assert sealed(ours) is ours


def test_a_row_of_the_database_is_never_given_to_a_template():
    with pytest.raises(TypeError, match="object has no place in a mail"):
        sealed(object())

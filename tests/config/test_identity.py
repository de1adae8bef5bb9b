"""The town's colours stay readable whatever a town chooses, by day and by night."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from config.identity import (
    DAY,
    NIGHT,
    SEEN,
    contrast,
    luminance,
    mixed,
    opposite,
    palette,
    parsed,
    sheet,
    soft,
    written,
)

pytestmark = pytest.mark.urls("tests.config.addresses")

CHANNEL = st.integers(0, 255)
COLOUR = st.tuples(CHANNEL, CHANNEL, CHANNEL)
SCHEMES = st.sampled_from([DAY, NIGHT])
BASE = (Path(settings.BASE_DIR) / "config/static/base.css").read_text(encoding="utf-8")


def tokens(scheme):
    """The colours base.css gives by day, or by night."""
    by_day, by_night = BASE.split("@media (prefers-color-scheme: dark)")
    text = by_day if scheme is DAY else by_night
    return {name: parsed(value) for name, value in re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", text)}


def test_luminance_and_contrast_are_those_of_wcag():
    assert luminance((255, 255, 255)) == 1
    assert luminance((0, 0, 0)) == 0
    assert contrast((0, 0, 0), (255, 255, 255)) == 21
    assert round(contrast(parsed("#777777"), parsed("#ffffff")), 2) == 4.48


@pytest.mark.parametrize("text", ["7a1f4b", "#7a1f4", "#7a1f4g", "red", "", "#7a1f4b;}", "#7a1f4b\n"])
def test_anything_but_six_digits_is_refused_in_french(text):
    with pytest.raises(ValueError, match="n’est pas une couleur"):
        parsed(text)


@given(COLOUR)
def test_a_colour_is_written_as_it_is_read(colour):
    assert parsed(written(colour)) == colour


@given(COLOUR, COLOUR)
def test_mixing_nothing_or_everything_gives_one_or_the_other(one, other):
    assert mixed(one, other, 0) == one
    assert mixed(one, other, 1) == other


@given(COLOUR)
def test_what_is_written_on_the_town_s_colour_is_readable(colour):
    assert contrast(colour, opposite(colour)) >= 4.5


@given(COLOUR, COLOUR, SCHEMES)
def test_links_are_readable_on_every_background(brand, second, scheme):
    colours = palette(brand, second, scheme)
    behind = (*scheme.backgrounds, colours["accent-soft"])
    assert [contrast(colours["accent"], one) >= scheme.least for one in behind] == [True] * 4


@given(COLOUR, COLOUR, SCHEMES)
def test_the_button_stays_readable_under_the_mouse(brand, second, scheme):
    colours = palette(brand, second, scheme)
    assert (
        contrast(colours["brand-strong"], colours["on-brand"]) >= contrast(brand, colours["on-brand"]) >= 4.5
    )


@given(COLOUR, COLOUR, SCHEMES)
def test_the_second_colour_is_seen_on_every_background(brand, second, scheme):
    drawn = palette(brand, second, scheme)["second"]
    assert [contrast(drawn, one) >= SEEN for one in scheme.backgrounds] == [True] * 3


@given(COLOUR, SCHEMES)
def test_texts_on_the_tint_read_as_on_paper(brand, scheme):
    assert contrast(soft(brand, scheme), scheme.ink) >= 7


def test_a_colour_that_is_dark_enough_is_kept():
    assert palette(parsed("#7a1f4b"), parsed("#0b4f8a"), DAY)["accent"] == parsed("#7a1f4b")


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
def test_the_backgrounds_are_those_of_the_style_sheet(scheme):
    found = tokens(scheme)
    assert scheme.backgrounds == (found["surface"], found["bg"], found["sunken"])
    assert scheme.ink == found["ink"]


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
@pytest.mark.parametrize(
    "text, behind",
    [
        *(
            (name, ground)
            for name in ("ink", "muted", "accent", "err")
            for ground in ("bg", "surface", "sunken")
        ),
        *((name, f"{name}-bg") for name in ("info", "ok", "warn", "err")),
        *((name, "accent-soft") for name in ("ink", "muted", "accent")),
        ("ink", "neutral-bg"),
    ],
)
def test_the_style_sheet_s_own_colours_are_readable(scheme, text, behind):
    found = tokens(scheme)
    assert contrast(found[text], found[behind]) >= 4.5


@pytest.mark.parametrize("scheme", [DAY, NIGHT])
@pytest.mark.parametrize("edge", ["edge", "focus"])
def test_edges_of_fields_and_focus_are_seen(scheme, edge):
    found = tokens(scheme)
    assert [contrast(found[edge], found[ground]) >= SEEN for ground in ("bg", "surface", "sunken")] == [
        True
    ] * 3


def test_the_sheet_speaks_for_day_night_and_paper():
    text = sheet("#7a1f4b", "#d98a00")
    assert text.count(":root{--brand:#7a1f4b;--on-brand:#ffffff;") == 3
    assert re.findall(r"@media ([^{]+)", text) == ["(prefers-color-scheme:dark)", "print"]


def test_the_sheet_is_served_to_everybody_and_kept_a_week(client, settings):
    settings.TOWN_COLOUR = "#004400"
    answer = client.get("/identite.css")
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=604800"
    assert answer.content.decode().startswith(":root{--brand:#004400;")

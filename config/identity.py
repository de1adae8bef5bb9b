"""The town's two colours, turned into every colour of the pages that must stay readable, by day and by night.

Computed here rather than in CSS because contrast must hold on telephones that know neither oklch() nor color-mix().
"""

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{6}")

READABLE = 4.5  # contrast of a text with what is behind it (RGAA 3.2.1)
SEEN = 3.0  # contrast of a shape with what is beside it (RGAA 3.3.1)
STEP = 0.02  # how far a colour moves at each try: fine enough that the town still knows it

WHITE = (255, 255, 255)
BLACK = (0, 0, 0)

Colour = tuple[int, int, int]


class Scheme(NamedTuple):
    """What stands behind the colours; base.css holds the same values, and a test compares them."""

    backgrounds: tuple[Colour, ...]  # surface first, then page and sunken
    ink: Colour
    least: float  # contrast asked of texts: more at night, where 4.5 on near-black looks dull
    far: Colour  # the end towards which a colour gains contrast
    soft: float  # share of the town's colour in the tint behind the next step


DAY = Scheme(((255, 255, 255), (247, 246, 244), (239, 237, 233)), (29, 27, 34), READABLE, BLACK, 0.09)
NIGHT = Scheme(((31, 33, 39), (21, 22, 26), (42, 45, 53)), (236, 234, 240), 6.0, WHITE, 0.22)


def parsed(text: str) -> Colour:
    """Read « #7a1f4b ». Raises ValueError with a French sentence for anything else."""
    if not HEXADECIMAL.fullmatch(text):
        raise ValueError(
            f"« {text} » n’est pas une couleur : écrivez un dièse et six chiffres, comme #7a1f4b."
        )
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def written(colour: Colour) -> str:
    """Write a colour as CSS reads it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def luminance(colour: Colour) -> float:
    """Relative luminance, 0 to 1, as WCAG 2 defines it."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = map(linear, colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Colour, other: Colour) -> float:
    """Contrast ratio, 1 to 21, as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: Colour, other: Colour, share: float) -> Colour:
    """Put `share` (0 to 1) of the other colour into this one."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(colour, other, strict=True))
    return red, green, blue


def readable(colour: Colour, on: tuple[Colour, ...], towards: Colour, least: float) -> Colour:
    """Move a colour towards white or black, no more than needed to stand out from each background."""
    share = 0.0
    moved = colour
    while share < 1 and min(contrast(moved, behind) for behind in on) < least:
        share += STEP
        moved = mixed(colour, towards, min(share, 1))
    return moved


def opposite(colour: Colour) -> Colour:
    """White or black, whichever reads better on this colour: at least 4.58 on any colour."""
    return max(WHITE, BLACK, key=lambda ink: contrast(ink, colour))


def soft(colour: Colour, scheme: Scheme) -> Colour:
    """A tint of the town's colour on which texts stay as readable as on paper (7:1)."""
    share = scheme.soft
    tint = mixed(scheme.backgrounds[0], colour, share)
    while share > 0 and contrast(tint, scheme.ink) < 7:
        share -= STEP
        tint = mixed(scheme.backgrounds[0], colour, max(share, 0))
    return tint


def palette(brand: Colour, second: Colour, scheme: Scheme) -> dict[str, Colour]:
    """Every colour that comes from the town, by the name of its custom property."""
    ink = opposite(brand)
    tint = soft(brand, scheme)
    return {
        "brand": brand,
        "on-brand": ink,
        "brand-strong": mixed(brand, BLACK if ink == WHITE else WHITE, 0.16),
        "second": readable(second, scheme.backgrounds, scheme.far, SEEN),
        "accent": readable(brand, (*scheme.backgrounds, tint), scheme.far, scheme.least),
        "accent-soft": tint,
    }


def declared(colours: dict[str, Colour]) -> str:
    """Write a palette as the declarations of one rule."""
    return ":root{" + "".join(f"--{name}:{written(colour)};" for name, colour in colours.items()) + "}"


@lru_cache(maxsize=8)
def sheet(brand: str, second: str) -> str:
    """The text of /identite.css for a town's two colours."""
    one, two = parsed(brand), parsed(second)
    return (
        f"{declared(palette(one, two, DAY))}\n"
        f"@media (prefers-color-scheme:dark){{{declared(palette(one, two, NIGHT))}}}\n"
        f"@media print{{{declared(palette(one, two, DAY))}}}\n"
    )


class Identity(NamedTuple):
    """Whose service this is."""

    town: str
    call: str
    brand: str
    second: str
    phone: str
    logo: str = ""
    """Where the logo's file lies; blank where the town gave none."""

    @property
    def digest(self) -> str:
        """A short name of the colours, so that a browser keeps the sheet until they change."""
        return hashlib.sha256(sheet(self.brand, self.second).encode()).hexdigest()[:12]


def identity() -> Identity:
    """Read the identity that the deployer chose; each setting has an honest default."""
    return Identity(
        town=getattr(settings, "TOWN_NAME", "") or "Jalons",
        call=getattr(settings, "CALL_NAME", "") or "Appel à projets du contrat de ville",
        brand=getattr(settings, "TOWN_COLOUR", "") or "#7a1f4b",
        second=getattr(settings, "TOWN_SECOND_COLOUR", "") or "#d98a00",
        phone=getattr(settings, "HELP_PHONE", ""),
        logo=settings.TOWN.logo,
    )


@require_safe
@login_not_required
@cache_control(public=True, max_age=7 * 24 * 3600)
def stylesheet(request: HttpRequest) -> HttpResponse:
    """Serve /identite.css; its address carries the digest, so a week in a cache is never a week too long."""
    town = identity()
    return HttpResponse(sheet(town.brand, town.second), content_type="text/css; charset=utf-8")


PICTURES = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"<svg": "image/svg+xml",
    b"<?xml": "image/svg+xml",
}
"""The first bytes of a picture, because its name proves nothing."""


@require_safe
@login_not_required
@cache_control(public=True, max_age=24 * 3600)
def logo(request: HttpRequest) -> HttpResponse:
    """The town's own picture, beside its name at the head of every page."""
    try:
        content = Path(identity().logo).read_bytes()
    except OSError:
        raise Http404 from None
    kind = next((kind for start, kind in PICTURES.items() if content.startswith(start)), "")
    if not kind:
        raise Http404
    return HttpResponse(content, content_type=kind)


@require_safe
def palette_page(request: HttpRequest) -> HttpResponse:
    """Try two colours before a deployer writes them down: what they become, and how well they read."""
    return render(request, "palette.html", tried(request.GET))


def tried(typed) -> dict:
    """The colours typed, or the town's own; what is no colour is said and leaves the town's own."""
    town = identity()
    colours, wrong = [town.brand, town.second], ""
    for rank, name in enumerate(("couleur", "seconde")):
        try:
            colours[rank] = written(parsed(typed.get(name) or colours[rank]))
        except ValueError as error:
            wrong = str(error)
    schemes = [
        (label, _measured(palette(parsed(colours[0]), parsed(colours[1]), scheme), scheme))
        for label, scheme in (("Le jour", DAY), ("La nuit", NIGHT))
    ]
    return {"colours": colours, "wrong": wrong, "schemes": schemes}


def _measured(colours: dict[str, Colour], scheme: Scheme) -> list[tuple[str, str, str, str]]:
    """(what it is for, the colour, what it is read with, their contrast) of each colour of a palette."""
    paper = scheme.backgrounds[0]
    pairs = [
        ("Le bandeau et les boutons", colours["brand"], colours["on-brand"]),
        ("Les liens et les titres", colours["accent"], paper),
        ("Le fond de la prochaine étape", colours["accent-soft"], scheme.ink),
        ("Les repères", colours["second"], paper),
    ]
    return [
        (label, written(one), written(other), f"{contrast(one, other):.1f}".replace(".", ","))
        for label, one, other in pairs
    ]

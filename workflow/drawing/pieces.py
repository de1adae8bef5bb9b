"""The strokes that drawings are made of; colours stand in attributes, because our pages refuse inline styles."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

MARGIN, ROW, BOX = 24, 24, 40
INK, QUIET, PAPER, SOFT, EDGE = "#1d1b22", "#57535f", "#ffffff", "#eef0f6", "#3d4a7a"
FONT = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, DejaVu Sans, sans-serif"


def page(width: float, height: float, title: str, parts: Iterable[SafeString]) -> SafeString:
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
        'font-family="{2}"><title>{3}</title><rect width="{0}" height="{1}" rx="8" fill="{4}"/>{5}</svg>\n',
        int(width),
        int(height),
        FONT,
        title,
        PAPER,
        joined(parts),
    )


def joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def text(x, y, words: str, *, colour=INK, weight=400, anchor="start", size=14) -> SafeString:
    return format_html(
        '<text x="{}" y="{}" fill="{}" font-weight="{}" text-anchor="{}" font-size="{}">{}</text>',
        round(x),
        round(y),
        colour,
        weight,
        anchor,
        size,
        words,
    )


def box(x, y, width, label: str, *, strong=False, height=BOX) -> SafeString:
    frame = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="8" fill="{}" stroke="{}" stroke-width="{}"/>',
        round(x),
        round(y),
        round(width),
        round(height),
        SOFT if strong else PAPER,
        EDGE,
        2 if strong else 1,
    )
    middle = (x + width / 2, y + height / 2 + 5)
    return joined([frame, text(*middle, label, weight=600 if strong else 400, anchor="middle")])


def heading(x: int, y: int, words: str) -> SafeString:
    return text(x, y + ROW, words, colour=EDGE, weight=700, size=15)


def line(x, y, to_x, to_y) -> SafeString:
    return format_html(
        '<path d="M{} {}L{} {}" stroke="{}" stroke-width="1.5" fill="none"/>',
        *(round(one) for one in (x, y, to_x, to_y)),
        EDGE,
    )


def arrow(x, y, to_x, to_y) -> SafeString:
    """A line whose head points where it goes: down or to the right, as the layouts run."""
    down = abs(to_y - y) > abs(to_x - x)
    head = ((-5, -9), (5, -9)) if down and to_y > y else ((-5, 9), (5, 9)) if down else ((-9, -5), (-9, 5))
    (a, b), (c, d) = head
    tip = format_html(
        '<path d="M{} {}l{} {}M{} {}l{} {}" stroke="{}" stroke-width="1.5" fill="none"/>',
        *(round(to_x), round(to_y), a, b, round(to_x), round(to_y), c, d),
        EDGE,
    )
    return joined([line(x, y, to_x, to_y), tip])


def circle(x, y, radius, width) -> SafeString:
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}" stroke="{}" stroke-width="{}"/>',
        round(x),
        round(y),
        radius,
        SOFT,
        EDGE,
        width,
    )


def diamond(x, y, half) -> SafeString:
    return format_html(
        '<path d="M{} {}l{} {}l{} {}l{} {}z" fill="{}" stroke="{}" stroke-width="2"/>',
        *(round(x), round(y - half), half, half, -half, half, -half, -half),
        SOFT,
        EDGE,
    )


def cross(x, y) -> SafeString:
    return joined([line(x - 10, y, x + 10, y), line(x, y - 10, x, y + 10)])


def bars(x, y) -> SafeString:
    """Three bars: the same task for each of several."""
    return joined([line(x + step, y, x + step, y + 12) for step in (-6, 0, 6)])


def clock(x, y) -> SafeString:
    return joined([circle(x, y, 10, 1), line(x, y, x, y - 7), line(x, y, x + 5, y)])

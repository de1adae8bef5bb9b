"""One source, two readings: the body of a mail as plain text and as HTML, from paragraphs anybody can write.

A blank line ends a paragraph; « # » begins a heading, « - » an item of a list; « → Libellé <adresse> » is a button,
and « ↪ » begins a link at the foot.
Values come in escaped by Django, so that nobody's words can hold the « < » that makes an address: what people type is
neither a link, nor a heading, nor a header of the mail.
"""

import re
from dataclasses import dataclass
from html import unescape
from textwrap import fill

from django.template.loader import render_to_string

from workflow.wording import MONTHS

WIDTH = 76
LAYOUT = "notifications/mail/layout.html"

_BUTTON = re.compile(r"(?P<sign>[→↪]) (?P<label>[^<>]+?) *<(?P<address>[^<>\s]+)>")
_FRENCH = (
    (r" ([:;?!»%€])", "\u00a0\\1"),
    (r"« ", "«\u00a0"),
    (r"n° ", "n°\u00a0"),
    (r"(\d) h ", "\\1\u00a0h\u00a0"),
    (r"(?<=\b\d\d) (?=\d\d\b)", "\u00a0"),  # a telephone number
    (rf"(\d|1er) (?={'|'.join(MONTHS)})", "\\1\u00a0"),
)


@dataclass(frozen=True)
class Piece:
    """One block of a mail: a paragraph, a heading, a list, a button or a small link."""

    text: str = ""
    heading: bool = False
    items: tuple[str, ...] = ()
    address: str = ""
    small: bool = False

    @property
    def as_text(self) -> str:
        if self.items:
            return "\n".join(_filled(item, "- ", "  ") for item in self.items)
        if self.address:
            return f"{'' if self.small else '→ '}{self.text}\u00a0:\n  {self.address}"
        return _filled(self.text)


def pieces_of(source: str) -> list[Piece]:
    """The blocks of a rendered source, in order."""
    blocks = re.split(r"\n\s*\n", source.strip())
    return [piece for block in blocks for piece in _pieces(block.strip().split("\n")) if piece != Piece()]


def as_text(pieces: list[Piece]) -> str:
    """What a mail reader without HTML shows; a heading stands right above its paragraph."""
    lines = ""
    for piece in pieces:
        lines += piece.as_text + ("\n" if piece.heading else "\n\n")
    return lines.rstrip() + "\n"


def as_html(pieces: list[Piece], subject: str) -> str:
    """One sober column that Django escapes; no image, nothing from elsewhere, nothing that tells who reads."""
    return render_to_string(LAYOUT, {"pieces": pieces, "subject": subject})


def french(words: str) -> str:
    """What French keeps together stays together at the end of a line."""
    for pattern, kept in _FRENCH:
        words = re.sub(pattern, kept, words)
    return words


def one_line(source: str) -> str:
    """Escaped words as a person reads them, without any break."""
    return french(" ".join(unescape(source).split(" ")).strip())


def _pieces(lines: list[str]) -> list[Piece]:
    """A block's pieces: a heading and buttons take one line each, items what is indented below them."""
    found: list[Piece] = []
    items: list[str] = []
    paragraph: list[str] = []
    for line in (*lines, ""):
        starts = line[:2]
        if starts == "- ":
            items.append(line[2:].strip())
        elif items and line.startswith("  "):
            items[-1] += f" {line.strip()}"
        elif starts in ("# ", "→ ", "↪ ") or not line:
            found += _ended(paragraph, items)
            paragraph, items = [], []
            found += [_alone(line)] if line else []
        else:
            paragraph.append(line.strip())
    return found


def _ended(paragraph: list[str], items: list[str]) -> list[Piece]:
    found = [Piece(one_line(" ".join(paragraph)))] if paragraph else []
    return found + ([Piece(items=tuple(map(one_line, items)))] if items else [])


def _alone(line: str) -> Piece:
    button = _BUTTON.fullmatch(line)
    if button:
        small = button["sign"] == "↪"
        return Piece(one_line(button["label"]), address=unescape(button["address"]), small=small)
    return Piece(one_line(line[2:]), heading=line.startswith("# "))


def _filled(words: str, first: str = "", rest: str = "") -> str:
    return fill(
        words,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )

"""XML read as a stream, without any DTD: no entity can grow, no address is fetched, no tree is kept."""

from collections.abc import Iterator
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 16
# Because a million events cost about half a second, and an answer must come within ten.
MOST_EVENTS = 10_000_000

START, END = "start", "end"
Event = tuple[str, str, dict[str, str] | str]


class ForbiddenMarkup(Exception):
    """A document type, or more elements than any table of ours: no spreadsheet program writes this."""


def events(part: IO[bytes]) -> Iterator[Event]:
    """Give (START, name, attributes) and (END, name, its own text), names without namespace.

    Raises expat.ExpatError on broken XML and ForbiddenMarkup on a document type or on too many elements.
    """
    found: list[Event] = []
    text: list[str] = []
    add = found.append

    def opened(name, attributes):
        text.clear()
        add((START, name.rpartition(" ")[2], attributes))

    def closed(name):
        add((END, name.rpartition(" ")[2], "".join(text)))
        text.clear()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text.append
    seen = 0
    while chunk := part.read(CHUNK):
        parser.Parse(chunk)
        seen += len(found)
        if seen > MOST_EVENTS:
            raise ForbiddenMarkup
        yield from found
        found.clear()
    parser.Parse(b"", True)  # noqa: FBT003 because expat takes it so: this was the last chunk
    yield from found


def _refuse(*_):
    raise ForbiddenMarkup

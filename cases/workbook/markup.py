"""XML read as a stream, without any DTD: no entity can grow, no address is fetched, no tree is kept."""

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import IO
from xml.parsers import expat

CHUNK = 1 << 16
# Because a million elements cost about a second, and an answer must come within ten.
MOST_ELEMENTS = 5_000_000

START, END = "start", "end"
Event = tuple[str, str, dict[str, str] | str]


class ForbiddenMarkup(Exception):
    """A document type, or more elements than any table of ours: no spreadsheet program writes this."""


def walk(
    part: IO[bytes], started: Callable[[str, dict[str, str]], None], ended: Callable[[str, str], None]
) -> Iterator[None]:
    """Call started(name, attributes) and ended(name, its own text), names without namespace; pause at each chunk.

    Raises expat.ExpatError on broken XML and ForbiddenMarkup on a document type or on too many elements.
    """
    text: list[str] = []
    seen = 0

    def opened(name, attributes):
        nonlocal seen
        seen += 1
        text.clear()
        started(_local(name), attributes)

    def closed(name):
        ended(_local(name), "".join(text))
        text.clear()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text.append
    while chunk := part.read(CHUNK):
        parser.Parse(chunk)
        if seen > MOST_ELEMENTS:
            raise ForbiddenMarkup
        yield
    parser.Parse(b"", True)  # noqa: FBT003 because expat takes it so: this was the last chunk


def events(part: IO[bytes]) -> Iterator[Event]:
    """The same as a plain sequence, for small parts: (START, name, attributes) and (END, name, text)."""
    found: list[Event] = []
    chunks = walk(
        part,
        lambda name, attributes: found.append((START, name, attributes)),
        lambda name, text: found.append((END, name, text)),
    )
    for _ in chunks:
        yield from found
        found.clear()


@lru_cache(maxsize=1024)
def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_):
    raise ForbiddenMarkup

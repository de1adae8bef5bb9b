"""PDF without a browser: a template of ours and plain data, accessible (PDF/UA-1), from no network and no other file.

What people typed goes in as data (`sys.inputs`), never as markup; only the fonts inside the library are used.
"""

import json
import re
import unicodedata
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent / "typst"
UNSHOWN, MOST = "□", 300
"""What stands for a sign that no font of ours has, and how many different ones are replaced before giving up."""
_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
_KEPT = "\n\t"


def pdf(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """The template's name without its ending, filled with data; the same three give the same bytes.

    `at` is an aware datetime: the day that the document bears. A sign that cannot be shown (an emoji) becomes « □ »,
    because no decision may stay unwritten for one.
    """
    clean = _each(data, _without_controls)
    for _ in range(MOST):
        try:
            return _compiled(template, clean, at)
        except typst.TypstError as error:
            lacking = _LACKING.search(str(error))
            if lacking is None:
                raise
            sign = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), lacking[1])
            clean = _each(clean, lambda text, sign=sign: text.replace(sign, UNSHOWN))
    raise ValueError(f"more than {MOST} signs without a font")


def _compiled(template: str, data: dict[str, Any], at: datetime) -> bytes:
    return typst.compile(
        _source(template),
        root=TEMPLATES,  # because a template may read its own folder and nothing above it
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.timestamp()),
    )


@cache
def _source(template: str) -> bytes:
    return (TEMPLATES / f"{template}.typ").read_bytes()


@cache
def _fonts() -> typst.Fonts:
    """The library's own, read once."""
    return typst.Fonts(include_system_fonts=False)


def _each(value: Any, change) -> Any:
    """The same data with every text changed."""
    if isinstance(value, dict):
        return {key: _each(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_each(one, change) for one in value]
    return change(value) if isinstance(value, str) else value


def _without_controls(text: str) -> str:
    """No sign that moves or hides others: « Cc », « Cf », lone halves and unassigned ones."""
    plain = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in plain if one in _KEPT or unicodedata.category(one)[0] != "C")

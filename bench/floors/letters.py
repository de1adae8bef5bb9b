"""The least a letter costs: the library alone, on the same data, with the same accessible result."""

import json

import typst

from cases.typesetting import TEMPLATES

_FONTS = typst.Fonts(include_system_fonts=False)
_SOURCE = (TEMPLATES / "letter.typ").read_bytes()


def compiled(content: dict, instant: int) -> bytes:
    """One document; `instant` is a timestamp in seconds."""
    data = {
        "title": content["title"],
        "author": content["sender"]["name"],
        "letters": [content],
        "summary": [],
    }
    return typst.compile(
        _SOURCE,
        root=TEMPLATES,
        format="pdf",
        font_paths=_FONTS,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=instant,
    )

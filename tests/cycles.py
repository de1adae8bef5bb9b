"""Cycle files for the tests: the two that are shipped, and copies of them with one thing changed."""

from pathlib import Path

from workflow import loading

SHIPPED = Path(__file__).parent.parent / "fixtures" / "cycles"
VITRY, REIMS = SHIPPED / "vitry_2027.yaml", SHIPPED / "reims_2025.yaml"


def vitry_with(folder: Path, changes: dict[str, str]) -> Path:
    """A copy of Vitry's file; each text to change must stand in it, its first occurrence is replaced."""
    text = VITRY.read_text(encoding="utf-8")
    for old, new in changes.items():
        assert old in text, f"« {old} » is not in {VITRY.name}"
        text = text.replace(old, new, 1)
    return written(folder, text)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "essai.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def said(path: Path) -> list[tuple[str, str]]:
    """Every error as (the line's own text, the sentence): a test that counts lines would break at each comment."""
    lines = ["", *path.read_text(encoding="utf-8").split("\n")]
    return [(lines[error.line].strip(), error.sentence) for error in loading.check(path)]


def codes(path: Path) -> list[str]:
    """The codes of what publishing this file is refused for."""
    return [refusal.code for refusal in loading.refusals(loading.read(path))]

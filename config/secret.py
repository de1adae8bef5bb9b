"""The one secret a machine keeps for itself, so that a first run needs no ceremony."""

import os
import secrets
import tempfile
from pathlib import Path


def kept(path: Path) -> str:
    """Return the secret of this file, drawn (512 bits) and written for its owner alone if there is none yet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _write_once(path)
    return path.read_text(encoding="ascii")


def _write_once(path: Path) -> None:
    """Link a finished file into place, because two workers may start at once and neither may read half a secret."""
    handle, draft = tempfile.mkstemp(dir=path.parent)  # mode 600 from its birth
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # because the other worker's secret is as good as ours
    finally:
        Path(draft).unlink()

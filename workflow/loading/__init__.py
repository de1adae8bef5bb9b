"""The cycle as data: `read`, `check`, `load` and `export` a cycle's file.

Each app declares its sections of the file (`Section`) and registers them; nothing here knows what they hold.
"""

from workflow.loading.document import CycleDocument, check, describe, read, refusals
from workflow.loading.errors import CycleError, CycleErrors
from workflow.loading.exporting import export
from workflow.loading.writing import Loaded, bring_in, load

__all__ = [
    "CycleDocument",
    "CycleError",
    "CycleErrors",
    "Loaded",
    "bring_in",
    "check",
    "describe",
    "export",
    "load",
    "read",
    "refusals",
]

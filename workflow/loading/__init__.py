"""The cycle as data: `read`, `check`, `load` and `export` a cycle's file.

Each app declares its sections of the file (`Section`) and registers them; nothing here knows what they hold.
"""

from workflow.loading.differences import Difference, differences
from workflow.loading.document import CycleDocument, check, describe, incoherences, read, refusals, sections
from workflow.loading.errors import CycleError, CycleErrors
from workflow.loading.exporting import export
from workflow.loading.writing import Loaded, bring_in, keep, load

__all__ = [
    "CycleDocument",
    "CycleError",
    "CycleErrors",
    "Difference",
    "Loaded",
    "bring_in",
    "check",
    "describe",
    "differences",
    "export",
    "incoherences",
    "keep",
    "load",
    "read",
    "refusals",
    "sections",
]

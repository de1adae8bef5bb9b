"""What became of one subject at the door: an entry, or every reason why not."""

from dataclasses import dataclass
from typing import Self

from workflow.models import Entry
from workflow.refusal import Refusal, Refused


@dataclass
class Outcome:
    """`repeated`: the same click came a second time, and was done already (« déjà fait »)."""

    subject_id: int
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()
    repeated: bool = False

    @property
    def passes(self) -> bool:
        """Whether nothing has stopped this subject."""
        return not self.refusals and not self.repeated

    def or_refused(self) -> Self:
        """Itself; raises `Refused` with every reason."""
        if self.refusals:
            raise Refused(self.refusals)
        return self

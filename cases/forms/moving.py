"""What any move may ask: a confirmation, or a reason."""

from datetime import date
from typing import Any

from cases.forms.answering import VersionedForm
from cases.forms.fields import WordsField

WHY = "Pourquoi"


class MoveForm(VersionedForm):
    """A confirmation: the version of the page that was read, and nothing else."""

    def __init__(self, subject, *args, on: date | None = None, **options):
        """`on` is the day the page is read, where the choices depend on it."""
        super().__init__(*args, **options)
        self.subject, self.on = subject, on
        self.initial.setdefault("version", subject.version)
        self.prepare()

    def prepare(self) -> None:
        """Limit the choices to those of the subject's own rules."""

    @property
    def facts(self) -> dict[str, Any]:
        """What was typed, as the move takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ReasonForm(MoveForm):
    reason = WordsField(label=WHY)


class MaybeReasonForm(MoveForm):
    reason = WordsField(label=WHY, required=False)

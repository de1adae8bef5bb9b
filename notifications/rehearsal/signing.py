"""The programming signed off: too soon, of another committee, on an old page, then as it was voted; opened again."""

from datetime import datetime

from cases import signing
from cases.models import Programming, Scenario
from cases.programming_states import ProgrammingMove, ScenarioMove
from cases.states import DossierMove, DossierState
from notifications.rehearsal.dates import days
from notifications.rehearsal.stage import Stage
from workflow.journal import Code

NOT_THIS_PAGE, NO_COMMITTEE = Code("0" * 64), 0


class Signing:
    """The coordinator, the morning of the first committee and the week after the last."""

    def __init__(self, stage: Stage):
        self.stage, self.by = stage, stage.cast.coordinator

    def prepare(self) -> None:
        """Among gentle people nobody makes a mistake, and who signs is no question of theirs."""
        sittings = self.stage.dates.committees
        if sittings and not self.stage.gentle:
            self.stage.diary.note(min(one.on for one in sittings), 9, self.hurry, sittings[0].pk)
            self.stage.diary.note(max(one.on for one in sittings) + days(7), 9, self.sign, sittings[0].pk)

    def hurry(self, at: datetime, keys: list[int]) -> None:
        """Nothing is decided yet, and everything lies on the table."""
        programming = Programming(cycle=self.stage.cycle)
        self.stage.open([programming], by=self.by, at=at)
        self.stage.open([Scenario(cycle=self.stage.cycle, name="Et si…")], by=self.by, at=at)
        self._try(programming, at, keys[0], self._seen())

    def sign(self, at: datetime, keys: list[int]) -> None:
        """A wrong committee on an old page first; once it is signed no scenario is applied, and it is opened again."""
        programming = Programming.objects.get(cycle=self.stage.cycle)
        scenario = Scenario.objects.get(cycle=self.stage.cycle)
        self._try(programming, at, NO_COMMITTEE, NOT_THIS_PAGE)
        self._try(programming, at, keys[0], self._seen())
        self.stage.fire(scenario, ScenarioMove.APPLY, by=self.by, at=at)
        for dossier in self.stage.clumsy(
            "takes back what was signed", self.stage.dossiers(DossierState.DECIDED)
        ):
            self.stage.fire(dossier, DossierMove.UNDECIDE, by=self.by, at=at, reason="Erreur de saisie ?")
        self.stage.fire(
            programming, ProgrammingMove.REOPEN, by=self.by, at=at, reason="Seconde programmation"
        )

    def _try(self, programming: Programming, at: datetime, committee: int, seen: str) -> None:
        self.stage.fire(
            programming, ProgrammingMove.SIGN_OFF, by=self.by, at=at, committee=committee, seen=seen
        )

    def _seen(self) -> Code:
        return Code(signing.table_of(self.stage.cycle.pk).digest)

"""What stands between a decision and its letter: a call that comes first, an envelope that was cut since."""

from datetime import datetime

from django.db import models

from cases.states import LineState

ENOUGH_TRIES = 3
"""After so many calls that nobody took, the letter may leave: whoever cannot be reached is not kept in the dark."""


class ToTell(models.Model):
    notified_on = models.DateField("notifié le", null=True, blank=True)
    letter_reference = models.CharField("référence du courrier", max_length=80, blank=True)
    purse = models.DecimalField(
        "disponible au moment du vote", max_digits=12, decimal_places=2, null=True, editable=False
    )
    """What its envelope could give when this award was decided, in euros; None where nothing was known, or given."""
    call_first = models.BooleanField("à appeler d’abord", null=True, blank=True)
    """None follows the year's rule."""
    called_at = models.DateTimeField("appelé le", null=True, editable=False)
    calls_missed = models.PositiveSmallIntegerField("appels sans réponse", default=0, editable=False)
    tried_at = models.DateTimeField("dernier appel sans réponse", null=True, editable=False)

    class Meta:
        abstract = True

    def is_called_first(self, policy: bool) -> bool:
        """Whether this refusal is said by voice before its letter; `policy` is the year's own word."""
        wished = policy if self.call_first is None else self.call_first
        return wished and self.state == LineState.REFUSED

    def awaits_call(self, policy: bool) -> bool:
        """Whether the letter still waits for somebody's voice."""
        said = self.called_at is not None or self.calls_missed >= ENOUGH_TRIES
        return self.is_called_first(policy) and not said

    def note_call(self, reached: bool, at: datetime) -> None:
        if reached:
            self.called_at = at
        else:
            self.calls_missed, self.tried_at = self.calls_missed + 1, at

    def untell(self) -> None:
        """The decision is taken back: whatever comes next is said anew."""
        self.notified_on, self.letter_reference = None, ""
        self.called_at = self.tried_at = self.call_first = None
        self.calls_missed = 0

    @property
    def shrunk(self):
        """What can give less than when this award was decided, or less than all that it decided: its envelope, or the
        whole that this is a part of; None where nothing shrank."""
        if not self.decided:
            return None
        own, whole = self.envelope, self.envelope.within
        if own.to_arbitrate or (None not in (own.available, self.purse) and own.available < self.purse):
            return own
        return whole if whole is not None and whole.to_arbitrate else None

    @property
    def is_cut_since_vote(self) -> bool:
        return self.shrunk is not None

    @property
    def purse_version(self) -> int:
        """Grows with each change of its envelope, or of the whole that this is a part of: what a reader has read."""
        whole = self.envelope.within
        return self.envelope.version + (whole.version if whole else 0)

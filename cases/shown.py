"""What a financier was shown when it gave an opinion: a digest that the answer carries, and the door checks.

The holder's request, what the team says of it, and the answers to the financiers' questions: nobody's word may be taken
on something else than what stood on the page.
"""

import json
from functools import cached_property
from hashlib import sha256

from django.db import models

from cases.models import Inquiry, Instruction
from cases.states import InquiryState


class Part(models.TextChoices):
    """The parts of the page, in the digest's order, each with what is said when it has changed."""

    REQUEST = "request", "La demande du porteur a changé."
    TEAM = "team", "L’équipe a changé sa proposition ou sa synthèse."
    ANSWERS = "answers", "Le porteur a répondu à une question."
    LINE = "line", "Cette page était celle d’un autre siège, ou d’un autre dossier."


class Shown:
    """What stands on the pages of some lines, read in two queries the first time somebody asks."""

    def __init__(self, lines):
        self.lines = list(lines)

    @cached_property
    def _read(self) -> tuple[dict[int, str], dict[int, list]]:
        dossiers = {line.dossier_id for line in self.lines}
        sheets = Instruction.objects.filter(dossier__in=dossiers).order_by("pk")
        told: dict[int, list] = {}
        answered = Inquiry.objects.filter(dossier__in=dossiers, state=InquiryState.ANSWERED).order_by("pk")
        for key, dossier, answer in answered.values_list("pk", "dossier", "answer"):
            told.setdefault(dossier, []).append([key, answer])
        return dict(sheets.values_list("dossier", "summary")), told

    def summary(self, line) -> str:
        """The team's summary of a line's dossier."""
        return self._read[0].get(line.dossier_id, "")

    def digest(self, line) -> str:
        """One short hash per part, so that what changed can be named; the line's own, so that no other seat uses it."""
        dossier, team = line.dossier, [line.team_proposal, line.previous, self.summary(line)]
        request = [dossier.version, dossier.content, line.requested]
        told = self._read[1].get(line.dossier_id, [])
        return "-".join(_hash(part) for part in (request, team, told, line.pk))


def changed(before: str, now: str) -> list[str]:
    """What is no longer as it was shown, in words."""
    pairs = zip(Part, before.split("-"), now.split("-"), strict=False)
    return [part.label for part, old, new in pairs if old != new]


def shown(lines) -> dict[int, Shown]:
    """The door's look: one reading for all lines of a call."""
    read = Shown(lines)
    return {line.pk: read for line in lines}


def _hash(part) -> str:
    text = json.dumps(part, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:16]

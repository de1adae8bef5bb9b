"""The team's reading of a dossier, and what it asks the holder to complete."""

from collections.abc import Iterator

from django.db import models

from cases.querysets import OfDossierQuerySet
from cases.states import DossierState
from workflow.refusal import Refusal, not_editable
from workflow.roles import TEAM, Reach, Role
from workflow.subject import Edit, Subject

_READING = (DossierState.SUBMITTED, DossierState.INCOMPLETE, DossierState.INSTRUCTION, DossierState.REVIEW)


class OfDossier(Subject):
    """Something that hangs on one dossier and is reached as the dossier is."""

    objects = OfDossierQuerySet.as_manager()

    lock_rank = 2
    reads = ("dossier__rules",)

    class Meta:
        abstract = True

    def reach_key(self, reach: Reach) -> int | None:
        return self.dossier.reach_key(reach)

    @classmethod
    def also_locks(cls, subjects, move):
        dossiers = cls._meta.get_field("dossier").related_model.objects
        return [dossiers.filter(pk__in={one.dossier_id for one in subjects})]


class Instruction(OfDossier):
    """The fiche d'instruction. `checks` {criterion code: true or false}, absent while it is still to check; `marks`
    {code: 0–4}, never published; `comments` {code: text}."""

    dossier = models.OneToOneField("cases.Dossier", models.PROTECT, related_name="instruction")
    checks = models.JSONField("recevabilité", default=dict, blank=True)
    marks = models.JSONField("grille", default=dict, blank=True)
    comments = models.JSONField("commentaires", default=dict, blank=True)
    summary = models.TextField("synthèse", blank=True)

    kind = "instruction"
    opened_by = TEAM
    once = ("dossier",)
    edits = {name: Edit(by=TEAM) for name in ("checks", "marks", "comments", "summary")}

    class Meta:
        verbose_name = "fiche d’instruction"
        verbose_name_plural = "fiches d’instruction"

    def __str__(self) -> str:
        return f"instruction {self.dossier_id}"


def request_is_open(request, value) -> Iterator[Refusal]:
    if request.closed_at is not None:
        yield not_editable("replies")


class CompletionRequest(OfDossier):
    """What is missing, item by item, and by when. `items` [text, …]; `replies` {rank as text: text}."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="completions")
    asked_at = models.DateTimeField("demandé le")
    due_on = models.DateField("attendu le")
    items = models.JSONField("ce qui manque")
    replies = models.JSONField("réponses", default=dict, blank=True)
    closed_at = models.DateTimeField("complété le", null=True, blank=True)

    kind = "completion"
    edits = {
        "replies": Edit(by=(Role.HOLDER, *TEAM), guards=(request_is_open,)),
        "closed_at": Edit(by=(Role.SYSTEM,)),
    }

    class Meta:
        verbose_name = "demande de compléments"
        verbose_name_plural = "demandes de compléments"
        ordering = ["dossier", "pk"]

    def __str__(self) -> str:
        return f"compléments {self.dossier_id}"

    @property
    def exchanges(self) -> list[tuple[str, str]]:
        """(what was asked, what the holder answered so far), point by point."""
        return [(item, self.replies.get(str(rank), "")) for rank, item in enumerate(self.items)]

    @property
    def unanswered(self) -> list[str]:
        return [item for rank, item in enumerate(self.items) if not self.replies.get(str(rank), "").strip()]

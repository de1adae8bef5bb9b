"""What a re-reader says of one part of a draft, with the words that could stand there instead."""

from django.conf import settings
from django.db import models

from cases.models.instruction import OfDossier
from cases.models.support import Support
from cases.remark_life import (
    RemarkLife,
    remark_is_written,
    request_is_still_written,
    rereading_is_under_way,
    wording_has_its_place,
)
from cases.remark_querysets import RemarkQuerySet
from cases.states import RemarkMove, RemarkState
from cases.support_life import GUIDES


class Remark(RemarkLife, OfDossier):
    """`part`: a field of the request as its form names it (« title », « answer-resume »), or « theme- » and a topic."""

    dossier = models.ForeignKey("cases.Dossier", models.PROTECT, related_name="remarks")
    support = models.ForeignKey(Support, models.PROTECT, related_name="remarks", verbose_name="relecture")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="par")
    part = models.CharField("partie de la demande", max_length=60)
    text = models.TextField("remarque")
    wording = models.TextField("texte proposé", blank=True)

    objects = RemarkQuerySet.as_manager()

    kind = "remark"
    reads = ("dossier__rules", "support")
    moves = RemarkMove
    opened_by = GUIDES
    once = ("support", "part", "text", "wording", "state")
    opening = (remark_is_written, request_is_still_written, rereading_is_under_way, wording_has_its_place)

    class Meta:
        verbose_name = "remarque de relecture"
        verbose_name_plural = "remarques de relecture"
        ordering = ["dossier", "pk"]
        indexes = [models.Index(fields=["dossier", "state"], name="remark_by_state")]

    def __str__(self) -> str:
        return f"remarque {self.pk} · {self.dossier_id}"

    @property
    def is_open(self) -> bool:
        return self.state == RemarkState.OPEN

"""The address by which one person answers for one seat without a password."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow.models import Organisation


class SeatLink(models.Model):
    """Bound to a person and a seat, whatever calls ask that seat at the time. Its token is never written down:
    `seat_links` draws it again from the nonce and the secret key, and only its hash is looked for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seat_links")
    seat = models.ForeignKey(Organisation, models.PROTECT, related_name="seat_links")
    nonce = models.CharField(max_length=64, editable=False)
    digest = models.CharField("empreinte", max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField("créé le")
    revoked_at = models.DateTimeField("révoqué le", null=True, blank=True)
    last_used_at = models.DateTimeField("dernier usage", null=True, blank=True)

    class Meta:
        verbose_name = "lien de réponse"
        verbose_name_plural = "liens de réponse"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "seat"], condition=Q(revoked_at=None), name="seat_link_one_alive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.seat_id}"

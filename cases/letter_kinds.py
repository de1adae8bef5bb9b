"""The closed list of letters, and what follows from each kind."""

from django.db import models


class LetterKind(models.TextChoices):
    AWARD = "award", "Attribution"
    PARTIAL = "partial", "Attribution partielle"
    REFUSAL = "refusal", "Refus"
    INADMISSIBILITY = "inadmissibility", "Non-recevabilité"
    DEFERRAL = "deferral", "Report au prochain comité"
    COMPLETION = "completion", "Demande de compléments"
    RECEIPT = "receipt", "Accusé de réception"
    ATTENDANCE = "attendance", "Attestation de présence"
    AGREEMENT = "agreement", "Convention"


K = LetterKind
OF_DECISION = (K.AWARD, K.PARTIAL, K.REFUSAL)
"""What an authority says of one line."""
OF_LINE = (*OF_DECISION, K.AGREEMENT)
CONTESTED = (*OF_DECISION, K.INADMISSIBILITY)
"""Letters that decide: they say how to contest."""
READ_AT_ONCE = (K.DEFERRAL, K.COMPLETION, K.RECEIPT, K.ATTENDANCE)
"""What its holder was told already when the letter is made; the others wait for their notification."""
SENT_TOGETHER = (*OF_DECISION, K.AGREEMENT, K.INADMISSIBILITY, K.DEFERRAL)
"""What leaves after a committee, in a signature folder."""

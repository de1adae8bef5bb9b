"""What is said once a call, a reading or a choice about an answer is noted."""

NOTED = {
    True: "L’appel est noté : cette décision peut être notifiée.",
    False: "« Pas joint » est noté. Après trois appels sans réponse, la décision peut être notifiée.",
}
REACHED = {True: "joint", False: "pas joint"}
"""What the journal adds to a call."""
DONE_ALREADY = "C’est déjà fait : rien n’est parti deux fois."
CALL_WISHED = "Ces refus se diront d’abord par téléphone."
SPARED = "Ces refus peuvent être notifiés sans appel."

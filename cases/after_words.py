"""Sentences of the year after the answer: payments, agreements, the report, what changes on the way."""

PAYMENTS_PLANNED = "Les versements proposés sont notés : le porteur et ce financeur les lisent."
ACT_NOTED = "C’est noté."
SIGN = "Noter la convention"


def to_sign(financier) -> str:
    return f"{financier} : au-dessus de 23 000 € par an, une convention se signe avant tout versement."


CHANGE_ASKED = "La demande est notée. L’équipe y répond par écrit."
CHANGE_AWAITS = "Un changement est demandé : acceptez-le, ou dites pourquoi non."
ANSWER_CHANGE = "Répondre au changement"
INTERIM_AWAITS = "Le bilan intermédiaire est arrivé : lisez-le, puis acceptez-le ou demandez une correction."
READ_INTERIM = "Lire le bilan intermédiaire"
ASK_CHANGE = "Demander un changement"
SEE_CHANGES = "Les changements"

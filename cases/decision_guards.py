"""When a decision may still be taken back: nobody outside has heard of it, and nobody has signed it."""

from collections.abc import Iterator

from workflow.refusal import Refusal


def nothing_was_notified(dossier, lines) -> Iterator[Refusal]:
    for line in lines:
        if line.notified_on is not None:
            sentence = f"{line.seat} a déjà notifié sa décision : rouvrez l’instruction."
            yield Refusal("notified", sentence, place=f"line-{line.pk}")


def sheet_stays_here(dossier, feedback) -> Iterator[Refusal]:
    if feedback is not None and feedback.delivered_at is not None:
        yield Refusal("sheet_delivered", "La fiche de motivation est déjà transmise au porteur.")


def nothing_was_signed(dossier, facts, signatures) -> Iterator[Refusal]:
    """Asked only once somebody takes the decision back: a page need not know."""
    told = signatures() if facts is not None else None
    if told is not None and told.record:
        yield Refusal("record_signed", "Le procès-verbal de ce comité est arrêté : rouvrez l’instruction.")
    if told is not None and told.programming:
        yield Refusal("programming_signed", "La programmation est arrêtée : rouvrez-la d’abord.")


IT_IS_STILL_OURS = (nothing_was_notified, sheet_stays_here, nothing_was_signed)

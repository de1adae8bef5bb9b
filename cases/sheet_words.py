"""The sentences that a sheet says by itself: none above twenty-five words, each financier for itself."""

from cases.states import LineState
from workflow.money import euros
from workflow.wording import day_in_words

NOT_EXAMINED = "Votre dossier n’est pas recevable : il n’a pas pu être présenté aux financeurs."
REOPENED = "l’étude de votre dossier a été reprise."
SHEET_KEPT = "La fiche est enregistrée."
MEETING_ASKED = "Votre demande est transmise. Vous serez rappelé pour choisir un jour."


def later(line) -> str:
    return f"{line.envelope.financier} répondra séparément."


def word_of(line) -> str:
    """What one financier answers, as its holder reads it: neutral, and for itself alone; None: the team's own word."""
    if line is None:
        return NOT_EXAMINED
    seat = line.envelope.financier
    if line.outcome == LineState.GRANTED:
        return f"{seat} : {euros(line.decided)} accordés, pour {euros(line.requested)} demandés."
    if line.outcome == LineState.REFUSED:
        return f"{seat} n’a pas retenu votre demande de {euros(line.requested)}."
    if line.outcome == LineState.UNDISCLOSED:
        return f"{seat} n’a pas communiqué sa décision ni son motif."
    return later(line)


def decided_by(dossier, passage) -> str:
    """By whom, and when; blank before anything was decided."""
    if dossier.is_inadmissible:
        return f"Vérifié par {dossier.cycle.team_name or 'l’équipe du contrat de ville'}."
    if passage is None:
        return ""
    committee = passage.committee
    return f"Décidé après le comité du {day_in_words(committee.on)} ({committee.label})."


def meeting_wanted(dossier) -> str:
    """What stands in the named person's to-do list."""
    return f"Proposer un jour de rendez-vous au sujet de la réponse au dossier {dossier.reference}"

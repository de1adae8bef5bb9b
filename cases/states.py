"""Every state and move of the year, with the words people read: what it is called, and what the journal tells."""

from django.db import models


class Told(models.TextChoices):
    """An enum of moves: code, what the journal says somebody did, what the button says."""

    def __new__(cls, code: str, told: str):
        member = str.__new__(cls, code)
        member._value_ = code
        member.told = told
        return member


class DossierState(models.TextChoices):
    DRAFT = "draft", "Brouillon"
    SUPPORT = "support", "En accompagnement"
    SUBMITTED = "submitted", "Déposé"
    INCOMPLETE = "incomplete", "À compléter"
    INADMISSIBLE = "inadmissible", "Non recevable"
    INSTRUCTION = "instruction", "En instruction"
    REVIEW = "review", "Avis des financeurs"
    COMMITTEE = "committee", "En comité"
    DEFERRED = "deferred", "Ajourné"
    DECIDED = "decided", "Décidé, réponse en préparation"
    ANSWERED = "answered", "Répondu"
    REPORTING = "reporting", "Bilan attendu"
    CLOSED = "closed", "Clos"
    WITHDRAWN = "withdrawn", "Retiré"
    DROPPED = "dropped", "Classé sans suite"


FINAL = (DossierState.CLOSED, DossierState.WITHDRAWN, DossierState.DROPPED)
EDITABLE = (DossierState.DRAFT, DossierState.SUPPORT)
BEFORE_DECISION = (
    DossierState.SUBMITTED,
    DossierState.INCOMPLETE,
    DossierState.INSTRUCTION,
    DossierState.REVIEW,
    DossierState.COMMITTEE,
    DossierState.DEFERRED,
)


class DossierMove(Told):
    ASK_SUPPORT = "ask_support", "a demandé un accompagnement", "Demander un accompagnement"
    END_SUPPORT = "end_support", "a consigné l’accompagnement", "Consigner l’accompagnement"
    SUBMIT = "submit", "a déposé le dossier", "Déposer le dossier"
    TAKE_BACK = "take_back", "a repris le dossier pour le modifier", "Reprendre pour modifier"
    ASK_COMPLETION = "ask_completion", "a demandé des compléments", "Demander des compléments"
    COMPLETE = "complete", "a envoyé les compléments", "Envoyer les compléments"
    DECLARE_INADMISSIBLE = (
        "declare_inadmissible",
        "a déclaré le dossier non recevable",
        "Déclarer non recevable",
    )
    ADMIT = "admit", "a déclaré le dossier recevable", "Déclarer recevable"
    OPEN_REVIEW = "open_review", "a sollicité l’avis des financeurs", "Envoyer aux financeurs"
    CLOSE_REVIEW = "close_review", "a clos le tour d’avis", "Clore le tour d’avis"
    REOPEN_REVIEW = "reopen_review", "a rouvert le tour d’avis", "Rouvrir le tour d’avis"
    DEFER = "defer", "a ajourné le dossier", "Ajourner"
    RESUME = "resume", "a remis le dossier en comité", "Remettre en comité"
    DECIDE = "decide", "a enregistré la décision du comité", "Enregistrer la décision"
    UNDECIDE = "undecide", "a repris la décision notée", "Reprendre la décision notée"
    ANSWER = "answer", "a répondu au porteur", "Répondre au porteur"
    OPEN_REPORTING = "open_reporting", "a demandé le bilan", "Demander le bilan"
    CLOSE = "close", "a clos le dossier", "Clore le dossier"
    REOPEN = "reopen", "a rouvert l’instruction", "Rouvrir l’instruction"
    WITHDRAW = "withdraw", "a retiré le dossier", "Retirer ma demande"
    RESTORE = "restore", "a repris la demande retirée", "Reprendre ma demande"
    DROP = "drop", "a classé le dossier sans suite", "Classer sans suite"


class LineState(models.TextChoices):
    REQUESTED = "requested", "Sollicité"
    INVITED = "invited", "Avis demandé"
    ANSWERED = "answered", "Avis rendu"
    SILENT = "silent", "Avis non rendu"
    GRANTED = "granted", "Accordé"
    REFUSED = "refused", "Non retenu"
    UNDISCLOSED = "undisclosed", "Non communiqué par ce financeur"
    NOTIFIED = "notified", "Notifié"
    ACCEPTED = "accepted", "Maintenu par le porteur"
    ADAPTED = "adapted", "Adapté par le porteur"
    RENOUNCED = "renounced", "Abandonné par le porteur"
    SETTLED = "settled", "Soldé"
    TO_ASK = "to_ask", "Droit commun à demander"
    CONFIRMED = "confirmed", "Droit commun confirmé"
    DECLINED = "declined", "Droit commun non mobilisé"


DECIDED = (DossierState.DECIDED, DossierState.ANSWERED, DossierState.REPORTING, DossierState.CLOSED)
"""A committee's decision stands on the dossier."""
DECIDED_LINE = (LineState.GRANTED, LineState.REFUSED, LineState.UNDISCLOSED)
PAYABLE = (LineState.NOTIFIED, LineState.ACCEPTED, LineState.ADAPTED, LineState.SETTLED)
"""Once its award was told to the holder."""


class LineMove(Told):
    INVITE = "invite", "a demandé un avis", "Demander l’avis"
    OPINE = "opine", "a transmis son avis", "Transmettre mon avis"
    RECORD_OPINION = "record_opinion", "a consigné un avis reçu autrement", "Consigner un avis reçu autrement"
    EXCUSE = "excuse", "ne sollicite plus ce financeur", "Ne plus solliciter"
    FALL_SILENT = "fall_silent", "a constaté l’avis non rendu", "Constater l’avis non rendu"
    GRANT = "grant", "a noté l’accord", "Noter l’accord"
    REFUSE = "refuse", "a noté que la ligne n’est pas retenue", "Noter « non retenu »"
    WITHHOLD = "withhold", "a noté « non communiqué par ce financeur »", "Noter « non communiqué »"
    CARRY_OVER = "carry_over", "a repris l’engagement pluriannuel", "Reprendre l’engagement pluriannuel"
    RELEASE = "release", "a remis la ligne à « sollicité »", "Revenir à « sollicité »"
    CALL = "call", "a noté un appel au porteur", "Noter un appel au porteur"
    NOTIFY = "notify", "a notifié la décision", "Notifier"
    ACCEPT = "accept", "maintient l’action", "Maintenir l’action"
    ADAPT = "adapt", "adapte l’action", "Adapter l’action"
    RENOUNCE = "renounce", "renonce à ce financement", "Renoncer"
    UNDO = "undo", "a rendu le financement : l’action n’a pas lieu", "Action non réalisée"
    SETTLE = "settle", "a soldé le financement", "Solder"
    ROUTE_MAINSTREAM = "route_mainstream", "a orienté vers le droit commun", "Orienter vers le droit commun"
    CONFIRM = "confirm", "a confirmé le droit commun", "Confirmer le droit commun"
    DECLINE = "decline", "a noté que le droit commun ne suit pas", "Noter que le droit commun ne suit pas"


class Verdict(models.TextChoices):
    FAVOURABLE = "favourable", "Favorable"
    RESERVED = "reserved", "Favorable avec réserve"
    UNFAVOURABLE = "unfavourable", "Défavorable"
    ABSTENTION = "abstention", "Sans avis"
    RECUSED = "recused", "Se déporte (conflit d’intérêts)"
    DISCUSS = "discuss", "À discuter en comité"


DISAGREEING = (Verdict.DISCUSS, Verdict.UNFAVOURABLE)
"""Opinions after which a dossier may have to be discussed."""


BY_LINK = "par lien"
"""How an opinion came that was given without signing in."""
DELEGATED = "par délégation"
"""How one was given while somebody of the same seat was away."""


class SupportState(models.TextChoices):
    ASKED = "asked", "Demandé"
    HELD = "held", "A eu lieu"
    MISSED = "missed", "N’a pas eu lieu"
    WAIVED = "waived", "Dispensé"


class SupportMove(Told):
    FINISH = "finish", "a terminé la relecture", "Terminer la relecture"
    HOLD = "hold", "a consigné le rendez-vous", "Consigner le rendez-vous"
    NOTE = "note", "a écrit le compte rendu", "Écrire le compte rendu"
    MISS = "miss", "a noté que le rendez-vous n’a pas eu lieu", "N’a pas eu lieu"
    WAIVE = "waive", "a dispensé de cette étape", "Dispenser de cette étape"


class Venue(models.TextChoices):
    OURS = "ours", "Au lieu indiqué"
    HOLDER = "holder", "Chez l’association"
    REMOTE = "remote", "Par téléphone ou à l’écran"


class SessionState(models.TextChoices):
    PLANNED = "planned", "Prévue"
    HELD = "held", "A eu lieu"
    CANCELLED = "cancelled", "Annulée"


class SessionMove(Told):
    RESCHEDULE = "reschedule", "a changé la date ou le lieu de la séance", "Changer la date ou le lieu"
    RESIZE = "resize", "a changé le nombre de places", "Changer le nombre de places"
    HOLD = "hold", "a noté que la séance a eu lieu", "La séance a eu lieu"
    CANCEL = "cancel", "a annulé la séance", "Annuler la séance"


class BookingState(models.TextChoices):
    WAITING = "waiting", "Sur liste d’attente"
    BOOKED = "booked", "Inscrit"
    CANCELLED = "cancelled", "Annulée"
    ATTENDED = "attended", "Présent"
    ABSENT = "absent", "Absent"


class BookingMove(Told):
    TAKE_SEAT = "take_seat", "a donné une place", "Donner une place"
    CANCEL = "cancel", "a annulé son inscription", "Annuler mon inscription"
    CALL_OFF = "call_off", "a annulé l’inscription", "Annuler cette inscription"
    ATTEND = "attend", "a noté une présence", "Présent"
    MISS = "miss", "a noté une absence", "Absent"
    NOTE = "note", "a écrit le compte rendu", "Écrire le compte rendu"


class IdeaState(models.TextChoices):
    OPEN = "open", "Idée"
    DRAFTED = "drafted", "Devenue une demande"
    ASIDE = "aside", "Laissée de côté"


class IdeaMove(Told):
    BECOME = "become", "a commencé une demande avec cette idée", "En faire une demande"
    SET_ASIDE = "set_aside", "a laissé l’idée de côté", "Laisser de côté"
    TAKE_UP = "take_up", "a repris l’idée", "Reprendre l’idée"


class AgreedState(models.TextChoices):
    OPEN = "open", "À faire"
    DONE = "done", "Fait"
    LEFT = "left", "Abandonné"


class AgreedMove(Told):
    TICK = "tick", "a fait ce qui était convenu", "C’est fait"
    UNTICK = "untick", "a remis à faire ce qui était convenu", "Pas encore fait"
    LEAVE = "leave", "a abandonné ce qui était convenu", "Abandonner"
    RESUME = "resume", "a repris ce qui était abandonné", "Reprendre"


class RemarkState(models.TextChoices):
    OPEN = "open", "À lire"
    HANDLED = "handled", "Fait"
    TAKEN = "taken", "Phrase reprise"
    KEPT = "kept", "Laissé comme c’était"
    CLOSED = "closed", "Close"


class RemarkMove(Told):
    HANDLE = "handle", "a suivi une remarque", "Je l’ai fait"
    TAKE = "take", "a repris la phrase proposée", "Reprendre cette phrase"
    KEEP = "keep", "a préféré laisser son texte", "Je préfère laisser"
    AGAIN = "again", "a rouvert une remarque", "Revenir sur cette remarque"
    CLOSE = "close", "a clos une remarque", "Clore cette remarque"


class FeedbackState(models.TextChoices):
    DRAFT = "draft", "En rédaction"
    READING = "reading", "À relire"
    CHECKED = "checked", "Relue"
    DELIVERED = "delivered", "Transmise"


class FeedbackMove(Told):
    HAND_OVER = "hand_over", "a demandé la relecture de la fiche", "Faire relire la fiche"
    PROOFREAD = "proofread", "a relu la fiche", "J’ai relu la fiche"
    CORRECT = "correct", "a remis la fiche en rédaction", "Remettre en rédaction"
    DELIVER = "deliver", "a transmis la fiche", "Transmettre la fiche"
    REVISE = "revise", "a ouvert une correction de la fiche", "Corriger la fiche transmise"
    ABANDON = "abandon", "a abandonné la correction de la fiche", "Abandonner la correction"
    RECALL = "recall", "a repris la fiche avec le dossier", "Reprendre la fiche"


class ReportState(models.TextChoices):
    DRAFT = "draft", "À faire"
    FILED = "filed", "Envoyé"
    TO_CORRECT = "to_correct", "À corriger"
    ACCEPTED = "accepted", "Accepté"


class ReportMove(Told):
    FILE = "file", "a envoyé le bilan", "Envoyer le bilan"
    ASK_CORRECTION = "ask_correction", "a demandé une correction du bilan", "Demander une correction"
    ACCEPT = "accept", "a accepté le bilan", "Accepter le bilan"


class ChangeState(models.TextChoices):
    ASKED = "asked", "Réponse attendue"
    ACCEPTED = "accepted", "Accord donné"
    REFUSED = "refused", "Refus"
    TAKEN_BACK = "taken_back", "Demande reprise"


class ChangeMove(Told):
    ACCEPT = "accept", "a accepté un changement", "Accepter"
    REFUSE = "refuse", "a refusé un changement", "Refuser"
    TAKE_BACK = "take_back", "a repris sa demande de changement", "Reprendre cette demande"


class InquiryState(models.TextChoices):
    ASKED = "asked", "Posée"
    ANSWERED = "answered", "Répondue"
    CLOSED = "closed", "Close sans réponse"


class InquiryMove(Told):
    REPLY = "reply", "a répondu à une question", "Répondre à la question"
    CLOSE = "close", "a clos une question avec le tour", "Clore la question"


class ItemState(models.TextChoices):
    PLANNED = "planned", "À traiter"
    DONE = "done", "Traité"
    POSTPONED = "postponed", "Reporté"


class ItemMove(Told):
    CONCLUDE = "conclude", "a noté la conclusion d’un point", "Noter la conclusion"
    TAKE_UP = "take_up", "a repris un point", "Reprendre ce point"
    POSTPONE = "postpone", "a reporté un point au comité suivant", "Reporter au comité suivant"

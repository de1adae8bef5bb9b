"""What states and stages are called, and what comes next, for whom: « Envoyé » here is « À vérifier » there."""

from django.db import models

from cases.states import AgreedMove, LineState, RemarkMove
from cases.states import DossierMove as M
from cases.states import DossierState as S
from cases.states import FeedbackMove as F
from cases.states import LineMove as L


class Audience(models.TextChoices):
    """As whom somebody reads a dossier; the one who may see the most comes first."""

    TEAM = "team", "L’équipe"
    HOLDER = "holder", "Le porteur"
    READER = "reader", "Le comité"
    FINANCIER = "financier", "Un financeur"


HOLDER, TEAM, FINANCIER, READER = Audience.HOLDER, Audience.TEAM, Audience.FINANCIER, Audience.READER

_STATES: dict[Audience, dict[str, str]] = {
    HOLDER: {
        S.DRAFT: "À envoyer",
        S.SUBMITTED: "Envoyé",
        S.INSTRUCTION: "En cours d’étude",
        S.REVIEW: "En cours d’étude par les financeurs",
        S.DEFERRED: "Reporté au prochain comité",
        S.DECIDED: "Réponse en préparation",
        S.ANSWERED: "Réponse reçue",
        S.REPORTING: "Bilan en cours",
        LineState.REQUESTED: "Demandé",
        LineState.ACCEPTED: "Maintenu",
        LineState.ADAPTED: "Adapté",
        LineState.RENOUNCED: "Abandonné",
    },
    TEAM: {S.SUBMITTED: "À vérifier", S.COMMITTEE: "À décider en comité", S.DECIDED: "Réponse à préparer"},
    FINANCIER: {S.REVIEW: "Avis demandés", LineState.INVITED: "Votre avis est attendu"},
    READER: {},
}

STAGES: dict[str, str] = {
    M.SUBMIT: "Dépôt de la demande",
    M.ADMIT: "Vérification du dossier",
    M.OPEN_REVIEW: "Instruction par l’équipe",
    M.CLOSE_REVIEW: "Avis des financeurs",
    M.DECIDE: "Comité",
    M.ANSWER: "Réponse",
    M.OPEN_REPORTING: "Année de l’action",
    M.CLOSE: "Bilan",
}
"""What the stages of `Dossier.stages` are called, by the move that ends each."""

ENDED = "Clôture"
"""The last stage where nothing was granted: there is no report to write."""

_TASKS: dict[tuple[Audience, str], str] = {
    (HOLDER, S.DRAFT): "Terminez votre demande, puis déposez-la.",
    (HOLDER, S.SUPPORT): "Vous pouvez continuer votre demande pendant l’accompagnement.",
    (HOLDER, S.INCOMPLETE): "Il manque quelque chose à votre dossier : répondez point par point.",
    (HOLDER, S.REPORTING): "Racontez ce qui a été fait : envoyez votre bilan.",
    (TEAM, S.SUPPORT): "Consignez la rencontre ou relisez la demande, ou dites que cela n’a pas eu lieu.",
    (TEAM, S.SUBMITTED): "Vérifiez que le dossier est recevable.",
    (TEAM, S.INSTRUCTION): "Remplissez la grille, demandez les avis, puis envoyez aux financeurs.",
    (TEAM, S.REVIEW): "Le tour d’avis peut être clos.",
    (TEAM, S.COMMITTEE): "Notez la décision de chaque financeur, puis celle du comité.",
    (TEAM, S.DEFERRED): "Remettez le dossier au comité suivant.",
    (TEAM, S.INADMISSIBLE): "Expliquez au porteur pourquoi, puis répondez-lui.",
    (TEAM, S.DECIDED): "Préparez la fiche et les notifications, puis répondez au porteur.",
    (TEAM, S.REPORTING): "Lisez le bilan, acceptez-le ou demandez une précision, puis soldez.",
    (FINANCIER, S.REVIEW): "Votre avis est attendu.",
}

_WAITING: dict[Audience, dict[str, str]] = {
    HOLDER: {
        S.SUBMITTED: "Rien à faire pour le moment : l’équipe vérifie votre dossier.",
        S.INSTRUCTION: "Rien à faire pour le moment : l’équipe étudie votre dossier.",
        S.REVIEW: "Rien à faire pour le moment : les financeurs donnent leur avis.",
        S.COMMITTEE: "Rien à faire pour le moment : le comité va se réunir.",
        S.DEFERRED: "Le comité reprendra votre dossier à sa prochaine réunion.",
        S.INADMISSIBLE: "Votre dossier n’est pas recevable. L’équipe vous explique pourquoi par écrit.",
        S.DECIDED: "Rien à faire pour le moment : la réponse se prépare.",
        S.ANSWERED: "Vous avez la réponse. L’équipe reste à votre écoute.",
        S.REPORTING: "Rien à faire pour le moment : votre bilan est envoyé.",
        S.CLOSED: "Ce dossier est clos. Merci pour ce que vous avez fait.",
        S.WITHDRAWN: "Vous avez retiré cette demande.",
        S.DROPPED: "Ce dossier a été classé sans suite. L’équipe peut vous dire pourquoi.",
    },
    TEAM: {
        S.DRAFT: "Le porteur écrit sa demande.",
        S.INCOMPLETE: "Le porteur complète son dossier.",
        S.REVIEW: "Les financeurs donnent leur avis.",
        S.ANSWERED: "Le porteur a sa réponse.",
        S.REPORTING: "Le porteur écrit son bilan.",
    },
    FINANCIER: {
        S.REVIEW: "Votre avis est transmis. Vous pouvez le corriger jusqu’à la fin du tour.",
        S.COMMITTEE: "Le tour d’avis est clos : le comité va se réunir.",
        S.INSTRUCTION: "L’équipe instruit encore ce dossier.",
    },
    READER: {},
}

_MEANS: dict[str, str] = {
    M.SUBMIT: "L’équipe reçoit la demande. Elle peut encore être reprise tant que la vérification n’a pas commencé.",
    M.TAKE_BACK: "La demande ne sera plus déposée. Une fois modifiée, déposez-la de nouveau avant la date limite.",
    M.COMPLETE: "L’équipe reçoit vos réponses et reprend sa vérification.",
    M.WITHDRAW: "La demande s’arrête ici. Elle ne peut être reprise que jusqu’à la date limite de dépôt.",
    M.RESTORE: "La demande redevient un brouillon. Déposez-la de nouveau avant la date limite.",
    M.ADMIT: "Le dossier passe en instruction.",
    M.OPEN_REVIEW: "Chaque financeur sollicité est invité à donner son avis.",
    M.DECIDE: "La décision de chaque financeur est enregistrée. Le porteur ne lit encore rien.",
    M.ANSWER: "Le porteur lit que sa réponse est arrivée.",
    F.HAND_OVER: "Qui doit la relire reçoit un courriel, et la trouve dans « À faire ».",
    F.PROOFREAD: "La coordination peut ensuite transmettre la fiche au porteur.",
    F.DELIVER: "Le porteur lit la fiche aussitôt. Un changement serait une nouvelle version.",
    F.ABANDON: "Le porteur garde la fiche qu’il a lue. Ce qui a été écrit depuis ne sera pas transmis.",
    F.REVISE: "Le porteur garde la version transmise jusqu’à la nouvelle. Il lira pourquoi elle change.",
    L.EXCUSE: "Le tour n’attend plus ce financeur, qui ne lit plus ce dossier. Il peut être sollicité de nouveau.",
    L.NOTIFY: "Le porteur lit aussitôt la décision de ce financeur.",
    L.ACCEPT: "Vous maintenez l’action avec ce financement.",
    L.RENOUNCE: "Vous renoncez à ce financement. Ce choix est définitif.",
}
"""What a move will do, said before one confirms it."""

ANSWERED_TO_HOLDER = (S.ANSWERED, S.REPORTING, S.CLOSED)
"""From when on the holder's answer stands on a page of its own, whatever each letter said before."""

_CHOICES: dict[str, str] = {
    L.ACCEPT: "Vous faites l’action avec ce montant. Le financeur le verse.",
    L.ADAPT: "Vous faites une action plus petite. Vous dites ce qui change.",
    L.RENOUNCE: "Vous rendez cet argent. Ce choix est définitif.",
}

NOTHING = "Rien à faire pour le moment."
READ_OVER = "La fiche de motivation attend votre relecture."


TOO_LATE = "Le dépôt est clos depuis cette date. Appelez l’équipe : elle vous dira si c’est encore possible."


def said(state: str, label: str, audience: Audience) -> str:
    """What a state is called for these readers; its own label where they share it."""
    return _STATES[audience].get(state, label)


def task(audience: Audience, state: str) -> str:
    """What these people must do with a dossier in that state, in one sentence; blank where nothing awaits them."""
    return _TASKS.get((audience, state), "")


def waiting(audience: Audience, state: str) -> str:
    """What somebody else is doing meanwhile."""
    return _WAITING[audience].get(state, NOTHING)


def means(move: str) -> str:
    """What a move will do; blank where its name says it."""
    return _MEANS.get(move, "")


def choice(move: str) -> str:
    """What follows one of the holder's choices after an award."""
    return _CHOICES[move]


def done(label: str) -> str:
    return f"« {label} » : c’est fait."


def already(label: str) -> str:
    """The same click twice: nothing went wrong, and nothing happened twice."""
    return f"« {label} » : c’est déjà fait."


LINK_REVOKED = "Le lien est désactivé : plus personne ne peut répondre par cette adresse."
ROUND_OVER = "Le tour d’avis de ce dossier est clos. Voici ce qui attend encore votre avis."
QUESTION_SENT = "Votre question est envoyée au porteur. Le tour d’avis ne l’attend pas."


def points_left(left: int) -> str:
    """After one point of a completion: how many are still to answer."""
    if left:
        return f"C’est enregistré. Il reste {left} point{'s' if left > 1 else ''}."
    return "C’est enregistré. Tout est prêt : envoyez vos réponses."


def opinion_sent(left: int) -> str:
    """After an opinion: how many of this person's are still awaited."""
    return f"Votre avis est transmis. {f'Il en reste {left}.' if left else 'C’était le dernier : merci.'}"


def joined(name: str) -> str:
    return f"« {name} » est joint."


def removed(name: str) -> str:
    return f"« {name} » est retiré."


def filed(title: str) -> str:
    return f"Votre demande « {title} » est déposée."


# Said once a form is done, or where none could be --------------------------------------------------------------------

CHOOSE_AN_ACTION = "Choisissez une action."
TICK_FIRST = "Cochez au moins un dossier, puis choisissez une action."
PICK_FIRST = "Choisissez au moins un dossier."
NO_SUCH_ACTION = "Cette action n’existe pas."
NONE_READY = "Aucun dossier n’est complet pour l’instant."
LEFT_THE_TABLE = "Ce dossier n’est plus sur la table de ce comité."

BEGUN_FOR_ANOTHER = "La demande est commencée : écrivez-la, puis notez qui l’engage."
COMMITMENT_NOTED = "L’engagement est noté."
REMARK_NOTED = "La remarque est gardée. Le porteur la lira quand la relecture sera terminée."
MEETING_NOTED = "La rencontre est consignée. Le porteur en reçoit le compte rendu."
MEETING_MISSED = "C’est noté : la rencontre n’a pas eu lieu. Le porteur est prévenu."
STEP_WAIVED = "L’étape n’est plus demandée. Le porteur est prévenu."
SHEET_SAVED = "La fiche d’instruction est enregistrée."
DEROGATION_OPEN = "La dérogation est ouverte."


def solicited(financier) -> str:
    return f"{financier} est sollicité sur ce dossier."


SURVEY_ANSWERED = "Merci : vos réponses sont enregistrées, sans votre nom."
ENVELOPE_CORRECTED = "L’enveloppe est corrigée."
PAYMENT_SAVED = "Le versement est enregistré."

COMMITTEE_SET = "Le comité est réglé : voici les dossiers qui sont devant lui."
LINES_NOTED = "Les décisions des financeurs sont notées."
DEFERRED = "Le dossier est ajourné. Le porteur est prévenu."
RESUMED = "Le dossier est remis en comité."
NOTIFIED = "Les porteurs lisent désormais ces décisions."
ANSWERED = "Ces porteurs ont leur réponse."

VIEW_MOVED = "C’est noté."
VIEW_ALONE = "Vous êtes seul à voir cette vue."
VIEW_FORGOTTEN = "La vue est oubliée."


_AGREED: dict[str, str] = {
    AgreedMove.TICK: (
        "C’est noté : fait. Une erreur ? Dans le dossier, ouvrez « Ce qui est fait », puis « Pas encore fait »."
    ),
    AgreedMove.UNTICK: "C’est remis dans ce qui est à faire.",
    AgreedMove.LEAVE: "C’est abandonné : personne ne l’attend plus.",
    AgreedMove.RESUME: "C’est remis dans ce qui est à faire.",
}


_REMARKS: dict[str, str] = {
    RemarkMove.HANDLE: "C’est noté : vous l’avez fait.",
    RemarkMove.TAKE: "La phrase proposée est dans votre demande. Vous pouvez encore la changer.",
    RemarkMove.KEEP: "C’est noté : votre texte reste, avec votre raison.",
    RemarkMove.AGAIN: "La remarque est de nouveau à lire.",
    RemarkMove.CLOSE: "La remarque est close.",
}


def remark_answered(move: str) -> str:
    return _REMARKS[move]


REMARKS_AWAIT = "Votre demande a été relue : des remarques vous attendent."
REREAD = "Relire la demande"
READ_REMARKS = "Lire les remarques"
SEE_AGREED = "Voir ce qui est convenu"


def agreed_by_holder(organisation, text: str) -> str:
    """What a holder took on and has not done yet, as the team reads it."""
    return f"{organisation} devait : {text}"


def agreed_moved(move: str) -> str:
    return _AGREED[move]


def decided(reference: str) -> str:
    return f"Décision enregistrée pour le dossier {reference}."


def view_kept(name: str) -> str:
    return f"La vue « {name} » est enregistrée."


def role_given(person, role: str) -> str:
    return f"{person} : le rôle « {role} » est donné."


def role_withdrawn(person, role: str) -> str:
    return f"{person} : le rôle « {role} » est retiré."


def account_closed(person) -> str:
    return f"Le compte de {person} est fermé."

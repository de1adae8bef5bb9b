"""The usual words of each letter, where its coordinator wrote no others; short sentences, a field between braces.

A blank line parts two paragraphs, « # » begins a heading, « - » an item. \
What the law asks stands apart: no model of a
coordinator can leave it out.
"""

from typing import NamedTuple

from cases.letter_kinds import CONTESTED, LetterKind


class Text(NamedTuple):
    subject: str
    body: str


_EXAMINED = """\
Vous avez demandé {demande} pour l’action « {titre} », dans le cadre de « {campagne} ».

« {comite} » a examiné votre demande le {date_comite}."""

_OF_ONE = "Cette décision n’engage que nous. Les autres financeurs vous répondent séparément."

USUAL: dict[str, Text] = {
    LetterKind.AWARD: Text(
        "Votre demande de subvention est acceptée",
        f"""\
{_EXAMINED}

Nous vous accordons {{accorde}}. C’est tout ce que vous demandiez.

Cette somme est prise sur l’enveloppe « {{enveloppe}} ». Elle sert à cette action seulement.

Après l’action, vous nous remettez un bilan : ce qui a été fait, et ce qui a été dépensé.

{_OF_ONE}""",
    ),
    LetterKind.PARTIAL: Text(
        "Votre demande de subvention est acceptée en partie",
        f"""\
{_EXAMINED}

Nous vous accordons {{accorde}}. C’est moins que ce que vous demandiez.

Vous pouvez maintenir votre action, l’adapter à ce montant, ou y renoncer. \
Dites-nous votre choix sur la page de votre dossier.

Cette somme est prise sur l’enveloppe « {{enveloppe}} ». Elle sert à cette action seulement.

Après l’action, vous nous remettez un bilan : ce qui a été fait, et ce qui a été dépensé.

{_OF_ONE}""",
    ),
    LetterKind.REFUSAL: Text(
        "Votre demande de subvention n’est pas retenue",
        f"""\
{_EXAMINED}

Nous n’avons pas retenu cette demande.

{_OF_ONE}

L’équipe reste à votre écoute pour préparer une prochaine demande.""",
    ),
    LetterKind.INADMISSIBILITY: Text(
        "Votre demande n’est pas recevable",
        """\
Vous avez déposé une demande pour l’action « {titre} », dans le cadre de « {campagne} ».

Elle n’est pas recevable. Elle n’a donc pas été présentée aux financeurs.

- Le motif : {motif}.
- La règle : {regle}.
- Dans votre dossier : {fait}

L’équipe reste à votre écoute pour préparer une prochaine demande.""",
    ),
    LetterKind.DEFERRAL: Text(
        "Votre demande est reportée au prochain comité",
        """\
Vous avez déposé une demande pour l’action « {titre} », dans le cadre de « {campagne} ».

Le comité n’a pas encore pris de décision. Il reprendra votre dossier le {prochain_comite}.

Vous n’avez rien à faire. Nous vous écrirons après ce comité.""",
    ),
    LetterKind.COMPLETION: Text(
        "Il manque des éléments à votre demande",
        """\
Nous avons bien reçu votre demande pour l’action « {titre} ».

Pour l’étudier, il nous manque :

{points}

Répondez avant le {echeance}, à minuit. Vous répondez point par point, sur la page de votre dossier.""",
    ),
    LetterKind.RECEIPT: Text(
        "Nous avons reçu votre demande",
        """\
Nous avons reçu votre demande le {date_depot}. Elle porte le numéro {numero}.

Vous demandez {demande} pour l’action « {titre} », dans le cadre de « {campagne} ».

Le service qui suit votre dossier : {equipe}. Il répond à vos questions.""",
    ),
    LetterKind.ATTENDANCE: Text(
        "Attestation de présence",
        """\
Nous attestons que {porteur} a participé à la séance « {seance} ».

Elle a eu lieu {date_seance}. Le lieu : {lieu}.

Cette attestation peut être montrée à qui la demande.""",
    ),
    LetterKind.AGREEMENT: Text(
        "Convention de subvention",
        """\
- D’une part : {autorite}, ci-après « le financeur ». Signataire : {signataire}, {qualite}.
- D’autre part : {porteur}, ci-après « l’organisation ». Signataire : {representant}.

Dans l’année, le financeur accorde à l’organisation plus de 23 000 €, toutes actions comprises. \
La loi demande alors une convention (loi n° 2000-321, article 10, et décret n° 2001-495).

Les deux parties conviennent de ce qui suit.

# Article 1. L’action

L’organisation mène en {annee} l’action « {titre} ». \
Elle est décrite dans le dossier n° {numero}, \
qui fait partie de cette convention.

# Article 2. Le montant

Le financeur verse {accorde}. Cette somme est prise sur l’enveloppe « {enveloppe} ». Elle sert à cette action seulement.

# Article 3. Le versement

Le versement a lieu dans les soixante jours qui suivent la signature par les deux parties.

# Article 4. Le bilan

L’organisation remet un bilan et un compte rendu financier dans les six mois qui suivent la fin de l’exercice.

# Article 5. Le contrôle

L’organisation garde les pièces qui prouvent les dépenses. Le financeur peut demander à les voir.

# Article 6. Le contrat d’engagement républicain

L’organisation respecte les sept engagements du contrat d’engagement républicain (décret n° 2021-1947).

# Article 7. Ce qui n’est pas dépensé

Si l’action n’est pas faite, ou coûte moins, la somme qui reste est rendue au financeur.

# Article 8. Un désaccord

Les deux parties cherchent d’abord un accord. À défaut, elles saisissent {tribunal}.""",
    ),
}

_CONTEST = """\
# Si vous n’êtes pas d’accord

Vous avez deux mois pour contester cette décision. Ils se comptent à partir du jour où vous recevez ce courrier.

- Vous pouvez nous écrire pour demander un nouvel examen : c’est un recours gracieux. \
Sans réponse sous deux mois, il est rejeté. Vous avez alors deux mois pour saisir le tribunal.
- Vous pouvez saisir {tribunal}. \
Cela se fait par courrier, ou en ligne sur Télérecours citoyens : www.telerecours.fr."""

_SILENCE = """\
# Si vous ne recevez pas de réponse

Sans réponse le {date_silence}, la loi considère votre demande comme refusée. \
C’est deux mois après le dépôt \
(code des relations entre le public et l’administration, article L231-4, 3°).

Ce n’est qu’une règle. Les comités se réunissent souvent plus tard, et nous vous répondrons par écrit. \
Si nous vous demandons des compléments, ce délai s’arrête en attendant.

Après cette date, vous avez deux mois pour contester ce refus. \
Vous pouvez nous écrire, ou saisir {tribunal}. \
Cela se fait par courrier, ou en ligne sur Télérecours citoyens : www.telerecours.fr."""

_SUSPENDED = "Le délai de réponse s’arrête jusqu’à vos réponses, et au plus tard jusqu’à cette date."

_AGREEMENT = """\
# Une convention à signer

Dans l’année, nous accordons à votre organisation plus de 23 000 €, toutes actions comprises. \
La loi demande alors une convention (loi n° 2000-321, article 10, et décret n° 2001-495).

Nous vous l’envoyons. La somme est versée après sa signature."""

LAW: dict[str, str] = {
    **dict.fromkeys(CONTESTED, _CONTEST),
    LetterKind.RECEIPT: _SILENCE,
    LetterKind.COMPLETION: _SUSPENDED,
}
"""What the law asks to say, after the words of the model."""


def law_of(kind: str, by_agreement: bool = False) -> str:
    """`by_agreement`: the award that this letter announces is paid under an agreement, and says so."""
    due = _AGREEMENT if by_agreement and kind in (LetterKind.AWARD, LetterKind.PARTIAL) else ""
    return "\n\n".join(one for one in (due, LAW.get(kind, "")) if one)

"""What a cycle's file says of letters: whose are written here and who signs, and the coordinator's own words."""

from django.utils.text import Truncator

from cases.letter_fields import against
from cases.models import LetterModel
from workflow import named_fields
from workflow.loading.section import Field, Row, Section


def words_said(document, row: Row) -> str:
    return Truncator(" ".join((row["body"] or row["subject"]).split())).chars(120)


LETTERHEAD = (
    Field(
        "courriers",
        "writes_letters",
        label="Ce financeur porte ce service : ses courriers s’écrivent ici",
        heading="Ses courriers",
        help="Pour les autres, on note la date du courrier et on le joint signé.",
    ),
    Field("signataire", "signatory", label="Qui signe", help="Prénom et nom."),
    Field("qualité", "signatory_quality", label="En quelle qualité", help="Par exemple : le maire."),
    Field("adresse", "address", label="Adresse en tête des courriers", help="Une ligne par ligne."),
    Field("fait_à", "signed_at", label="Fait à", help="La commune écrite devant la date."),
    Field(
        "tribunal",
        "court",
        label="Tribunal administratif",
        help="Par exemple : le tribunal administratif de Châlons-en-Champagne, 25 rue du Lycée.",
    ),
)
"""What a financier says of its own letters, in its row."""

LETTERS = Section(
    "courriers",
    LetterModel,
    owner="cycle",
    order=135,
    identity="kind_of",
    coherent=(named_fields.every_field_is_known(against),),
    title="Modèles de courrier",
    one="un modèle",
    lead="Vos mots à la place de ceux d’origine, avec des champs comme {titre}. Ce que la loi demande reste.",
    says=words_said,
    fields=(
        Field("courrier", "kind_of", label="Quel courrier"),
        Field("objet", "subject", help="Vide : l’objet d’origine."),
        Field("texte", "body", help="Vide : le texte d’origine. Un champ s’écrit entre accolades : {titre}."),
    ),
)

"""The parts of a cycle's file that dossiers need: what is asked, of whom, where, and how it is judged."""

from cases import models as cases
from cases.letter_sections import LETTERHEAD, LETTERS
from cases.models.criterion import CriterionKind, QuestionKind, ReasonKind
from cases.models.decision import CommitteeKind
from cases.models.envelope import EnvelopeStatus
from cases.promises import (
    a_refusal_can_be_explained,
    dossiers_can_be_checked,
    every_part_stands_in_its_whole,
    every_reason_rests_on_a_rule,
    every_seat_is_taken_once,
    every_status_has_its_amount,
    parts_fit_their_whole,
    place_is_made_first,
    somebody_gives_money,
    the_request_asks_something,
    who_writes_has_a_signatory,
)
from cases.survey_section import SURVEY
from workflow.calendar import shift_year
from workflow.loading.kinds import Beside, DayOf, Pattern, Reference, Several, Siret
from workflow.loading.section import Field, Row, Section
from workflow.models import Grant, Organisation
from workflow.roles import Role
from workflow.wording import day_in_words

# What a row says of itself, and how it begins the next year ---------------------------------------------------------


def kind_of(choices, *others: str):
    """Its nature in words, then the texts of these attributes."""
    return lambda document, row: " · ".join(
        str(said) for said in (choices(row["kind"]).label, *(row[name] for name in others)) if said
    )


def financier_said(document, row: Row) -> str:
    many = len(row["envelopes"])
    return f"{row['organisation.name']} · {many} enveloppe{'s' if many > 1 else ''}"


def sitting_said(document, row: Row) -> str:
    return f"{CommitteeKind(row['kind_of']).label} · {day_in_words(row['on'])}"


def question_said(document, row: Row) -> str:
    asked = "" if row["required"] else " · facultatif"
    return f"{row['topic']} · {QuestionKind(row['kind']).label}{asked}"


def emptied(row: Row) -> Row:
    """Nobody knows yet what an envelope holds next year."""
    return row | {"status": EnvelopeStatus.UNKNOWN.value, "ceiling": None, "cut_to": None, "source": ""}


def same_weekday(row: Row) -> Row:
    return row | {"on": shift_year(row["on"]), "source": ""}


# The sections ------------------------------------------------------------------------------------------------------

CODE_AND_LABEL = (Field("code", "code"), Field("libellé", "label"))
SOURCE = Field(
    "source", "source", label="D’où cela vient", help="Un règlement, une lettre, une délibération."
)


def _seat(values: Row) -> tuple[Organisation, bool]:
    """The organisation known by its SIRET, else by its name and nature, else a new one; whether it is new."""
    named = {"name": values["name"], "kind": values["kind"]}
    same = {"siret": values["siret"]} if values["siret"] else named
    found = Organisation.objects.filter(**same).order_by("pk").first()
    return (found, False) if found else (Organisation.objects.create(**values), True)


def _known_elsewhere(organisation: Organisation, cycle) -> bool:
    """Whether it asks for money somewhere, or gives some under another contract: one town does not rename it."""
    gives = cases.Financier.objects.filter(organisation=organisation)
    asks = cases.Dossier.objects.filter(organisation=organisation)
    return asks.exists() or gives.exclude(cycle__contract=cycle.contract_id).exists()


def _seated(financier) -> list[str]:
    """Who holds that seat in this cycle: a role leads to its lines."""
    held = Grant.objects.filter(cycle=financier.cycle_id, organisation=financier.organisation_id)
    rows = held.filter(role=Role.FINANCIER).select_related("user").order_by("pk")
    return [f"rôle « {grant} »" for grant in rows]


ORIENTATIONS = Section(
    "orientations",
    cases.Orientation,
    owner="cycle",
    order=60,
    title="Orientations",
    one="une orientation",
    lead="Les priorités de l’année. Le porteur en choisit une.",
    fields=(*CODE_AND_LABEL, SOURCE),
)

NEIGHBOURHOODS = Section(
    "quartiers",
    cases.Neighbourhood,
    owner="contract",
    order=70,
    title="Quartiers prioritaires",
    one="un quartier",
    lead="Ceux du contrat, les mêmes d’une année à l’autre.",
    says=lambda document, row: row["code"],
    fields=(Field("code", "code", Pattern(10, r"QN[0-9A-Z]{5,8}", "QN05109M")), Field("nom", "name")),
)

ENVELOPES = Section(
    "enveloppes",
    cases.Envelope,
    owner="financier",
    coherent=(every_status_has_its_amount, every_part_stands_in_its_whole, parts_fit_their_whole),
    title="Enveloppes",
    one="une enveloppe",
    renewed=emptied,
    amended=place_is_made_first,
    fields=(
        *CODE_AND_LABEL,
        Field(
            "dans",
            "within",
            Beside("enveloppes"),
            help="Une sous-enveloppe : son montant est réservé dans celui de l’enveloppe choisie.",
            none="Aucune autre",
        ),
        Field("nature", "nature"),
        Field("statut", "status"),
        Field("montant", "ceiling"),
        Field("réduite_à", "cut_to"),
        SOURCE,
    ),
)

FINANCIERS = Section(
    "financeurs",
    cases.Financier,
    owner="cycle",
    order=80,
    coherent=(every_seat_is_taken_once, who_writes_has_a_signatory),
    promises=(somebody_gives_money,),
    settle=_seat,
    shared=_known_elsewhere,
    held_by=_seated,
    title="Financeurs et enveloppes",
    one="un financeur",
    lead="Qui peut donner, et sur quels dispositifs.",
    says=financier_said,
    desk="envelope-list",
    fields=(
        Field("code", "code"),
        Field("nom", "name", label="Nom court", help="Celui des tableaux : « Ville », « État »."),
        Field("organisation", "organisation.name", label="Nom complet"),
        Field("nature", "organisation.kind"),
        Field("siret", "organisation.siret", Siret(), help="Quatorze chiffres."),
        Field("contact", "contact"),
        Field(
            "niveaux",
            "levels",
            Several(),
            label="Niveaux de décision",
            help="Un par ligne, du service à la signature.",
        ),
        *LETTERHEAD,
        SOURCE,
        Field("enveloppes", "envelopes", rows=ENVELOPES),
    ),
)

COMMITTEES = Section(
    "comités",
    cases.Committee,
    owner="cycle",
    order=90,
    identity="label",
    title="Comités",
    one="un comité",
    lead="Quand on décide, et devant qui.",
    says=sitting_said,
    renewed=same_weekday,
    fields=(
        Field("libellé", "label", label="Nom du comité"),
        Field("nature", "kind_of"),
        Field("date", "on", DayOf()),
        Field(
            "dossiers",
            "scope",
            label="Dossiers examinés",
            help="Une liste complémentaire se compose plus tard, sur la page du comité.",
        ),
        Field(
            "orientations",
            "themes",
            Several(Reference("orientations")),
            label="Orientations examinées",
            help="Leurs codes, séparés par des virgules, si le comité n’en voit que certaines.",
        ),
        SOURCE,
    ),
)

CRITERIA = Section(
    "critères",
    cases.Criterion,
    owner="version",
    order=100,
    promises=(dossiers_can_be_checked,),
    title="Critères",
    one="un critère",
    lead="Ce qu’on vérifie, et ce qu’on note de 0 à 4. Les notes ne sont jamais publiées.",
    says=kind_of(CriterionKind),
    fields=(
        *CODE_AND_LABEL,
        Field("nature", "kind"),
        Field("aide", "help", help="Une phrase qui aide à juger de la même façon."),
        Field("avant_de_commencer", "before", help="Posée à chacun avant qu’il commence sa demande."),
        SOURCE,
    ),
)

REASONS = Section(
    "motifs",
    cases.Reason,
    owner="version",
    order=110,
    promises=(every_reason_rests_on_a_rule, a_refusal_can_be_explained),
    title="Motifs",
    one="un motif",
    lead="Les raisons qu’on pourra donner. Chacune tient à une règle publiée.",
    says=kind_of(ReasonKind, "rule"),
    fields=(
        *CODE_AND_LABEL,
        Field("nature", "kind"),
        Field("règle", "rule", help="L’article du règlement, en toutes lettres."),
        Field("en_clair", "wording", help="Une ou deux phrases simples. Vide : le libellé."),
        Field("fait_demandé", "asks", help="Une question : le fait du dossier qui fonde ce motif."),
        Field("et_maintenant", "advice", help="Ce que le porteur peut faire pour une prochaine demande."),
        SOURCE,
    ),
)

QUESTIONS = Section(
    "questions",
    cases.Question,
    owner="version",
    order=120,
    promises=(the_request_asks_something,),
    title="Questions de la demande",
    one="une question",
    lead="Ce que la demande pose comme questions, thème par thème.",
    says=question_said,
    fields=(
        *CODE_AND_LABEL,
        Field("thème", "topic", help="Les questions d’un même thème se suivent sur un écran."),
        Field("nature", "kind", label="Forme de la réponse"),
        Field("obligatoire", "required", label="Une réponse est obligatoire"),
        Field(
            "reprise",
            "renewal",
            label="Quand la même action est redemandée l’année suivante",
            help="Redemander : vide, l’ancienne réponse à côté. Sans choix, seuls nombres et dates sont redemandés.",
            none="Selon la réponse",
        ),
        Field("aide", "help", help="Une phrase, écrite sous la question."),
        Field(
            "exemple",
            "example",
            label="Exemple de bonne réponse",
            help="Inventé, jamais tiré d’un vrai dossier. Il se déplie sous la question.",
        ),
        Field(
            "pourquoi_bon",
            "example_comment",
            help="Une ou deux phrases : ce qu’elle dit qu’on oublie souvent.",
        ),
        SOURCE,
    ),
)

SECTIONS = (
    ORIENTATIONS,
    NEIGHBOURHOODS,
    FINANCIERS,
    COMMITTEES,
    CRITERIA,
    REASONS,
    QUESTIONS,
    SURVEY,
    LETTERS,
)

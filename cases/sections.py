"""The parts of a cycle's file that dossiers need: what is asked, of whom, where, and how it is judged."""

from collections.abc import Iterator, Mapping

from cases import models as cases
from cases.models.criterion import CriterionKind, QuestionKind, ReasonKind
from cases.models.decision import CommitteeKind
from cases.models.funding import EnvelopeStatus
from workflow.calendar import shift_year
from workflow.loading.kinds import DayOf, Pattern, Several, Siret
from workflow.loading.section import Field, Row, Section
from workflow.models import Filing, Organisation
from workflow.refusal import Refusal
from workflow.wording import day_in_words

# What rows say of one another --------------------------------------------------------------------------------------


def every_status_has_its_amount(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """A notified envelope names its sum, a cut one what is left: the committee decides against these figures."""
    for code, row in rows.items():
        if row["status"] in (EnvelopeStatus.NOTIFIED, EnvelopeStatus.CUT) and row["ceiling"] is None:
            yield Refusal(
                "no_ceiling", "une enveloppe notifiée ou réduite dit son montant.", f"{code}/montant"
            )
        if (row["status"] == EnvelopeStatus.CUT) != (row["cut_to"] is not None):
            yield Refusal(
                "cut_unsaid",
                "« réduite_à » va avec le statut « Réduite », et seulement lui.",
                f"{code}/statut",
            )


def every_seat_is_taken_once(rows: Mapping[str, Row]) -> Iterator[Refusal]:
    """Two financiers of one organisation would answer twice for the same money, and share one SIRET."""
    for attr, key in (
        ("organisation.name", "organisation"),
        ("organisation.siret", "siret"),
        ("name", "nom"),
    ):
        first: dict[str, str] = {}
        for code, row in rows.items():
            other = first.setdefault(row[attr].casefold(), code) if row[attr] else code
            if other != code:
                yield Refusal("seat_twice", f"déjà pris par le financeur « {other} ».", f"{code}/{key}")


# What publishing asks ----------------------------------------------------------------------------------------------


def somebody_gives_money(document) -> Iterator[Refusal]:
    if not document["financeurs"]:
        yield Refusal("no_financier", "Il manque les financeurs.", "financeurs")
    for code, row in document["financeurs"].items():
        if not row["envelopes"]:
            yield Refusal(
                "no_envelope",
                f"Le financeur « {row['name'] or row['organisation.name']} » n’a pas d’enveloppe.",
                f"financeurs/{code}",
            )


def dossiers_can_be_checked(document) -> Iterator[Refusal]:
    """A grid is the team's own choice; without a rule of admissibility nothing could be checked at all."""
    kinds = {row["kind"] for row in document["critères"].values()}
    if CriterionKind.ADMISSIBILITY not in kinds:
        yield Refusal("no_criterion", "Il manque au moins un critère de recevabilité.", "critères")


def every_reason_rests_on_a_rule(document) -> Iterator[Refusal]:
    """A stated motive must be true and of general interest: it is tied to what was published."""
    for code, row in document["motifs"].items():
        if not row["rule"].strip():
            yield Refusal(
                "no_rule", f"Le motif « {row['label']} » ne dit pas sa règle.", f"motifs/{code}/règle"
            )


def a_refusal_can_be_explained(document) -> Iterator[Refusal]:
    """Without a published motive, no dossier could be declared inadmissible nor any refusal explained."""
    kinds = {row["kind"] for row in document["motifs"].values()}
    if ReasonKind.INADMISSIBLE not in kinds:
        yield Refusal("no_reason", "Il manque au moins un motif de non-recevabilité.", "motifs")
    if not kinds - {ReasonKind.INADMISSIBLE}:
        yield Refusal("no_reason", "Il manque au moins un motif de refus sur le fond.", "motifs")


def the_request_asks_something(document) -> Iterator[Refusal]:
    """Where requests are filed in Dauphin, nothing that it holds is asked twice."""
    if document["règles"]["filing"] != Filing.DAUPHIN and not document["questions"]:
        yield Refusal("no_question", "La demande ne pose aucune question.", "questions")


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


ORIENTATIONS = Section(
    "orientations",
    cases.Orientation,
    owner="cycle",
    order=60,
    title="Orientations",
    one="une orientation",
    lead="Les priorités de l’année. Le porteur en choisit une.",
    fields=(*CODE_AND_LABEL, SOURCE),
    in_use=lambda orientation: orientation.dossier_set.exists(),
)

NEIGHBOURHOODS = Section(
    "quartiers",
    cases.Neighbourhood,
    owner="contract",
    order=70,
    in_use=lambda neighbourhood: neighbourhood.dossier_set.exists(),
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
    coherent=(every_status_has_its_amount,),
    title="Enveloppes",
    one="une enveloppe",
    renewed=emptied,
    fields=(
        *CODE_AND_LABEL,
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
    coherent=(every_seat_is_taken_once,),
    promises=(somebody_gives_money,),
    settle=_seat,
    shared=_known_elsewhere,
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
        Field("aide", "help", help="Une phrase, écrite sous la question."),
        SOURCE,
    ),
)

SECTIONS = (ORIENTATIONS, NEIGHBOURHOODS, FINANCIERS, COMMITTEES, CRITERIA, REASONS, QUESTIONS)

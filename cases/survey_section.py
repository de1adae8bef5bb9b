"""The part of a cycle's file that asks four questions at the end of a year."""

from cases.models import SurveyKind, SurveyQuestion
from cases.promises import the_survey_is_short_and_has_dates
from workflow.loading.section import Field, Section

SOURCE = Field(
    "source", "source", label="D’où cela vient", help="Un règlement, une lettre, une délibération."
)

SURVEY = Section(
    "enquête",
    SurveyQuestion,
    owner="version",
    order=125,
    promises=(the_survey_is_short_and_has_dates,),
    title="Enquête miroir",
    one="une question de l’enquête",
    lead="Quatre questions en fin d’appel, sans nom. On les relit en préparant l’année suivante.",
    says=lambda document, row: str(SurveyKind(row["kind"]).label),
    fields=(
        Field("code", "code"),
        Field("libellé", "label", label="La question, ou la phrase à approuver"),
        Field("nature", "kind", label="Forme de la réponse"),
        SOURCE,
    ),
)

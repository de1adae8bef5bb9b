"""What a request says of this year's call before it is filed: true sentences, as pure functions (see `guards.py`)."""

from collections.abc import Iterator

from cases import guards as that
from workflow.models import Filing
from workflow.refusal import Refusal


def a_priority_is_chosen(dossier, rules, aims) -> Iterator[Refusal]:
    """Where the call has any; what Dauphin holds is not asked twice."""
    if rules.filing != Filing.DAUPHIN and dossier.orientation_id is None and aims.priorities:
        yield Refusal(
            "no_orientation", "Choisissez la priorité de l’appel à laquelle l’action répond.", "orientation"
        )


def a_neighbourhood_is_chosen(dossier, rules, aims) -> Iterator[Refusal]:
    if rules.filing != Filing.DAUPHIN and aims.quarters and not aims.chosen:
        yield Refusal(
            "no_neighbourhood", "Cochez au moins un quartier où l’action a lieu.", place="neighbourhoods"
        )


IS_WHOLE = (
    a_priority_is_chosen,
    a_neighbourhood_is_chosen,
    that.answers_are_complete,
    that.documents_are_joined,
    that.money_is_asked,
    that.cost_covers_requests,
    that.budget_is_balanced,
    that.required_steps_are_done,
    that.commitment_is_confirmed,
)
"""All that filing asks."""

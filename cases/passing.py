"""How a dossier's passage before a committee is kept: with what was proposed then, because proposals change after."""

from collections.abc import Iterable

from cases import (
    models,
)  # because the models import the charts that name these functions: read at call time only
from workflow import statements

RESULTS = {"decide": "decided", "defer": "deferred"}
"""{move of the dossier: how it leaves the committee}."""


def note_passage(records, *, by, at) -> None:
    """A deferral names its committee only where it was said on that committee's page."""
    told = [record for record in records if record.facts.get("committee")]
    keep(
        (
            models.Passage(
                dossier=record.subject,
                committee_id=record.facts["committee"],
                result=RESULTS[record.move],
                note=record.facts.get("reason", ""),
            )
            for record in told
        ),
        at=at,
    )


def keep(passages: Iterable, *, at) -> None:
    """Write passages together, each with the proposal that stood on the table."""
    new = list(passages)
    proposals = _proposals([one.dossier_id for one in new]) if new else {}
    for one in new:
        one.at, one.proposal = at, proposals[one.dossier_id]
    models.Passage.objects.bulk_create(new)


def _proposals(dossiers: list[int]) -> dict[int, list[dict]]:
    """{dossier key: each financier's opinion, and the euros decided, else proposed}."""
    found: dict[int, list[dict]] = {key: [] for key in dossiers}
    related = ("envelope__financier__organisation",)
    for line in statements.rows_by(models.FundingLine, "dossier", dossiers, related=related):
        known = (line.decided, line.proposed, line.team_proposal)
        amount = next((one for one in known if one is not None), None)
        found[line.dossier_id].append(
            {
                "who": str(line.envelope.financier),
                "verdict": str(line.verdict),
                "amount": "" if amount is None else str(amount),
            }
        )
    return found

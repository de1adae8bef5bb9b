"""How a dossier's passage before a committee is kept: with what was proposed then, because proposals change after."""

from collections.abc import Iterable

from cases import (
    models,
)  # because the models import the charts that name these functions: read at call time only
from workflow import engine, statements
from workflow.roles import SYSTEM

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


def take_back(records) -> None:
    """The last decision of each is marked: what stood on the table then is kept."""
    last: dict[int, models.Passage] = {}
    told = models.Passage.objects.that_decided().filter(dossier__in=[one.subject.pk for one in records])
    for passage in told.order_by("pk"):
        last[passage.dossier_id] = passage
    for passage in last.values():
        passage.result = models.PassageResult.TAKEN_BACK
    models.Passage.objects.bulk_update(last.values(), ["result"])


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
                "outcome": str(line.outcome),
            }
        )
    return found


# The points of an agenda ---------------------------------------------------------------------------------------------


def note_proposals(records, *, by, at) -> None:
    """What a committee said of dossiers that it neither decided nor deferred: its proposal for the next one."""
    keep(
        (
            models.Passage(
                dossier_id=key,
                committee_id=record.subject.committee_id,
                result=models.PassageResult.PROPOSED,
                note=record.facts.get("conclusion", ""),
            )
            for record in records
            for key in left_of(record.subject)
        ),
        at=at,
    )


def take_back_proposals(records, *, by, at) -> None:
    for record in records:
        said = models.Passage.objects.filter(
            committee=record.subject.committee_id, dossier__in=record.subject.dossiers
        )
        said.filter(result=models.PassageResult.PROPOSED).delete()


def carry_items(records, *, by, at) -> None:
    """Each point once more, on the agenda of the later committee; its dossiers keep that they passed here."""
    last: dict[int, int] = {}
    carried, passages = [], []
    for record in records:
        item, target = record.subject, record.facts["committee"]
        last[target] = last.get(target) or models.AgendaItem.objects.filter(committee=target).after()
        left = left_of(item)
        same = {name: getattr(item, name) for name in ("kind_of", "title", "speaker", "minutes")}
        carried.append(
            models.AgendaItem(committee_id=target, rank=last[target], dossiers=left, origin=item, **same)
        )
        last[target] += 1
        passages += [
            models.Passage(
                dossier_id=key, committee_id=item.committee_id, result="postponed", onward_id=target
            )
            for key in left
        ]
    keep(passages, at=at)
    engine.open_many(carried, by=SYSTEM, at=at)


def left_of(item) -> list[int]:
    """The dossiers of a point that this committee has neither decided, deferred nor sent on."""
    told = models.Passage.objects.that_stand()
    passed = told.filter(committee=item.committee_id, dossier__in=item.dossiers)
    gone = set(passed.order_by("pk").values_list("dossier", flat=True))
    return [key for key in item.dossiers if key not in gone]

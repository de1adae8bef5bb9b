"""What follows the delivery of a sheet, inside its transaction: its words are kept as they left."""

from cases import (
    models,  # because the models import the charts that name this function: read at call time only
)
from cases.sheet_content import content_of


def keep_sheet_version(records, *, by, at) -> None:
    """The words that leave, with the reasons as they are published now: rules may change, what was said may not."""
    rows = models.Reason.objects.filter(version__in={one.subject.dossier.rules_id for one in records})
    reasons: dict[int, dict] = {}
    for row in rows.order_by("pk"):
        reasons.setdefault(row.version_id, {})[row.code] = row
    models.FeedbackVersion.objects.bulk_create(
        models.FeedbackVersion(
            feedback=sheet,
            number=sheet.number,
            at=at,
            by_id=by.pk,
            checked_by_id=sheet.checked_by_id,
            because=sheet.because,
            content=content_of(sheet, reasons.get(sheet.dossier.rules_id, {})),
        )
        for sheet in (one.subject for one in records)
    )

"""What one move on many dossiers asks once for all of them."""

from typing import Any

from django import forms

from cases.forms.fields import DayField
from cases.states import DossierMove


class BulkForm(forms.Form):
    """Nothing but the confirmation."""

    @property
    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BulkReviewForm(BulkForm):
    deadline = DayField(label="Avis attendus avant le")


FORMS: dict[str, type[BulkForm]] = {DossierMove.OPEN_REVIEW: BulkReviewForm}


def bulk_form_of(move: str) -> type[BulkForm]:
    """The form of a move on many; a confirmation where it takes no facts."""
    return FORMS.get(move, BulkForm)

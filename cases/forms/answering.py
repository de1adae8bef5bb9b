"""How a form answers the door: each refusal beside its field, and what was typed kept on the version now read."""

from django import forms


class RefusableForm(forms.Form):
    """A form whose facts go through the door."""

    def refuse(self, refusals) -> None:
        """Say each of the door's reasons beside the field it speaks of, else above the form."""
        for refusal in refusals:
            self.add_error(refusal.place if refusal.place in self.fields else None, refusal.sentence)


class VersionedForm(RefusableForm):
    """A form that carries the version of what was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def renew(self, version: int) -> None:
        """Keep what was typed, on the version that the person now reads."""
        self.data = self.data.copy()
        self.data["version"] = version

    def kept_otherwise(self) -> list[tuple[str, str]]:
        """(label, what is kept now) wherever what was typed differs; nothing where a page does not say it."""
        return []

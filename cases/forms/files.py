"""Joined files: a few kinds that everybody can open, told by their content and not by their name."""

from django import forms
from django.core.files.uploadedfile import UploadedFile

MEGABYTES = 10
KINDS = {
    ".pdf": b"%PDF-",
    ".jpg": b"\xff\xd8\xff",
    ".jpeg": b"\xff\xd8\xff",
    ".png": b"\x89PNG\r\n",
} | dict.fromkeys((".docx", ".xlsx", ".odt", ".ods"), b"PK\x03\x04")


class JoinedFileField(forms.FileField):
    """One document; a phone's photo is welcome."""

    def __init__(self, **options):
        options.setdefault("required", False)
        options.setdefault("help_text", f"PDF, photo ou document bureautique, {MEGABYTES} Mo au plus.")
        options.setdefault("error_messages", {"empty": "ce fichier est vide : choisissez-en un autre."})
        super().__init__(widget=forms.FileInput(attrs={"accept": ",".join(KINDS)}), **options)

    def clean(self, data, initial=None) -> UploadedFile | None:
        file = super().clean(data, initial)
        if file:
            _check(file)
        return file


def _check(file: UploadedFile) -> None:
    ending = f".{file.name.rpartition('.')[2].lower()}"
    if file.size > MEGABYTES * 1024 * 1024:
        raise forms.ValidationError(f"ce fichier dépasse {MEGABYTES} Mo.")
    if ending not in KINDS:
        raise forms.ValidationError("joignez un PDF, une photo (JPG, PNG) ou un document bureautique.")
    start = file.read(8)
    file.seek(0)
    if not start.startswith(KINDS[ending]):
        raise forms.ValidationError(
            "ce fichier n’est pas ce que dit son nom : enregistrez-le de nouveau en PDF."
        )

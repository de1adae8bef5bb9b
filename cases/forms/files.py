"""Joined files: a few kinds that everybody can open, told by their content and never by their name alone."""

import re
import unicodedata
import zipfile

from django import forms
from django.core.files.uploadedfile import UploadedFile

MEGABYTES = 10
UNPACKED_MEGABYTES, MOST_ENTRIES, HIGHEST_RATIO = 100, 2_000, 200
RATIO_MATTERS_FROM = 4 * 1024 * 1024
SIGNATURES = {
    b"%PDF-": "pdf",
    b"\xff\xd8\xff": "photo",
    b"\x89PNG\r\n\x1a\n": "photo",
    b"PK\x03\x04": "package",
}
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDINGS = {
    "pdf": (".pdf",),
    "photo": (".jpg", ".jpeg", ".png"),
    "package": (".docx", ".xlsx", ".odt", ".ods"),
}
INSIDE = {
    ".docx": "word/document.xml",
    ".xlsx": "xl/workbook.xml",
    ".odt": "content.xml",
    ".ods": "content.xml",
}
ACCEPTED = "application/pdf,image/jpeg,image/png,.docx,.xlsx,.odt,.ods"
CODE = re.compile(rb"<\s*(script|html|svg|iframe|\?php)|<!doctype html", re.IGNORECASE)

TOO_BIG = f"ce fichier dépasse {MEGABYTES} Mo. Prenez une photo moins lourde, ou un PDF plus petit."
UNKNOWN = "joignez un PDF, une photo (JPG, PNG) ou un document bureautique (DOCX, XLSX, ODT, ODS)."
HEIC = "cette photo est au format HEIC, que tout le monde ne peut pas ouvrir : envoyez-la en JPG."
OLD = "ce document est d’un ancien format ou protégé : enregistrez-le en PDF."
NOT_ITS_NAME = "ce fichier n’est pas ce que dit son nom : enregistrez-le de nouveau en PDF."
UNREADABLE = "ce document est abîmé ou ne peut pas être vérifié : enregistrez-le en PDF."
PROTECTED = "ce document est protégé par un mot de passe : enregistrez-le sans mot de passe."
MACROS = "ce document contient des macros : enregistrez-le en PDF."
SWELLS = "ce document est trop lourd une fois ouvert : enregistrez-le en PDF."
HIDES = "ce fichier en cache un autre : enregistrez-le de nouveau en PDF."


class JoinedFileField(forms.FileField):
    """One document; a phone's photo is welcome. Only the name's last part is kept, without signs that nobody sees."""

    def __init__(self, **options):
        options.setdefault("required", False)
        options.setdefault("help_text", f"PDF, photo ou document bureautique, {MEGABYTES} Mo au plus.")
        messages = {
            "empty": "ce fichier est vide : choisissez-en un autre.",
            "required": "choisissez un fichier.",
            "max_length": "le nom de ce fichier est trop long : renommez-le.",
        }
        options.setdefault("error_messages", messages)
        super().__init__(widget=forms.FileInput(attrs={"accept": ACCEPTED}), **options)

    def clean(self, data, initial=None) -> UploadedFile | None:
        file = super().clean(data, initial)
        if file:
            file.name = plain_name(file.name)
            if fault := fault_of(file):
                raise forms.ValidationError(fault)
        return file


def plain_name(name: str) -> str:
    """The last part of a name, without control, direction and other invisible signs; never blank."""
    shown = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    return shown.replace("\\", "/").rpartition("/")[2].strip(" .")[-150:] or "document"


def fault_of(file: UploadedFile) -> str:
    """Why this file cannot be joined, in one sentence; blank where it can."""
    if file.size > MEGABYTES * 1024 * 1024:
        return TOO_BIG
    ending = f".{file.name.rpartition('.')[2].lower()}"
    start = _read(file, 1024)
    if start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1") or ending in (".heic", ".heif"):
        return HEIC
    if start.startswith(OLD_OFFICE):
        return OLD
    if not any(ending in several for several in ENDINGS.values()):
        return UNKNOWN
    kind = next((kind for signature, kind in SIGNATURES.items() if start.startswith(signature)), "")
    if not kind or ending not in ENDINGS[kind]:
        return NOT_ITS_NAME
    return _fault_of_package(file, ending) if kind == "package" else _fault_of_mixture(file, start)


def _read(file: UploadedFile, size: int) -> bytes:
    file.seek(0)
    start = file.read(size)
    file.seek(0)
    return start


def _fault_of_mixture(file: UploadedFile, start: bytes) -> str:
    """A page or an archive under the mask of a photo or a PDF."""
    hides = bool(CODE.search(start)) or zipfile.is_zipfile(file)
    file.seek(0)
    return HIDES if hides else ""


def _fault_of_package(file: UploadedFile, ending: str) -> str:
    """The directory only is read: nothing is unpacked here, ever."""
    try:
        with zipfile.ZipFile(file) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return UNREADABLE
    finally:
        file.seek(0)
    names = {entry.filename.lower() for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        return PROTECTED
    if _swells(entries):
        return SWELLS
    if any(name.startswith("/") or ".." in name.replace("\\", "/").split("/") for name in names):
        return UNREADABLE
    if any(name.endswith("vbaproject.bin") for name in names):
        return MACROS
    return "" if INSIDE[ending] in names else NOT_ITS_NAME


def _swells(entries: list[zipfile.ZipInfo]) -> bool:
    total = sum(entry.file_size for entry in entries)
    return (
        len(entries) > MOST_ENTRIES
        or total > UNPACKED_MEGABYTES * 1024 * 1024
        or any(one.file_size > max(RATIO_MATTERS_FROM, HIGHEST_RATIO * one.compress_size) for one in entries)
    )

"""The file looked at from outside, before anything is unpacked: what it is, and whether it is safe to open."""

import zipfile
from pathlib import Path, PurePosixPath

from cases.workbook.errors import WorkbookErrors

MEBIBYTE = 1 << 20
LARGEST_FILE = 20 * MEBIBYTE
MOST_ENTRIES = 1000
# Because a table of 20 000 rows × 50 columns takes about 40 MiB.
LARGEST_UNPACKED = 48 * MEBIBYTE
HIGHEST_RATIO = 200
RATIO_MATTERS_FROM = 4 * MEBIBYTE

COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

UNREADABLE = (
    "Ce fichier est abîmé ou n’est pas un classeur : ouvrez-le dans un tableur et enregistrez-le en .xlsx."
)
PROTECTED = "Ce fichier est protégé par un mot de passe : enregistrez-le sans mot de passe."
OLD_EXCEL = "Ce fichier est un ancien classeur .xls : enregistrez-le au format .xlsx."
OPEN_DOCUMENT = "Ce fichier est un classeur OpenDocument (.ods) : enregistrez-le au format .xlsx."
BINARY_EXCEL = "Ce fichier est un classeur binaire .xlsb : enregistrez-le au format .xlsx."
MACROS = "Ce fichier contient des macros : enregistrez-le au format .xlsx, sans macro."
TOO_BIG = "Ce fichier est trop gros : ne gardez que le tableau de programmation."
NOT_FOUND = "Ce fichier est introuvable ou ne peut pas être lu."
NOT_A_WORKBOOK = "Ce fichier n’est pas un classeur Excel (.xlsx)."


def open_package(path: str | Path) -> zipfile.ZipFile:
    """Open the package of an .xlsx; WorkbookErrors with one sentence for anything else. The caller closes it."""
    path = Path(path)
    try:
        _refuse_by_content(path)
        package = zipfile.ZipFile(path)
    except OSError:
        raise WorkbookErrors.of_file(NOT_FOUND) from None
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise WorkbookErrors.of_file(UNREADABLE) from None
    if sentence := _fault_of(package):
        package.close()
        raise WorkbookErrors.of_file(sentence)
    return package


def _refuse_by_content(path: Path) -> None:
    """Judge by the first bytes, because a name can say anything."""
    if path.stat().st_size > LARGEST_FILE:
        raise WorkbookErrors.of_file(TOO_BIG)
    content = path.read_bytes()
    if content.startswith(COMPOUND_FILE):
        raise WorkbookErrors.of_file(PROTECTED if ENCRYPTED_PACKAGE in content else OLD_EXCEL)
    if not content.startswith(b"PK"):
        raise WorkbookErrors.of_file(NOT_A_WORKBOOK)


def _fault_of(package: zipfile.ZipFile) -> str:
    entries = package.infolist()
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        return PROTECTED
    if _swells(entries):
        return TOO_BIG
    if len(names) < len(entries) or any(map(_leaves_the_package, names)):
        return UNREADABLE
    return _foreign_format(names)


def _swells(entries: list[zipfile.ZipInfo]) -> bool:
    """Read the directory only: zipfile never unpacks more of an entry than it announces there."""
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        return True
    return any(
        entry.file_size > max(RATIO_MATTERS_FROM, HIGHEST_RATIO * entry.compress_size) for entry in entries
    )


def _leaves_the_package(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or "\0" in name


def _foreign_format(names: set[str]) -> str:
    lowered = {name.lower() for name in names}
    if any(name.endswith("vbaproject.bin") for name in lowered):
        return MACROS
    if "xl/workbook.bin" in lowered:
        return BINARY_EXCEL
    if "mimetype" in lowered and "content.xml" in lowered:
        return OPEN_DOCUMENT
    return "" if "[content_types].xml" in lowered else NOT_A_WORKBOOK

"""Documents: fifteen hostile files, each told in a sentence; a loan from an earlier year; what is removed and when."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import documents
from cases.forms.files import fault_of, plain_name
from cases.models import Document
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.refusal import Refused


def package(*names: str, content: bytes = b"<xml/>", ending: str = ".docx") -> bytes:
    """A zip with these entries, and what its kind is known by."""
    inside = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}[ending]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (inside, *names):
            archive.writestr(name, content)
    return made.getvalue()


def encrypted() -> bytes:
    """The same package with the flag of a password on each entry."""
    made = bytearray(package())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        made[made.find(mark) + place] |= 1
    return bytes(made)


JPEG, PNG, PDF = b"\xff\xd8\xff\xe0 photo", b"\x89PNG\r\n\x1a\n image", b"%PDF-1.4 essai"
OTHER = "n’est pas ce que dit son nom"
HOSTILE = {
    "a program called pdf": ("programme.pdf", b"MZ\x90\x00", OTHER),
    "a program": ("programme.exe", b"MZ\x90\x00", "joignez un PDF"),
    "a program behind a second ending": ("rib.pdf.exe", PDF, "joignez un PDF"),
    "a page called pdf": ("page.pdf", b"<html><script>alert(1)</script>", OTHER),
    "a page": ("page.html", b"<html>", "joignez un PDF"),
    "a drawing with a script": ("logo.svg", b"<svg onload='alert(1)'>", "joignez un PDF"),
    "a drawing called png": ("logo.png", b"<svg onload='alert(1)'>", OTHER),
    "a page inside a photo": ("photo.jpg", JPEG + b"<script>alert(1)</script>", "en cache un autre"),
    "an archive behind a pdf": ("rib.pdf", PDF + package(), "en cache un autre"),
    "an empty file": ("vide.pdf", b"", "est vide"),
    "a file that swells": (
        "lettre.docx",
        package("word/a", content=b"0" * 30_000_000),
        "trop lourd une fois ouvert",
    ),
    "a document with macros": ("lettre.docx", package("word/vbaProject.bin"), "contient des macros"),
    "a way out of the package": ("lettre.docx", package("../../etc/passwd"), "abîmé"),
    "a password": ("lettre.docx", encrypted(), "protégé par un mot de passe"),
    "any archive called docx": ("lettre.docx", package(ending=".xlsx"), OTHER),
    "an old document": ("lettre.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ancien format"),
    "a broken archive": ("lettre.docx", b"PK\x03\x04 rien", "abîmé"),
    "a photo few can open": ("photo.heic", b"\x00\x00\x00\x18ftypheic", "HEIC"),
    "a heavy file": ("lourd.pdf", PDF + b"0" * (10 * 1024 * 1024), "dépasse 10"),
}
WELCOME = {
    "rib.PDF": PDF,
    "IMG_0421.jpeg": JPEG,
    "capture.png": PNG,
    "lettre.docx": package(),
    "budget.xlsx": package(ending=".xlsx"),
    "lettre.odt": package(ending=".odt"),
    "facture.v1.2.pdf": PDF,
}


@pytest.mark.parametrize("name", WELCOME)
def test_what_everybody_can_open_is_welcome(name):
    assert fault_of(SimpleUploadedFile(name, WELCOME[name])) == ""


@pytest.mark.parametrize(
    "name,plainly",
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\moi\\rib.pdf", "rib.pdf"),
        ("\u202efdp.rib", "fdp.rib"),
        ("a\x00b\r\n.pdf", "ab.pdf"),
        (" . ", "document"),
    ],
)
def test_a_name_is_its_last_part_without_hidden_signs(name, plainly):
    assert plain_name(name) == plainly


def test_a_huge_name_keeps_its_ending():
    kept = plain_name("é" * 400 + ".pdf")
    assert (len(kept), kept[-4:]) == (150, ".pdf")


# Through the page ----------------------------------------------------------------------------------------------------


@pytest.fixture
def year(db, on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def dossier(client, year):
    client.force_login(year.holder)
    return play.a_draft(year)


def join(client, dossier, name, content, code="budget"):
    path = reverse("document-join", args=[dossier.uuid, code])
    return client.post(path, {"file": SimpleUploadedFile(name, content)})


def remove(client, document):
    return client.post(reverse("document-remove", args=[document.uuid]))


@pytest.mark.parametrize("attack", HOSTILE)
def test_a_hostile_file_is_told_in_a_sentence_and_nothing_is_written(client, dossier, attack):
    name, content, reason = HOSTILE[attack]
    response = join(client, dossier, name, content)
    assert (response.status_code, dossier.documents.count()) == (422, 1)
    assert reason in response.content.decode().replace("Joignez", "joignez")


def test_a_joined_file_leaves_as_an_attachment(client, dossier):
    assert join(client, dossier, "budget.pdf", PDF).url.endswith("/demande/pieces/#piece-budget")
    document = dossier.documents.order_by("pk").last()
    response = client.get(reverse("document", args=[document.uuid]))
    assert response["Content-Disposition"] == 'attachment; filename="budget.pdf"'
    told = (response["Content-Type"], response["X-Content-Type-Options"])
    assert told == ("application/octet-stream", "nosniff")
    assert b"".join(response.streaming_content) == PDF


def test_no_file_chosen_is_said(client, dossier):
    response = client.post(reverse("document-join", args=[dossier.uuid, "budget"]))
    assert (response.status_code, "hoisissez un fichier." in response.content.decode()) == (422, True)


@pytest.mark.parametrize("code", ["resume", "nulle-part"])
def test_nothing_is_joined_to_what_is_no_document(client, dossier, code):
    assert join(client, dossier, "budget.pdf", PDF, code=code).status_code == 404


def test_a_document_of_an_earlier_request_is_taken_again_in_one_tap(client, year, dossier):
    join(client, dossier, "budget.pdf", PDF)
    later = play.a_draft(year, title="Jardin")
    later.documents.all().delete()
    path = reverse("dossier-topic", args=[later.uuid, "pieces"])
    assert "Reprendre «&nbsp;budget.pdf&nbsp;», de votre demande de 2027" in client.get(path).content.decode()
    client.post(reverse("document-join", args=[later.uuid, "budget"]), {"lend": "1"})
    taken = later.documents.get()
    with taken.file.open() as content:
        assert (taken.name, content.read()) == ("budget.pdf", PDF)
    assert taken.file.name != dossier.documents.order_by("pk").last().file.name


def test_nobody_borrows_from_another_organisation(client, year, dossier):
    dossier.documents.all().delete()
    other = play.a_year("ailleurs")
    client.force_login(other.holder)
    join(client, play.a_draft(other), "budget.pdf", PDF)
    client.force_login(year.holder)
    answer = client.post(reverse("document-join", args=[dossier.uuid, "budget"]), {"lend": "1"})
    assert (answer.status_code, dossier.documents.count()) == (422, 0)


def test_a_lost_file_is_not_lent(client, year, dossier):
    join(client, dossier, "budget.pdf", PDF)
    lost = dossier.documents.order_by("pk").last()
    lost.file.storage.delete(lost.file.name)
    later = play.a_draft(year, title="Jardin")
    assert documents.lend(later, "budget", by=year.holder, at=play.WRITING) is None


# Removing ------------------------------------------------------------------------------------------------------------


def test_a_removed_document_is_gone_with_its_file(client, dossier, django_capture_on_commit_callbacks):
    join(client, dossier, "faux.pdf", PDF)
    document = dossier.documents.order_by("pk").last()
    with django_capture_on_commit_callbacks(execute=True):
        assert remove(client, document).status_code == 302
    assert list(Document.kept.filter(pk=document.pk)) == []
    assert not document.file.storage.exists(document.file.name)


def test_what_was_filed_keeps_the_document_that_a_later_draft_removed(client, year, on_day):
    dossier = play.submitted(year)
    first = dossier.documents.get()
    on_day(play.day("2026-10-21"))
    engine.fire(dossier, "take_back", by=year.holder, at=play.day("2026-10-21"))
    client.force_login(year.holder)
    remove(client, first)
    join(client, dossier, "second.pdf", PDF)
    engine.fire(dossier, "submit", by=year.holder, at=play.day("2026-10-22"))
    filings = dossier.filings.order_by("number")
    kept = [[one.name for one in Document.kept.all().of_filing(filing)] for filing in filings]
    assert kept == [["budget.pdf"], ["second.pdf"]]
    assert [one.name for one in dossier.documents.order_by("pk")] == ["second.pdf"]


def test_a_removed_document_is_missing_again(client, year, dossier):
    remove(client, dossier.documents.get())
    missing = engine.refusals(play.fresh(dossier), "submit", by=year.holder, at=play.WRITING)
    assert [one.code for one in missing] == ["no_document"]


def test_a_document_that_was_filed_is_removed_by_nobody(client, year):
    dossier = play.submitted(year)
    client.force_login(year.holder)
    page = client.get(remove(client, dossier.documents.get()).url, follow=True).content.decode()
    assert "Cette information ne peut plus être modifiée à cette étape." in page
    assert dossier.documents.count() == 1


def test_a_request_to_complete_takes_documents_and_gives_none_back(year):
    dossier = reached.incomplete(year)
    joined = documents.join(
        dossier, "budget", SimpleUploadedFile("b.pdf", PDF), by=year.holder, at=play.WRITING
    )
    with pytest.raises(Refused) as refused:
        documents.remove(joined, by=year.holder, at=play.WRITING)
    assert refused.value.codes == ["not_editable"]

"""Signature folders: what waits, 200 letters in one, stopped midway and resumed, none twice, in order of number."""

import io
import zipfile
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from pypdf import PdfReader

from cases import folders
from cases import models as cases
from cases.models import Letter, LetterBatch, LetterOrder
from notifications import tasks
from tests import correspondence as write
from tests import year as play
from tests.cases import reached
from tests.cases.test_typesetting import text_of
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db
AT = play.ANSWERING


@pytest.fixture
def year():
    one = play.a_year()
    write.writes(one)
    return one


def waiting(year) -> list[str]:
    return [one.value for one in folders.pending(year.cycle)]


def begun(year, chosen=None, key=None, by=None) -> LetterBatch:
    chosen = waiting(year) if chosen is None else chosen
    by = by or year.coordinator
    return folders.begin(year.cycle, chosen, key or uuid4(), by=by, at=AT, on=AT.date())


def ticking(after: int):
    """A clock that says, from its `after`-th reading on, that the time is over."""
    read = []

    def clock():
        read.append(AT)
        return AT if len(read) <= after else AT + timedelta(hours=1)

    return clock


def done(batch) -> bool:
    return not folders.advance(batch, lambda: AT, AT)


def test_what_waits_is_what_its_authority_decided_and_nobody_wrote(year):
    partial, refused = play.decided(year), play.decided(year, amount=0, title="Jardin")
    reached.inadmissible(year), reached.deferred(year), play.submitted(year), play.in_committee(year)
    found = folders.piles(folders.pending(year.cycle))
    assert [(pile.kind, len(pile.rows)) for pile in found] == [
        ("partial", 1), ("refusal", 1), ("inadmissibility", 1), ("deferral", 1),
    ]  # fmt: skip
    assert [pile.rows[0].matter.dossier for pile in found[:2]] == [partial, refused]
    write.make(year, partial, "partial")
    assert [one.matter.kind for one in folders.pending(year.cycle)][:1] == ["refusal"]


def test_a_decision_that_changed_since_its_letter_waits_again(year):
    letter = write.make(year, play.decided(year), "partial")
    assert folders.pending(year.cycle) == []
    Letter.objects.filter(pk=letter.pk).update(amount=Decimal(400))
    [one] = folders.pending(year.cycle)
    assert one.former == letter


@pytest.mark.parametrize("many", [1, 3])
def test_what_waits_costs_the_same_for_one_and_for_three(year, many, django_assert_num_queries):
    for rank in range(many):
        play.decided(year, title=f"Action {rank}")
    with django_assert_num_queries(5):
        folders.pending(year.cycle)


def test_a_folder_is_begun_once_by_one_page(year):
    play.decided(year)
    key = uuid4()
    assert begun(year, key=key).pk == begun(year, key=key).pk
    assert (LetterBatch.objects.count(), LetterOrder.objects.count()) == (1, 1)


def test_only_the_coordination_begins_a_folder(year):
    play.decided(year)
    for who in (year.instructor, year.holder, play.a_year("autre_2027").coordinator):
        with pytest.raises(Refused, match="Votre rôle"):
            begun(year, by=who)
    assert LetterBatch.objects.count() == 0


def test_a_folder_stopped_midway_goes_on_where_it_was(year):
    for rank in range(6):
        play.decided(year, title=f"Action {rank}")
    batch = begun(year)
    assert folders.advance(batch, ticking(3), AT)
    assert [Letter.objects.count(), LetterOrder.objects.waiting().count()] == [3, 3]
    assert done(batch)
    assert list(Letter.objects.by_number().values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert list(batch.orders.order_by("rank").values_list("letter__number", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert done(batch)
    assert Letter.objects.count() == 6


def test_what_changed_since_it_was_chosen_is_refused_by_itself(year):
    first, second = play.decided(year), play.decided(year, title="Jardin")
    batch = begun(year)
    line = first.lines.order_by("pk")[0]
    batch.orders.filter(line=line).update(amount=Decimal(400))
    assert done(batch)
    refused, made = batch.orders.order_by("rank")
    assert "plus à jour" in refused.refusal
    assert made.letter.dossier == second


def test_a_letter_that_cannot_be_laid_out_does_not_stop_the_others(year):
    signs = "".join(chr(0x4E00 + rank) for rank in range(301))
    first = play.decided(year)
    play.decided(year, title="Jardin")
    cases.Dossier.objects.filter(pk=first.pk).update(title=signs[:300])
    cases.Dossier.objects.filter(pk=first.pk).update(commitment_by=signs[200:] + "漢字仮名")
    write.with_model(year, "partial", body="{titre} {representant} " + signs[299:] + "한국어")
    batch = begun(year)
    assert done(batch)
    refused, made = batch.orders.order_by("rank")
    assert "n’a pas pu être mis en page" in refused.refusal
    assert made.letter.number == 1


def test_a_sweep_goes_on_with_every_folder_and_says_what_is_left(year, monkeypatch):
    for rank in range(3):
        play.decided(year, title=f"Action {rank}")
    first, *others = waiting(year)
    begun(year, [first]), begun(year, others)
    assert tasks.go_on(ticking(3)) is True
    assert tasks.go_on(lambda: AT) is False
    assert (Letter.objects.count(), LetterBatch.objects.unfinished().count()) == (3, 0)


def test_the_beginning_of_a_folder_wakes_the_sweep(year, django_capture_on_commit_callbacks):
    from django_q.models import OrmQ

    play.decided(year)
    OrmQ.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        begun(year)
    assert OrmQ.objects.count() == 1


def test_the_folder_is_one_accessible_document_in_the_order_of_numbers(year):
    titles = ["Vélo", "Jardin", "Théâtre"]
    for title in titles:
        play.decided(year, title=title)
    batch = begun(year)
    done(batch)
    found = PdfReader(io.BytesIO(folders.folder(batch, AT)))
    assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()
    pages = [page.extract_text() for page in found.pages]
    assert all(f"2027-000{number}" in pages[0] for number in (1, 2, 3))
    assert [title for page, title in zip(pages[1:], titles, strict=True) if title in page] == titles
    assert all("page 1" in page for page in pages[1:])


def test_the_archive_holds_the_very_bytes(year):
    play.decided(year)
    batch = begun(year)
    done(batch)
    with zipfile.ZipFile(io.BytesIO(folders.files(batch))) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    assert held == {"courrier-2027-0001.pdf": bytes(Letter.objects.get().printed.pdf)}


def test_two_hundred_letters_each_read_again_none_twice(year):
    """Each PDF is opened and its own title, amount and number are read in it."""
    write.many_decided(year, 200)
    batch = begun(year)
    folders.advance(batch, ticking(90), AT)
    assert done(batch)
    letters = list(Letter.objects.by_number().select_related("printed", "dossier"))
    assert [one.number for one in letters] == list(range(1, 201))
    assert len({one.line_id for one in letters}) == 200
    for one in letters:
        said = text_of(bytes(one.printed.pdf))
        assert f"Dossier n° {one.dossier.reference} · {one.dossier.title}" in said
        assert f"Courrier n° {one.reference}" in said
        assert "Nous vous accordons 500 €" in said

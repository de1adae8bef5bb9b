"""Signed letters that come back: whose, by whom, read by the holder once the answer is told."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cases import scans
from cases.models import Letter, LetterScan
from tests import correspondence as write
from tests import year as play
from tests.cases import reached
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    one = play.a_year()
    write.writes(one)
    return one


def notify(year, line) -> None:
    facts = {"notified_on": play.ANSWERING.date()}
    engine.fire(line, "notify", by=year.coordinator, at=play.ANSWERING, facts=facts)


def read_by(user) -> list:
    return [list(model.objects.visible_to(user).order_by("pk")) for model in (Letter, LetterScan)]


def test_a_holder_reads_a_decision_and_its_signed_scan_once_it_is_notified(year):
    letter = write.make(year, play.decided(year), "partial")
    scan = write.signed(year, letter)
    assert read_by(year.holder) == [[], []]
    notify(year, letter.line)
    assert read_by(year.holder) == [[letter], [scan]]
    assert (scan.dated_on, scan.name, scan.dossier) == (letter.dated_on, "signe.pdf", letter.dossier)
    assert "signe" not in scan.file.name


def test_what_the_holder_knows_already_is_read_at_once(year):
    letter = write.make(year, play.submitted(year), "receipt")
    assert read_by(year.holder) == [[letter], []]


def test_an_inadmissibility_is_read_with_its_answer(year):
    dossier = reached.inadmissible(year)
    letter = write.make(year, dossier, "inadmissibility")
    assert read_by(year.holder) == [[], []]
    play.explained(year, dossier)
    engine.fire(dossier, "answer", by=year.coordinator, at=play.ANSWERING)
    assert read_by(year.holder) == [[letter], []]


def test_another_authority_s_letter_is_its_date_and_its_scan(year):
    line = reached.line_of(play.decided(year), 1)
    scan = write.signed_by_another(year, line, on=date(2027, 4, 16))
    assert (scan.dated_on, scan.letter) == (date(2027, 4, 16), None)
    assert read_by(year.holder) == [[], []]
    notify(year, line)
    assert read_by(year.holder) == [[], [scan]]


def test_nobody_of_another_house_reads_them(year):
    letter = write.make(year, play.decided(year), "partial")
    write.signed(year, letter)
    notify(year, letter.line)
    other = play.a_year("autre_2027")
    for who in (other.coordinator, other.holder, year.financiers["etat"], year.financiers["agglo"]):
        assert read_by(who) == [[], []]
    assert read_by(year.instructor) != [[], []]


def test_an_authority_that_writes_elsewhere_joins_its_own_letter(year):
    dossier = play.decided(year)
    line, agglo = reached.line_of(dossier, 1), year.financiers["agglo"]
    scan = write.signed_by_another(year, line, by=agglo)
    assert (scan.by, read_by(agglo)) == (agglo, [[], [scan]])
    other = play.a_year("autre_2027")
    for who in (year.financiers["etat"], other.financiers["agglo"], year.holder):
        assert read_by(who) == [[], []]
    assert read_by(year.instructor) == [[], [scan]]


def refused(join, match: str) -> None:
    before = LetterScan.objects.count()
    with pytest.raises(Refused, match=match):
        join()
    assert LetterScan.objects.count() == before


def test_what_may_not_be_joined_is_said(year):
    dossier = play.decided(year)
    ours, theirs = (reached.line_of(dossier, rank) for rank in (0, 1))
    letter = write.make(year, dossier, "partial")
    undecided = reached.line_of(play.in_committee(year), 1)
    refused(lambda: write.signed_by_another(year, ours), "joignez-le au courrier fait")
    refused(lambda: write.signed_by_another(year, undecided), "pas encore de décision")
    refused(lambda: write.signed(year, letter, by=year.holder), "Votre rôle")
    refused(lambda: write.signed(year, letter, by=year.financiers["etat"]), "Votre rôle")
    refused(lambda: write.signed_by_another(year, theirs, by=year.financiers["etat"]), "Votre rôle")
    refused(lambda: write.signed_by_another(year, theirs, on=date(2028, 1, 1)), "ne peut pas être à venir")
    write.signed(year, letter), write.signed_by_another(year, theirs)
    refused(lambda: write.signed(year, letter), "déjà fait")
    refused(lambda: write.signed_by_another(year, theirs), "déjà fait")


def test_a_scan_is_never_changed_nor_taken_out(year):
    write.signed(year, write.make(year, play.decided(year), "partial"))
    for change in (lambda rows: rows.update(name="autre.pdf"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(LetterScan.objects.all())


def test_two_signed_copies_may_follow_one_another(year):
    letter = write.make(year, play.decided(year), "partial")
    first = write.signed(year, letter)
    second = scans.of_letter(
        letter, write.a_scan(content=b"%PDF-1.4 autre"), by=year.instructor, at=play.REPORTING
    )
    assert list(LetterScan.objects.of(letter.dossier)) == [second, first]

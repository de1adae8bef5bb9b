"""The record of a committee: who was there, each decision, what is carried on; frozen once it is signed off."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from cases import minutes, order_of_day
from cases.models import Committee, Minutes
from tests import year as play
from tests.cases.reached import attendee, fired, item
from tests.cases.test_typesetting import text_of
from workflow import engine
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return play.a_year()


def first(year) -> Committee:
    return year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]


def signed(year) -> Minutes:
    content = minutes.content_of(first(year))
    return minutes.sign_off(first(year), minutes.digest_of(content), by=year.coordinator, at=play.SITTING)


def a_sitting(year):
    """Two people, a dossier decided, one left, a point concluded, one carried on."""
    attendee(year, "Awa Diallo", "Ville", presence="present", quality="adjointe")
    attendee(year, "Luc Petit", "État", presence="represented", represented_by="Zoé Roux")
    left = play.in_committee(year, title="Jardin partagé")
    decided = play.decided(year, title="Atelier vélo")
    item(year, "Liste", kind_of="decision", dossiers=[decided.pk])
    item(year, "Le jardin", kind_of="decision", dossiers=[left.pk])
    fired(item(year, "Signature", kind_of="signature"), "conclude", year.coordinator, play.SITTING,
          conclusion="Signé par la Ville et l’État.")  # fmt: skip
    target = year.cycle.committees.create(on=date(2027, 3, 10), label="Seconde séance")
    points = order_of_day.order_of_day(first(year))
    versions = {one.item.pk: one.item.version for one in points}
    order_of_day.carry(points, target, by=year.coordinator, at=play.SITTING, versions=versions)


def test_the_record_says_who_was_there_what_was_decided_and_what_is_carried_on(year):
    a_sitting(year)
    told = text_of(signed(year).pdf)
    for words in (
        "Procès-verbal : Comité des financeurs",
        "Séance du mercredi 10 février 2027, à 9 h",
        "2 personnes invitées, 2 présentes ou représentées.",
        "Représenté par Zoé Roux",
        "Signé par la Ville et l’État.",
        "Etat essai_2027 : accordé, 500 €",
        "Agglo essai_2027 : non retenu",
        "Le jardin : reporté à « Seconde séance », mercredi 10 mars 2027.",
        "Version 1, mercredi 10 février 2027",
        f"Arrêté par {year.coordinator}",
        "Pour la coordination",
    ):
        assert words in told, words


def test_what_was_decided_beside_the_agenda_is_on_the_record_too(year):
    play.decided(year, title="Atelier vélo")
    assert "Autres décisions" in text_of(minutes.draft(first(year), play.SITTING))


def test_a_draft_says_that_it_is_one(year):
    told = text_of(minutes.draft(first(year), play.SITTING))
    assert "Projet de procès-verbal, à relire" in told
    assert "Ce projet n’est pas encore arrêté." in told


def test_what_is_signed_off_never_changes_and_a_correction_is_a_version_beside_it(year):
    point = item(year, "Bilan")
    before = signed(year)
    kept = bytes(before.pdf)
    fired(point, "conclude", year.coordinator, play.SITTING, conclusion="Vu.")
    after = signed(year)
    assert [one.number for one in minutes.frozen(first(year))] == [2, 1]
    assert bytes(Minutes.objects.get(number=1).pdf) == kept
    assert "Vu." in text_of(after.pdf)
    for name in ("pdf", "content", "digest", "signed_by"):
        with pytest.raises(Refused, match="ne peut plus être modifiée"):
            engine.amend(before, {name: "autre"}, by=year.coordinator, at=play.SITTING)


def test_the_same_record_is_signed_off_once_and_only_as_it_was_read(year):
    content = minutes.digest_of(minutes.content_of(first(year)))
    signed(year)
    with pytest.raises(Refused, match="déjà fait"):
        minutes.sign_off(first(year), content, by=year.coordinator, at=play.SITTING)
    item(year, "Encore un point")
    with pytest.raises(Refused, match="plus à jour"):
        minutes.sign_off(first(year), content, by=year.coordinator, at=play.SITTING)
    assert Minutes.objects.count() == 1


def test_only_its_coordinator_signs_off(year):
    content = minutes.digest_of(minutes.content_of(first(year)))
    for who in (year.instructor, year.holder, play.a_year("autre_2027").coordinator):
        with pytest.raises(Refused, match="Votre rôle"):
            minutes.sign_off(first(year), content, by=who, at=play.SITTING)


def test_what_is_missing_is_said_and_forbids_nothing(year):
    item(year, "Le bailleur")
    attendee(year)
    found = minutes.missing(minutes.content_of(first(year)))
    assert found == [
        "Certaines présences ne sont pas encore dites.",
        "« Le bailleur » n’a pas de conclusion.",
    ]
    assert signed(year).number == 1


def test_what_people_typed_cannot_break_the_record(year):
    attendee(year, '#panic("x") 😀 \u202e', "[*]{")
    item(year, "Point $x$ #import", minutes=5)
    told = text_of(signed(year).pdf)
    assert '#panic("x") □' in told
    assert "Point $x$ #import" in told


@pytest.mark.parametrize("count", [1, 3])
def test_a_record_costs_the_same_for_one_dossier_and_for_three(year, count, django_assert_num_queries):
    for rank in range(count):
        item(
            year,
            f"Point {rank}",
            kind_of="decision",
            dossiers=[play.decided(year, title=f"Action {rank}").pk],
        )
    committee = first(year)
    with django_assert_num_queries(7):
        minutes.content_of(committee)


def test_its_pages_say_how_many_they_are(year):
    pages = PdfReader(io.BytesIO(signed(year).pdf)).pages
    assert f"page 1 / {len(pages)}" in text_of(bytes(Minutes.objects.get().pdf))

"""Letters of the authority that runs the service: what each says, its number, frozen for ever, and who may not."""

import io
import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from pypdf import PdfReader

from cases import correspondence, letter_making
from cases.letter_kinds import CONTESTED, LetterKind
from cases.models import Dossier, Letter, LetterModel, LetterPrint
from tests import correspondence as write
from tests import year as play
from tests.cases.test_typesetting import text_of
from workflow import engine
from workflow.models import Cycle, Entry
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db
KINDS = list(LetterKind)
DAY = "mardi 20 avril 2027"


@pytest.fixture
def year():
    one = play.a_year()
    write.writes(
        one, address="1 place d’Armes\n51300 Vitry", signed_at="Vitry", court="le tribunal de Châlons"
    )
    return one


def told(letter: Letter) -> str:
    return text_of(bytes(letter.printed.pdf))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_an_accessible_document_without_a_hole(year, kind):
    letter = write.make(year, write.SCENES[kind](year), kind)
    found = PdfReader(io.BytesIO(bytes(letter.printed.pdf)))
    said = told(letter)
    assert found.trailer["/Root"]["/Lang"].startswith("fr")
    assert b"pdfuaid" in found.trailer["/Root"]["/Metadata"].get_data()
    assert re.findall(r"\{\w*\}|« »|None|\( *\)", said) == []
    for words in (
        "Etat essai_2027",
        "51300 Vitry",
        "Les Tisseurs de liens",
        f"Vitry, le {DAY}",
        "Awa Diallo",
        "Maire",
    ):
        assert words in said, words
    assert ("Télérecours citoyens" in said) == (kind in (*CONTESTED, LetterKind.RECEIPT))
    assert ("le tribunal de Châlons" in said) == (
        kind in (*CONTESTED, LetterKind.RECEIPT, LetterKind.AGREEMENT)
    )


@pytest.mark.parametrize(
    "kind, says",
    [
        ("award", "Nous vous accordons 1 000 €. C’est tout ce que vous demandiez."),
        ("partial", "Nous vous accordons 500 €. C’est moins que ce que vous demandiez."),
        ("refusal", "Nous n’avons pas retenu cette demande. Cette décision n’engage que nous."),
        ("inadmissibility", "La règle : Article 2. • Dans votre dossier : Aucune séance dans le quartier."),
        ("deferral", "Il reprendra votre dossier le mercredi 10 mars 2027."),
        ("completion", "• RIB Répondez avant le dimanche 20 décembre 2026, à minuit."),
        ("receipt", "Sans réponse le dimanche 20 décembre 2026, la loi considère votre demande comme refusée."),
        ("attendance", "Elle a eu lieu le jeudi 22 octobre 2026, de 14 h à 16 h. Le lieu : Maison de quartier."),
        ("agreement", "Article 2. Le montant Le financeur verse 30 000 €."),
    ],
)  # fmt: skip
def test_each_says_its_facts_and_its_full_dates(year, kind, says):
    assert says in told(write.make(year, write.SCENES[kind](year), kind))


def test_numbers_follow_one_another_in_each_year_and_each_call(year):
    first, second = play.decided(year), play.decided(year, title="Jardin")
    made = [write.make(year, one, "partial") for one in (first, second)]
    later = write.make(year, first, "receipt", at=play.ANSWERING, on=date(2027, 4, 30))
    other = play.a_year("autre_2027")
    write.writes(other)
    elsewhere = write.make(other, play.decided(other), "partial")
    next_year = write.make(year, second, "receipt", at=play.day("2028-01-10"))
    assert [one.reference for one in (*made, later, elsewhere, next_year)] == [
        "2027-0001", "2027-0002", "2027-0003", "2027-0001", "2028-0001",
    ]  # fmt: skip
    assert "Courrier n° 2027-0002" in told(made[1])


def test_a_letter_that_is_refused_leaves_no_gap(year):
    dossier = play.decided(year)
    with pytest.raises(Refused):
        write.make(year, dossier, "partial", on=date(2027, 4, 1))
    assert write.make(year, dossier, "partial").number == 1


def test_the_same_letter_is_made_once(year):
    dossier = play.decided(year)
    first, again = (
        write.make(year, dossier, "partial"),
        write.make(year, dossier, "partial", on=date(2027, 5, 3)),
    )
    assert (first.pk, Letter.objects.count()) == (again.pk, 1)


def test_a_correction_is_a_new_letter_that_says_what_it_replaces(year):
    dossier = play.decided(year)
    first = write.make(year, dossier, "partial")
    write.with_model(year, "partial", body="{autorite} vous accorde {accorde}, après correction.")
    second = write.make(year, dossier, "partial", at=play.ANSWERING + timedelta(days=1))
    LetterModel.objects.all().delete()
    third = write.make(year, dossier, "partial", at=play.ANSWERING + timedelta(days=2))
    assert (second.replaces_id, third.replaces_id) == (first.pk, second.pk)
    assert f"Ce courrier remplace le courrier n° 2027-0001 du {DAY}." in told(second)
    assert "après correction" in told(second)
    assert write.make(year, dossier, "partial", at=play.ANSWERING + timedelta(days=3)).pk == third.pk
    assert list(Letter.objects.standing()) == [third]


def test_what_is_made_never_changes(year):
    letter = write.make(year, play.decided(year), "partial")
    kept = bytes(letter.printed.pdf)
    Dossier.objects.filter(pk=letter.dossier_id).update(title="Autre chose")
    assert bytes(LetterPrint.objects.get().pdf) == kept
    for name in ("number", "dated_on", "said", "kind_of"):
        with pytest.raises(Refused, match="ne peut plus être modifiée"):
            engine.amend(letter, {name: 7}, by=year.coordinator, at=play.ANSWERING)
    for change in (lambda rows: rows.update(digest="x"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change(LetterPrint.objects.all())
    assert list(letter_making.documents_hold()) == []


def test_verify_finds_a_number_that_is_missing(year):
    letter = write.make(year, play.decided(year), "partial")
    Letter.objects.filter(pk=letter.pk).update(number=2)
    assert list(letter_making.documents_hold()) == [
        "courrier 2027-0002 : un numéro manque avant lui",
        "courrier 2027-0002 : ce n’est plus le document qui a été fait",
    ]


def test_a_draft_is_marked_has_no_number_and_keeps_nothing(year):
    matter = write.matters(play.decided(year))["partial"]
    before = Entry.objects.count()
    said = text_of(letter_making.preview(letter_making.draft_of(matter), date(2027, 4, 20), play.ANSWERING))
    assert "Projet : ce courrier n’a ni numéro ni valeur" in said
    assert "Courrier n°" not in said
    assert (Letter.objects.count(), Entry.objects.count()) == (0, before)


# What is refused, each in a clear sentence, nothing being written ----------------------------------------------------


def refused(year, make, match: str) -> None:
    before = Entry.objects.count()
    with pytest.raises(Refused, match=match), transaction.atomic():
        make()
    assert (Letter.objects.count(), Entry.objects.count()) == (0, before)


def test_another_authority_s_letter_is_never_made_here(year):
    dossier = play.decided(year)
    other = dossier.lines.get(envelope=year.envelopes["agglo"])
    assert f"line-{other.pk}" not in {one.about for one in write.matters(dossier).values()}
    financier = write.writes(year, "agglo", writes_letters=False)
    letter = Letter(
        cycle=year.cycle, dossier=dossier, organisation=dossier.organisation, financier=financier, line=other,
        kind_of="refusal", about=f"line-{other.pk}", dated_on=play.ANSWERING.date(), made_at=play.ANSWERING, said="0",
    )  # fmt: skip
    refused(
        year, lambda: engine.open_many([letter], by=year.coordinator, at=play.ANSWERING), "écrit ses propres"
    )
    letter.financier = year.envelopes["etat"].financier
    refused(
        year, lambda: engine.open_many([letter], by=year.coordinator, at=play.ANSWERING), "écrit ses propres"
    )


def test_without_an_authority_nothing_is_offered():
    year = play.a_year()
    assert write.matters(play.decided(year)) == {}


@pytest.mark.parametrize("who", ["instructor", "holder"])
def test_only_the_coordination_makes_letters(year, who):
    dossier = play.decided(year)
    refused(year, lambda: write.make(year, dossier, "partial", by=getattr(year, who)), "Votre rôle")


def test_another_town_s_coordinator_makes_none(year):
    dossier, other = play.decided(year), play.a_year("autre_2027")
    refused(year, lambda: write.make(year, dossier, "partial", by=other.coordinator), "Votre rôle")


@pytest.mark.parametrize("days", [-1, 61])
def test_a_letter_is_neither_backdated_nor_far_ahead(year, days):
    dossier, on = play.decided(year), play.ANSWERING.date() + timedelta(days=days)
    refused(year, lambda: write.make(year, dossier, "partial", on=on), "porte la date du jour")


def test_an_empty_field_is_said_with_what_it_should_hold(year):
    dossier = play.decided(year)
    write.with_model(year, "partial", body="Appelez le {telephone}.")
    refused(
        year,
        lambda: write.make(year, dossier, "partial"),
        r"Le champ \{telephone\} est vide \(son téléphone\)",
    )
    Cycle.objects.update(team_phone="03 53 01 00 27")
    assert "Appelez le 03 53 01 00 27." in told(write.make(year, dossier, "partial"))


def test_a_field_that_is_no_longer_known_is_refused(year):
    dossier = play.decided(year)
    write.with_model(year, "partial", body="Bonjour {inconnu}.")
    refused(year, lambda: write.make(year, dossier, "partial"), "« {inconnu} » n’est pas un champ")


def test_what_changed_since_it_was_read_is_read_again(year):
    dossier = play.decided(year)
    matter = write.matters(dossier)["partial"]
    refused(
        year,
        lambda: letter_making.make(
            dossier, matter.about, by=year.coordinator, at=play.ANSWERING, on=play.ANSWERING.date(),
            still=lambda draft: draft.said == "0" * 64,
        ),
        "plus à jour",
    )  # fmt: skip


def test_what_there_is_not_cannot_be_written(year):
    dossier = play.submitted(year)
    line = dossier.lines.order_by("pk")[0]
    for about in (f"line-{line.pk}", "line-0", "deferral-1", "rien", "line-" + "9" * 30):
        refused(
            year,
            lambda about=about: letter_making.make(
                dossier,
                about,
                by=year.coordinator,
                at=play.READING,
                on=play.READING.date(),
                still=lambda draft: True,
            ),
            "n’est plus à faire",
        )


def test_a_foreign_dossier_s_line_is_not_found_on_this_one(year):
    dossier, other = play.decided(year), play.decided(year, title="Jardin")
    line = other.lines.order_by("pk")[0]
    assert correspondence.named(write.whole(dossier), f"line-{line.pk}") is None


def test_no_agreement_below_what_the_law_says_nor_with_a_public_body(year):
    assert "agreement" not in write.matters(play.decided(year))
    dossier = write.agreed(year)
    assert "agreement" in write.matters(dossier)
    type(dossier.organisation).objects.filter(pk=dossier.organisation_id).update(kind="school")
    assert "agreement" not in write.matters(dossier)


# What people typed ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "\\ } ] ) #{ /*",
        "{{ titre }} {porteur}",
        "= titre\n- liste",
        "*gras* $x$ `c` @ref <l>",
        "Fête □",
    ],
)
def test_what_people_typed_is_only_read(year, hostile):
    letter = write.make(year, play.decided(year, title=hostile), "partial")
    assert " ".join(hostile.split()) in told(letter)


def test_signs_without_a_font_hidden_ones_and_very_long_names_do_no_harm(year):
    dossier = play.decided(year, title="Fête 😀 \u202eétêF")
    type(dossier.organisation).objects.filter(pk=dossier.organisation_id).update(name="Mot " * 49)
    write.with_model(year, "partial", body="{titre}\n\n" + "Une ligne de plus. " * 300)
    said = told(write.make(year, dossier, "partial"))
    assert "Fête □ étêF" in said
    assert said.count("ligne") - said.count("en ligne") == 300


def test_ten_thousand_signs_of_one_fact_are_all_there(year):
    facts = {"items": ["Le budget " + "très " * 2_000 + "détaillé"], "due_on": date(2026, 12, 20)}
    dossier = play.submitted(year)
    engine.fire(dossier, "ask_completion", by=year.instructor, at=play.READING, facts=facts)
    assert told(write.make(year, dossier, "completion")).count("très") == 2_000

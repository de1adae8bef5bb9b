"""What changes from one document to another, and what of it the journal keeps."""

from dataclasses import replace

import pytest

from tests.cycles import VITRY, vitry_with
from tests.year import BEFORE
from workflow import journal, loading
from workflow.journal import Code
from workflow.loading.differences import differences, facts
from workflow.models import Entry


def changed(tmp_path, changes):
    return loading.read(VITRY), loading.read(vitry_with(tmp_path, changes))


def test_a_document_differs_from_itself_in_nothing():
    assert differences(loading.read(VITRY), loading.read(VITRY)) == []


def test_each_row_is_named_with_the_fields_that_differ(tmp_path):
    found = differences(
        *changed(tmp_path, {"jours_avis: 21": "jours_avis: 28", "du: 2026-11-24": "du: 2026-11-27"})
    )
    assert [(one.section.name, one.code, [bound.key for bound, _, _ in one.values]) for one in found] == [
        ("règles", "", ["jours_avis"]),
        ("jalons", "cloture", ["du", "au"]),
    ]


def test_a_row_inside_a_row_is_a_difference_of_its_own(tmp_path):
    [one] = differences(*changed(tmp_path, {"montant: 148 000 €": "montant: 158 000 €"}))
    assert (one.section.name, one.code) == ("enveloppes", "bop147")


def test_only_the_owners_asked_for_are_compared(tmp_path):
    before, after = changed(
        tmp_path, {"jours_avis: 21": "jours_avis: 28", "du: 2026-11-24": "du: 2026-11-27"}
    )
    assert [one.section.name for one in differences(before, after, ["version"])] == ["règles"]


def test_the_journal_keeps_rows_without_one_of_their_own_codes_as_codes_and_words_as_words(tmp_path):
    before, after = changed(
        tmp_path,
        {"ferme_décalage: -4": "ferme_décalage: -7", "libellé: Santé et accès aux soins": "libellé: Santé"},
    )
    kept = facts(differences(before, after))
    assert kept == {
        "étapes": {"rendez_vous": {"ferme_décalage": [-4, -7]}},
        "orientations": {"sante": {"libellé": ["Santé et accès aux soins", "Santé"]}},
    }
    added = facts(differences(replace(before, sections=before.sections | {"orientations": {}}), before))
    row = added["orientations"]["sante"]
    assert (type(row["code"][1]), type(row["libellé"][1])) == (Code, str)


@pytest.mark.django_db
def test_a_contract_that_gets_another_name_is_told_by_the_cycle_s_journal(tmp_path):
    loading.load(VITRY, at=BEFORE)
    loading.load(vitry_with(tmp_path, {"nom: Vitry-le-François": "nom: Vitry"}), at=BEFORE)
    entry = Entry.objects.filter(subject_label="workflow.cycle").order_by("-pk")[0]
    assert list(journal.facts_of(entry)["rows"][1]) == ["contrat"]
    assert list(entry.prose.order_by("pk").values_list("text", flat=True)) == ["Vitry-le-François", "Vitry"]

"""The page of somebody else's table: its columns are confirmed, it is read before it counts, two clicks count once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import exchange_words as words
from cases.forms import arrivals as forms
from cases.models import Dossier, TableMapping
from tests import year as play
from tests.cases.foreign import a_table
from tests.cases.workbook import malformed
from tests.pages import form_with
from workflow import engine

pytestmark = pytest.mark.django_db

TITLES = ["N° Dauphin", "Statut", "Association", "Intitulé du projet", "Coût total", "Colonne X"]
ROW = ["00123", "Recevable", "Les Ateliers inventés", "Jardin <b>partagé</b>", 12_000, 1500]


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def url(year):
    return reverse("arrivals", args=[year.cycle.code])


def brought(client, year, folder, *rows):
    raw = a_table(folder, TITLES, *(rows or [ROW])).read_bytes()
    return client.post(url(year), {"file": SimpleUploadedFile("tableau.xlsx", raw)})


def text(answer) -> str:
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def sent(form, action, **columns):
    return {**form.fields, **columns, "action": action}


def test_columns_are_proposed_confirmed_and_remembered(coordinator, year, tmp_path):
    form = form_with(brought(coordinator, year, tmp_path), "sealed")
    assert {name: form.fields[name] for name in ("reference", "holder", "title", "asked-etat")} == {
        "reference": ["1"],
        "holder": ["3"],
        "title": ["4"],
        "asked-etat": [""],
    }
    trial = coordinator.post(url(year), sent(form, "trial", **{"asked-etat": "6"}))
    assert "1 demande peut être importée" in text(trial)
    assert TableMapping.objects.get(cycle=year.cycle).columns["asked-etat"] == "Colonne X"
    again = form_with(brought(coordinator, year, tmp_path), "sealed")
    assert again.fields["asked-etat"] == ["6"]


def test_a_trial_then_the_import(coordinator, year, tmp_path):
    form = form_with(brought(coordinator, year, tmp_path), "sealed")
    trial = coordinator.post(url(year), sent(form, "trial", **{"asked-etat": "6"}))
    assert (trial.status_code, "<b>partagé</b>" in text(trial), Dossier.objects.count()) == (200, False, 0)
    form = form_with(trial, "sealed")
    answers = [coordinator.post(url(year), sent(form, "keep")).status_code for _ in range(2)]
    assert (answers, Dossier.objects.count()) == ([302, 422], 1)
    assert Dossier.objects.get().dauphin_reference == "00123"


def test_errors_keep_the_columns_on_the_screen(coordinator, year, tmp_path):
    form = form_with(brought(coordinator, year, tmp_path), "sealed")
    answer = coordinator.post(url(year), sent(form, "trial"))
    assert (answer.status_code, f"ligne 2 : {words.NOTHING_ASKED}" in text(answer)) == (422, True)
    assert form_with(answer, "sealed").fields["title"] == ["4"]


def test_one_column_for_two_things_is_refused(coordinator, year, tmp_path):
    form = form_with(brought(coordinator, year, tmp_path), "sealed")
    answer = coordinator.post(url(year), sent(form, "trial", public="4"))
    assert (answer.status_code, "cette colonne sert déjà pour « Intitulé de l’action »" in text(answer)) == (
        422,
        True,
    )


def test_it_is_set_beside_the_dossiers_of_here(coordinator, year, tmp_path):
    dossier = play.submitted(year, title="Vélo")
    engine.amend(dossier, {"dauphin_reference": "00123"}, by=year.coordinator, at=play.WRITING)
    form = form_with(brought(coordinator, year, tmp_path, ROW, ["9", "Transmise", "B", "C", 1, 1]), "sealed")
    answer = coordinator.post(url(year), sent(form, "reconcile", **{"asked-etat": "6"}))
    shown = text(answer)
    assert "1 montant diffère" in shown
    assert "etat : 1 000 € ici, 1 500 € dans Dauphin" in shown
    assert "1 demande manque ici" in shown
    assert Dossier.objects.count() == 1


def test_none_of_the_malformed_files_writes_anything(coordinator, year):
    """What is sound there is read as a table of no use: its columns say nothing of a request."""
    for name, (spoilt, _) in malformed.FILES.items():
        if name != "a million empty rows":  # because its reading is tried apart
            answer = coordinator.post(url(year), {"file": SimpleUploadedFile("t.xlsx", spoilt())})
            assert answer.status_code in (200, 422), name
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("sealed", ["", "x", "eyJ9:1:x"])
def test_a_table_that_was_touched_does_nothing(coordinator, year, sealed):
    answer = coordinator.post(url(year), {"sealed": sealed, "action": "keep"})
    assert (answer.status_code, words.TABLE_OVER in text(answer)) == (422, True)


def test_a_table_is_of_one_cycle(coordinator, year, tmp_path):
    form = form_with(brought(coordinator, year, tmp_path), "sealed")
    other = play.a_year("autre_2027")
    coordinator.force_login(other.coordinator)
    assert coordinator.post(url(other), sent(form, "keep")).status_code == 422


def test_a_table_too_long_for_a_page_is_refused(coordinator, year, tmp_path, monkeypatch):
    monkeypatch.setattr("cases.views.arrivals.LONGEST_SEAL", 10)
    answer = brought(coordinator, year, tmp_path)
    assert (answer.status_code, "coupez-le en plusieurs fichiers" in text(answer)) == (422, True)
    assert forms.LONGEST_SEAL < 2_500_000


def test_what_dauphin_refused_already_is_named_before_it_becomes_a_draft(coordinator, year, tmp_path):
    """« Non recevable » and « Rejetée » are two words; either is said, neither is refused."""
    rows = [
        [f"0012{rank}", status, f"Association {rank}", "Jardin", 12_000, 1500]
        for rank, status in enumerate(["Rejetée", "Non recevable", "Recevable", "En cours", None])
    ]
    form = form_with(brought(coordinator, year, tmp_path, *rows), "sealed")
    trial = coordinator.post(url(year), sent(form, "trial", **{"asked-etat": "6"}))
    assert [one[1:] for one in trial.context["turned_down"]] == [
        ("Rejetée", "Association 0, Jardin"),
        ("Non recevable", "Association 1, Jardin"),
    ]
    assert "2 demandes sont déjà closes dans Dauphin" in text(trial)
    assert "5 demandes peuvent être importées" in text(trial)

"""The pages of a table of opinions: taken away, sent back, read before it counts."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases import exchange_words as words
from cases.forms import offline as forms
from tests import year as play
from tests.cases.tables import Filled, exported
from tests.cases.workbook import malformed
from tests.pages import form_with
from workflow.models import Entry
from workflow.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    year = play.a_year()
    for _ in range(2):
        play.in_review(year)
    return year


@pytest.fixture
def financier(client, year):
    client.force_login(year.financiers["etat"])
    return client


def url(year, giver="etat", name="offline"):
    return reverse(name, args=[year.cycle.code, giver])


def sent(client, year, raw: bytes, giver="etat", **typed):
    return client.post(url(year, giver), {"file": SimpleUploadedFile("avis.xlsx", raw), **typed})


def text(answer) -> str:
    """What a page says, its no-break spaces as plain ones."""
    return answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ")


def taken(client, year) -> Filled:
    answer = client.get(url(year, name="offline-table"))
    assert answer["Content-Disposition"] == 'attachment; filename="avis-essai_2027-etat-2026-12-10.xlsx"'
    return Filled(answer.content)


def test_it_is_found_from_ones_own_opinions(financier, year):
    assert reverse("offline-list") in text(financier.get(reverse("opinions")))
    assert url(year) in text(financier.get(reverse("offline-list")))


def test_the_table_goes_and_comes_back(financier, year):
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800)
    seen = sent(financier, year, filled.raw)
    assert (seen.status_code, "1 changement" in text(seen)) == (200, True)
    assert not Entry.objects.filter(move="opine").exists()
    answer = financier.post(url(year), form_with(seen, "sealed").fields, follow=True)
    assert words.opinions_kept(1, 0) in text(answer)
    assert Entry.objects.filter(move="opine").count() == 1


def test_sent_back_as_it_came_it_says_that_nothing_changes(financier, year):
    assert "Aucun changement" in text(sent(financier, year, taken(financier, year).raw))


def test_the_same_confirmation_twice_is_done_once(financier, year):
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800)
    form = form_with(sent(financier, year, filled.raw), "sealed")
    codes = [financier.post(url(year), form.fields).status_code for _ in range(2)]
    assert (codes, Entry.objects.filter(move="opine").count()) == ([302, 302], 1)


def test_what_changed_between_the_preview_and_the_click_is_shown_again(financier, year):
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800)
    form = form_with(sent(financier, year, filled.raw), "sealed")
    dossier = year.cycle.dossiers.order_by("number").first()
    play.opine(year, dossier, "etat", amount=200)
    answer = financier.post(url(year), form.fields)
    assert (answer.status_code, words.MOVED_MEANWHILE in text(answer)) == (409, True)
    again = form_with(answer, "sealed")
    [mark] = again.choices["maintained"]
    kept = financier.post(url(year), {**again.fields, "maintained": mark}, follow=True)
    assert words.opinions_kept(1, 0) in text(kept)


def test_a_row_that_nobody_maintains_is_left_as_it_is_here(financier, year):
    filled = (
        taken(financier, year).write("001", verdict="Favorable", amount=800).write("002", verdict="Sans avis")
    )
    play.opine(year, year.cycle.dossiers.order_by("number").first(), "etat", amount=200)
    form = form_with(sent(financier, year, filled.raw), "sealed")
    answer = financier.post(url(year), form.fields, follow=True)
    assert words.opinions_kept(1, 1) in text(answer)


def test_the_table_of_another_seat_or_of_another_year_is_refused_with_its_name(financier, year):
    other = play.a_year("ailleurs_2027")
    play.in_review(other)
    for filled, same in ((exported(year, "agglo"), True), (exported(other), False)):
        answer = sent(financier, year, filled.raw)
        ours = "Etat essai_2027, Appel à projets essai_2027"
        cycle = year.cycle.code if same else other.cycle.code
        told = words.of_another(cycle, ours, same_cycle=same)
        assert (answer.status_code, told in text(answer)) == (422, True)


def test_none_of_the_malformed_tables_writes_anything(financier, year):
    before, answers = Entry.objects.count(), {}
    for name, (spoilt, _) in malformed.FILES.items():
        if name != "a million empty rows":  # because its reading is tried apart
            answers[name] = sent(financier, year, spoilt())
    assert {answer.status_code for answer in answers.values()} == {422}
    assert Entry.objects.count() == before


def test_errors_are_said_with_their_cells(financier, year):
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800).write("002", amount=12)
    answer = sent(financier, year, filled.raw)
    assert answer.status_code == 422
    assert "1 point à corriger dans ce classeur : rien n’est enregistré" in text(answer)
    assert f"Feuille Avis, cellule K3 : {words.OPINION_ASKED}" in text(answer)


def test_words_of_a_table_are_words_on_the_page(financier, year):
    motive = "<script>alert(1)</script>"
    filled = taken(financier, year).write("001", verdict="Sans avis", motive=motive)
    assert motive not in text(sent(financier, year, filled.raw))


@pytest.mark.parametrize("sealed", ["", "n’importe quoi", "eyJ9:1:x"])
def test_a_preview_that_was_touched_does_nothing(financier, year, sealed):
    answer = financier.post(url(year), {"sealed": sealed})
    assert (answer.status_code, words.PREVIEW_OVER in text(answer)) == (422, True)


def test_a_preview_is_of_one_person_and_lasts_a_day(financier, year, monkeypatch):
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800)
    form = form_with(sent(financier, year, filled.raw), "sealed")
    monkeypatch.setattr(forms, "LASTS", -1)
    assert financier.post(url(year), form.fields).status_code == 422
    monkeypatch.undo()
    colleague = play.person(
        "collegue", Role.FINANCIER, year.cycle, year.envelopes["etat"].financier.organisation
    )
    financier.force_login(colleague)
    assert financier.post(url(year), form.fields).status_code == 422
    assert not Entry.objects.filter(move="opine").exists()


def test_a_preview_is_of_one_seat_even_for_whoever_speaks_for_two(financier, year):
    seat = year.envelopes["agglo"].financier.organisation
    play.Grant.objects.create(
        user=year.financiers["etat"], role=Role.FINANCIER, cycle=year.cycle, organisation=seat
    )
    filled = taken(financier, year).write("001", verdict="Favorable", amount=800)
    form = form_with(sent(financier, year, filled.raw), "sealed")
    answer = financier.post(reverse("offline", args=[year.cycle.code, "agglo"]), form.fields)
    assert (answer.status_code, words.PREVIEW_OVER in text(answer)) == (422, True)
    assert not Entry.objects.filter(move="opine").exists()


def test_the_team_says_who_gave_these_opinions_and_how(client, year):
    client.force_login(year.instructor)
    filled = taken(client, year).write("001", verdict="Favorable", amount=800)
    assert sent(client, year, filled.raw).status_code == 422
    typed = {"author": "Mme Fictive, déléguée", "received_on": "2026-12-09", "how": "Courriel"}
    form = form_with(sent(client, year, filled.raw, **typed), "sealed")
    assert client.post(url(year), form.fields).status_code == 302
    line = year.cycle.dossiers.order_by("number").first().lines.get(envelope=year.envelopes["etat"])
    said = (line.opinion_by, line.opinion_source)
    assert said == ("Mme Fictive, déléguée", "Courriel du mercredi 9 décembre 2026, par classeur")


def test_a_day_ahead_is_refused_by_the_door(client, year):
    client.force_login(year.instructor)
    filled = taken(client, year).write("001", verdict="Favorable", amount=800)
    typed = {"author": "Mme Fictive", "received_on": "2027-01-09", "how": "Courriel"}
    answer = sent(client, year, filled.raw, **typed)
    assert "Cette date est à venir" in text(answer)
    assert not Entry.objects.filter(move="record_opinion").exists()

"""The models of letters: an unknown field is refused wherever they are written, and a real dossier shows them."""

import pytest
from django.urls import reverse

from cases.models import LetterModel
from tests import correspondence as write
from tests import year as play
from tests.cycles import VITRY, written
from workflow import loading
from workflow.campaign import Campaign

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day, client):
    on_day(play.ANSWERING)
    one = play.a_year()
    write.writes(one)
    client.force_login(one.coordinator)
    return one


def page(year, kind: str = "partial") -> str:
    return reverse("letter-model", args=[year.cycle.code, kind])


def sent(client, year, **typed) -> dict:
    return {"seen": client.get(page(year)).context["seen"], "subject": "", "body": ""} | typed


def test_a_model_is_tried_on_a_real_dossier_then_saved_then_left(client, year):
    dossier = play.decided(year)
    tried = client.post(page(year), sent(client, year, body="Bonjour {porteur} !", **{"try": "1"}))
    assert "Bonjour Les Tisseurs de liens essai_2027\u00a0!" in tried.content.decode()
    assert str(dossier) in tried.content.decode()
    assert LetterModel.objects.count() == 0
    assert (
        client.post(page(year), sent(client, year, body="Bonjour {porteur} !", save="1")).status_code == 302
    )
    assert LetterModel.objects.get().body == "Bonjour {porteur} !"
    assert client.post(page(year), sent(client, year, restore="1")).status_code == 302
    assert LetterModel.objects.count() == 0


def test_an_unknown_field_is_refused_and_what_was_typed_is_kept(client, year):
    answer = client.post(page(year), sent(client, year, body="Bonjour {facteur}", save="1"))
    assert (answer.status_code, LetterModel.objects.count()) == (422, 0)
    assert "« {facteur} » n’est pas un champ de ce courrier" in answer.content.decode().replace("\u00a0", " ")
    assert "Bonjour {facteur}" in answer.content.decode()


def test_the_file_of_a_cycle_says_where_a_field_is_unknown(tmp_path):
    text = VITRY.read_text(encoding="utf-8")
    path = written(tmp_path, text + "\ncourriers:\n  - courrier: Refus\n    texte: Bonjour {accorde}.\n")
    with pytest.raises(loading.CycleErrors, match="n’est pas un champ de ce courrier") as found:
        loading.read(path)
    [error] = found.value.errors
    assert error.line == len(text.splitlines()) + 4


def test_publishing_refuses_it_too(year):
    LetterModel.objects.create(cycle=year.cycle, kind_of="refusal", body="{inconnu}")
    places = [one.place for one in Campaign.of(year.cycle).refusals]
    assert "courriers/refusal/texte" in places


def test_who_writes_its_letters_says_who_signs(tmp_path):
    text = VITRY.read_text(encoding="utf-8")
    path = written(tmp_path, text.replace("    nom: Ville\n", "    nom: Ville\n    courriers: oui\n", 1))
    if "courriers: oui" in text:
        path = written(tmp_path, text.replace("    signataire: ", "    fait_à: ", 1))
    with pytest.raises(loading.CycleErrors, match="dites qui signe les courriers"):
        loading.read(path)


def test_a_cycle_with_models_comes_back_the_same(year, tmp_path):
    write.with_model(
        year, "partial", subject="Votre demande", body="# Titre\n\nBonjour {porteur},\n\n- un\n- deux"
    )
    path = written(tmp_path, loading.export(year.cycle))
    assert loading.read(path) == loading.describe(year.cycle, year.rules)
    assert loading.bring_in(path, at=play.BEFORE).unchanged
    assert "- courrier: Attribution partielle" in path.read_text(encoding="utf-8")

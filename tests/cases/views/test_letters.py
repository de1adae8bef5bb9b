"""The pages of letters: made as they were read, kept to the byte, joined signed; and the holder's own."""

import pytest
from django.urls import reverse

from cases.models import Letter, LetterScan
from tests import correspondence as write
from tests import year as play
from tests.cases import reached
from tests.cases.test_typesetting import text_of
from tests.pages import forms_of
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.ANSWERING)
    one = play.a_year()
    write.writes(one)
    return one


def page_of(dossier, name: str = "dossier-letters") -> str:
    return reverse(name, args=[dossier.uuid])


def sent(client, dossier, kind: str) -> dict:
    """What the button of one letter sends."""
    about = write.matters(dossier)[kind].about
    form = next(one for one in forms_of(client.get(page_of(dossier))) if one.fields.get("about") == [about])
    return {name: values[0] for name, values in form.fields.items()}


def test_a_letter_is_read_made_and_kept_to_the_byte(client, year):
    dossier = play.decided(year)
    client.force_login(year.coordinator)
    draft = client.get(
        reverse("letter-preview", args=[dossier.uuid, write.matters(dossier)["partial"].about])
    )
    assert "Projet : ce courrier" in text_of(draft.content)
    assert client.post(page_of(dossier), sent(client, dossier, "partial")).status_code == 302
    letter = Letter.objects.get()
    assert str(letter.dated_on) == "2027-04-20"
    answer = client.get(reverse("letter-pdf", args=[letter.uuid]))
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer.content == bytes(letter.printed.pdf)
    shown = client.get(page_of(dossier)).content.decode()
    assert "n° 2027-0001" in shown
    assert 'Faire ce courrier<span class="vh"> : Attribution partielle' not in shown


def test_what_changed_since_it_was_read_is_read_again(client, year):
    dossier = play.decided(year)
    client.force_login(year.coordinator)
    typed = sent(client, dossier, "partial")
    write.with_model(year, "partial", body="Autre chose pour {porteur}.")
    answer = client.post(page_of(dossier), typed)
    assert (answer.status_code, Letter.objects.count()) == (409, 0)


def test_a_date_that_cannot_be_is_said_and_kept(client, year):
    dossier = play.decided(year)
    client.force_login(year.coordinator)
    answer = client.post(page_of(dossier), sent(client, dossier, "partial") | {"dated_on": "2027-04-01"})
    assert answer.status_code == 422
    assert "porte la date du jour" in answer.content.decode()
    assert 'value="2027-04-01"' in answer.content.decode()


def test_the_instructor_reads_and_makes_none(client, year):
    dossier = play.decided(year)
    client.force_login(year.coordinator)
    typed = sent(client, dossier, "partial")
    client.force_login(year.instructor)
    assert "Faire ce courrier" not in client.get(page_of(dossier)).content.decode()
    assert (client.post(page_of(dossier), typed).status_code, Letter.objects.count()) == (403, 0)


def test_the_holder_finds_its_letters_once_they_are_told(client, year):
    dossier = play.decided(year)
    letter = write.make(year, dossier, "partial")
    scan = write.signed(year, letter)
    client.force_login(year.holder)
    ways = [reverse("letter-pdf", args=[letter.uuid]), reverse("letter-scan", args=[scan.uuid])]
    assert [client.get(one).status_code for one in ways] == [404, 404]
    assert page_of(dossier) not in client.get(page_of(dossier, "dossier-detail")).content.decode()
    engine.fire(
        letter.line, "notify", by=year.coordinator, at=play.ANSWERING, facts={"notified_on": letter.dated_on}
    )
    assert [client.get(one).status_code for one in ways] == [200, 200]
    for name in ("dossier-detail", "dossier-answer"):
        assert page_of(dossier) in client.get(page_of(dossier, name)).content.decode()
    shown = client.get(page_of(dossier)).content.decode()
    assert "Vos courriers" in shown
    assert "signe.pdf" in shown
    assert "Joindre" not in shown
    answer = client.get(ways[1])
    assert answer["Content-Disposition"] == 'attachment; filename="signe.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_number_of_the_letter_stands_in_its_notification(client, year):
    letter = write.make(year, play.decided(year), "partial")
    client.force_login(year.coordinator)
    shown = client.get(reverse("line-move", args=[letter.line.uuid, "notify"])).content.decode()
    assert 'value="2027-0001"' in shown
    assert (
        reverse("letter-folders", args=[year.cycle.code]) in client.get(reverse("to-notify")).content.decode()
    )


def test_the_team_joins_what_comes_back_signed(client, year):
    dossier = play.decided(year)
    letter, other = write.make(year, dossier, "partial"), reached.line_of(dossier, 1)
    client.force_login(year.instructor)
    path = reverse("letter-signed", args=[letter.uuid])
    assert client.post(path, {"file": write.a_scan()}).status_code == 302
    assert client.post(path, {"file": write.a_scan()}).status_code == 422
    theirs = reverse("line-letter", args=[other.uuid])
    assert client.post(theirs, {"file": write.a_scan(), "dated_on": "2027-04-16"}).status_code == 302
    assert client.post(theirs, {"file": write.a_scan()}).status_code == 422
    assert LetterScan.objects.count() == 2
    assert "Courrier du vendredi 16 avril 2027" in client.get(page_of(dossier)).content.decode()


def test_a_financier_joins_its_own_letters_from_its_own_page(client, year):
    dossier = play.decided(year)
    ours, line = reached.line_of(dossier, 0), reached.line_of(dossier, 1)
    client.force_login(year.financiers["agglo"])
    path = reverse("line-letter", args=[line.uuid])
    assert reverse("seat-letters") in client.get(reverse("opinions")).content.decode()
    assert path in client.get(reverse("seat-letters")).content.decode()
    answer = client.post(path, {"file": write.a_scan(), "dated_on": "2027-04-16"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("seat-letters"))
    scan = LetterScan.objects.get()
    shown = client.get(reverse("seat-letters")).content.decode()
    assert "Courrier du vendredi 16 avril 2027" in shown
    assert client.get(reverse("letter-scan", args=[scan.uuid])).status_code == 200
    assert client.get(reverse("line-letter", args=[ours.uuid])).status_code == 404
    client.force_login(year.coordinator)
    assert (
        "Courrier signé du vendredi 16 avril 2027, joint" in client.get(reverse("to-notify")).content.decode()
    )


def test_a_financier_reaches_no_other_seat_s_letters(client, year):
    line = reached.line_of(play.decided(year), 1)
    scan = write.signed_by_another(year, line)
    other = play.a_year("autre_2027")
    for who in (year.financiers["etat"], other.financiers["agglo"]):
        client.force_login(who)
        path = reverse("line-letter", args=[line.uuid])
        typed = {"file": write.a_scan(content=b"%PDF-1.4 autre"), "dated_on": "2027-04-16"}
        found = [
            client.get(path),
            client.post(path, typed),
            client.get(reverse("letter-scan", args=[scan.uuid])),
        ]
        assert [one.status_code for one in found] == [404, 404, 404]
        assert client.get(reverse("seat-letters")).context["others"] == []
    assert list(LetterScan.objects.all()) == [scan]


@pytest.mark.parametrize("many", [1, 3])
def test_a_financier_s_letters_cost_the_same_for_one_and_for_three(
    client, year, many, django_assert_num_queries
):
    for rank in range(many):
        write.signed_by_another(year, reached.line_of(play.decided(year, title=f"Action {rank}"), 1))
    client.force_login(year.financiers["agglo"])
    with django_assert_num_queries(7):
        assert len(client.get(reverse("seat-letters")).context["others"]) == many


@pytest.mark.parametrize("who", ["instructor", "financier"])
@pytest.mark.parametrize(
    "file, says",
    [
        (write.a_scan("a.pdf", b"<html>"), "n’est pas ce que dit son nom"),
        (write.a_scan("a.exe", b"MZ"), "joignez un PDF"),
        (write.a_scan("a.pdf", b"%PDF-1.4 <script>"), "en cache un autre"),
        (write.a_scan("a.pdf", b""), "vide"),
    ],
)
def test_a_file_that_is_no_scan_is_refused(client, year, file, says, who):
    dossier = play.decided(year)
    ours = reverse("letter-signed", args=[write.make(year, dossier, "partial").uuid])
    theirs = reverse("line-letter", args=[reached.line_of(dossier, 1).uuid])
    person, path = {
        "instructor": (year.instructor, ours),
        "financier": (year.financiers["agglo"], theirs),
    }[who]
    client.force_login(person)
    file.seek(0)
    answer = client.post(path, {"file": file, "dated_on": "2027-04-16"})
    assert (answer.status_code, LetterScan.objects.count()) == (422, 0)
    assert says in answer.content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_the_holder_s_page_costs_the_same_for_one_letter_and_for_three(
    client, year, many, django_assert_num_queries
):
    dossier = play.submitted(year)
    for rank in range(many):
        write.with_model(year, "receipt", body=f"{{porteur}} {rank}")
        write.make(year, dossier, "receipt")
        year.cycle.letter_models.all().delete()
    client.force_login(year.holder)
    with django_assert_num_queries(7):
        client.get(page_of(dossier))

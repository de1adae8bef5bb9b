"""The demonstration's letter box: what would have left is read by anybody there, and exists nowhere else."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

from config import letterbox
from config.letters import linked

HOSTILE = '<p>Bonjour</p><script>alert("non")</script><a href="http://localhost:8000/x/">Voir</a>'


@pytest.fixture
def box(settings, tmp_path):
    """An empty letter box, open."""
    settings.DEMO, settings.LETTERS_DIR = True, tmp_path / "courriels"
    letterbox.recipient.cache_clear()
    return settings.LETTERS_DIR


def a_letter(to="porteur@exemple.test", subject="Votre demande est déposée", html=HOSTILE):
    letter = EmailMultiAlternatives(subject, "Bonjour,\n\nVoir : http://localhost:8000/x/.", to=[to])
    if html:
        letter.attach_alternative(html, "text/html")
    get_connection("config.letterbox.LetterBox").send_messages([letter])


def test_a_letter_is_read_as_it_would_have_left(box):
    a_letter()
    [name] = letterbox.names()
    letter = letterbox.read(name)
    assert (letter.to, letter.subject) == ("porteur@exemple.test", "Votre demande est déposée")
    assert letter.text.startswith("Bonjour,\n\nVoir")
    assert letter.html.startswith("<p>Bonjour</p>")


def test_no_reader_ever_sees_half_a_letter(box):
    a_letter()
    assert [path.suffix for path in box.iterdir()] == [".eml"]


def test_what_is_not_a_letter_is_not_found(box):
    with pytest.raises(KeyError):
        letterbox.read("rien")
    assert letterbox.names() == []


@pytest.mark.django_db
def test_the_newest_comes_first_and_a_recipient_narrows(box, client):
    for number in range(3):
        a_letter(to=f"personne-{number}@exemple.test", subject=f"Lettre {number}")
    shown = client.get("/courriels/").content.decode()
    assert [shown.index(f"Lettre {number}") for number in (2, 1, 0)] == sorted(
        shown.index(f"Lettre {number}") for number in range(3)
    )
    shown = client.get("/courriels/", {"to": "PERSONNE-1"}).content.decode()
    assert [f"Lettre {number}" in shown for number in range(3)] == [False, True, False]
    assert client.get("/courriels/", {"page": "99"}).status_code == 200


@pytest.mark.django_db
def test_a_letter_shows_its_text_with_its_links(box, client):
    a_letter()
    [name] = letterbox.names()
    shown = client.get(f"/courriels/{name}/").content.decode()
    assert '<a href="http://localhost:8000/x/">http://localhost:8000/x/</a>.' in shown
    assert "<script>alert" not in shown


@pytest.mark.django_db
def test_the_html_of_a_letter_can_run_nothing_and_fetch_nothing(box, client):
    a_letter()
    [name] = letterbox.names()
    answer = client.get(f"/courriels/{name}/html/")
    rules = answer.headers["Content-Security-Policy"].split("; ")
    assert "default-src 'none'" in rules
    assert [rule for rule in rules if rule.startswith(("script-src", "img-src", "connect-src"))] == []
    assert [rule for rule in rules if rule.startswith("sandbox") and "allow-same-origin" not in rule] != []


@pytest.mark.django_db
def test_a_letter_without_html_has_no_such_page(box, client):
    a_letter(html="")
    [name] = letterbox.names()
    assert "mise en forme" not in client.get(f"/courriels/{name}/").content.decode()
    assert client.get(f"/courriels/{name}/html/").status_code == 404


@pytest.mark.django_db
def test_outside_the_demonstration_these_pages_do_not_exist(box, client, settings):
    a_letter()
    [name] = letterbox.names()
    settings.DEMO = False
    for path in ("/courriels/", f"/courriels/{name}/", f"/courriels/{name}/html/"):
        assert client.get(path).status_code == 404
    assert '"/courriels/"' not in client.get("/connexion/").content.decode()


@pytest.mark.parametrize(
    "text, pieces",
    [
        ("Rien.", [("Rien.", "")]),
        (
            "Voir https://a.fr/b?c=1.",
            [("Voir ", ""), ("https://a.fr/b?c=1", "https://a.fr/b?c=1"), (".", "")],
        ),
        ("javascript:alert(1)", [("javascript:alert(1)", "")]),
        ("« http://a.fr/ »", [("« ", ""), ("http://a.fr/", "http://a.fr/"), (" »", "")]),
    ],
)
def test_only_web_addresses_become_links(text, pieces):
    assert linked(text) == pieces

"""Files that are no cycle: one clear sentence with its line, quickly, whatever they hold."""

import time

import pytest

from tests.cycles import written
from workflow import loading

NESTED = "plus de 8 niveaux imbriqués : ce n’est pas un cycle."
NO_ALIAS = "les renvois YAML (« & » et « * ») ne sont pas acceptés : recopiez."
NO_SECTION = "attendu : des rubriques (« cycle: », « jalons: »…), une par ligne."
LAUGHS = "a: &a [lol, lol]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a]\n" for n in range(30))

REFUSED = {
    "empty": ("", 0, "ce fichier est vide."),
    "comments only": ("# rien\n# encore rien\n", 0, "ce fichier est vide."),
    "null": ("~", 0, "ce fichier est vide."),
    "a word": ("bonjour", 1, NO_SECTION),
    "a list": ("\n- a\n- b\n", 2, NO_SECTION),
    "not UTF-8": ("a: b\nc: é".encode("latin-1"), 2, None),
    "UTF-16": ("cycle:\n".encode("utf-16"), 1, None),
    "huge": ("a" * 300_000, 0, "ce fichier dépasse 256 Kio : ce n’est pas un cycle."),
    "a billion laughs": (LAUGHS, 1, NO_ALIAS),
    "an anchor alone": ("cycle: &moi\n  code: x\n", 1, NO_ALIAS),
    "a Python object": (
        "cycle:\n  code: !!python/object/apply:os.system [ls]\n",
        2,
        "les étiquettes YAML (« ! ») ne sont pas acceptées.",
    ),
    "nested lists": ("[" * 200_000, 1, NESTED),
    "nested dashes": ("- " * 100_000, 1, NESTED),
    "a list as a name": ("? [a]\n: b\n", 1, "un nom était attendu avant « : »."),
    "two documents": ("a: b\n---\nc: d\n", 2, "un seul document par fichier : retirez ce « --- »."),
    "a tabulation": (
        "cycle:\n\tcode: x\n",
        2,
        "un caractère interdit en tête (tabulation, %, @…) ; indentez avec des espaces.",
    ),
    "a second colon": ("cycle: a: b\n", 1, "un « : » inattendu ; mettez ce texte entre guillemets."),
    "quotes left open": ('cycle: "a\n\n', 3, "des guillemets ouverts ne sont jamais fermés."),
    "a NUL": ("cycle:\n  code: \x00\n", 2, "un caractère invisible et interdit se trouve ici."),
    "a bracket left open": (
        "cycle: [",
        1,
        "la mise en forme est incorrecte (indentation, guillemets, tirets ou « : »).",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_cycle_is_said_in_one_sentence_with_its_line(tmp_path, name):
    text, line, sentence = REFUSED[name]
    path = written(tmp_path, text)
    sentence = sentence or "ce fichier n’est pas en UTF-8 : enregistrez-le de nouveau dans ce codage."
    began = time.perf_counter()
    assert loading.check(path) == [loading.CycleError(str(path), line, sentence)]
    assert time.perf_counter() - began < 10


def test_a_missing_file_and_a_folder_are_said_too(tmp_path):
    [error] = loading.check(tmp_path)
    assert str(error) == f"{tmp_path}: ce fichier n’existe pas."
    assert loading.check(tmp_path / "rien.yaml")[0].sentence == "ce fichier n’existe pas."


def test_a_name_written_twice_gives_both_lines(tmp_path):
    path = written(tmp_path, "contrat:\n  code: CN05103I\n  nom: A\n  nom: B\n")
    assert loading.CycleError(str(path), 4, "« nom » est déjà écrit à la ligne 3.") in loading.check(path)


def test_reading_stops_at_two_hundred_errors(tmp_path):
    path = written(tmp_path, "\n".join(f"rubrique{number}: x" for number in range(1_000)))
    errors = loading.check(path)
    assert len(errors) == 201
    assert errors[0].sentence == "Plus de 200 erreurs : la lecture s’arrête là."


def test_accents_typed_in_two_characters_are_the_same_accents(tmp_path):
    import unicodedata

    from tests.cycles import VITRY

    apart = unicodedata.normalize("NFD", VITRY.read_text(encoding="utf-8"))
    assert loading.read(written(tmp_path, apart)) == loading.read(VITRY)


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path):
    from tests.cycles import VITRY

    text = "\ufeff" + VITRY.read_text(encoding="utf-8").replace("\n", "\r\n")
    assert loading.read(written(tmp_path, text)) == loading.read(VITRY)

"""The deployer's own lines: read from one file, and wrong ones said in French at the start."""

import pytest
from django.conf import settings

from config.town import NOTICES, Town, read


def written(tmp_path, text):
    path = tmp_path / "ville.yaml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_no_file_is_a_town_that_says_nothing():
    assert read("") == Town()


def test_the_model_to_copy_names_every_line():
    town = read(str(settings.BASE_DIR / "fixtures/town.yaml"))
    assert (town.name, town.colour, town.logo) == ("Vitry-le-François", "#7a1f4b", "")
    assert tuple(town.notices) == NOTICES


def test_a_logo_lies_beside_the_file(tmp_path):
    assert read(written(tmp_path, "logo: ville.png")).logo == str(tmp_path / "ville.png")


@pytest.mark.parametrize(
    "text, said",
    [
        ("couleurs: bleu", "rubrique inconnue, couleurs"),
        ("mentions: {directrice: A}", "rubrique inconnue, directrice"),
        ("nom: [", "ne se lit pas"),
        ("Vitry", "une ligne par rubrique"),
    ],
)
def test_what_is_not_understood_is_said(tmp_path, text, said):
    with pytest.raises(ValueError, match=said):
        read(written(tmp_path, text))


def test_an_absent_file_is_said(tmp_path):
    with pytest.raises(ValueError, match="ne se lit pas"):
        read(str(tmp_path / "absent.yaml"))

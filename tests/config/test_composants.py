"""Every component is shown, and says to readers what it says to eyes."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from config.composants import BADGES, ICONS

pytestmark = pytest.mark.urls("tests.config.addresses")

STATIC = Path(settings.BASE_DIR) / "config/static"


@pytest.fixture
def page(client):
    return client.get("/composants/").content.decode()


def test_every_state_has_its_word_and_its_shape(page):
    css = (STATIC / "components.css").read_text(encoding="utf-8")
    states = [(state, label) for _, family in BADGES for state, label in family]
    assert [f'data-state="{state}">{label}<' in page for state, label in states] == [True] * 37
    round_by_default = {"submitted", "planned"}
    assert {state for state, _ in states if f'"{state}"' not in css} == round_by_default


def test_every_component_is_shown(client):
    here = Path(settings.BASE_DIR) / "config/templates"
    shown = {template.name for template in client.get("/composants/").templates}
    elsewhere = {"lost": "the error pages", "menu": "every page of whoever is signed in"}
    components = {f"components/{path.name}" for path in (here / "components").glob("*.html")}
    assert components - shown == {f"components/{name}.html" for name in elsewhere}


def test_every_style_sheet_is_tried(page):
    sheets = {path.name for path in STATIC.glob("*.css")}
    assert {name for name in sheets if f'{name}"' not in page} == set()


def test_every_drawing_of_the_sprite_is_shown():
    sprite = (STATIC / "icons.svg").read_text(encoding="utf-8")
    assert tuple(re.findall(r'<symbol id="([^"]+)"', sprite)) == ICONS


def test_no_drawing_is_named_that_does_not_exist():
    named = set()
    for template in (Path(settings.BASE_DIR) / "config/templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)"', template.read_text(encoding="utf-8")))
    assert named <= set(ICONS)


def test_every_label_points_to_a_control_and_every_id_is_unique(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'<label[^>]* for="([^"]+)"', page)) <= set(ids)
    described = {name for names in re.findall(r'aria-describedby="([^"]+)"', page) for name in names.split()}
    assert described <= set(ids)


def test_errors_lead_to_the_fields_they_speak_of(page):
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    targets = re.findall(r'<a href="#(id_[^"]+)">', page)
    assert targets == ["id_opinion_0", "id_amount"]
    assert set(targets) <= ids


def test_the_path_says_where_one_stands(page):
    assert re.findall(r'<span class="vh">(, [^<]+)</span>', page) == [
        ", fait",
        ", fait",
        ", en cours",
        ", à venir",
        ", à venir",
    ]
    assert page.count('aria-current="step"') == 2  # of the path, and of the topics of a request


def test_what_needs_a_script_is_hidden_until_it_runs(page):
    needing = re.findall(r"<[a-z]+[^>]*data-needs-script[^>]*>", page)
    assert [" hidden" in tag for tag in needing] == [True] * len(needing)
    assert len(needing) == 4  # « tout cocher », and the cross of three messages


def compressed(path) -> int:
    return len(gzip.compress(Path(path).read_bytes()))


def test_what_every_page_asks_for_is_light():
    """A page may weigh 80 KB compressed; its shell, htmx included, leaves more than half of that to what it says."""
    shell = (Path(settings.BASE_DIR) / "config/templates/base.html").read_text(encoding="utf-8")
    asked = {name: compressed(finders.find(name)) for name in re.findall(r"{% static '([^']+)' %}", shell)}
    assert sum(asked.values()) <= 32 * 1024
    assert sum(weight for name, weight in asked.items() if name.endswith(".css")) <= 10 * 1024
    assert (STATIC / "app.js").stat().st_size <= 3 * 1024
    own = {path.name: compressed(path) for path in STATIC.glob("*.[cj]s*") if path.name not in asked}
    assert {name: weight for name, weight in own.items() if weight > 2 * 1024} == {}


def test_the_script_of_every_page_is_at_most_three_kilobytes_and_others_stand_where_they_serve():
    sizes = {path.name: path.stat().st_size for path in STATIC.glob("*.js")}
    assert sorted(sizes) == ["app.js", "copying.js", "keys.js", "saving.js", "sitting.js"]
    assert [name for name, size in sizes.items() if size > {"app.js": 3_000}.get(name, 4_000)] == []

"""The lean rows mean what django-tables2's own would mean, for readers, on paper and on a phone."""

import re
from dataclasses import dataclass
from datetime import date

import django_tables2 as tables
import pytest
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django_tables2 import RequestConfig

pytestmark = pytest.mark.urls("tests.config.addresses")


@dataclass
class Town:
    name: str

    def motto(self):
        return f"{self.name} & vous"


@dataclass
class Row:
    pk: int
    title: str
    town: Town | None
    amount: int | None


class Plain(tables.Table):
    title = tables.Column(verbose_name="Action", attrs={"td": {"class": "title"}})
    town = tables.Column(accessor="town__name", verbose_name="Ville")
    motto = tables.Column(accessor="town__motto", verbose_name="Devise", orderable=False)
    amount = tables.Column(verbose_name="Demandé", attrs={"td": {"class": "num"}})
    always = tables.Column(accessor="amount", empty_values=(), verbose_name="Toujours")
    link = tables.Column(
        accessor="title", linkify=lambda record: f"/dossiers/{record.pk}/", verbose_name="Lien"
    )

    caption = "Deux <dossiers>"

    def render_amount(self, value):
        return f"{value} €"

    def render_always(self, record):
        return f"n° {record.pk}"


class Picked(Plain):
    pick_name = "pick"

    def pick_value(self, record):
        return record.pk

    def pick_label(self, record):
        return record.title


ROWS = [Row(1, "<Vélo>", Town("Vitry"), 100), Row(2, "Forum", None, None)]


def drawn(table_class=Plain, rows=ROWS, query="", **paginate):
    """The table as the page shows it."""
    request = RequestFactory().get(f"/dossiers/?{query}")
    table = table_class(rows)
    RequestConfig(request, paginate=paginate or False).configure(table)
    return table.as_html(request)


def cells(text):
    """What stands in each cell, row by row, tags left out."""
    rows = re.findall(r'<tr role="row">(.*?)</tr>', text.split("<tbody")[1], re.DOTALL)
    return [
        [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)] for row in rows
    ]


def test_cells_mean_what_they_mean_in_django_tables2():
    expected = [[str(cell) for cell in row] for row in Plain(ROWS).rows]
    untagged = [
        [re.sub(r"<[^>]+>", "", cell).replace("<Vélo>", "&lt;Vélo&gt;") for cell in row] for row in expected
    ]
    untagged[0][0] = "&lt;Vélo&gt;"  # because our page escapes what the library escapes later
    untagged[0][2] = "Vitry &amp; vous"
    assert cells(drawn()) == untagged


def test_nothing_a_person_wrote_becomes_html():
    text = drawn()
    assert "<Vélo>" not in text
    assert "<caption>Deux &lt;dossiers&gt;</caption>" in text


def test_each_cell_carries_its_header_and_each_part_its_role():
    text = drawn()
    assert '<td role="cell" class="num" data-label="Demandé">100 €</td>' in text
    assert '<table role="table">' in text
    assert text.count('<th role="columnheader" scope="col"') == 6
    assert text.count('role="rowgroup"') == 2


def test_the_order_is_said_and_may_be_turned():
    text = drawn(query="sort=-title&etat=draft")
    assert re.search(r'aria-sort="descending"><a href="\?sort=title&amp;etat=draft">Action</a>', text)
    assert text.count("aria-sort") == 1
    assert [row[0] for row in cells(text)] == ["Forum", "&lt;Vélo&gt;"]


def test_each_box_is_named_after_its_row():
    text = drawn(Picked)
    assert '<input type="checkbox" name="pick" value="2"><span class="vh">Choisir Forum</span>' in text
    assert '<span class="vh">Choisir &lt;Vélo&gt;</span>' in text
    assert text.count("data-check-all") == 1


def test_an_empty_list_says_so():
    assert cells(drawn(rows=[])) == [["Rien à montrer."]]


@pytest.mark.parametrize("page, first", [("1", "0"), ("3", "6"), ("99", "6"), ("x", "0")])
def test_a_page_beyond_the_last_shows_the_last(page, first):
    rows = [Row(n, str(n), None, n) for n in range(8)]
    text = drawn(rows=rows, query=f"page={page}", per_page=3)
    assert cells(text)[0][0] == first
    assert text.count('aria-current="page"') == 1


@pytest.mark.django_db
@pytest.mark.parametrize("many", [1, 3])
def test_a_page_of_rows_costs_one_query(many, django_assert_num_queries):
    class People(tables.Table):
        email = tables.Column()

    user = get_user_model()
    user.objects.bulk_create([user(email=f"{n}@exemple.fr") for n in range(many)])
    with django_assert_num_queries(1):
        text = drawn(People, user.objects.order_by("email"))
    assert cells(text) == [[f"{n}@exemple.fr"] for n in range(many)]


def test_classes_draw_what_tables_of_cases_may_not_import():
    class Drawn(tables.Table):
        title = tables.Column(attrs={"td": {"class": "state"}})
        amount = tables.Column(attrs={"td": {"class": "num euros"}})
        pk = tables.Column(accessor="due", attrs={"td": {"class": "day"}})

    text = drawn(Drawn, [{"title": "draft", "amount": 12500, "due": date(2027, 3, 1)}, {"title": None}])
    assert '<span class="badge" data-state="draft">draft</span>' in text
    assert cells(text) == [["draft", "12\u202f500\u202f€", "1er mars 2027"], ["—", "—", "—"]]

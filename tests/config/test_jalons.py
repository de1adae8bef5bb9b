"""French amounts and dates, and the pieces of a page."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.http import QueryDict
from django.template import Context, Template

from config.templatetags import jalons


def test_dates_are_full_and_the_first_is_said_as_people_say_it():
    assert jalons.date_fr(date(2026, 11, 24)) == "mardi 24 novembre 2026"
    assert jalons.date_fr(date(2027, 8, 1)) == "dimanche 1er août 2027"
    assert jalons.date_short(date(2027, 2, 1)) == "1er févr. 2027"
    assert jalons.date_fr(None) == "—"


def test_a_moment_belongs_to_the_day_in_paris():
    late = datetime(2026, 11, 23, 23, 5, tzinfo=UTC)
    assert jalons.date_fr(late) == "mardi 24 novembre 2026"
    assert jalons.moment_fr(late) == "mardi 24 novembre 2026 à 0\u00a0h\u00a005"
    assert jalons.iso(late) == "2026-11-24T00:05:00+01:00"


def test_a_gauge_says_what_remains():
    drawn = jalons.gauge(120000, 96600, 8500)
    assert (drawn["left"], drawn["overrun"]) == (14900, 0)
    assert (drawn["used_width"], drawn["this_width"]) == ("80.50", "7.08")


def test_a_gauge_says_what_remains_before_this_dossier_and_after_it():
    drawn = jalons.gauge(120000, 96600, 8500)
    assert (drawn["before"], drawn["left"]) == (23400, 14900)


def test_a_gauge_says_an_overrun_with_one_sign_only():
    drawn = jalons.gauge(120000, 116600, 12500)
    assert (drawn["left"], drawn["overrun"]) == (0, 9100)
    assert float(drawn["used_width"]) + float(drawn["this_width"]) == pytest.approx(100)


def test_an_envelope_of_nothing_is_drawn_empty():
    assert jalons.gauge(0)["used_width"] == "0.00"


def test_turning_the_page_keeps_the_filters():
    page = Paginator(range(95), 10).page(5)
    drawn = jalons.pagination(page, QueryDict("q=v%C3%A9lo&page=5"))
    assert drawn["next_url"] == "?q=v%C3%A9lo&page=6"
    assert [number for number, _ in drawn["pages"]] == [1, "…", 4, 5, 6, "…", 10]


def test_counting_in_french_keeps_the_singular_below_two():
    assert [jalons.counted(n, "dossier,dossiers") for n in (0, 1, 2)] == [
        "0\u00a0dossier",
        "1\u00a0dossier",
        "2\u00a0dossiers",
    ]


def test_a_number_is_called_in_one_tap():
    called = '<a class="tel" href="tel:+33353010027">+33 3 53 01 00 27</a>'
    assert jalons.telephone("+33 3 53 01 00 27") == called
    assert jalons.telephone("0326001020") == '<a class="tel" href="tel:0326001020">03 26 00 10 20</a>'
    assert jalons.telephone("le <standard>") == "le <standard>"


def test_a_badge_escapes_what_it_says():
    assert jalons.badge("draft", "<b>") == '<span class="badge" data-state="draft">&lt;b&gt;</span>'


@pytest.mark.parametrize(
    "written, set_in_type",
    [
        ("Il manque : « Budget ».", "Il manque\u00a0: «\u00a0Budget\u00a0»."),
        ("Puis-je demander ?", "Puis-je demander\u00a0?"),
        ("D’accord ; merci !", "D’accord\u00a0; merci\u00a0!"),
        ("à 14:30, https://exemple.test", "à 14:30, https://exemple.test"),
        ("", ""),
    ],
)
def test_high_signs_and_quotations_never_stand_alone_on_a_line(written, set_in_type):
    assert jalons.french(written) == set_in_type


def test_what_somebody_typed_stays_escaped_with_its_spaces_set():
    shown = Template("{% load jalons %}{{ words|french }}").render(Context({"words": "<b> ?"}))
    assert shown == "&lt;b&gt;\u00a0?"

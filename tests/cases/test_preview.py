"""The sheet beside its form: what the holder would read now, with the rule of each reason, and nothing kept."""

import pytest
from django.urls import reverse

from cases.models import Feedback
from cases.preview import preview
from tests import year as play

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year()


def typing(client, user, dossier, **typed):
    client.force_login(user)
    facts = {name.replace("_", "-"): value for name, value in typed.items()}
    return client.post(reverse("feedback-preview", args=[dossier.uuid]), facts)


def test_what_is_typed_is_seen_as_the_holder_would_read_it_and_kept_nowhere(client, year):
    dossier = play.decided(year)
    typed = {"reason_0": "priorite", "fact_0": "Deux actions <b>semblables</b>", "advice": "Revenez en mai."}
    words = typing(client, year.instructor, dossier, **typed).content.decode()
    assert "Moins prioritaire" in words
    assert "Règle publiée : Article 4" in words
    assert "Deux actions &lt;b&gt;semblables&lt;/b&gt;" in words
    assert "Revenez en mai." in words
    assert Feedback.objects.count() == 0


def test_half_a_form_is_no_error_while_one_types(client, year):
    response = typing(client, year.instructor, play.decided(year), free_0="x" * 300, line_0="nonsense")
    assert (response.status_code, "à écrire" in response.content.decode()) == (200, True)


def test_the_chosen_reason_says_its_rule_beside_the_field(client, year):
    words = typing(client, year.instructor, play.decided(year), reason_1="priorite").content.decode()
    assert 'id="regle-1"' in words
    assert words.count("Règle publiée : Article 4") == 2  # beside the field, and on the sheet


def test_only_the_team_of_this_dossier_previews(client, year):
    dossier = play.decided(year)
    for user in (year.holder, year.financiers["etat"], play.a_year("ailleurs").instructor):
        assert typing(client, user, dossier).status_code == 404


def test_no_field_of_a_motive_calls_itself_optional_and_what_to_do_now_is_required(client, year):
    client.force_login(year.instructor)
    page = client.get(reverse("dossier-feedback", args=[play.decided(year).uuid]))
    assert page.context["form"]["advice"].field.required
    assert page.content.decode().count('class="motive plainly"') == 3


@pytest.mark.parametrize("financiers", [1, 3])
def test_it_costs_the_same_for_one_financier_and_for_three(
    client, on_day, django_assert_num_queries, financiers
):
    on_day(play.SITTING)
    year = play.a_year(financiers=financiers)
    dossier = play.decided(year)
    client.force_login(year.instructor)
    with django_assert_num_queries(9):
        client.post(reverse("feedback-preview", args=[dossier.uuid]), {"advice": "Revenez."})


def test_who_refused_without_a_reason_is_said_so_where_another_gave_one():
    dossier = play.decided(play.a_year(financiers=3))
    second = dossier.lines.order_by("pk")[1]
    motives = [{"line": second.pk, "reason": "priorite", "fact": "Deux actions semblables.", "free": ""}]
    explained = Feedback(dossier=dossier, motives=motives)
    silent = " Motif non communiqué par ce financeur."
    assert [answer.endswith(silent) for answer in preview(dossier, explained).answers] == [False, False, True]
    assert silent not in "".join(
        preview(dossier, explained, to_holder=True).answers
    )  # no letter has left yet


@pytest.mark.parametrize("motives", [[], [{"line": None, "reason": "priorite", "fact": "Deux actions."}]])
def test_a_reason_for_the_whole_dossier_or_none_yet_leaves_each_answer_alone(motives):
    dossier = play.decided(play.a_year(financiers=3))
    answers = preview(dossier, Feedback(dossier=dossier, motives=motives)).answers
    assert [answer for answer in answers if "Motif" in answer] == []

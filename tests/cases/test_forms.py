"""What people type: amounts with any space and a comma, days, lists; and the sheets edited without a move."""

from decimal import Decimal

import pytest
from django import forms
from django.urls import reverse

from cases.forms.fields import DayField, ItemsField, MoneyField
from cases.forms.moves import FORMS
from tests import year as play
from workflow import engine
from workflow.charts import chart_of


@pytest.mark.parametrize(
    "typed,amount",
    [
        ("1 234,50 €", "1234.50"),
        ("1\u202f234,50\u00a0€", "1234.50"),
        ("1234.5", "1234.5"),
        ("0", "0"),
        ("12\u2009500", "12500"),
    ],
)
def test_an_amount_is_read_as_french_people_type_it(typed, amount):
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-5", "NaN", "1e400", "1,234.50", "12,345", "mille", "99999999999"])
def test_what_is_no_amount_is_said_so(typed):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_an_amount_is_shown_as_it_may_be_typed_again():
    field = MoneyField()
    assert field.clean(field.prepare_value(Decimal("1234.50"))) == Decimal("1234.50")


def test_a_day_is_read_both_ways():
    assert DayField().clean("24/11/2026") == DayField().clean("2026-11-24")


@pytest.mark.parametrize("typed", ["0001-01-01", "0026-11-24", "9999-12-31", "24/11/1926", "24/11/20261"])
def test_a_year_typed_in_haste_goes_no_further(typed):
    with pytest.raises(forms.ValidationError):
        DayField().clean(typed)


def test_a_list_has_one_item_per_line():
    assert ItemsField().clean(" Budget signé \n\n Statuts\n") == ["Budget signé", "Statuts"]


def test_every_fact_that_a_move_requires_has_its_field():
    missing = {
        f"{model.__name__}.{move.name}.{name}"
        for model in {model for model, _ in FORMS}
        for move in chart_of(model).values()
        for name in move.required
        if name not in FORMS.get((model, move.name), forms.Form).base_fields
    }
    assert missing == {
        "FundingLine.record_opinion.source"
    }  # because its form writes it out of « how » and « when »


# Sheets --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def year(db, on_day):
    on_day(play.SITTING)
    return play.a_year()


def post(client, user, name, dossier, **typed):
    client.force_login(user)
    return client.post(reverse(name, args=[dossier.uuid]), typed)


def sheet_of(dossier, **typed):
    """What is typed of the financier that refused, and one line for the one that gave less."""
    less, refused = dossier.lines.order_by("pk").values_list("pk", flat=True)
    motive = {f"reason-{refused}-0": "priorite", f"fact-{refused}-0": "Deux actions semblables existent."}
    return motive | {f"why-{less}": "Moins de séances.", "advice": "Venez en septembre."} | typed


def test_a_feedback_sheet_is_opened_then_amended(client, year):
    dossier = play.decided(year)
    assert (
        post(client, year.instructor, "dossier-feedback", dossier, version=0, **sheet_of(dossier)).status_code
        == 302
    )
    sheet = dossier.feedback
    assert (sheet.author, len(sheet.motives), sheet.version) == (year.instructor, 1, 1)
    line = dossier.lines.order_by("pk").last().pk
    free = {f"free-{line}-1": "Un motif à nous", f"fact-{line}-1": "Un fait."}
    typed = sheet_of(dossier, version=1, **free)
    post(client, year.coordinator, "dossier-feedback", dossier, **typed)
    shown = client.get(reverse("dossier-feedback", args=[dossier.uuid])).content.decode()
    assert "(hors motifs publiés)" in shown
    assert "n’a pas retenu votre demande" in shown
    assert "recours" not in shown


def test_a_stale_sheet_is_refused_says_what_changed_and_keeps_the_words(client, year):
    dossier = play.decided(year)
    post(client, year.instructor, "dossier-feedback", dossier, version=0, **sheet_of(dossier))
    post(
        client,
        year.coordinator,
        "dossier-feedback",
        dossier,
        **sheet_of(dossier, version=1, advice="Autre conseil."),
    )
    mine = sheet_of(dossier, version=1, advice="Mien.")
    response = post(client, year.instructor, "dossier-feedback", dossier, **mine)
    assert response.status_code == 409
    assert "A modifié : et maintenant" in response.content.decode()
    assert "Mien." in response.content.decode()


def test_a_sheet_without_what_to_do_now_is_not_saved(client, year):
    dossier = play.decided(year)
    bare = sheet_of(dossier, version=0, advice="")
    response = post(client, year.instructor, "dossier-feedback", dossier, **bare)
    assert (response.status_code, hasattr(dossier, "feedback")) == (422, False)


def test_the_holder_reads_the_sheet_once_it_is_delivered(client, year):
    dossier = play.decided(year)
    address = reverse("dossier-feedback", args=[dossier.uuid])
    post(client, year.instructor, "dossier-feedback", dossier, version=0, **sheet_of(dossier))
    client.force_login(year.holder)
    assert client.get(address).status_code == 404
    engine.fire(dossier.feedback, "proofread", by=year.coordinator, at=play.SITTING)
    engine.fire(dossier.feedback, "deliver", by=year.coordinator, at=play.SITTING)
    assert "Venez en septembre." in client.get(address).content.decode()


def test_an_instruction_sheet_ticks_and_marks(client, year):
    dossier = play.submitted(year)
    typed = {"version": 0, "check-qpv": "yes", "mark-presence": "3", "summary": "Solide."}
    assert post(client, year.instructor, "dossier-instruction", dossier, **typed).status_code == 302
    sheet = dossier.instruction
    assert (sheet.checks, sheet.marks, sheet.summary) == ({"qpv": True}, {"presence": 3}, "Solide.")

"""Money given back comes back one day, and that day is written down: once it came, by the team, read by all."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests import year as play
from tests.cases import reached
from tests.cases.test_payment import codes, noted
from workflow import engine
from workflow.journal import facts_of
from workflow.models import Entry

pytestmark = pytest.mark.django_db
TOLD, BACK = date(2027, 4, 20), date(2027, 12, 13)


@pytest.fixture
def year(on_day):
    on_day(play.REPORTING)
    return play.a_year()


def settled(year, given_back=200):
    """500 € were paid, of which 200 € are to be sent back."""
    line = reached.line_of(play.decided(year))
    line = reached.fired(line, "notify", year.coordinator, play.ANSWERING, notified_on=TOLD)
    noted(year, line, 500, paid_on=TOLD)
    return reached.fired(
        play.fresh(line), "settle", year.instructor, play.REPORTING, given_back=Decimal(given_back)
    )


def put(year, line, day, by=None):
    by = by or year.instructor
    return engine.amend(play.fresh(line), {"returned_on": day}, by=by, at=play.REPORTING)


@pytest.mark.parametrize(
    "day, given_back, code",
    [
        (date(2027, 12, 21), 200, "back_ahead"),
        (date(2027, 4, 19), 200, "back_before_letter"),
        (BACK, 0, "nothing_back"),
    ],
)
def test_a_day_that_cannot_be_is_refused(year, day, given_back, code):
    line = settled(year, given_back)
    assert codes(lambda: put(year, line, day)) == [code]


def test_only_the_team_notes_it_and_only_once_it_is_settled(year):
    line = settled(year)
    for by in (year.holder, year.financiers["etat"]):
        assert codes(lambda by=by: put(year, line, BACK, by)) == ["no_right"]
    open_line = reached.notified(year)
    assert codes(lambda: put(year, open_line, BACK)) == ["not_editable"]


def test_the_team_notes_the_day_and_its_holder_and_its_financier_read_it(client, year):
    line = settled(year)
    client.force_login(year.instructor)
    address = reverse("line-act", args=[line.uuid])
    assert (
        "ou le jour où l’argent est revenu"
        in client.get(reverse("line-payments", args=[line.uuid])).content.decode()
    )
    typed = {"version": line.version, "returned_on": BACK.isoformat()}
    assert client.post(address, typed | {"returned_on": "2027-12-25"}).status_code == 422
    assert client.post(address, typed).status_code == 302
    assert client.post(address, typed).status_code in (302, 409)
    entry = Entry.objects.filter(subject_label="cases.fundingline", subject_id=line.pk).latest("seq")
    assert facts_of(entry)["returned_on"] == [None, BACK.isoformat()]
    for user in (year.holder, year.instructor, year.financiers["etat"]):
        client.force_login(user)
        text = client.get(reverse("payments")).content.decode().replace("\u202f", " ").replace("\u00a0", " ")
        assert "200 € rendus, revenus le 13 déc. 2027" in text


def test_nothing_is_asked_where_nothing_comes_back(client, year):
    line = settled(year, 0)
    client.force_login(year.instructor)
    assert "returned_on" not in client.get(reverse("line-act", args=[line.uuid])).context["form"].fields

"""The evening before the committee: amounts set, the State gives less, a scenario applied, the vote, the table kept."""

import pytest
from django.urls import reverse

from cases.models import FundingLine, Scenario, SignedProgramming
from tests import year as play
from tests.cases import reached
from tests.pages import form_with
from workflow import engine

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    return play.a_year(ceiling=2_000)


@pytest.fixture
def desk(client, year):
    """The coordinator before a page: reads it, then sends its form with what is typed."""
    client.force_login(year.coordinator)

    def go(path, *named, **typed):
        answer = client.get(path)
        if not named:
            return " ".join(answer.content.decode().split())
        sent = {name: values[0] for name, values in form_with(answer, *named).fields.items() if values}
        return client.post(path, sent | typed)

    return go


def test_given_a_cut_the_evening_before_the_committee_votes_what_the_scenario_said(year, desk, client):
    # Given three dossiers read by their financiers, on which the team sets its amounts
    dossiers = [play.in_committee(year, title=title) for title in ("Vélo", "Jardin", "Théâtre")]
    states = [reached.line_of(one) for one in dossiers]
    table = reverse("programming-table", args=[year.cycle.code])
    desk(table, f"{states[0].pk}-amount", **{f"{one.pk}-amount": "600" for one in states})
    assert "Reste 200 € sur 2 000 €" in desk(table)
    # When the State says that it gives 800 euros less
    client.post(reverse("scenarios", args=[year.cycle.code]), {"name": "État, 800 de moins"})
    scenario = reverse("scenario", args=[Scenario.objects.get().uuid])
    key = str(states[0].envelope_id)
    supposed = form_with(client.get(scenario), f"{key}-ceiling")
    sent = {name: values[0] for name, values in supposed.fields.items() if values} | {
        f"{key}-ceiling": "1 200"
    }
    client.post(supposed.action, sent)
    assert "Dépasse de 600 €" in desk(scenario)
    client.post(f"{scenario}repartir/", {"envelope": key})
    assert "Reste 200 € sur 2 000 €" in desk(table)
    # Then the scenario holds, and is applied in one go
    assert "Reste 0 € sur 1 200 € supposés" in desk(scenario)
    told = desk(f"{scenario}appliquer/", "fresh").content.decode()
    assert "3 propositions ont pris le montant du scénario." in told
    assert [play.fresh(one).team_proposal for one in states] == [400, 400, 400]
    # And once the committee has voted, the table is kept and rests
    vote(year, dossiers)
    sign = reverse("programming-sign", args=[year.cycle.code])
    assert desk(sign, "seen", committee=year.cycle.committees.get().pk).status_code == 302
    shown = desk(reverse("programming-signed", args=[year.cycle.code, 1]))
    assert shown.count("accordé 400 €") == 3
    assert SignedProgramming.objects.get().digest in shown
    assert "-amount" not in desk(table)
    assert "aucun scénario ne s’applique" in desk(f"{scenario}appliquer/")


def vote(year, dossiers) -> None:
    """The committee follows the team, and the other financier says no."""
    call = {"by": year.coordinator, "at": play.SITTING}
    for dossier in dossiers:
        state, other = FundingLine.objects.filter(dossier=dossier).order_by("pk")
        engine.fire(state, "grant", facts={"amount": state.team_proposal}, **call)
        engine.fire(other, "refuse", **call)
        engine.fire(dossier, "decide", facts={"committee": year.cycle.committees.get().pk}, **call)

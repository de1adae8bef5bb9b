"""A day of fifty people: its agenda made, each decision moving its dossier, what is left carried on, its record."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import AgendaItem, Attendee, Dossier, Minutes
from tests import year as play
from tests.cases.test_typesetting import text_of
from tests.pages import forms_of
from workflow.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.longest]

DOSSIERS, TORN = 12, 3


@pytest.fixture
def year(on_day):
    """A call with three orientations, four financiers, and its dossiers before the committee."""
    on_day(play.SITTING)
    year = play.a_year(financiers=4, ceiling=40_000)
    codes = ("emploi", "lien", "cadre")
    themes = [year.cycle.orientations.create(code=code, label=code.capitalize()) for code in codes]
    for rank in range(DOSSIERS):
        dossier = play.in_review(year, title=f"Action {rank + 1}")
        for name in year.envelopes:
            against = name == "caf" and rank < TORN
            verdict, amount = ("unfavourable", 0) if against else ("favourable", 500)
            play.opine(year, dossier, name, verdict=verdict, amount=amount)
        dossier = play.fresh(dossier)
        dossier.orientation = themes[rank % 3]
        dossier.save(update_fields=["orientation"])
    return year


@pytest.fixture
def day(year):
    """The transversal day, and a steering committee a month later."""
    day = year.cycle.committees.select_related("cycle").get()
    day.kind_of, day.label, day.starts_at = "transversal", "Journée transversale", time(9)
    day.save(update_fields=["kind_of", "label", "starts_at"])
    year.cycle.committees.create(on=date(2027, 3, 10), label="Comité de pilotage", kind_of="steering")
    return day


@pytest.fixture
def desk(client, year, day):
    """The coordinator, who sends a form to one of the day's pages."""
    client.force_login(year.coordinator)

    def send(page, query="", **typed):
        return client.post(reverse(f"committee-{page}", args=[day.uuid]) + query, typed)

    return send


def said(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").replace("\u202f", " ").split())


def test_a_day_of_fifty_people_from_its_agenda_to_its_record(client, year, day, desk):
    # Given fifty people invited: the seats, the members, the team, an elected member, and who has no account
    elected = play.person("elue", Role.ELECTED, year.cycle)
    desk("attendance", action="invite")
    there = Attendee.objects.count()
    lines = "\n".join(f"Personne {rank}, habitante, Conseil citoyen" for rank in range(50 - there))
    desk("attendance", action="add", people=lines)
    assert Attendee.objects.count() == 50

    # When the agenda is made in one click
    desk("agenda", action="make")
    titles = [one.title for one in AgendaItem.objects.order_by("rank")]

    # Then one consent list for each orientation comes before the dossiers to discuss, and the official sequence last
    assert titles == [
        "Accueil et tour de table",
        "Ce que chaque partenaire attend de cette séance",
        "Liste de consentement, Cadre : 3 dossiers",
        "Liste de consentement, Emploi : 3 dossiers",
        "Liste de consentement, Lien : 3 dossiers",
        "001 · Action 1",
        "002 · Action 2",
        "003 · Action 3",
        "Signature officielle",
        "Suites, calendrier et questions",
    ]

    # And the elected member has read all of it, without one button
    client.force_login(elected)
    assert said(client.get(reverse("committee-pack", args=[day.uuid]))).count("Coût total") == DOSSIERS
    client.force_login(year.coordinator)

    # When the lists are settled on the wall, each in one go
    for number in (3, 4, 5):
        asked = desk("sitting", f"?n={number}", action="ask-list")
        seen = {name: value for name, value in _hidden(asked).items() if name.startswith("seen-")}
        desk("sitting", f"?n={number}", action="settle", **seen)

    # Then each decision has moved its dossier, and the money is counted to the cent
    assert Dossier.objects.filter(state="decided").count() == DOSSIERS - TORN
    assert play.fresh(year.envelopes["etat"]).decided == Decimal(500) * (DOSSIERS - TORN)

    # When one is discussed and decided otherwise, one deferred, and one is left for lack of time
    first, second, _left = Dossier.objects.filter(state="committee").order_by("number")
    words = {"dossier": first.uuid, "version": first.version, f"version-{first.pk}": first.version}
    for line in first.lines.order_by("pk"):
        words |= {f"{line.pk}-version": line.version, f"{line.pk}-word": "grant", f"{line.pk}-amount": "300"}
    desk("sitting", "?n=6", action="decide", **words)
    desk(
        "sitting", "?n=7", action="defer", dossier=second.uuid, reason="Le lieu n’est pas trouvé",
        next_committee_on="2027-03-10", **{f"version-{second.pk}": second.version},
    )  # fmt: skip
    signing = AgendaItem.objects.get(title="Signature officielle")
    desk("sitting", "?n=9", action="conclude", version=signing.version, conclusion="Convention cadre signée.")
    left = {f"version-{one.pk}": one.version for one in AgendaItem.objects.order_by("pk")}
    desk("agenda", action="carry", **left)

    # Then both agendas say what was carried on
    onward = year.cycle.committees.get(label="Comité de pilotage")
    assert [one.title for one in AgendaItem.objects.of(onward)] == [titles[1], "003 · Action 3"]
    here = said(client.get(reverse("committee-agenda", args=[day.uuid])))
    assert here.count("Reporté à « Comité de pilotage »") == 2
    there = said(client.get(reverse("committee-agenda", args=[onward.uuid])))
    assert there.count("Reporté de « Journée transversale »") == 2

    # When everybody's presence is noted and the record is signed off
    presences = {}
    for one in Attendee.objects.order_by("pk"):
        presences |= {f"{one.pk}-version": one.version, f"{one.pk}-presence": "present"}
    desk("attendance", action="note", **presences)
    seen = client.get(reverse("committee-minutes", args=[day.uuid])).context["seen"]
    desk("minutes", seen=seen)

    # Then it says who was there, each decision, and what is carried on, ready to sign
    told = text_of(Minutes.objects.get().pdf)
    for words in (
        "50 personnes invitées, 50 présentes ou représentées.",
        "Etat essai_2027 : accordé, 300 €",
        "Le lieu n’est pas trouvé",
        "Convention cadre signée.",
        "003 · Action 3 : reporté à « Comité de pilotage »",
        "Pour le comité",
    ):
        assert words in told, words


def _hidden(response) -> dict[str, str]:
    return {name: values[0] for one in forms_of(response) for name, values in one.fields.items() if values}

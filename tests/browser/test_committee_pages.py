"""The pages around a committee, on a desk and a telephone, by day and by night: prepared, sat, and signed."""

import pytest
from django.urls import reverse

from cases import attendance
from tests import year as play
from tests.browser.gate import faults_of
from tests.browser.test_gate import Visit, sign_in
from tests.cases import reached
from tests.cases.test_projection import prepared, torn
from workflow.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ("detail", "settings", "agenda", "attendance", "sitting", "minutes", "pack")


@pytest.fixture
def year(on_day):
    on_day(play.SITTING)
    year = play.a_year()
    year.cycle.orientations.create(code="emploi", label="Emploi et insertion")
    for title in ("Atelier vélo", "Fête des voisins du quartier de la Fauvarge et de ses alentours"):
        play.in_committee(year, title=title)
    torn(year, title="Jardin partagé des deux rives")
    play.decided(year, title="Permanences")
    committee = year.cycle.committees.get()
    year.point = reached.item(year, "Le prêt de la salle des fêtes", speaker="Le service des sports")
    year.guest = reached.attendee(year, goals="Des réponses en avril.", presence="present")
    reached.attendee(year, "Luc Petit", "Bailleur social de l’agglomération")
    reached.fired(reached.item(year, "Signature", kind_of="signature"), "conclude", year.coordinator,
                  play.SITTING, conclusion="Signée.")  # fmt: skip
    year.elected = play.person("elue", Role.ELECTED, year.cycle)
    year.committee = committee
    return year


@pytest.fixture
def visit(chromium, live_server):
    context = chromium.new_context(reduced_motion="reduce")
    yield Visit(context.new_page(), live_server.url)
    context.close()


def test_every_page_of_a_committee_is_sound(visit, year):
    prepared(year)
    reached.minutes(year)
    wrong = {}
    sign_in(visit, year.coordinator.email)
    paths = [reverse(f"committee-{name}", args=[year.committee.uuid]) for name in PAGES]
    paths += [reverse("agenda-item", args=[year.point.uuid]), reverse("attendee", args=[year.guest.uuid])]
    for path in paths:
        visit.to(path)
        if found := faults_of(visit):
            wrong[path.split("/")[-2]] = found
    assert wrong == {}


def test_what_needs_no_account_or_only_reads_is_sound(visit, year):
    prepared(year)
    wrong = {}
    visit.to(attendance.path_of(year.guest))
    wrong["link"] = faults_of(visit)
    sign_in(visit, year.elected.email)
    for path in ("/", reverse("committee-pack", args=[year.committee.uuid])):
        visit.to(path)
        wrong[path] = faults_of(visit)
    assert {name: found for name, found in wrong.items() if found} == {}

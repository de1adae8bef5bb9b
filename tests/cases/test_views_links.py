"""The same desk by a link: what it opens without a session, and what it never opens."""

import pytest
from django.urls import reverse

from cases import seat_links
from cases.models import Inquiry, SeatLink
from tests import year as play
from tests.cases.test_views_opinions import carried, line_of, proposed, text, ticked
from workflow import engine
from workflow.models import Entry, Grant

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(on_day):
    on_day(play.REVIEWING)
    return play.a_year()


@pytest.fixture
def line(year):
    return proposed(year)


@pytest.fixture
def path(year, line):
    """The address in the mail."""
    return seat_links.path_for(year.financiers["etat"], line.dossier, play.REVIEWING)


@pytest.fixture
def root(path):
    return path.rpartition("/")[0].rpartition("/")[0] + "/"


def typed(client, path, **more):
    initial = client.get(path).context["form"].initial
    held = {"version": initial["version"], "seen": initial["seen"]}
    return held | {"verdict": "favourable", "share": "proposed"} | more


def test_an_opinion_by_link_needs_no_session_and_the_journal_says_so(client, year, line, path, root):
    response = client.post(path, typed(client, path))
    assert (response.status_code, response.url) == (302, root)
    given = play.fresh(line)
    assert (given.verdict, given.proposed, given.opinion_source) == ("favourable", 800, "par lien")
    assert given.opinion_by == str(year.financiers["etat"])
    assert "sessionid" not in client.cookies
    client.force_login(year.coordinator)
    story = text(client.get(reverse("dossier-detail", args=[line.dossier.uuid])))
    assert "A transmis son avis, par lien · Etat essai_2027" in story


def test_a_mail_scanner_that_reads_the_link_answers_nothing(client, path, root):
    before = Entry.objects.count()
    for address in (path, root, f"{root}lot/", f"{root}desactiver/", f"{path}question/"):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert Entry.objects.count() == before
    assert SeatLink.objects.get().revoked_at is None


def test_a_page_of_a_link_is_kept_nowhere_and_says_its_address_to_nobody(client, path, root):
    for address in (path, root, f"{root}lot/", "/mes-avis/inconnu/", "/mes-avis/"):
        response = client.get(address)
        assert "no-store" in response["Cache-Control"]
        assert response["X-Robots-Tag"] == "noindex, nofollow"
        assert response["Referrer-Policy"] == "same-origin"


def test_a_link_opens_no_other_page(client, year, line, path):
    client.get(path)
    for name in ("todo", "opinions", "dossier-list"):
        assert client.get(reverse(name)).status_code == 302
    assert client.get(reverse("dossier-detail", args=[line.dossier.uuid])).status_code == 302
    assert client.post(reverse("opinion", args=[line.uuid])).status_code == 401
    assert play.fresh(line).state == "invited"


def test_a_link_shows_nobody_elses_menu_and_acts_for_its_own_person(client, year, line, path):
    client.force_login(year.coordinator)
    shown = text(client.get(path))
    assert str(year.coordinator) not in shown
    assert "Se déconnecter" not in shown
    client.post(path, typed(client, path))
    assert play.fresh(line).opinion_by == str(year.financiers["etat"])
    assert client.get("/").wsgi_request.user == year.coordinator


def test_another_seats_line_leads_back_to_the_list(client, year, line, path, root):
    beside = line_of(year, line.dossier, "agglo")
    response = client.get(f"{root}{beside.uuid}/")
    assert (response.status_code, response.url) == (302, root)
    assert client.post(f"{root}{beside.uuid}/", {"verdict": "favourable"}).url == root
    assert client.get(f"{root}{beside.uuid}/question/").status_code == 404
    assert play.fresh(beside).state == "invited"


def test_a_person_of_two_seats_answers_by_a_link_for_that_seat_alone(client, year, line, path, root):
    seat = year.envelopes["agglo"].financier.organisation
    play.Grant.objects.create(
        user=year.financiers["etat"], role="financier", cycle=year.cycle, organisation=seat
    )
    assert [row.line for row in client.get(root).context["board"].owed] == [line]


def test_a_link_gives_several_opinions_and_asks_questions(client, year, line, root, path):
    second = proposed(year, 300, title="Jardin")
    done = client.post(f"{root}lot/", carried(client.get(f"{root}lot/", ticked(line, second))))
    assert [result.outcome.refusals for result in done.context["results"]] == [(), ()]
    assert {play.fresh(one).opinion_source for one in (line, second)} == {"par lien"}
    assert client.post(f"{path}question/", {"question": "Où ?"}).url == path
    assert Inquiry.objects.get().asked_by == year.financiers["etat"]


def test_what_changed_since_the_page_was_read_is_asked_again_by_link_too(client, year, line, path):
    held = typed(client, path)
    sheet = line.dossier.instruction
    engine.amend(sheet, {"summary": "Le lieu a changé."}, by=year.instructor, at=play.REVIEWING)
    response = client.post(path, held)
    assert (response.status_code, play.fresh(line).state) == (409, "invited")
    assert "L’équipe a changé sa proposition ou sa synthèse." in text(response)


def test_expired_revoked_and_unknown_are_one_page(client, year, line, path, root):
    def page(address):
        response = client.get(address)
        kept = [one for one in text(response).splitlines() if "csrfmiddlewaretoken" not in one]
        return response.status_code, kept

    unknown = page("/mes-avis/inconnu/")
    assert unknown[0] == 404
    assert client.post(f"{root}desactiver/", {"confirm": "yes"}).status_code == 200
    assert page(root) == page(path) == unknown
    again = seat_links.path_for(year.financiers["etat"], line.dossier, play.REVIEWING)
    assert client.get(again).status_code == 200
    engine.fire(line.dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    assert page(again) == unknown


def desk_of(path: str, root: str) -> list[str]:
    """Every page that a link opens."""
    return [root, path, f"{root}lot/", f"{root}dossiers.pdf", f"{path}question/", f"{root}desactiver/"]


def ended(year, name="etat"):
    role = Grant.objects.get(user=year.financiers[name], role="financier")
    engine.fire(role, "end", by=year.coordinator, at=play.REVIEWING)


LAPSED = "Ce lien ne fonctionne pas, ou plus"


@pytest.mark.parametrize("why", ["the seat was withdrawn", "the round is over"])
def test_a_link_that_is_over_says_so_on_every_page_and_changes_nothing(client, year, line, path, root, why):
    """What somebody typed before, and sends after, meets the same sentence as who only reads."""
    sent = typed(client, path) | {"question": "Où ?", "confirm": "yes", "line": str(line.uuid)}
    if why == "the seat was withdrawn":
        ended(year)
    else:
        engine.fire(line.dossier, "close_review", by=year.coordinator, at=play.REVIEWING)
    before = Entry.objects.count(), play.fresh(line).version
    for address in desk_of(path, root):
        for response in (client.get(address), client.post(address, sent)):
            assert (response.status_code, LAPSED in text(response)) == (404, True), address
    assert (Entry.objects.count(), play.fresh(line).version) == before
    assert SeatLink.objects.get().revoked_at is None


def test_whoever_lost_a_seat_does_not_get_it_back_by_a_colleagues_forwarded_link(
    client, year, line, root, path
):
    colleague = play.person("adjointe", "financier", year.cycle, line.seat)
    sent, before = typed(client, path), play.fresh(line).version
    role = Grant.objects.get(user=colleague)
    client.force_login(colleague)
    assert client.get(path).status_code == 200
    engine.fire(role, "end", by=year.coordinator, at=play.REVIEWING)
    for address in desk_of(path, root):
        for response in (client.get(address), client.post(address, sent | {"confirm": "yes"})):
            assert response.status_code == 403, address
            assert f"Vous ne répondez plus pour {line.seat}" in text(response)
            assert "Rien n’a été changé." in text(response)
    assert (play.fresh(line).version, SeatLink.objects.get().revoked_at) == (before, None)
    play.Grant.objects.create(user=colleague, role="financier", cycle=year.cycle, organisation=line.seat)
    assert client.get(path).status_code == 200


def test_the_coordinator_revokes_a_link_and_nobody_anothers(client, year, path):
    link = SeatLink.objects.get()
    for who, status in ((year.holder, 404), (year.financiers["agglo"], 404), (year.coordinator, 302)):
        client.force_login(who)
        assert client.post("/avis/liens/", {"link": link.pk}).status_code == status
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_links_cost_the_same_for_one_and_for_three(client, year, django_assert_num_queries, rows):
    dossier = play.in_review(year)
    seat = year.envelopes["etat"].financier.organisation
    for rank in range(rows):
        person = play.person(f"siege-{rank}", "financier", year.cycle, seat)
        seat_links.path_for(person, dossier, play.REVIEWING)
    client.force_login(year.coordinator)
    with django_assert_num_queries(4):
        client.get("/avis/liens/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_by_link_costs_the_same_for_one_row_and_for_three(
    client, year, path, root, django_assert_num_queries, rows
):
    client.get(root)
    for title in ("Jardin", "Radio")[: rows - 1]:
        proposed(year, title=title)
    with django_assert_num_queries(5):
        client.get(root)

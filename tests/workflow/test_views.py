"""The campaign's pages at their edges: who reads, who writes, what is stale, what a file says."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import year as play
from tests.campaigns import as_shown, refusals, typed
from tests.cycles import VITRY
from workflow import loading
from workflow.campaign import Campaign
from workflow.models import Cycle
from workflow.roles import Role
from workflow.story import story

pytestmark = pytest.mark.django_db

HOME = "/campagne/essai_2027/"
PARTS = (
    "cycle", "regles", "jalons", "etapes", "orientations", "quartiers", "financeurs", "comites", "criteres",
    "motifs", "questions", "enquete", "rappels",
    "textes", "courriers",
)  # fmt: skip


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def coordinator(client, year):
    client.force_login(year.coordinator)
    return client


def test_every_section_has_its_screens_for_nothing(coordinator):
    slugs = {loading.kinds.fold(one.name) for one in loading.sections() if one.name != "contrat"}
    assert slugs == set(PARTS)
    assert {coordinator.get(f"{HOME}{part}/").status_code for part in PARTS} == {200}
    rows = [part for part in PARTS if part not in ("cycle", "regles")]
    assert {coordinator.get(f"{HOME}ajouter/{part}/").status_code for part in rows} == {200}


def test_the_contract_and_what_no_section_is_called_have_no_form(coordinator):
    paths = (
        "contrat/",
        "n-importe-quoi/",
        "ajouter/contrat/",
        "jalons/absent/",
        "regles/absent/",
        "ajouter/regles/",
    )
    assert {coordinator.get(f"{HOME}{path}").status_code for path in paths} == {404}


def test_an_instructor_reads_the_campaign_and_is_shown_no_form(client, year):
    client.force_login(year.instructor)
    page = client.get(HOME)
    assert page.status_code == 200
    assert "Déplacer" not in page.content.decode()
    assert "Modifier" not in page.content.decode()
    assert client.get("/campagne/").context["writes"] is False


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_one_cycle_as_for_three(client, year, count, django_assert_num_queries):
    for rank in range(count - 1):
        other = play.a_year(f"autre_{rank}")
        year.coordinator.grants.create(role=Role.COORDINATOR, cycle=other.cycle)
    client.force_login(year.coordinator)
    with django_assert_num_queries(5):
        assert len(client.get("/campagne/").context["cycles"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_one_year_asks_as_much_with_many_financiers_as_with_one(
    client, on_day, count, django_assert_num_queries
):
    on_day(play.WRITING)
    year = play.a_year(financiers=count)
    client.force_login(year.coordinator)
    with django_assert_num_queries(27):
        client.get(HOME)


def test_a_stale_form_shows_what_is_kept_now_and_keeps_what_was_typed(coordinator):
    path = f"{HOME}cycle/"
    read = as_shown(coordinator.get(path), team_phone="01 00 00 00 01")
    typed(coordinator, path, team_phone="01 00 00 00 02")
    answer = coordinator.post(path, read)
    assert answer.status_code == 409
    assert answer.context["kept"] == [("Téléphone du service", "01 00 00 00 02")]
    assert answer.context["changed"][0].sentence == "A modifié la campagne : téléphone du service"
    assert answer.context["form"]["team_phone"].value() == "01 00 00 00 01"
    # once read, the same form may be sent again
    again = coordinator.post(path, as_shown(answer))
    assert again.status_code == 302
    assert Cycle.objects.get(code="essai_2027").team_phone == "01 00 00 00 01"


def test_the_same_form_sent_twice_says_that_nothing_changed(coordinator, year):
    path = f"{HOME}ajouter/orientations/"
    sent = as_shown(coordinator.get(path), label="Emploi")
    coordinator.post(path, sent)
    answer = coordinator.post(path, sent, follow=True)
    assert year.cycle.orientations.count() == 1
    assert "Rien n’a changé : c’était déjà enregistré." in answer.content.decode()


def test_a_mistake_is_said_as_the_file_says_it_and_nothing_is_lost(coordinator):
    answer = typed(
        coordinator, f"{HOME}ajouter/jalons/", label="Forum", starts_on="31/11/2026", precision="demain"
    )
    assert answer.status_code == 422
    assert refusals(answer) == [
        "« 31/11/2026 » n’existe pas dans le calendrier.",
        ("« demain » n’est pas un choix possible : jour, decade, quinzaine, mois, trimestre."),
    ]
    assert answer.context["form"]["starts_on"].value() == "31/11/2026"


def test_an_end_before_its_start_is_said_beside_the_end(coordinator):
    answer = typed(coordinator, f"{HOME}jalons/cloture/", ends_on="2026-10-01", confirmed=True)
    assert answer.context["form"].errors["ends_on"] == ["la fin vient avant le début."]


def test_a_neighbourhood_needs_its_official_code_and_only_once(coordinator, year):
    path = f"{HOME}ajouter/quartiers/"
    assert refusals(typed(coordinator, path, code="Le Hamois", name="Le Hamois")) == [
        "« Le Hamois » n’est pas un code ; exemple : « QN05109M »."
    ]
    assert typed(coordinator, path, code="QN05109M", name="Le Hamois").status_code == 302
    assert refusals(typed(coordinator, path, code="QN05109M", name="Encore")) == ["Ce nom est déjà pris ici."]


def test_rows_of_the_rules_are_put_in_another_order(coordinator, year):
    path = f"{HOME}criteres/"
    seen = coordinator.get(path).context["seen"]
    assert coordinator.post(path, {"down": "qpv", "seen": seen}).status_code == 302
    now = Campaign.of(play.fresh(year.cycle))
    assert list(now.document["critères"]) == ["presence", "qpv"]
    assert coordinator.post(path, {"down": "presence", "seen": seen}).status_code == 409


def test_a_row_of_the_rules_is_taken_out_of_the_draft_alone(coordinator, year):
    path = f"{HOME}criteres/presence/"
    sent = {"remove": "oui", "seen": as_shown(coordinator.get(path))["seen"]}
    assert coordinator.post(path, sent).status_code == 302
    assert year.rules.criteria.count() == 2
    assert Campaign.of(play.fresh(year.cycle)).draft.criteria.count() == 1
    assert coordinator.post(path, sent).status_code == 302  # the second click finds it gone


def told(year) -> list[str]:
    return [one.sentence for one in story(year.cycle)]


def taken_out(coordinator, path: str):
    return coordinator.post(path, {"remove": "oui", "seen": as_shown(coordinator.get(path))["seen"]})


def against(response) -> list[str]:
    return [one.sentence for one in response.context["refusals"]]


def test_what_still_serves_is_not_taken_out_and_the_page_says_for_what(coordinator, year):
    milestone = taken_out(coordinator, f"{HOME}jalons/cloture/")
    assert (milestone.status_code, against(milestone)) == (
        422,
        ["« Cloture » sert encore, et reste : règle de rappel « Rappel depot », étape « Depot »."],
    )
    seat = f"rôle « {year.financiers['etat']} · Financeur »"
    assert against(taken_out(coordinator, f"{HOME}financeurs/etat/")) == [
        f"« Etat essai_2027 » sert encore, et reste : {seat}."
    ]
    play.a_draft(year)
    line = f"ligne de financement « {year.envelopes['etat'].lines.get()} »"
    assert against(taken_out(coordinator, f"{HOME}financeurs/etat/")) == [
        f"« Etat essai_2027 » sert encore, et reste : {line}, {seat}."
    ]


def test_a_milestone_that_nothing_uses_is_taken_out_with_a_trace(coordinator, year):
    typed(coordinator, f"{HOME}ajouter/jalons/", label="Salon", starts_on="2026-11-01", ends_on="2026-11-01")
    assert taken_out(coordinator, f"{HOME}jalons/salon/").status_code == 302
    assert not year.cycle.milestones.filter(code="salon").exists()
    assert told(year)[0] == "A modifié la campagne : calendrier (retiré : salon)"
    assert coordinator.post(f"{HOME}comites/comite-des-financeurs/", {"remove": "oui"}).status_code == 404


def test_a_publication_read_before_the_last_change_is_refused(coordinator, year):
    typed(coordinator, f"{HOME}regles/", quorum="2")
    typed(coordinator, f"{HOME}regles/", quorum="3")
    draft = Campaign.of(play.fresh(year.cycle)).draft
    answer = coordinator.post(f"{HOME}publier/", {"version": draft.version - 1})
    assert answer.status_code == 409
    assert play.fresh(year.cycle).current == year.rules


def test_publishing_says_how_many_dossiers_keep_the_old_rules(coordinator, year):
    play.a_draft(year)
    typed(coordinator, f"{HOME}regles/", quorum="2")
    # this small year has no orientation to lose, and may be published as it is
    shown = coordinator.get(f"{HOME}publier/")
    assert shown.context["staying"] == [(1, 1)]
    assert "1\u00a0dossier garde les règles de la version 1." in shown.content.decode()


# Files ---------------------------------------------------------------------------------------------------------------


def sent_file(client, text: str, **more):
    file = SimpleUploadedFile("cycle.yaml", text.encode())
    return client.post("/campagne/fichier/", {"file": file, "text": ""} | more)


@pytest.fixture
def vitry(client, year):
    """Vitry's coordinator, signed in."""
    cycle = loading.load(VITRY, at=play.BEFORE)
    client.force_login(play.person("claire", Role.COORDINATOR, cycle))
    return cycle


def test_what_is_downloaded_may_be_loaded_again_and_changes_nothing(client, vitry):
    text = client.get("/campagne/vitry_2027/cycle.yaml").content.decode()
    answer = sent_file(client, text)
    assert (answer.status_code, answer.context["told"], answer.context["checked"]) == (200, [], True)


def test_a_file_is_checked_first_and_loaded_only_on_demand(client, vitry):
    text = VITRY.read_text(encoding="utf-8").replace("jours_avis: 21", "jours_avis: 28")
    answer = sent_file(client, text)
    assert answer.context["told"] == ["version 2 des règles en préparation"]
    assert vitry.versions.count() == 1
    loaded = client.post(
        "/campagne/fichier/", {"text": answer.context["form"]["text"].value(), "load": "oui"}
    )
    assert loaded.url == "/campagne/vitry_2027/"
    assert vitry.versions.get(number=2).review_days == 28


def test_errors_of_a_file_are_said_with_their_line_and_its_text_stays(client, vitry):
    text = VITRY.read_text(encoding="utf-8").replace("du: 2026-11-24", "du: 2026-11-31")
    answer = sent_file(client, text)
    line = text.split("\n").index("    du: 2026-11-31") + 1
    assert (answer.status_code, [one.line for one in answer.context["errors"]]) == (422, [line])
    assert answer.context["form"]["text"].value() == text


def test_a_new_year_of_ones_own_contract_may_come_from_a_file(client, vitry):
    text = VITRY.read_text(encoding="utf-8").replace("code: vitry_2027", "code: vitry_2028", 1)
    assert sent_file(client, text, load="oui").url == "/campagne/vitry_2028/"
    assert client.get("/campagne/vitry_2028/cycle/").status_code == 200


@pytest.mark.parametrize("changed", ["code: CN05103I", "code: vitry_2027"])
def test_a_file_of_somebody_else_s_contract_or_cycle_is_refused(client, vitry, changed):
    other = {"code: CN05103I": "code: CN05999X", "code: vitry_2027": "code: essai_2027"}[changed]
    answer = sent_file(client, VITRY.read_text(encoding="utf-8").replace(changed, other, 1), load="oui")
    assert answer.status_code == 422
    assert [one.code for one in answer.context["refusals"]] == ["not_ours"]


def test_no_file_and_too_long_a_file_are_said(client, vitry):
    assert client.post("/campagne/fichier/", {"text": " "}).context["form"].errors["file"] == [
        "choisissez un fichier, ou collez son texte."
    ]
    assert sent_file(client, "#" * 300_000).context["form"].errors["file"] == [
        "ce fichier dépasse 256 Kio : ce n’est pas un cycle."
    ]


# What stands inside a row --------------------------------------------------------------------------------------------


def test_a_new_financier_gets_its_envelope_and_publishing_then_has_nothing_against_it(coordinator, year):
    path = f"{HOME}ajouter/financeurs/"
    typed(
        coordinator,
        path,
        **{"name": "CAF", "organisation.name": "CAF imaginaire", "organisation.kind": "caf"},
    )
    against = [one.place for one in coordinator.get(f"{HOME}financeurs/").context["against"]]
    assert against == ["financeurs/caf"]
    inside = coordinator.get(f"{HOME}financeurs/caf/").context["inside"][0]["url"]
    assert inside == f"{HOME}ajouter/enveloppes/caf/"
    answer = typed(coordinator, inside, label="Parentalité", ceiling="12 000 €")
    assert answer.url == f"{HOME}financeurs/caf/"
    envelope = year.cycle.financiers.get(code="caf").envelopes.get()
    assert (envelope.code, envelope.ceiling, envelope.journal_seq) == ("parentalite", 12_000, 1)
    assert coordinator.get(f"{HOME}financeurs/").context["against"] == []


def test_an_envelope_that_says_notified_without_its_sum_is_refused_beside_the_sum(coordinator):
    answer = typed(coordinator, f"{HOME}ajouter/enveloppes/etat/", label="Été", status="notified", ceiling="")
    assert answer.status_code == 422
    assert answer.context["form"].errors["ceiling"] == ["une enveloppe notifiée ou réduite dit son montant."]


def test_a_sub_envelope_says_in_which_one_it_stands_and_never_takes_more_than_it_has(coordinator, year):
    path = f"{HOME}ajouter/enveloppes/etat/"
    choices = coordinator.get(path).context["form"].fields["within"].widget.choices
    assert choices == [("", "Aucune autre"), ("etat", "etat")]
    over = typed(coordinator, path, label="Été", within="etat", status="notified", ceiling="10 001 €")
    assert (over.status_code, "ceiling" in over.context["form"].errors) == (422, True)
    assert typed(coordinator, path, label="Été", within="etat", status="notified", ceiling="4 000").url
    part = year.cycle.financiers.get(code="etat").envelopes.get(code="ete")
    assert (part.within.code, part.within.split) == ("etat", 4_000)
    again = coordinator.get(path).context["form"].fields["within"].widget.choices
    assert again == [("", "Aucune autre"), ("etat", "etat")]


def test_nothing_is_added_inside_what_is_not_there(coordinator):
    assert coordinator.get(f"{HOME}ajouter/enveloppes/personne/").status_code == 404
    assert coordinator.get(f"{HOME}ajouter/jalons/etat/").status_code == 404


def test_a_campaign_shows_a_picture_of_each_machine_and_of_the_review(coordinator):
    page = coordinator.get(HOME).content.decode()
    shown = re.findall(r'<img class="drawing" src="([^"]+)"', page)
    assert [one.rsplit("/")[-1] for one in shown] == ["dossier.svg", "fundingline.svg", "review.svg"]
    assert {coordinator.get(one)["Content-Type"] for one in shown} == {"image/svg+xml"}

"""Given a draft that is re-read, its holder reads each remark beside its question, and stays the one who writes."""

import pytest
from django.urls import reverse

from cases.models import Dossier, Remark
from notifications.models import Message
from notifications.rendering import rendered
from tests import year as play
from tests.cases import reached
from tests.cases.written import address, written
from workflow import engine
from workflow.roles import Role

pytestmark = pytest.mark.django_db

BEFORE, AFTER = "Réparer ensemble.", "Réparer ensemble trente vélos, chaque samedi."


@pytest.fixture
def year(on_day):
    on_day(play.WRITING)
    return play.a_year()


@pytest.fixture
def draft(client, year):
    """A draft of which a third party has said two things, one with words to take."""
    third = play.person("tiers", Role.THIRD_PARTY, year.cycle)
    support = reached.rereading(year)
    client.force_login(third)
    page = reverse("remark-add", args=[support.dossier.uuid, "answer-resume"])
    seen = client.get(page).context["form"].initial["seen"]
    typed = {"seen": seen, "text": "Dites combien, et quand.", "wording": AFTER}
    assert client.post(page, typed).status_code == 302
    page = reverse("remark-add", args=[support.dossier.uuid, "theme-budget"])
    seen = client.get(page).context["form"].initial["seen"]
    assert client.post(page, {"seen": seen, "text": "Le budget oublie les outils."}).status_code == 302
    assert (
        client.post(reverse("support-move", args=[support.uuid, "finish"]), {"version": 1}).status_code == 302
    )
    return Dossier.objects.get(pk=support.dossier_id)


def remark(part: str) -> Remark:
    return Remark.objects.get(part=part)


def shown(client, user, name, *args) -> str:
    client.force_login(user)
    return client.get(reverse(name, args=args)).content.decode()


def press(client, year, topic, move, part="answer-resume", **changed):
    client.force_login(year.holder)
    said = remark(part)
    return written(client, said.dossier, topic, changed | {"remark": f"{said.uuid}:{move}"})


def take(client, said, **typed):
    page = reverse("remark-move", args=[said.uuid, "take"])
    form = client.get(page).context["form"]
    known = {"version": said.version, "seen": form.initial["seen"]}
    return client.post(page, known | typed)


def test_the_holder_is_told_once_and_counts_what_is_to_read(client, year, draft):
    assert draft.state == "draft"
    [message] = Message.objects.filter(recipient=year.holder, template="relecture_terminee")
    assert rendered(message).subject == "Relecture terminée\xa0: Atelier vélo"
    page = shown(client, year.holder, "dossier-detail", draft.uuid)
    assert "2\xa0remarques à lire" in page
    assert "2\xa0remarques à lire" in shown(client, year.holder, "todo")
    assert "2\xa0remarques à lire" in shown(client, year.holder, "dossier-request", draft.uuid)


def test_each_remark_stands_beside_its_question(client, year, draft):
    page = shown(client, year.holder, "dossier-topic", draft.uuid, "l-action")
    question = page.index("Résumé", page.index("<form"))
    assert question < page.index("Dites combien, et quand.") < page.index("Continuer</button>", question)
    assert "Le budget oublie les outils." in shown(client, year.holder, "dossier-topic", draft.uuid, "budget")


def test_i_did_it_saves_what_was_typed_and_can_be_taken_back(client, year, draft):
    answer = press(client, year, "l-action", "handle", **{"answer-resume": "Réparer trente vélos."})
    said = remark("answer-resume")
    assert answer.url == f"{address(draft, 'l-action')}#remarque-{said.uuid}"
    assert (said.state, play.fresh(draft).answers["resume"]) == ("handled", "Réparer trente vélos.")
    press(client, year, "l-action", "again")
    assert remark("answer-resume").state == "open"


def test_to_take_a_sentence_is_to_see_both_texts_first(client, year, draft):
    said = remark("answer-resume")
    answer = press(client, year, "l-action", "take")
    assert answer.url == reverse("remark-move", args=[said.uuid, "take"])
    change = client.get(answer.url).context["compared"]
    assert "".join(piece.text for piece in change.before) == BEFORE
    assert "".join(piece.text for piece in change.after) == AFTER
    assert take(client, said).status_code == 302
    assert (remark("answer-resume").state, play.fresh(draft).answers["resume"]) == ("taken", AFTER)


def test_a_sentence_never_replaces_words_that_somebody_wrote_meanwhile(client, year, draft):
    said = remark("answer-resume")
    client.force_login(year.holder)
    page = reverse("remark-move", args=[said.uuid, "take"])
    seen = client.get(page).context["form"].initial["seen"]
    engine.amend(draft, {"answers": {"resume": "Écrit à l’instant."}}, by=year.holder, at=play.WRITING)
    answer = client.post(page, {"version": said.version, "seen": seen})
    assert (answer.status_code, "Écrit à l’instant." in answer.content.decode()) == (409, True)
    assert (remark("answer-resume").state, play.fresh(draft).answers["resume"]) == (
        "open",
        "Écrit à l’instant.",
    )
    assert take(client, said).status_code == 302


def test_the_holder_may_leave_it_and_says_why(client, year, draft):
    said = remark("theme-budget")
    answer = press(client, year, "budget", "keep", part="theme-budget")
    page = answer.url
    assert client.post(page, {"version": said.version}).status_code == 422
    assert (
        client.post(page, {"version": said.version, "reason": "Les outils sont prêtés."}).status_code == 302
    )
    said = remark("theme-budget")
    assert (said.state, said.reply) == ("kept", "Les outils sont prêtés.")
    assert "Les outils sont prêtés." in shown(client, year.instructor, "rereading", draft.uuid)


def test_who_re_reads_closes_and_it_leaves_the_holders_page(client, year, draft):
    press(client, year, "l-action", "handle")
    client.force_login(year.instructor)
    said = remark("answer-resume")
    client.post(reverse("remark-move", args=[said.uuid, "close"]), {"version": said.version})
    assert "Dites combien" not in shown(client, year.holder, "dossier-topic", draft.uuid, "l-action")
    assert "1\xa0remarque à lire" in shown(client, year.holder, "dossier-detail", draft.uuid)


def test_who_is_a_holder_and_more_finds_them_among_what_awaits_them(client, year, draft):
    play.Grant.objects.create(user=year.holder, role=Role.INSTRUCTOR, cycle=play.a_year("ailleurs").cycle)
    client.force_login(year.holder)
    tasks = [one for heap in client.get("/").context["home"].heaps for one in heap.tasks]
    assert "Votre demande a été relue : des remarques vous attendent." in [one.sentence for one in tasks]


def test_both_versions_stand_side_by_side_in_words_not_in_colour_alone(client, year, draft):
    client.force_login(year.holder)
    changed = {"answer-resume": AFTER}
    written(client, draft, "l-action", changed)
    written(client, draft, "essentiel", {"title": "Atelier vélo solidaire", "starts_on": "2027-02-01"})
    client.force_login(year.instructor)
    page = client.get(reverse("versions", args=[draft.uuid]))
    found = {topic.slug: changes for topic, changes in page.context["topics"]}
    assert {slug: [one.label for one in changes] for slug, changes in found.items()} == {
        "essentiel": ["Nom de l’action", "Début de l’action"],
        "l-action": ["Résumé"],
    }
    [resume] = found["l-action"]
    assert [piece.text for piece in resume.after if piece.kind == "new"] == [" trente vélos, chaque samedi"]
    assert '<ins><span class="vh">[ajouté : </span> trente vélos' in page.content.decode()


def test_what_was_filed_is_compared_too(client, year, draft):
    later = play.day("2026-10-21")
    engine.fire(draft, "submit", by=year.holder, at=later)
    engine.fire(play.fresh(draft), "take_back", by=year.holder, at=later)
    client.force_login(year.holder)
    written(client, draft, "budget", {"total_cost": "90000"})
    page = client.get(reverse("versions", args=[draft.uuid]), {"avant": "depot-1"})
    assert [(one.key, one.taken_back) for one in page.context["versions"]] == [
        ("depot-1", True),
        (f"relecture-{remark('theme-budget').support_id}", False),
    ]
    [(topic, [cost])] = page.context["topics"]
    assert (topic.slug, cost.label) == ("budget", "Coût total de l’action")


def test_nothing_to_compare_is_said(client, year):
    assert "Il n’y a rien à comparer" in shown(client, year.holder, "versions", play.a_draft(year).uuid)


def test_opening_the_meeting_of_a_re_reading_leads_to_its_page(client, year):
    support = reached.rereading(year)
    client.force_login(year.instructor)
    answer = client.get(reverse("record", args=[support.dossier.uuid]))
    assert answer.url == reverse("rereading", args=[support.dossier.uuid])


def test_the_file_tells_it(client, year, draft):
    press(client, year, "l-action", "handle")
    client.force_login(year.instructor)
    story = client.get(reverse("dossier-detail", args=[draft.uuid])).context["seen"].story
    assert [one.sentence for one in story][:2] == [
        "A suivi une remarque · Dites combien, et quand.",
        "A terminé la relecture · Relecture",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_re_reading_costs_the_same_for_one_remark_and_for_three(
    client, year, django_assert_num_queries, rows
):
    support = reached.rereading(year)
    for rank in range(rows):
        reached.remark(year, support=support, text=f"Remarque {rank}")
    client.force_login(year.instructor)
    with django_assert_num_queries(13):
        client.get(reverse("rereading", args=[support.dossier.uuid]))


@pytest.mark.parametrize("rows", [1, 3])
def test_a_topic_costs_the_same_for_one_remark_and_for_three(client, year, django_assert_num_queries, rows):
    support = reached.rereading(year)
    for rank in range(rows):
        reached.remark(year, support=support, text=f"Remarque {rank}")
    engine.fire(support, "finish", by=year.instructor, at=play.WRITING)
    client.force_login(year.holder)
    with django_assert_num_queries(12):
        client.get(address(support.dossier, "l-action"))


@pytest.mark.parametrize("part", ["title", "answer-resume"])
def test_proposed_words_are_no_longer_than_the_line_they_replace(client, year, part):
    support = reached.rereading(year)
    client.force_login(year.instructor)
    page = reverse("remark-add", args=[support.dossier.uuid, part])
    seen = client.get(page).context["form"].initial["seen"]
    typed = {"seen": seen, "text": "Trop court."}
    assert client.post(page, typed | {"wording": "x" * 201}).status_code == 422
    assert client.post(page, typed | {"wording": "x" * 200}).status_code == 302
    assert [len(one.wording) for one in Remark.objects.all()] == [200]

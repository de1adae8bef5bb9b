"""Given a decision, when the team explains it, then its holder reads why, from whom, and what to do now."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from cases.models import AgreedAction, FeedbackVersion, FundingLine
from cases.sight import sight
from notifications.models import Message
from tests import year as play
from tests.cases.reached import fired
from workflow import engine
from workflow.models import Cycle
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db

AT, SAT = play.ANSWERING, play.SITTING
LETTER = {"notified_on": date(2027, 4, 20)}


def decided(year, *awards, dossier=None):
    """The committee's word, financier by financier: an amount, or 0 for « non retenu »."""
    dossier = dossier or play.in_committee(year)
    for line, award in zip(dossier.lines.order_by("pk"), awards, strict=True):
        move, facts = ("grant", {"amount": Decimal(award)}) if award else ("refuse", {})
        engine.fire(line, move, by=year.coordinator, at=SAT, facts=facts)
    committee = year.cycle.committees.order_by("pk")[0].pk
    return fired(dossier, "decide", year.coordinator, SAT, committee=committee)


def written(client, year, dossier, **typed):
    """The instructor writes the sheet in its page, and asks for somebody else's reading."""
    client.force_login(year.instructor)
    page = client.post(reverse("dossier-feedback", args=[dossier.uuid]), {"version": 0, **typed})
    assert page.status_code == 302
    return dossier.feedback


def press(client, user, sheet, move, **typed):
    """One button of the sheet's page."""
    sheet = play.fresh(sheet)
    client.force_login(user)
    address = reverse("feedback-move", args=[sheet.uuid, move])
    return client.post(address, {"version": sheet.version, **typed})


def sent(client, year, sheet):
    for move in ("proofread", "deliver"):
        assert press(client, year.coordinator, sheet, move).status_code == 302


def answered(year, dossier):
    engine.fire_many(dossier.lines.order_by("pk"), "notify", by=year.coordinator, at=AT, facts=LETTER)
    return fired(dossier, "answer", year.coordinator, AT)


def read(client, year, dossier, name="dossier-answer") -> str:
    client.force_login(year.holder)
    return " ".join(client.get(reverse(name, args=[dossier.uuid])).content.decode().split())


@pytest.fixture
def today(on_day):
    on_day(AT)


def test_refused_and_explained_by_two_financiers_of_three(client, today):
    # GIVEN three financiers that refuse, of whom the third does not communicate why
    year = play.a_year(financiers=3)
    dossier = decided(year, 0, 0, 0)
    state, agglo, town = dossier.lines.order_by("pk").values_list("pk", flat=True)
    typed = {
        f"reason-{state}-0": "priorite",
        f"fact-{state}-0": "Le dossier vise l’emploi, déjà aidé.",
        f"free-{agglo}-0": "La salle ferme en mars.",
        f"fact-{agglo}-0": "Le dossier ne nomme pas d’autre salle.",
        "advice": "Trouvez une autre salle.",
    }
    sheet = written(client, year, dossier, **typed)
    # WHEN the sheet is silent on the third, THEN it cannot be read over, and its page says which part lacks
    assert press(client, year.coordinator, sheet, "proofread").status_code == 422
    page = client.get(reverse("dossier-feedback", args=[dossier.uuid])).content.decode()
    assert "donnez de un à trois motifs. Ou notez que le motif n’est pas communiqué." in page
    # WHEN it is said that the motive is not communicated
    client.force_login(year.instructor)
    again = {**typed, f"silent-{town}": "on", "version": play.fresh(sheet).version}
    assert client.post(reverse("dossier-feedback", args=[dossier.uuid]), again).status_code == 302
    # THEN its own author may not read it over, and another person may
    refused = press(client, year.instructor, sheet, "proofread")
    assert refused.status_code == 422
    assert "Une personne qui n’a pas écrit la fiche doit la relire." in refused.content.decode()
    with pytest.raises(Refused, match="fiche de motivation n’a pas encore été transmise"):
        answered(year, dossier)
    sent(client, year, sheet)
    fired(dossier, "answer", year.coordinator, AT)
    # AND the holder reads each financier's own reason with its fact, and who keeps its own to itself
    told = read(client, year, dossier)
    for words in (
        "D’autres besoins étaient plus urgents.",
        "Dans votre dossier : Le dossier vise l’emploi, déjà aidé.",
        "La salle ferme en mars. <em>(hors motifs publiés)</em>",
        "Motif non communiqué par ce financeur.",
        "Trouvez une autre salle.",
    ):
        assert words in told


def test_a_partial_award_is_explained_in_one_line(client, today):
    # GIVEN an award a little smaller than what was asked
    year = play.a_year(financiers=1)
    dossier = decided(year, 800)
    line = dossier.lines.get()
    with pytest.raises(Refused, match="fiche de motivation n’a pas encore été transmise"):
        answered(year, dossier)
    # WHEN its sheet says nothing, THEN one line is asked
    client.force_login(year.instructor)
    sheet = written(client, year, dossier, appreciated="Votre équipe.")
    refused = press(client, year.coordinator, sheet, "proofread")
    assert "dites en une ligne pourquoi moins." in refused.content.decode()
    # WHEN the line is written, THEN it is enough
    client.force_login(year.instructor)
    typed = {"version": play.fresh(sheet).version, f"why-{line.pk}": "L’enveloppe était plus petite."}
    client.post(reverse("dossier-feedback", args=[dossier.uuid]), typed)
    sent(client, year, sheet)
    fired(dossier, "answer", year.coordinator, AT)
    assert "Pourquoi moins : L’enveloppe était plus petite." in read(client, year, dossier)


def test_a_request_that_came_too_late_is_explained_by_the_team(client, today):
    # GIVEN a request that is declared inadmissible, with its fact
    year = play.a_year(financiers=1)
    dossier = play.submitted(year)
    facts = {"reason": "hors-quartier", "fact": "Arrivé le 16 novembre."}
    dossier = fired(dossier, "declare_inadmissible", year.coordinator, play.READING, **facts)
    # WHEN the sheet has a reason and no fact, THEN the page says which
    bare = {"reason-0-0": "hors-quartier", "advice": "Prenez rendez-vous dès octobre."}
    sheet = written(client, year, dossier, **bare)
    refused = press(client, year.coordinator, sheet, "proofread")
    assert "Dites quel fait du dossier fonde ce motif." in refused.content.decode()
    client.force_login(year.instructor)
    whole = {**bare, "fact-0-0": "Arrivé le 16 novembre.", "version": play.fresh(sheet).version}
    client.post(reverse("dossier-feedback", args=[dossier.uuid]), whole)
    sent(client, year, sheet)
    # THEN the request is answered without any committee, and its holder reads why and when to come back
    dossier = fired(dossier, "answer", year.coordinator, AT)
    told = read(client, year, dossier)
    assert "il n’a pas pu être présenté aux financeurs" in told
    assert "Dans votre dossier : Arrivé le 16 novembre." in told
    assert "Les dates du prochain appel ne sont pas encore connues." in told


def test_a_mistake_is_corrected_by_a_new_version_that_says_why(client, today):
    # GIVEN an answered request whose sheet gives a wrong fact
    year = play.a_year()
    dossier = play.answered(year, 0)
    sheet = dossier.feedback
    # WHEN the instructor opens a correction, THEN the request stays answered and its holder reads the first version
    assert press(client, year.instructor, sheet, "revise").status_code == 422
    assert (
        press(client, year.instructor, sheet, "revise", reason="le fait cité était faux.").status_code == 302
    )
    assert play.fresh(dossier).state == "answered"
    assert play.FACT in read(client, year, dossier)
    motives = [{**one, "fact": "Le budget compte deux fois la salle."} for one in sheet.motives]
    engine.amend(play.fresh(sheet), {"motives": motives}, by=year.instructor, at=AT)
    sent(client, year, sheet)
    # THEN the holder is told of it, reads why, and both versions stay with the team
    told = read(client, year, dossier)
    assert "Version 2 du mardi 20 avril 2027, parce que le fait cité était faux." in told
    assert ("Le budget compte deux fois la salle." in told, play.FACT in told) == (True, False)
    mails = Message.objects.filter(recipient=year.holder, template__startswith="fiche_").order_by("pk")
    assert list(mails.values_list("template", flat=True)) == ["fiche_transmise", "fiche_corrigee"]
    assert FeedbackVersion.objects.filter(feedback=sheet).count() == 2


def test_a_request_reopened_after_a_mistake_is_decided_and_explained_again(client, today):
    # GIVEN an answered request that was refused by mistake
    year = play.a_year(financiers=1)
    dossier = play.answered(year, 0)
    # WHEN it is reopened, THEN its holder reads no answer any more
    facts = {"reason": "Le bilan avait été reçu.", "withdraws_award": True}
    dossier = fired(dossier, "reopen", year.coordinator, AT, **facts)
    client.force_login(year.holder)
    assert client.get(reverse("dossier-answer", args=[dossier.uuid])).status_code == 404
    # WHEN it is granted in part the second time
    line = dossier.lines.get()
    engine.fire(line, "invite", by=year.instructor, at=AT)
    fired(dossier, "open_review", year.instructor, AT, deadline=date(2027, 5, 10))
    play.opine(year, dossier, "etat", at=AT)
    dossier = decided(year, 800, dossier=play.fresh(dossier))
    engine.fire(line, "notify", by=year.coordinator, at=AT, facts=LETTER)
    # THEN the words of the refusal no longer do, and the new ones say that the request was studied again
    sheet = dossier.feedback
    engine.amend(sheet, play.words_for(dossier) | {"motives": []}, by=year.instructor, at=AT)
    sent(client, year, sheet)
    fired(dossier, "answer", year.coordinator, AT)
    told = read(client, year, dossier)
    assert "Version 2 du mardi 20 avril 2027, parce que l’étude de votre dossier a été reprise." in told
    assert "800 € accordés" in told.replace("\u202f", " ").replace("\xa0", " ")


def test_refused_accompanied_then_granted_the_next_year_with_the_thread_on_both(client, today):
    # GIVEN a refused request whose sheet offers a meeting, and a holder who asks for it
    year = play.a_year(financiers=1)
    dossier = decided(year, 0)
    line = dossier.lines.get().pk
    typed = {f"reason-{line}-0": "priorite", f"fact-{line}-0": "Un jardin existe déjà.", "advice": "Venez."}
    sheet = written(client, year, dossier, **typed, meeting_with=year.instructor.pk)
    sent(client, year, sheet)
    dossier = answered(year, dossier)
    client.force_login(year.holder)
    client.post(reverse("feedback-meeting", args=[dossier.uuid]))
    # WHEN they meet, and agree on something
    step = year.rules.steps.get(code="rendez-vous")
    client.force_login(year.instructor)
    met = {
        "step": step.code, "held_on": "2027-04-20", "record": "Viser les adolescents.",
        "text-0": "Trouver un local", "due_on-0": "2027-09-30",
    }  # fmt: skip
    assert client.post(reverse("meeting", args=[dossier.uuid]), met).status_code == 302
    # THEN next year's draft of the same project reads what was agreed
    later = play.a_year("essai_2028", financiers=1)
    Cycle.objects.filter(pk=later.cycle.pk).update(year=2028)
    draft = play.a_draft(later)
    type(draft).objects.filter(pk=draft.pk).update(
        project=dossier.project, organisation=year.holder_organisation
    )
    FundingLine.objects.filter(dossier=draft).update(organisation=year.holder_organisation)
    later.holder = year.holder
    draft = play.fresh(draft)
    standing = AgreedAction.objects.standing_on(draft).order_by("pk").values_list("text", flat=True)
    assert "Trouver un local" in list(standing)
    # WHEN it is done, and granted
    engine.fire(AgreedAction.objects.get(text="Trouver un local"), "tick", by=year.holder, at=AT)
    engine.fire(draft, "submit", by=year.holder, at=play.WRITING)
    play.read(later, draft)
    fired(draft, "admit", later.instructor, play.READING)
    engine.fire(draft.lines.get(), "invite", by=later.instructor, at=play.REVIEWING)
    fired(draft, "open_review", later.instructor, play.REVIEWING, deadline=date(2027, 1, 15))
    play.opine(later, draft, "etat")
    granted = decided(later, 1_000, dossier=play.fresh(draft))
    # THEN the first one says what was said and agreed, and the second is of the same project
    assert granted.project_id == dossier.project_id
    shown = sight(type(dossier).objects.for_its_page(year.holder).get(pk=dossier.pk), by=year.holder, at=AT)
    assert [one.row.record for one in shown.meetings.met] == ["Viser les adolescents."]
    assert "Trouver un local" in [one.action.text for one in shown.meetings.ended]
    assert granted.lines.get().outcome == "granted"

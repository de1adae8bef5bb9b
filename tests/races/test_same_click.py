"""The same click twenty times at once, through the pages: one effect; the others find it done or are told why not.

Few tests with several clicks each, because emptying the database between two costs more than all of them.
"""

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cases import models as cases
from cases import seat_links
from notifications.models import Message
from tests import year as play
from tests.pages import forms_of
from tests.races.crowd import crowd, moves_of
from workflow import engine
from workflow.models import Derogation, Grant, Organisation, User

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

AT_ONCE = 20
LETTER = {"notified_on": date(2027, 4, 20)}


@pytest.fixture
def clock(monkeypatch):
    """The instant of the test, moved by hand."""
    now = [play.WRITING]
    monkeypatch.setattr(timezone, "now", lambda: now[0])
    return now


def signed_in(user) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def clicked(user, path: str, typed: dict, among: str) -> set[int]:
    """What twenty people are told who send at once the form that one of them read; a fault is raised."""
    page = signed_in(user).get(path)
    form = next(one for one in forms_of(page) if among in one.fields)
    sent = {name: values for name, values in form.fields.items() if values} | typed
    return sent_at_once(user, form.action or path, sent)


def sent_at_once(user, path: str, sent: dict) -> set[int]:
    clients = [signed_in(user) for _ in range(AT_ONCE)]
    answers = crowd([partial(one.post, path, sent) for one in clients])
    for one in answers:
        if isinstance(one, BaseException):
            raise one
    return {one.status_code for one in answers}


def test_a_holder_files_once_and_begins_once(clock):
    year = play.a_year()
    dossier = play.a_draft(year)
    path = reverse("dossier-request", args=[dossier.uuid])
    assert clicked(year.holder, path, {"commitment_by": "Présidente", "commitment": "on"}, "version") == {302}
    assert moves_of(dossier).count("submit") == 1
    assert clicked(year.holder, reverse("begin", args=[year.cycle.code]), {"title": "Neuf"}, "title") == {302}
    typed = {"title": "Jardin", "organisation": "new", "name": "Les Semeurs"}
    assert clicked(year.instructor, reverse("behalf"), typed, "title") == {302}
    assert sorted(cases.Dossier.objects.values_list("title", flat=True)) == ["Atelier vélo", "Jardin", "Neuf"]
    assert Organisation.objects.filter(name="Les Semeurs").count() == 1


def test_a_financier_opines_and_asks_once_by_one_link(clock):
    year = play.a_year()
    clock[0] = play.REVIEWING
    dossier, etat = play.in_review(year), year.financiers["etat"]
    drawn = crowd([partial(seat_links.path_for, etat, dossier, play.REVIEWING)] * AT_ONCE)
    assert len(set(drawn)) == 1
    assert Client().get(drawn[0]).status_code == 200
    line = dossier.lines.get(envelope=year.envelopes["etat"])
    typed = {"verdict": "favourable", "share": "requested"}
    assert clicked(None, drawn[0], typed, "version") == {302}
    assert moves_of(line).count("opine") == 1
    path = reverse("inquiry-open", args=[line.uuid])
    assert clicked(etat, path, {"question": "Où ?"}, "question") == {302}
    assert cases.Inquiry.objects.count() == 1


def test_a_team_opens_one_sheet_one_view_and_one_derogation(clock):
    year = play.a_year()
    dossier, late = play.submitted(year), play.a_draft(year, title="En retard")
    clock[0] = play.READING
    path = reverse("dossier-instruction", args=[dossier.uuid])
    assert clicked(year.instructor, path, {"summary": "Bien."}, "version") == {302}
    assert moves_of(cases.Instruction.objects.get()) == ["open"]
    typed = {"move": "submit", "until": "2026-12-20", "reason": "Panne."}
    assert clicked(year.coordinator, reverse("derogation", args=[late.uuid]), typed, "reason") == {302}
    assert Derogation.objects.count() == 1
    typed = {"name": "Les miens", "query": "state=draft", "opens_first": "on"}
    assert sent_at_once(year.instructor, reverse("view-keep"), typed) <= {302, 422}
    view = cases.SavedView.objects.get()
    path = reverse("view-change", args=[view.uuid])
    assert sent_at_once(year.instructor, path, {"change": "first"}) == {302}
    assert play.fresh(view).opens_first is True
    others = [cases.SavedView.objects.create(owner=year.instructor, name=f"Vue {rank}") for rank in range(9)]
    paths = [reverse("view-change", args=[one.uuid]) for one in others]
    crowd([partial(signed_in(year.instructor).post, one, {"change": "first"}) for one in paths])
    assert cases.SavedView.objects.filter(opens_first=True).count() == 1


@pytest.mark.parametrize("role", ["instructor", "holder"])
def test_a_person_is_invited_once(clock, role):
    year = play.a_year()
    typed = {"action": "invite", "first_name": "Ana", "last_name": "Brun", "email": "ana@exemple.test"}
    house = {"new_organisation": "Les Semeurs"} if role == "holder" else {}
    path = reverse("people", args=[year.cycle.code])
    assert clicked(year.coordinator, path, typed | house | {"role": role}, "email") == {302, 422}
    assert User.objects.filter(email="ana@exemple.test").count() == 1
    [grant] = Grant.objects.filter(user__email="ana@exemple.test")
    assert Organisation.objects.filter(name="Les Semeurs").count() == len(house)
    assert moves_of(grant) == ["open"]


def test_a_committee_a_letter_and_a_payment_are_noted_once(clock):
    year = play.a_year()
    clock[0] = play.SITTING
    dossier = play.in_committee(year)
    first, second = dossier.lines.order_by("pk")
    typed = {"action": "decide", f"{second.pk}-word": "refuse"}
    typed |= {f"{first.pk}-word": "grant", f"{first.pk}-amount": "300"}
    path = reverse("committee-detail", args=[year.cycle.committees.get().uuid])
    assert clicked(year.coordinator, path, typed, "dossier") <= {302, 409, 422}
    assert moves_of(dossier).count("decide") == 1
    assert [moves_of(one)[-1] for one in (first, second)] == ["grant", "refuse"]
    clock[0] = play.ANSWERING
    line = play.fresh(first)
    letters = {"action": "notify", "picked": [f"{line.pk}:{line.version}"], "notified_on": "2027-04-20"}
    assert clicked(year.coordinator, reverse("to-notify"), letters, "notified_on") == {302}
    assert moves_of(line).count("notify") == 1
    assert Message.objects.filter(event="fundingline.notify", subject_id=line.pk).count() == 1
    path = reverse("line-payments", args=[line.uuid])
    assert clicked(year.instructor, path, {"amount": "20", "kind_of": "advance"}, "amount") == {302}
    assert moves_of(cases.Payment.objects.get()) == ["open"]
    path = reverse("envelope-detail", args=[year.envelopes["etat"].uuid])
    assert clicked(year.coordinator, path, {"ceiling": "1234"}, "version") == {302}
    assert moves_of(year.envelopes["etat"]).count("amend") == 1


def test_a_call_a_reading_and_an_adapted_budget_are_noted_once(clock):
    year = play.a_year()
    clock[0] = play.ANSWERING
    first, second = play.decided(year).lines.order_by("pk")
    engine.amend(second, {"call_first": True}, by=year.coordinator, at=play.ANSWERING)
    missed = {"action": "missed", "picked": [f"{second.pk}:{play.fresh(second).version}"]}
    assert sent_at_once(year.coordinator, reverse("to-notify"), missed) == {302}
    assert (play.fresh(second).calls_missed, moves_of(second).count("call")) == (1, 1)
    engine.fire(first, "notify", by=year.coordinator, at=play.ANSWERING, facts=LETTER)
    path = reverse("dossier-answer", args=[first.dossier.uuid])
    crowd([partial(signed_in(year.holder).get, path) for _ in range(AT_ONCE)])
    assert cases.Consultation.objects.count() == 1
    path = reverse("line-move", args=[first.uuid, "adapt"])
    typed = {"adaptation": "Dix séances.", "account-60": "500", "version": play.fresh(first).version}
    [form] = [one for one in forms_of(signed_in(year.holder).post(path, typed)) if "confirmed" in one.fields]
    assert sent_at_once(year.holder, path, form.fields) == {302}
    assert (moves_of(first).count("adapt"), cases.RevisedBudget.objects.count()) == (1, 1)


def test_partners_are_asked_what_they_expect_once(clock):
    year = play.a_year()
    clock[0] = play.READING
    path = reverse("committee-attendance", args=[year.cycle.committees.get().uuid])
    assert sent_at_once(year.coordinator, path, {"action": "goals"}) == {302}
    assert cases.GoalsRequest.objects.count() == cases.Attendee.objects.count() == 2
    told = Message.objects.filter(template="attentes_demandees").order_by("recipient")
    assert set(told.values_list("recipient", flat=True)) == {one.pk for one in year.financiers.values()}
    assert told.count() == 2


def test_two_opinions_of_one_seat_are_one_and_a_refusal(clock):
    year = play.a_year()
    clock[0] = play.REVIEWING
    line = play.in_review(year).lines.get(envelope=year.envelopes["etat"])
    colleague = play.person("adjointe", "financier", year.cycle, line.seat)
    actions = [
        partial(engine.fire, line, "opine", by=who, at=play.REVIEWING, version=line.version, facts=facts)
        for who in (year.financiers["etat"], colleague)
        for facts in [{"verdict": "favourable", "amount": 10, "motive": ""}] * 5
    ]
    crowd(actions)
    assert moves_of(line).count("opine") == 1

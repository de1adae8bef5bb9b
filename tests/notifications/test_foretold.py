"""Before a decision is notified, the very mail is read: its words are those that leave, and nothing is written."""

import re
from datetime import date

import pytest

from notifications import rendering
from notifications.catalogue import CATALOGUE, NOTIFIED
from notifications.models import Message
from notifications.preview import without_secrets
from notifications.rendering import template_name
from tests import year as play
from tests.cases.reached import fired
from workflow import registry
from workflow.models import Grant, Organisation, User
from workflow.roles import Role

pytestmark = pytest.mark.django_db

LETTER = {"notified_on": date(2027, 4, 20)}
TELLS_AN_OUTCOME = re.compile(
    r"€|accord|refus|rejet|retenu|favorable|recevable|montant|euros|décidé|award|requested", re.IGNORECASE
)


def foretold(year, *dossiers):
    lines = [line for one in dossiers for line in one.lines.order_by("pk")]
    return registry.mails(lines, "notify", by=year.coordinator, at=play.ANSWERING)


def test_the_words_foretold_are_those_that_leave_and_nothing_is_written_before():
    year = play.a_year()
    dossier = play.decided(year)
    before = Message.objects.count()
    [mail] = foretold(year, dossier)
    assert (Message.objects.count(), mail.to, mail.address) == (
        before,
        "Porteur-essai_2027",
        year.holder.email,
    )
    for line in dossier.lines.order_by("pk"):
        fired(line, "notify", year.coordinator, play.ANSWERING, **LETTER)
    told = list(Message.objects.filter(template=NOTIFIED).select_related("recipient", "cycle").order_by("pk"))
    [letter] = rendering.grouped(told)
    left = rendering.rendered_together(letter)
    assert (mail.subject, mail.text) == (left.subject, without_secrets(left.text))
    assert mail.about == tuple(one.subject_id for one in letter)


def test_one_financier_is_named_and_nothing_of_its_decision():
    year = play.a_year()
    line = play.decided(year, amount=437).lines.order_by("pk").first()
    [mail] = registry.mails([line], "notify", by=year.coordinator, at=play.ANSWERING)
    assert mail.subject == "Un financeur vous a répondu\u00a0: Atelier vélo"
    assert "Etat essai_2027 a répondu à votre demande" in mail.text
    assert "437" not in mail.text
    assert TELLS_AN_OUTCOME.search(mail.text) is None


def test_whoever_gets_no_mail_is_missing_from_what_is_foretold():
    year = play.a_year()
    dossier = play.decided(year)
    User.objects.filter(pk=year.holder.pk).update(refused_address=year.holder.email)
    assert [one.address for one in foretold(year, dossier)] == [""]
    User.objects.filter(pk=year.holder.pk).update(is_active=False)
    assert foretold(year, dossier) == []


def test_more_than_a_hundred_at_once_are_said_to_wait_for_a_confirmation(monkeypatch):
    year = play.a_year()
    dossier = play.decided(year)
    monkeypatch.setattr("notifications.foretold.MANY", 1)
    assert [one.held for one in foretold(year, dossier)] == [True]


@pytest.mark.parametrize("holders", [1, 3])
def test_foretelling_costs_the_same_for_one_holder_and_for_three(holders, django_assert_num_queries):
    year = play.a_year()
    dossiers = [play.decided(year, title=f"Action {rank}") for rank in range(holders)]
    for rank, one in enumerate(dossiers[1:]):
        house = Organisation.objects.create(name=f"Maison {rank}")
        person = play.person(f"maison-{rank}")
        Grant.objects.create(user=person, role=Role.HOLDER, organisation=house)
        type(one).objects.filter(pk=one.pk).update(organisation=house)
        one.lines.update(organisation=house)
    lines = [line for one in dossiers for line in one.lines.order_by("pk")]
    with django_assert_num_queries(3):
        assert len(registry.mails(lines, "notify", by=year.coordinator, at=play.ANSWERING)) == holders


DECISION_MAILS = [
    one.template
    for one in CATALOGUE
    if one.audience == "holder"
    and one.event
    in (
        "dossier.declare_inadmissible", "dossier.defer", "dossier.answer", "dossier.drop", "dossier.reopen",
        "fundingline.notify", "feedback.deliver",
    )
]  # fmt: skip


@pytest.mark.parametrize("template", DECISION_MAILS)
def test_no_subject_of_a_decision_tells_an_outcome_or_an_amount(template):
    """Read over a shoulder, on a locked screen, a subject says that there is something to read, and never what."""
    from django.template.loader import get_template

    source = get_template(template_name(template)).template.source
    subject = re.search(r"{% block subject %}(.*?){% endblock %}", source, re.DOTALL)[1]
    assert TELLS_AN_OUTCOME.search(subject) is None, subject


def test_there_are_decision_mails_to_look_at():
    assert len(DECISION_MAILS) == 8

"""The outbox: rows in the same transaction, once per person and event, in constant queries."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.models import Report
from cases.states import DossierMove, LineMove
from notifications.models import Message
from notifications.outbox import enqueue, tell
from tests import year as play
from tests.cases import reported
from workflow import engine
from workflow.models import Entry, User
from workflow.refusal import Refused
from workflow.roles import SYSTEM, Role

pytestmark = pytest.mark.django_db


def said(*, event: str) -> list[tuple[str, str, str]]:
    """(audience, template, e-mail name) of every message about an event."""
    rows = Message.objects.filter(event=event).order_by("audience", "recipient__email")
    return [(one.audience, one.template, one.recipient.email.split("@")[0]) for one in rows]


def entries_of(subject, move: str) -> list[Entry]:
    label = subject._meta.label_lower
    return list(Entry.objects.filter(subject_label=label, subject_id=subject.pk, move=move).order_by("pk"))


def test_filing_gives_the_holder_a_receipt_and_the_team_work():
    play.submitted(play.a_year())
    assert said(event="dossier.submit") == [
        ("holder", "depot_recepisse", "porteur-essai_2027"),
        ("team", "depot_a_verifier", "coordination-essai_2027"),
        ("team", "depot_a_verifier", "instruction-essai_2027"),
    ]


def test_a_message_holds_keys_only():
    dossier = play.submitted(play.a_year())
    [message] = Message.objects.filter(event="dossier.submit", audience="holder").order_by("pk")
    assert (message.reason, message.subject_label, message.subject_id) == (
        "dossier.submit#2",
        "cases.dossier",
        dossier.pk,
    )
    assert message.planned_on.isoformat() == "2026-10-20"
    assert message.created_at == play.WRITING
    assert len({one.uuid for one in Message.objects.order_by("pk")}) == Message.objects.count()


def test_the_person_who_acts_is_not_told_of_it_unless_it_is_a_receipt():
    play.in_review(play.a_year())
    assert [name for _, _, name in said(event="dossier.submit") if name.startswith("porteur")] == [
        "porteur-essai_2027"
    ]
    year = play.a_year("autre_2027")
    dossier = play.decided(year)
    assert [name for _, _, name in said(event="dossier.decide")] == ["instruction-autre_2027"]
    engine.fire(
        dossier, DossierMove.REOPEN, by=year.coordinator, at=play.ANSWERING, facts={"reason": "Erreur."}
    )
    assert [name for _, _, name in said(event="dossier.reopen")] == [
        "porteur-autre_2027",
        "instruction-autre_2027",
    ]


def test_system_moves_are_told_to_everybody_concerned():
    play.in_committee(play.a_year())
    assert said(event="dossier.close_review") == [
        ("coordination", "tour_d_avis_clos", "coordination-essai_2027")
    ]


def test_opening_a_round_asks_each_invited_financier_once_even_with_two_envelopes():
    year = play.a_year()
    dossier = play.in_instruction(year)
    line = dossier.lines.order_by("pk").first()
    second = play.cases.Envelope.objects.create(financier=line.envelope.financier, code="bis", label="bis")
    another = play.cases.FundingLine(
        dossier=dossier, envelope=second, cycle=year.cycle, organisation=dossier.organisation,
        seat=line.seat, requested=10,
    )  # fmt: skip
    engine.open_many([another], by=year.instructor, at=play.READING)
    invited = dossier.lines.filter(seat=line.seat).order_by("pk")
    engine.fire_many(invited, LineMove.INVITE, by=year.instructor, at=play.READING)
    facts = {"deadline": play.date(2027, 1, 15)}
    engine.fire(dossier, DossierMove.OPEN_REVIEW, by=year.instructor, at=play.REVIEWING, facts=facts)
    assert said(event="dossier.open_review") == [("invited", "avis_demande", "etat-essai_2027")]
    assert said(event="fundingline.invite") == []


def test_a_financier_added_in_flight_is_asked_alone():
    year = play.a_year(financiers=3)
    dossier = play.in_instruction(year)
    *early, late = dossier.lines.order_by("pk")
    engine.fire_many(early, LineMove.INVITE, by=year.instructor, at=play.READING)
    facts = {"deadline": play.date(2027, 1, 15)}
    engine.fire(dossier, DossierMove.OPEN_REVIEW, by=year.instructor, at=play.REVIEWING, facts=facts)
    engine.fire(late, LineMove.INVITE, by=year.instructor, at=play.REVIEWING)
    assert said(event="fundingline.invite") == [
        ("financier", "avis_demande_en_cours_de_tour", "ville-essai_2027")
    ]


def test_withdrawing_tells_the_financiers_who_knew_of_the_dossier():
    year = play.a_year()
    dossier = play.in_review(year)
    engine.fire(dossier, DossierMove.WITHDRAW, by=year.holder, at=play.REVIEWING)
    assert said(event="dossier.withdraw") == [
        ("consulted", "dossier_retire_au_financeur", "agglo-essai_2027"),
        ("consulted", "dossier_retire_au_financeur", "etat-essai_2027"),
        ("holder", "retrait_recepisse", "porteur-essai_2027"),
        ("team", "dossier_retire", "coordination-essai_2027"),
        ("team", "dossier_retire", "instruction-essai_2027"),
    ]


def test_withdrawing_before_the_round_says_nothing_to_financiers_who_never_heard_of_it():
    year = play.a_year()
    dossier = play.in_instruction(year)
    engine.fire_many(dossier.lines.order_by("pk"), LineMove.INVITE, by=year.instructor, at=play.READING)
    engine.fire(dossier, DossierMove.WITHDRAW, by=year.holder, at=play.READING)
    assert [audience for audience, _, _ in said(event="dossier.withdraw")] == ["holder", "team", "team"]


def test_an_opinion_received_by_phone_is_told_to_whom_it_binds():
    year = play.a_year()
    line = play.in_review(year).lines.get(envelope=year.envelopes["etat"])
    facts = {"verdict": "favourable", "source": "Appel du 12 décembre", "author": "Le délégué"}
    engine.fire(line, LineMove.RECORD_OPINION, by=year.instructor, at=play.REVIEWING, facts=facts)
    assert said(event="fundingline.record_opinion") == [
        ("financier", "avis_consigne_par_l_equipe", "etat-essai_2027")
    ]


def test_a_report_is_told_through_its_dossier():
    year = play.a_year()
    report = Report.objects.get(dossier=play.reporting(year))
    reported.sent(year, report)
    assert [(audience, name) for audience, _, name in said(event="report.file")] == [
        ("holder", "porteur-essai_2027"),
        ("team", "coordination-essai_2027"),
        ("team", "instruction-essai_2027"),
    ]
    assert [template for _, template, _ in said(event="dossier.open_reporting")] == ["bilan_attendu"]


def test_the_same_entries_told_twice_write_nothing_even_after_another_move():
    dossier = play.in_instruction(play.a_year())
    before = Message.objects.count()
    assert enqueue(entries_of(dossier, "submit"), play.WRITING) == 0
    assert enqueue(entries_of(dossier, "submit"), play.SITTING) == 0
    assert Message.objects.count() == before


def test_a_second_filing_is_told_again():
    year = play.a_year()
    dossier = play.submitted(year)
    engine.fire(dossier, DossierMove.TAKE_BACK, by=year.holder, at=play.WRITING)
    engine.fire(play.fresh(dossier), DossierMove.SUBMIT, by=year.holder, at=play.WRITING)
    receipts = Message.objects.filter(event="dossier.submit", audience="holder").order_by("pk")
    assert [one.reason for one in receipts] == ["dossier.submit#2", "dossier.submit#4"]


def test_a_refused_move_tells_nobody():
    year = play.a_year()
    dossier = play.a_draft(year, requested=0)
    with pytest.raises(Refused):
        engine.fire(dossier, DossierMove.SUBMIT, by=year.holder, at=play.WRITING)
    assert Message.objects.count() == 0


def test_messages_go_with_the_move_when_it_is_rolled_back():
    year = play.a_year()
    dossier = play.a_draft(year)
    with transaction.atomic():
        engine.fire(dossier, DossierMove.SUBMIT, by=year.holder, at=play.WRITING)
        assert Message.objects.count() == 3
        transaction.set_rollback(True)
    assert Message.objects.count() == 0


def test_a_person_in_two_audiences_hears_once_as_the_catalogue_puts_first():
    year = play.a_year()
    play.Grant.objects.create(
        user=year.holder, role=Role.COORDINATOR, cycle=year.cycle, organisation=year.holder_organisation
    )
    play.submitted(year)
    assert [row for row in said(event="dossier.submit") if row[2].startswith("porteur")] == [
        ("holder", "depot_recepisse", "porteur-essai_2027")
    ]


def test_other_cycles_other_organisations_and_closed_accounts_hear_nothing():
    year, other = play.a_year(), play.a_year("autre_2027")
    gone = play.person("parti", Role.INSTRUCTOR, year.cycle, None)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    play.person("ancien-porteur", Role.HOLDER, other.cycle, year.holder_organisation)
    play.submitted(year)
    assert {name for _, _, name in said(event="dossier.submit")} == {
        "porteur-essai_2027",
        "coordination-essai_2027",
        "instruction-essai_2027",
    }


def test_a_person_without_an_address_keeps_a_row_that_somebody_will_see_fail():
    year = play.a_year()
    User.objects.filter(pk=year.holder.pk).update(email="")
    dossier = play.submitted(year)
    assert Message.objects.filter(subject_id=dossier.pk, recipient=year.holder).count() == 1


def test_an_organisation_without_anybody_stops_nothing():
    year = play.a_year()
    dossier = play.a_draft(year)
    play.Grant.objects.filter(role=Role.HOLDER).delete()
    engine.fire(dossier, DossierMove.SUBMIT, by=year.instructor, at=play.WRITING)
    assert [audience for audience, _, _ in said(event="dossier.submit")] == ["team"]


def test_a_batch_of_ninety_nine_costs_one_statement(django_assert_num_queries):
    year = play.a_year(financiers=1)
    dossiers = [play.submitted(year) for _ in range(33)]
    entries = [entry for one in dossiers for entry in entries_of(one, "submit")]
    Message.objects.all().delete()
    with django_assert_num_queries(1):
        assert enqueue(entries, play.WRITING) == 99
    with django_assert_num_queries(1):
        assert enqueue(entries, play.WRITING) == 0


def test_what_nobody_is_told_costs_nothing(django_assert_num_queries):
    year = play.a_year()
    opened = entries_of(play.a_draft(year), "open")
    with django_assert_num_queries(0):
        assert enqueue(opened, play.WRITING) == 0
        assert enqueue([], play.WRITING) == 0


def test_the_messages_of_a_move_cost_it_one_query():
    year = play.a_year()
    dossier = play.submitted(year)
    play.read(year, dossier)
    with CaptureQueriesContext(connection) as found:
        engine.fire(dossier, DossierMove.ADMIT, by=year.instructor, at=play.READING)
    assert ["notifications_message" in one["sql"] for one in found][-2:] == [False, True]
    assert sum("notifications_message" in one["sql"] for one in found) == 1
    assert len(found) <= 8


def test_what_the_clock_does_is_told_too():
    year = play.a_year()
    dossier = play.answered(year)
    engine.fire(dossier, DossierMove.OPEN_REPORTING, by=SYSTEM, at=play.REPORTING)
    assert [name for _, _, name in said(event="dossier.open_reporting")] == ["porteur-essai_2027"]


# ── What no move says ───────────────────────────────────────────────────────


def test_a_link_asked_for_is_told_once_for_each_reason():
    year = play.a_year()
    assert tell(year.holder, "signin_link", reason="signin_link#1", at=play.WRITING) is True
    assert tell(year.holder, "signin_link", reason="signin_link#1", at=play.WRITING) is False
    assert tell(year.holder, "signin_link", reason="signin_link#2", at=play.WRITING) is True
    [first, _] = Message.objects.order_by("pk")
    assert (first.subject_label, first.cycle, first.dossier) == ("workflow.user", None, None)


def test_a_message_knows_its_cycle_its_dossier_and_when_it_may_leave():
    year = play.a_year()
    dossier = play.reporting(year)
    rows = Message.objects.order_by("pk")
    assert {(one.cycle, one.dossier, one.status) for one in rows} == {(year.cycle, dossier, "waiting")}
    assert {one.due_at for one in rows} == {one.created_at for one in rows}
    assert {one.subject_label for one in rows} >= {"cases.dossier", "cases.feedback"}

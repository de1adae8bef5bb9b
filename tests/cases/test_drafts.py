"""How a request begins and is saved."""

import threading
from decimal import Decimal

import pytest
from django.db import connection

from cases import drafts
from cases.models import Dossier, Neighbourhood, Orientation
from tests import year as play
from workflow.refusal import Refused

pytestmark = pytest.mark.django_db


def facts(year, **more):
    plain = {"organisation": year.holder_organisation, "title": "Jardin", "project": None}
    return plain | {"orientation": None, "neighbourhoods": []} | more


def test_a_call_is_open_until_the_evening_of_its_deadline():
    year = play.a_year()
    days = ("2026-11-15", "2026-11-16")
    assert [list(drafts.open_calls(play.day(one, hour=23))) for one in days] == [[year.cycle], []]


def test_a_request_takes_the_next_number_of_its_call():
    year = play.a_year()
    numbers = [
        drafts.begin(year.cycle, facts(year, title=title), by=year.holder, at=play.WRITING).number
        for title in ("Jardin", "Chorale", "Cirque")
    ]
    assert numbers == [1, 2, 3]


def test_nobody_begins_a_request_for_somebody_else():
    year, other = play.a_year(), play.a_year("ailleurs")
    with pytest.raises(Refused) as refused:
        drafts.begin(year.cycle, facts(year), by=other.holder, at=play.WRITING)
    assert (refused.value.codes, Dossier.objects.count()) == (["no_right"], 0)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_eight_requests_begun_at_once_have_eight_numbers():
    year, failed = play.a_year(), []
    gate = threading.Barrier(8)

    def begin(rank):
        try:
            gate.wait()
            drafts.begin(year.cycle, facts(year, title=f"Jardin {rank}"), by=year.holder, at=play.WRITING)
        except Exception as fault:
            failed.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=begin, args=[rank]) for rank in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert sorted(Dossier.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6, 7, 8]


def save(year, dossier, title, amount=1_000, read=None):
    line = dossier.lines.order_by("pk").first()
    amounts = [(line.envelope, line, Decimal(amount))]
    drafts.save(read or dossier, {"title": title}, amounts, by=year.holder, at=play.WRITING)


def test_what_is_asked_is_saved_with_the_words_or_not_at_all():
    year = play.a_year()
    dossier = play.a_draft(year)
    save(year, dossier, "Nouveau nom", amount=700)
    fresh = play.fresh(dossier)
    assert (fresh.title, fresh.lines.order_by("pk").first().requested) == ("Nouveau nom", 700)
    with pytest.raises(Refused) as refused:
        save(year, fresh, "Plus ancien", amount=300, read=dossier)
    assert refused.value.codes == ["stale"]
    assert play.fresh(dossier).lines.order_by("pk").first().requested == 700


def test_what_was_never_asked_before_becomes_a_line():
    year = play.a_year(financiers=2)
    dossier = drafts.begin(year.cycle, facts(year), by=year.holder, at=play.WRITING)
    amounts = [(year.envelopes["etat"], None, Decimal(500)), (year.envelopes["agglo"], None, Decimal(0))]
    drafts.save(dossier, {}, amounts, by=year.holder, at=play.WRITING)
    assert [(line.envelope, line.requested) for line in dossier.lines.order_by("pk")] == [
        (year.envelopes["etat"], 500)
    ]


def test_quarters_and_a_priority_are_written_after_the_beginning_too():
    year = play.a_year()
    dossier = play.a_draft(year)
    quarter = Neighbourhood.objects.create(code="QN05109M", name="Le Hamois", contract=year.cycle.contract)
    priority = Orientation.objects.create(cycle=year.cycle, code="emploi", label="Emploi")
    changes = {"orientation_id": priority.pk, "neighbourhoods": [quarter.pk]}
    drafts.save(dossier, changes, [], by=year.holder, at=play.WRITING)
    fresh = play.fresh(dossier)
    assert (fresh.orientation, list(fresh.neighbourhoods.order_by("pk"))) == (priority, [quarter])
    assert (fresh.version, fresh.journal_seq) == (dossier.version + 1, dossier.journal_seq)


# Filing --------------------------------------------------------------------------------------------------------------

ENGAGED = {"commitment_by": "Awa Diallo", "commitment_at": play.WRITING}


def test_a_request_is_filed_with_its_engagement():
    year = play.a_year()
    dossier = play.a_draft(year)
    drafts.file(dossier, ENGAGED, by=year.holder, at=play.WRITING, version=dossier.version)
    fresh = play.fresh(dossier)
    assert (fresh.state, fresh.commitment_by) == ("submitted", "Awa Diallo")


def test_an_engagement_stays_where_something_else_is_missing():
    year = play.a_year()
    dossier = play.a_draft(year)
    dossier.documents.all().delete()
    with pytest.raises(Refused) as refused:
        drafts.file(dossier, ENGAGED, by=year.holder, at=play.WRITING, version=dossier.version)
    assert (refused.value.codes, play.fresh(dossier).commitment_by) == (["no_document"], "Awa Diallo")


def test_nobody_files_what_they_have_not_read():
    year = play.a_year()
    dossier = play.a_draft(year)
    drafts.save(dossier, {"title": "Autre nom"}, [], by=year.holder, at=play.WRITING)
    with pytest.raises(Refused) as refused:
        drafts.file(dossier, ENGAGED, by=year.holder, at=play.WRITING, version=dossier.version)
    assert (refused.value.codes, play.fresh(dossier).state) == (["stale"], "draft")


def test_the_same_filing_twice_files_once():
    year = play.a_year()
    dossier = play.a_draft(year)
    for _ in range(2):
        drafts.file(dossier, ENGAGED, by=year.holder, at=play.WRITING, version=dossier.version)
    assert dossier.filings.count() == 1

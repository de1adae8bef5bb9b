"""What must hold to sign a programming, guard by guard; what a signature keeps, and what rests until it is reopened."""

from functools import partial

import pytest
from django.db import IntegrityError, transaction

from cases import programming_life as that
from cases import programming_sight, signing
from cases.models import Programming, SignedProgramming
from cases.scenario_life import programming_is_open
from cases.signing import Ballot, Table
from tests import programmings
from tests import year as play
from tests.cases import reached
from tests.workflow.answers import entries, refused
from workflow import engine
from workflow.charts import chart_of
from workflow.refusal import Refused

EMPTY = Table([], [])


def codes(found) -> list[str]:
    return [one.code for one in found]


def ballot(**told) -> Ballot:
    return Ballot(**{"committees": {1}, "waiting": [], "decided": 1} | told)


GUARDS = {
    that.the_committee_is_one_of_its_call: [
        ({"facts": {"committee": 1}, "ballot": ballot()}, []),
        ({"facts": {"committee": 2}, "ballot": ballot()}, ["no_committee"]),
        ({"facts": None, "ballot": ballot()}, []),
    ],
    that.something_is_decided: [
        ({"ballot": ballot()}, []),
        ({"ballot": ballot(decided=0)}, ["nothing_decided"]),
    ],
    that.no_dossier_awaits_the_vote: [
        ({"ballot": ballot()}, []),
        ({"ballot": ballot(waiting=["003"])}, ["still_on_the_table"]),
    ],
    that.table_is_as_shown: [
        ({"facts": {"seen": EMPTY.digest}, "table": lambda: EMPTY}, []),
        ({"facts": {"seen": "0" * 64}, "table": lambda: EMPTY}, ["stale"]),
        ({"facts": None, "table": lambda: EMPTY}, []),
    ],
}


@pytest.mark.parametrize(
    "guard, given, expected", [(g, *case) for g, cases in GUARDS.items() for case in cases]
)
def test_each_guard_says_no_only_where_it_must(guard, given, expected):
    assert codes(guard(None, **given)) == expected


def test_every_guard_is_tried_here():
    assert {guard for move in chart_of(Programming).values() for guard in move.rule.guards} == set(GUARDS)


def test_a_refusal_names_a_few_dossiers_and_counts_the_others():
    [one] = that.no_dossier_awaits_the_vote(None, ballot(waiting=[f"{n:03d}" for n in range(10)]))
    assert "007 et 2 de plus" in one.sentence.replace(" et 007", ", 007")


def test_a_signed_programming_alone_closes_the_proposals():
    assert codes(programming_is_open(None, None)) == []
    assert codes(programming_is_open(None, Programming(state="signed"))) == ["programming_signed"]
    assert codes(programming_is_open(None, Programming(state="open"))) == []


# Signed ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def year(db):
    return play.a_year()


def test_the_table_is_kept_as_it_was_voted_whatever_happens_after(year):
    dossier = play.decided(year, amount=333)
    programming = programmings.opened(year)
    programmings.sign(year, programming)
    signed = SignedProgramming.objects.get()
    before = signing.read(signed.content)
    engine.fire(dossier, "reopen", by=year.coordinator, at=play.SITTING, facts={"reason": "Erreur"})
    assert signing.read(SignedProgramming.objects.get().content) == before
    assert signing.digest_of(signed.content) == signed.digest == before.digest
    [row] = before.rows
    assert [(one["decided"], one["outcome"]) for one in row["lines"]] == [
        ("333.00", "granted"), ("0.00", "refused"),
    ]  # fmt: skip
    assert signing.table_of(year.cycle.pk).digest != signed.digest


def test_the_journal_holds_the_digest_and_the_reason(year):
    programming = programmings.signed(year)
    facts = {"reason": "Liste complémentaire"}
    engine.fire(programming, "reopen", by=year.coordinator, at=play.SITTING, facts=facts)
    assert [entry.move for entry in entries(programming)] == ["open", "sign_off", "reopen"]
    assert SignedProgramming.objects.get().digest in entries(programming)[1].payload
    assert [one.text for one in entries(programming)[2].prose.all()] == ["Liste complémentaire"]


def test_a_second_signature_is_a_second_version(year):
    programming = programmings.signed(year)
    facts = {"reason": "Seconde programmation"}
    engine.fire(programming, "reopen", by=year.coordinator, at=play.SITTING, facts=facts)
    programmings.sign(year, programming)
    assert list(SignedProgramming.objects.of_cycle(year.cycle.pk).values_list("number", flat=True)) == [2, 1]


def test_a_table_that_changed_since_it_was_read_is_not_signed(year):
    dossier = play.decided(year)
    play.in_instruction(year)
    programming = programmings.opened(year)
    late = partial(programmings.sign, year, programming)
    facts = {"committee": year.cycle.committees.get().pk, "seen": signing.table_of(year.cycle.pk).digest}
    programmings.propose(year, reached.line_of(play.fresh(dossier), 1), 12)
    with pytest.raises(Refused) as caught:
        late(facts=facts)
    assert (caught.value.codes, SignedProgramming.objects.count()) == (["stale"], 0)


def test_what_is_still_on_the_table_is_voted_first_and_what_is_deferred_waits(year):
    programming = programmings.opened(year)
    assert left(year, programming) == ["nothing_decided"]
    play.decided(year)
    reached.deferred(year)
    play.in_committee(year)
    assert left(year, programming) == ["still_on_the_table"]


def left(year, programming) -> list[str]:
    """What still forbids to sign the table as it is."""
    with pytest.raises(Refused) as caught:
        programmings.sign(year, programming)
    return caught.value.codes


def test_the_database_refuses_to_touch_what_was_signed(year):
    programmings.signed(year)
    for change in (lambda rows: rows.update(digest="0"), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change(SignedProgramming.objects.all())


def test_verify_finds_a_table_that_is_no_longer_the_signed_one(year):
    programmings.signed(year)
    assert list(signing.tables_hold()) == []
    SignedProgramming.objects.create(
        programming=Programming.objects.get(), number=2, committee=year.cycle.committees.get(),
        at=play.SITTING, by=year.coordinator, content="{}", digest="0" * 64,
    )  # fmt: skip
    assert len(list(signing.tables_hold())) == 1


# Open to its readers --------------------------------------------------------------------------------------------------


def test_opening_it_is_journaled_and_twice_is_already_so(year):
    def share(version, *, shared):
        sight = programmings.sight(year, year.coordinator)
        call = {"by": year.coordinator, "at": play.SITTING, "version": version}
        return programming_sight.share(sight, year.cycle, shared=shared, **call)

    assert [share(0, shared=True), share(0, shared=True)] == [True, False]
    assert [share(1, shared=False), share(1, shared=False)] == [True, False]
    assert [entry.move for entry in entries(Programming.objects.get())] == ["open", "amend"]


def test_only_the_coordination_opens_signs_and_reopens(year):
    with pytest.raises(Refused) as caught:
        engine.open_many([Programming(cycle=year.cycle)], by=year.instructor, at=play.SITTING)
    assert caught.value.codes == ["no_right"]
    programming = programmings.signed(year)
    call = {"by": year.instructor, "at": play.SITTING, "facts": {"reason": "Erreur"}}
    assert refused(programming, "reopen", **call) == ["no_right"]

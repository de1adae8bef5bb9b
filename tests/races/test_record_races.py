"""A record signed while a decision that it tells is taken back: one of the two is refused, whichever comes second."""

import os
from functools import partial

import pytest

from cases import minutes
from cases.models import Minutes
from tests import year as play
from tests.races.crowd import crowd, rewound, tally
from workflow import engine
from workflow.refusal import Refused

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

ROUNDS = 100 if os.environ.get("JALONS_SOAK") else 10


def sign(committee, seen, year) -> Minutes:
    return minutes.sign_off(committee, seen, by=year.coordinator, at=play.SITTING)


def told_of(record: Minutes, dossier) -> list[str]:
    """What a record says of one dossier."""
    every = [one for point in record.content["points"] for one in point["dossiers"]]
    return [one["result"] for one in every if one["reference"] == dossier.reference]


def test_a_record_never_tells_a_decision_that_was_taken_back_meanwhile():
    year = play.a_year(financiers=2, ceiling=10_000_000)
    committee = year.cycle.committees.select_related("cycle").order_by("on", "pk")[0]
    for dossier in rewound(partial(play.decided, year), ROUNDS):
        seen = minutes.digest_of(minutes.content_of(committee))
        why = {"reason": "Le mauvais dossier."}
        undo = partial(engine.fire, dossier, "undecide", by=year.coordinator, at=play.SITTING, facts=why)
        signed, undone = crowd([partial(sign, committee, seen, year), undo])
        assert tally([undone])["repeated"] == 0
        assert [type(one) for one in (signed, undone)].count(Refused) == 1, (signed, undone)
        if isinstance(signed, Refused):
            assert (signed.codes, play.fresh(dossier).state) == (["stale"], "committee")
        else:
            assert (undone.codes, play.fresh(dossier).state) == (["record_signed"], "decided")
            assert len(told_of(signed, dossier)) == 1

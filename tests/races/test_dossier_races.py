"""What several people do to one dossier at the same instant: row locks decide, and nobody is told a wrong thing."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from cases import models as cases
from tests import year as play
from tests.races.crowd import crowd, moves_of, rewound, tally
from workflow import engine

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

OPINION = {"verdict": "favourable", "amount": Decimal(500), "motive": ""}


def opinions(year, dossier):
    """One opinion per line of the dossier, ready to be fired."""
    return [
        partial(
            engine.fire,
            line,
            "opine",
            by=year.financiers[line.envelope.code],
            at=play.REVIEWING,
            facts=OPINION,
        )
        for line in dossier.lines.select_related("envelope").order_by("pk")
    ]


def a_big_year():
    year = play.a_year(financiers=5)
    for name in ("region", "ars", "bailleur"):
        play._financier(year, name, 10_000)
    return year


def test_eight_opinions_at_once_close_the_round_once():
    year = a_big_year()
    for dossier in rewound(partial(play.in_review, year)):
        assert tally(crowd(opinions(year, dossier))) == {"done": 8, "repeated": 0, "refused": 0}
        assert play.fresh(dossier).state == "committee"
        assert moves_of(dossier).count("close_review") == 1
        assert cases.Opinion.objects.filter(line__dossier=dossier).count() == 8


def test_the_last_opinion_and_the_withdrawal_never_pass_one_another():
    year = play.a_year()
    for dossier in rewound(partial(play.in_review, year)):
        first, last = opinions(year, dossier)
        first()
        withdrawal = partial(engine.fire, dossier, "withdraw", by=year.holder, at=play.REVIEWING)
        results = crowd([last, withdrawal])
        assert tally([results[1]]) == {"done": 1, "repeated": 0, "refused": 0}
        tally(results)
        assert play.fresh(dossier).state == "withdrawn"
        assert set(dossier.lines.values_list("state", flat=True)) == {"requested"}
        assert not cases.ReviewRound.objects.filter(dossier=dossier, closed_at=None).exists()


def test_of_contradictory_moves_exactly_one_passes():
    year = play.a_year()
    deferral = {"reason": "Budget", "next_committee_on": date(2027, 3, 10)}
    reopening = {"reason": "Un avis", "deadline": date(2027, 3, 1)}
    for dossier in rewound(partial(play.in_committee, year)):
        call = {"by": year.coordinator, "at": play.SITTING, "version": dossier.version}
        results = crowd(
            [
                partial(engine.fire, dossier, "defer", facts=deferral, **call),
                partial(engine.fire, dossier, "drop", facts={"reason": "Doublon"}, **call),
                partial(engine.fire, dossier, "reopen_review", facts=reopening, **call),
                partial(engine.fire, dossier, "withdraw", **{**call, "by": year.holder}),
            ]
        )
        assert tally(results) == {"done": 1, "repeated": 0, "refused": 3}


def test_twenty_identical_posts_have_one_effect_and_nineteen_are_already_done():
    year = play.a_year(ceiling=10_000_000)
    for dossier in rewound(partial(play.submitted, year)):
        posts = [
            partial(
                engine.fire, dossier, "take_back", by=year.holder, at=play.WRITING, version=dossier.version
            )
        ] * 20
        assert tally(crowd(posts)) == {"done": 1, "repeated": 19, "refused": 0}
        assert moves_of(dossier) == ["open", "submit", "take_back"]


def test_a_line_opened_while_its_dossier_is_filed_is_in_the_filing_or_refused():
    year = play.a_year(financiers=2)
    for draft in rewound(partial(play.a_draft, year)):
        envelope = cases.Envelope.objects.create(
            financier=year.envelopes["etat"].financier, code=f"plus-{draft.pk}", label="Plus"
        )
        line = cases.FundingLine(
            dossier=draft, envelope=envelope, cycle=year.cycle, organisation=year.holder_organisation,
            seat=envelope.financier.organisation, requested=Decimal(10),
        )  # fmt: skip
        opening = partial(engine.open_many, [line], by=year.holder, at=play.WRITING)
        filing = partial(engine.fire, draft, "submit", by=year.holder, at=play.WRITING)
        opened, _ = crowd([opening, filing])
        filed = [one["line"] for one in draft.filings.get().content["lines"]]
        assert sorted(filed) == sorted(draft.lines.values_list("pk", flat=True)), opened

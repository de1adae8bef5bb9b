"""G1, no illegal state: random walks through the door against an independent model of the field, random rules too."""

import os
import random
from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Sum

from cases import models as cases
from tests import year as play
from tests.cases.reported import WRITTEN
from tests.model.plain import World
from workflow import engine
from workflow.refusal import Refused
from workflow.roles import SYSTEM

pytestmark = pytest.mark.django_db

STEPS, WALKS = (100_000, 200) if os.environ.get("JALONS_SOAK") else (3_000, 10)

DOSSIER = {
    "ask_support": ("holder", {"step": "rendez-vous"}),
    "end_support": ("instructor", {}),
    "submit": ("holder", {}),
    "take_back": ("holder", {}),
    "ask_completion": ("instructor", {"items": ["RIB"], "due_on": date(2099, 1, 1)}),
    "complete": ("holder", {}),
    "declare_inadmissible": ("coordinator", {"reason": "hors-quartier", "fact": "Hors."}),
    "admit": ("instructor", {}),
    "open_review": ("instructor", {"deadline": date(2099, 1, 1)}),
    "close_review": ("coordinator", {}),
    "reopen_review": ("coordinator", {"reason": "Un avis.", "deadline": date(2099, 1, 1)}),
    "defer": ("coordinator", {"reason": "Budget.", "next_committee_on": date(2099, 1, 1)}),
    "resume": ("coordinator", {}),
    "decide": ("coordinator", {}),
    "undecide": ("coordinator", {"reason": "Le mauvais dossier."}),
    "answer": ("coordinator", {}),
    "open_reporting": ("system", {}),
    "close": ("system", {}),
    "reopen": ("coordinator", {"reason": "Recours.", "withdraws_award": True}),
    "withdraw": ("holder", {}),
    "restore": ("holder", {}),
    "drop": ("coordinator", {"reason": "Doublon."}),
}
OPINION = {"verdict": "favourable", "amount": Decimal(1), "motive": ""}
LINE = {
    "invite": ("instructor", {}),
    "opine": ("financier", OPINION),
    "excuse": ("coordinator", {"reason": "La CAF ne finance plus."}),
    "record_opinion": ("instructor", {**OPINION, "source": "Appel", "author": "Agent"}),
    "grant": ("coordinator", {}),
    "refuse": ("coordinator", {}),
    "withhold": ("coordinator", {}),
    "release": ("coordinator", {}),
    "carry_over": ("coordinator", {}),
    "call": ("instructor", {"reached": True}),
    "notify": ("coordinator", {}),
    "accept": ("holder", {}),
    "adapt": ("holder", {"adaptation": "Dix séances."}),
    "renounce": ("holder", {}),
    "settle": ("instructor", {}),
    "route_mainstream": ("instructor", {}),
    "confirm": ("instructor", {}),
    "decline": ("instructor", {}),
}
SUPPORT = {
    "finish": ("instructor", {}),
    "hold": ("instructor", {"held_on": date(2026, 10, 20), "record": "Trois points."}),
    "note": ("instructor", {"record": "Deux points."}),
    "miss": ("instructor", {}),
    "waive": ("coordinator", {"reason": "Porteur connu."}),
}
SHEET = {
    "hand_over": "instructor",
    "proofread": "coordinator",
    "correct": "coordinator",
    "deliver": "coordinator",
    "revise": "coordinator",
    "abandon": "instructor",
}
REPORT = {"file": "holder", "ask_correction": "instructor", "accept": "instructor"}
LETTERS = [
    (date(2027, 2, 9), False),
    (date(2027, 2, 10), True),
    (date(2027, 4, 1), True),
    (date(2099, 1, 1), False),
]
"""The committee sits on 10 February 2027, and nothing is decided before December's walk."""
RARE = {
    "take_back", "ask_completion", "declare_inadmissible", "defer", "reopen", "undecide", "withdraw", "drop", "close",
    "carry_over", "confirm", "decline",
}  # fmt: skip
"""Ways out and back are taken one time in eight, because a walk that ends or turns at once visits little."""


class Walk:
    """The same random steps in the house and in the model; they must agree on every one of them."""

    def __init__(self, dice, rank):
        self.dice, self.at = dice, play.WRITING
        count = dice.randint(1, 4)
        policy = {
            "quorum": dice.choice([None, 1, 2]),
            "feedback_on_refusal": dice.random() < 0.5,
            "feedback_on_cut": dice.choice([None, 50]),
            "line_on_cut": dice.random() < 0.5,
            "call_on_refusal": dice.random() < 0.5,
        }
        ceiling = dice.choice([300, 700, 2_000])
        self.year = play.a_year(f"essai-{rank}", financiers=count, ceiling=ceiling, **policy)
        self.dossier = play.a_draft(self.year)
        a_mainstream_line(self.year, self.dossier)
        self.lines = list(self.dossier.lines.select_related("envelope__financier").order_by("pk"))
        self.committee = self.year.cycle.committees.get().pk
        rules = (policy[name] for name in ("quorum", "feedback_on_refusal", "feedback_on_cut", "line_on_cut"))
        self.world = World([1_000] * (count + 1), ceiling, *rules)
        self.world.calls = policy["call_on_refusal"]

    def is_over(self):
        """A dossier withdrawn once filing is over never comes back."""
        return self.world.state in {"closed", "dropped", *(["withdrawn"] if self.world.late else [])}

    def step(self):
        if not self.world.read and self.dice.random() < 0.2:
            play.read(self.year, self.dossier)
            self.world.read = True
        if (
            not self.world.late
            and self.world.state not in {"draft", "withdrawn"}
            and self.dice.random() < 0.3
        ):
            self.at, self.world.late = play.REPORTING, True
        kind = self.dice.choices(["dossier", "line", "sheet", "report", "support"], [8, 10, 2, 1, 1])[0]
        return getattr(self, f"step_{kind}")()

    def chosen(self, moves, *rank):
        """Any move; two times in three one that the model lets pass, because pure chance stays near the start."""
        ways = sorted(set(moves) - RARE) if self.dice.random() < 2 / 3 else []
        able = [move for move in ways if self.is_open(move, *rank)]
        return self.dice.choice(able or sorted(moves))

    def is_open(self, move, *rank):
        """Whether the model would let this pass, tried on a copy of its world."""
        world = deepcopy(self.world)
        facts = {"grant": [100], "carry_over": [100], "end_support": [True], "notify": [True]}.get(move, [])
        name = "release_line" if move == "release" else move
        return bool(getattr(world, name)(*(world.lines[one] for one in rank), *facts))

    def step_dossier(self):
        move = self.chosen(DOSSIER)
        accompanied = move == "ask_support" and len(self.world.supports) > 1
        if accompanied or (move in RARE and self.dice.random() > 0.125):
            return
        role, facts = DOSSIER[move]
        if move == "decide":
            facts = {"committee": self.committee}
        told = getattr(self.world, move)
        if move == "end_support":
            held = self.dice.random() < 0.5
            facts, told = {"held": held, "record": "Trois points."}, lambda: self.world.end_support(held)
        if move == "complete":
            for request in self.dossier.completions.filter(closed_at=None):
                engine.amend(request, {"replies": {"0": "Joint."}}, by=self.year.holder, at=self.at)
        if move in ("decide", "answer", "open_reporting") and not self.world.late:
            return
        self.compare(move, self.dossier, role, facts, told)

    def step_support(self):
        support = self.dossier.supports.order_by("pk").last()
        if support is not None:
            move = self.dice.choice(sorted(SUPPORT))
            self.compare(move, support, *SUPPORT[move], getattr(self.world, move))

    def step_line(self):
        rank = self.dice.randrange(len(self.lines))
        move = self.chosen(LINE, rank)
        if move in RARE and self.dice.random() > 0.125:
            return
        role, facts = LINE[move]
        line, there = self.lines[rank], self.world.lines[rank]
        arguments = [there]
        if move in ("grant", "carry_over"):
            amount = self.dice.choice([0, 100, 300, 701, 1_000, 1_001])
            facts, arguments = {"amount": Decimal(amount), "agreement": "CPO"}, [there, amount]
        if move == "notify":
            letter, dated = self.dice.choice(LETTERS)
            facts, arguments = {"notified_on": letter}, [there, dated]
        name = "release_line" if move == "release" else move
        self.compare(move, line, role, facts, lambda: getattr(self.world, name)(*arguments), line)

    def step_sheet(self):
        if not self.world.sheet:
            sheet = cases.Feedback(dossier=self.dossier, author=self.year.instructor, advice="Revenez.")
            engine.open_many([sheet], by=self.year.instructor, at=self.at)
            self.world.sheet = "draft"
        if self.world.sheet == "draft" and self.dice.random() < 0.6:
            self.write_sheet()
        move = self.chosen(SHEET)
        facts = {"reason": "le montant."} if move == "revise" else {}
        self.compare(move, self.dossier.feedback, SHEET[move], facts, getattr(self.world, move))

    def write_sheet(self):
        """What is owed, or one part of it too few or too many."""
        parts = {part: much for part, much in self.world.owed().items() if much}
        other = self.dice.choice(["team", *range(len(self.lines))])
        if self.dice.random() < 0.4:
            parts[other] = self.dice.choice(["full", "line"])
        elif parts and self.dice.random() < 0.4:
            parts.pop(self.dice.choice(sorted(parts, key=str)))
        self.world.words = parts
        keys = {"team": None} | {rank: line.pk for rank, line in enumerate(self.lines)}
        motives = [
            {
                "line": keys[part],
                "reason": "priorite" if part != "team" else "hors-quartier",
                "fact": "Un fait.",
            }
            for part, much in parts.items()
            if much == "full"
        ]
        lesser = [{"line": keys[part], "why": "Moins."} for part, much in parts.items() if much == "line"]
        changes = {"motives": motives, "lesser": lesser}
        engine.amend(self.dossier.feedback, changes, by=self.year.instructor, at=self.at)

    def step_report(self):
        report = cases.Report.objects.filter(dossier=self.dossier).first()
        if report is None:
            return
        if self.world.report == "draft":
            whole = WRITTEN | {"explained": {"total": "Autrement."}}
            signed = {"certified_by": "Présidente", "certified_at": self.at}
            engine.amend(report, whole | signed, by=self.year.holder, at=self.at)
        move = self.dice.choice(sorted(REPORT))
        name = {"file": "file_report", "accept": "accept_report"}.get(move, move)
        facts = {"reason": "Le nombre."} if move == "ask_correction" else {}
        self.compare(move, report, REPORT[move], facts, getattr(self.world, name))

    def compare(self, move, subject, role, facts, told, line=None):
        before = self.said()
        try:
            engine.fire(subject, move, by=self.person(role, line), at=self.at, facts=facts)
            happened, codes = True, []
        except Refused as refused:
            happened, codes = False, refused.codes
        assert bool(told()) == happened, (before, move, codes)
        assert self.said() == self.seen(), (before, move)

    def person(self, role, line):
        if role == "financier":
            return self.year.financiers[line.envelope.financier.code]
        return SYSTEM if role == "system" else getattr(self.year, role)

    def said(self):
        world = self.world
        lines = [(line.state, line.booked) for line in world.lines]
        sheet = world.sheet, world.delivered, world.readable
        return world.state, lines, sheet, world.report, world.supports[:]

    def seen(self):
        lines = [(line.state, int(line.booked)) for line in self.dossier.lines.order_by("pk")]
        sheet = cases.Feedback.objects.filter(dossier=self.dossier).first()
        kept = cases.FeedbackVersion.objects.filter(feedback__dossier=self.dossier).count()
        read = (sheet.state, kept, sheet.delivered_at is not None) if sheet else ("", 0, False)
        report = cases.Report.objects.filter(dossier=self.dossier).values_list("state", flat=True)
        supports = list(self.dossier.supports.order_by("pk").values_list("state", flat=True))
        return play.fresh(self.dossier).state, lines, read, next(iter(report), ""), supports


def a_mainstream_line(year, dossier):
    """Droit commun beside the contract's own money: it is asked for elsewhere, and never awaited."""
    financier = year.envelopes["etat"].financier
    envelope = cases.Envelope.objects.create(
        financier=financier, code="commun", nature="mainstream", ceiling=5_000
    )
    line = cases.FundingLine(
        dossier=dossier, envelope=envelope, cycle=year.cycle, organisation=year.holder_organisation,
        seat=financier.organisation, requested=Decimal(1_000),
    )  # fmt: skip
    engine.open_many([line], by=year.instructor, at=play.WRITING)


@pytest.mark.parametrize("seed", range(WALKS))
def test_a_random_walk_never_leaves_the_field(seed):
    dice = random.Random(seed)  # because a walk that fails must be walked again
    walk, rank = Walk(dice, 0), 0
    for _ in range(STEPS // WALKS):
        if walk.is_over():
            rank += 1
            walk = Walk(dice, rank)
        walk.step()
    for envelope in cases.Envelope.objects.order_by("pk"):
        assert envelope.decided == envelope.ledger.aggregate(sum=Sum("amount", default=0))["sum"]
        assert envelope.decided == envelope.lines.aggregate(sum=Sum("booked", default=0))["sum"]
        assert envelope.decided <= envelope.ceiling

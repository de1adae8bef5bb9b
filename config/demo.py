"""A year under way, for `make run`: Vitry's thirty fictional dossiers, moved through the door by fictional people.

What happened is data (`fixtures/demo/`); here is only how its lines are read. The clock is the story's own: its days
are counted from the deadline, which is always a few days ahead of whoever opens the demo.
"""

import re
import tempfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from itertools import cycle as in_turn
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from ruamel.yaml import YAML

from cases.imports import import_programming
from cases.models import Committee, Document, Dossier, FundingLine, Instruction, Remark
from cases.states import AgreedMove, RemarkMove, SupportMove, SupportState, Verdict
from cases.workbook import read_programming
from config import demo_after, demo_committee, demo_letters, demo_programming, demo_sheets
from config.demo_meetings import Meetings
from config.season import shifted, weeks_until_open
from workflow import engine, loading
from workflow.calendar import PARIS, paris_day
from workflow.journal import Code
from workflow.models import Cycle, Derogation, Grant, Organisation, User
from workflow.refusal import Refused
from workflow.roles import SYSTEM, Role

FIXTURES = settings.BASE_DIR / "fixtures"
CYCLE_FILE = FIXTURES / "cycles" / "vitry_2027.yaml"
WORKBOOK = FIXTURES / "vitry_2027_dossiers.xlsx"
CYCLE, DEADLINE = "vitry_2027", "cloture"
FIRST_DAY = -50
CODES = ("step", "reason")
"""Facts that are codes of the rules where they look like one, and somebody's words elsewhere."""

_PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class NotADemo(RuntimeError):
    """This database serves real people: accounts with a public password must never enter it."""


def stands() -> bool:
    """Whether the demo year is here already."""
    return (
        Cycle.objects.filter(code=CYCLE).exists()
        and User.objects.filter(email=_accounts()[0]["courriel"]).exists()
    )


def accounts() -> list[tuple[str, str]]:
    """(role in words, e-mail) of whoever may sign in, in the order of the file."""
    return [(Role(one["rôle"]).label, one["courriel"]) for one in _accounts() if one.get("compte")]


def password() -> str:
    return _written("people")["mot_de_passe"]


def build(at: datetime) -> None:
    """Write the whole year as it stands at `at`, or nothing; raises `NotADemo` where other people are."""
    if User.objects.exists() or Cycle.objects.exists():
        raise NotADemo
    with transaction.atomic():
        _Story(at).tell()


@cache
def _written(name: str):
    return YAML(typ="safe").load(FIXTURES / "demo" / f"{name}.yaml")


def _accounts() -> list[dict]:
    return _written("people")["personnes"]


class _Story:
    """One telling: the cycle and the people first, then each act in its order."""

    def __init__(self, at: datetime):
        self.now = at

    def tell(self) -> None:
        self.cycle = self._season()
        dossiers = import_programming(
            read_programming(WORKBOOK), self.cycle, by=SYSTEM, at=self.day(FIRST_DAY + 5)
        )
        self.dossiers = {one.number: one.pk for one in dossiers}
        self._gather()
        for act in _written("story"):
            self._play(act)
        Meetings(self.cycle, self.deadline, self.now).hold(_written("meetings"))
        demo_programming.prepare(self.cycle, _written("programming"), self.day(-8))
        demo_committee.prepare(self.cycle, _written("committee"), self.day(-8))
        demo_letters.prepare(self.cycle, _written("letters"), self.day(-8))
        demo_after.follow(self.cycle, _written("after"), self.day)

    def _season(self) -> Cycle:
        """Load the cycle's own file, moved by whole weeks where its deadline is not in the coming seven days."""
        written = loading.read(CYCLE_FILE)["jalons"][DEADLINE]
        deadline = written["ends_on"] or written["starts_on"]
        weeks = weeks_until_open(deadline, paris_day(self.now))
        self.deadline = deadline + timedelta(weeks=weeks)
        with tempfile.TemporaryDirectory() as folder:
            moved = Path(folder) / CYCLE_FILE.name
            moved.write_text(
                shifted(CYCLE_FILE.read_text(encoding="utf-8"), weeks, deadline), encoding="utf-8"
            )
            return loading.load(moved, at=self.day(FIRST_DAY))

    def day(self, days: int) -> datetime:
        """Ten o'clock in Paris, that many days after the deadline."""
        return datetime.combine(self.deadline + timedelta(days=days), time(10), PARIS)

    # The people

    def _gather(self) -> None:
        written = _written("people")
        secret = make_password(written["mot_de_passe"])
        for one in written["personnes"]:
            self._enter(one, secret if one.get("compte") else make_password(None))
        names = in_turn(written["porteurs"])
        for number, dossier in enumerate(
            Organisation.objects.filter(dossiers__isnull=False).distinct().order_by("pk"), 1
        ):
            if not dossier.grants.exists():
                first, last = next(names)
                who = {
                    "courriel": f"porteur-{number}@exemple.test",
                    "prénom": first,
                    "nom": last,
                    "rôle": "holder",
                }
                self._enter({**who, "chez": dossier.name}, make_password(None))

    def _enter(self, one: dict, secret: str) -> None:
        user = User.objects.create(
            email=one["courriel"], first_name=one["prénom"], last_name=one["nom"], password=secret
        )
        role = Role(one["rôle"])
        cycle = None if role is Role.HOLDER else self.cycle
        organisation = self._organisation(role, one.get("chez"))
        grant = Grant(user=user, role=role, cycle=cycle, organisation=organisation, invited_in=self.cycle)
        engine.open_many([grant], by=SYSTEM, at=self.day(FIRST_DAY))

    def _organisation(self, role: Role, name: str | None) -> Organisation | None:
        if name is None:
            return None
        if role is Role.FINANCIER:
            return self.cycle.financiers.get(code=name).organisation
        return Organisation.objects.get(name=name)

    def _who(self, name: str, subject) -> User:
        """A person by the first word of their address, or whose dossier or line it is."""
        if name == "porteur":
            return User.objects.filter(grants__organisation=subject.organisation_id).order_by("pk")[0]
        if name == "financeur":
            return User.objects.filter(grants__organisation=subject.seat_id).order_by("pk")[0]
        return User.objects.get(email=f"{name}@exemple.test")

    # The acts

    def _play(self, act: dict) -> None:
        at = self.day(act["jour"])
        dossiers = Dossier.objects.filter(number__in=act["dossiers"], cycle=self.cycle)
        for by, subjects in self._by_person(act, dossiers.select_related("rules").order_by("number")).items():
            if "passage" in act:
                each = {one.pk: self._facts(act, one) for one in subjects}
                outcomes = engine.fire_many(subjects, act["passage"], by=by, at=at, each=each)
                if refused := [refusal for one in outcomes for refusal in one.refusals]:
                    raise Refused(refused)
            else:
                for one in subjects:
                    self._write(act, one, by, at)

    def _by_person(self, act: dict, dossiers) -> dict[User, list]:
        """Who acts on what: each holder and each financier on their own."""
        subjects: dict[User, list] = {}
        for one in self._lines(act, dossiers) if "lignes" in act else dossiers:
            subjects.setdefault(self._who(act["qui"], one), []).append(one)
        return subjects

    def _lines(self, act: dict, dossiers) -> QuerySet:
        lines = FundingLine.objects.filter(dossier__in=dossiers).order_by("pk")
        named = Q() if act["lignes"] == "toutes" else Q(envelope__financier__code__in=act["lignes"])
        return lines.filter(named)

    def _facts(self, act: dict, subject) -> dict:
        facts = {name: self._fact(name, value) for name, value in act.get("faits", {}).items()}
        if act.get("montant") == "an_passé":
            facts["amount"] = subject.previous
        if "part" in act:
            facts["amount"] = (subject.requested * act["part"] / 100).quantize(Decimal(1))
        return facts

    def _fact(self, name: str, value):
        """What the file writes as text and the door wants as a date, a committee, a verdict or a code."""
        if name == "verdict":
            return Verdict(value)
        if isinstance(value, list | dict):
            return self._nested(value)
        if name == "member":
            return User.objects.get(email=f"{value}@exemple.test").pk
        if value == "comité":
            committee = Committee.objects.filter(cycle=self.cycle).order_by("on", "pk")[0]
            return committee.pk if name == "committee" else committee.on
        if isinstance(value, str) and re.fullmatch(r"j[+-]\d+", value):
            return self._date(value)
        return Code(value) if name in CODES and " " not in value else value

    def _nested(self, value: list | dict):
        """Facts inside facts: what was agreed, point by point."""
        if isinstance(value, dict):
            return {name: self._fact(name, one) for name, one in value.items()}
        return [self._fact("", one) for one in value]

    def _date(self, word: str) -> date:
        return self.deadline + timedelta(days=int(word[1:]))

    # What is written without a move

    def _write(self, act: dict, dossier: Dossier, by, at: datetime) -> None:
        """`dossier` is one line of it where the act names lines."""
        if "propose" in act:
            proposal = (dossier.requested * act["propose"] / 100).quantize(Decimal(1))
            engine.amend(dossier, {"team_proposal": proposal}, by=by, at=at)
        elif "synthèse" in act:
            engine.amend(dossier.instruction, {"summary": act["synthèse"]}, by=by, at=at)
        elif "remplit" in act:
            self._fill(dossier, act["remplit"] == "tout", by, at)
        elif "lit" in act:
            self._read(dossier, act["lit"] == "tout", by, at)
        elif {"fait", "suit", "relit"} & set(act):
            self._accompany(act, dossier, by, at)
        elif "fiche" in act:
            demo_sheets.write(act["fiche"], dossier, self._who, by=by, at=at)
        else:
            derogation = Derogation(
                cycle=self.cycle, subject_label=dossier._meta.label_lower, subject_id=dossier.pk,
                move=act["dérogation"], until=self.deadline, reason=act["raison"],
            )  # fmt: skip
            engine.open_many([derogation], by=by, at=at)

    def _accompany(self, act: dict, dossier: Dossier, by, at: datetime) -> None:
        """What was agreed is done, a remark is followed, or a draft is re-read."""
        if "fait" in act:
            engine.fire(dossier.agreed.get(text=act["fait"]), AgreedMove.TICK, by=by, at=at)
        elif "suit" in act:
            engine.fire(dossier.remarks.get(part=act["suit"]), RemarkMove.HANDLE, by=by, at=at)
        else:
            support = dossier.supports.get(state=SupportState.ASKED)
            said = [Remark(dossier=dossier, support=support, author=by, **one) for one in act["relit"]]
            engine.open_many(said, by=by, at=at)
            engine.fire(support, SupportMove.FINISH, by=by, at=at, facts={"record": act["mot"]})

    def _fill(self, dossier: Dossier, everything: bool, by, at: datetime) -> None:
        """Answer the year's questions; the documents and the commitment too when the holder is ready to file."""
        told = {
            "action": dossier.title,
            "public": dossier.public,
            "personnes": dossier.public_count,
            "année": self.cycle.year,
        }
        questions = dossier.rules.questions.order_by("pk")
        wanted = {one.code for one in questions}
        answers = {code: text.format(**told) for code, text in _written("answers").items() if code in wanted}
        changes = {"answers": answers}
        if everything:
            changes |= {"commitment_by": str(by), "commitment_at": at}
            Document.objects.bulk_create(
                Document(
                    dossier=dossier,
                    code=one.code,
                    name=f"{one.code}.pdf",
                    file=ContentFile(_PAPER, one.code),
                    at=at,
                    by=by,
                )
                for one in questions
                if one.kind == "document" and one.required
            )
        engine.amend(dossier, changes, by=by, at=at)

    def _read(self, dossier: Dossier, everything: bool, by, at: datetime) -> None:
        criteria = list(dossier.rules.criteria.order_by("pk"))
        checks = {one.code: True for one in criteria if one.kind == "admissibility"}
        grid = [one.code for one in criteria if one.kind == "grid"] if everything else []
        marks = {code: 2 + (dossier.number + rank) % 3 for rank, code in enumerate(grid)}
        engine.open_many([Instruction(dossier=dossier, checks=checks, marks=marks)], by=by, at=at)

"""A small year for the tests: every state is reached by playing moves through the door, never by writing it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from cases import models as cases
from cases.explaining import Owed, owed
from cases.states import DossierMove, LineMove
from notifications.models import ReminderRule
from tests import kept
from workflow import engine
from workflow.models import (
    CityContract,
    Cycle,
    CycleVersion,
    Grant,
    Milestone,
    Organisation,
    Requirement,
    Step,
    StepKind,
    User,
)
from workflow.roles import SYSTEM, Role

PARIS = ZoneInfo("Europe/Paris")


def day(text: str, hour: int = 10) -> datetime:
    """An instant of a day, Paris time."""
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), PARIS) + timedelta(hours=hour)


BEFORE = day("2026-09-15")
WRITING = day("2026-10-20")
READING = day("2026-12-01")
REVIEWING = day("2026-12-10")
SITTING = day("2027-02-10")
ANSWERING = day("2027-04-20")
REPORTING = day("2027-12-20")
FACT = "Deux actions semblables existent."


@dataclass
class Year:
    """One published cycle with its people: `coordinator`, `instructor`, `holder`, one person per financier."""

    cycle: Cycle
    rules: CycleVersion
    holder_organisation: Organisation
    coordinator: User
    instructor: User
    holder: User
    financiers: dict[str, User] = field(default_factory=dict)
    envelopes: dict[str, cases.Envelope] = field(default_factory=dict)

    def person(self, role: Role):
        return {
            Role.COORDINATOR: self.coordinator,
            Role.INSTRUCTOR: self.instructor,
            Role.HOLDER: self.holder,
            Role.FINANCIER: self.financiers.get("etat"),
            Role.SYSTEM: SYSTEM,
        }[role]


def person(name: str, role: Role | None = None, cycle=None, organisation=None) -> User:
    user = User.objects.create_user(f"{name}@exemple.test", "jalons-essai", first_name=name.capitalize())
    if role:
        Grant.objects.create(user=user, role=role, cycle=cycle, organisation=organisation)
    return user


def a_year(
    code: str = "essai_2027",
    financiers: int = 2,
    ceiling: int = 10_000,
    survey: tuple = (),
    reminders=None,
    halfway: tuple = (),
    **policy,
) -> Year:
    """A published cycle: filing from 1 October to 15 November 2026, the committee in February, answers from April.

    `reminders` are its rules, as the fields of each; the usual four where none are given. `halfway`: from and to when
    an intermediate report is asked. Played once per process.
    """
    asked = (code, financiers, ceiling, survey, reminders, halfway, sorted(policy.items()))
    return kept.once(
        repr((BEFORE, asked)), lambda: _played(code, financiers, ceiling, survey, reminders, halfway, policy)
    )


def _played(code: str, financiers: int, ceiling: int, survey, reminders, halfway, policy: dict) -> Year:
    contract, _ = CityContract.objects.get_or_create(code="CN05103I", defaults={"name": "Vitry-le-François"})
    cycle = Cycle.objects.create(code=code, contract=contract, name=f"Appel à projets {code}", year=2027)
    team = Organisation.objects.create(name=f"Service DSU {code}", kind="epci")
    holder = Organisation.objects.create(name=f"Les Tisseurs de liens {code}")
    rules = CycleVersion.objects.create(cycle=cycle, number=1, **policy)
    _calendar(cycle, rules)
    _forms(rules)
    if survey:
        _survey(cycle, rules, *survey)
    if halfway:
        _halfway(cycle, rules, *halfway)
    for fields in USUAL_REMINDERS if reminders is None else reminders:
        a_reminder(rules, **fields)
    year = Year(
        cycle=cycle,
        rules=rules,
        holder_organisation=holder,
        coordinator=person(f"coordination-{code}", Role.COORDINATOR, cycle, team),
        instructor=person(f"instruction-{code}", Role.INSTRUCTOR, cycle, team),
        holder=person(f"porteur-{code}", Role.HOLDER, None, holder),
    )
    for name in ("etat", "agglo", "ville", "caf", "departement", "region")[:financiers]:
        _financier(year, name, ceiling)
    cases.Committee.objects.create(cycle=cycle, on=date(2027, 2, 10), label="Comité des financeurs")
    engine.fire(rules, "publish", by=SYSTEM, at=BEFORE)
    year.rules, year.cycle = CycleVersion.objects.get(pk=rules.pk), Cycle.objects.get(pk=cycle.pk)
    return year


def _calendar(cycle, rules) -> None:
    dates = {
        "ouverture": ("2026-10-01", "2026-10-01"),
        "cloture": ("2026-11-15", "2026-11-15"),
        "comite": ("2027-02-10", "2027-02-10"),
        "reponse": ("2027-04-15", "2027-04-15"),
        "bilan": ("2027-12-15", "2028-06-30"),
    }
    marks = {
        code: Milestone.objects.create(
            cycle=cycle, code=code, label=code.capitalize(), starts_on=begins, ends_on=ends
        )
        for code, (begins, ends) in dates.items()
    }
    windows = [
        ("depot", StepKind.FILING, DossierMove.SUBMIT, "ouverture", "cloture"),
        ("comite", StepKind.COMMITTEE, DossierMove.DECIDE, "comite", None),
        ("reponse", StepKind.ANSWER, DossierMove.ANSWER, "comite", None),
        ("bilan", StepKind.REPORTING, DossierMove.OPEN_REPORTING, "bilan", None),
    ]
    for code, kind, gates, opens, closes in windows:
        Step.objects.create(
            version=rules, code=code, label=code.capitalize(), kind=kind, gates=gates,
            opens=marks[opens], closes=marks.get(closes),
        )  # fmt: skip
    Step.objects.create(
        version=rules, code="rendez-vous", label="Rendez-vous", kind=StepKind.APPOINTMENT,
        gates=DossierMove.SUBMIT, requirement=Requirement.OFFERED,
    )  # fmt: skip
    Step.objects.create(
        version=rules, code="relecture", label="Relecture", kind=StepKind.REREADING,
        gates=DossierMove.SUBMIT, requirement=Requirement.OFFERED,
    )  # fmt: skip


def _forms(rules) -> None:
    cases.Question.objects.create(version=rules, code="resume", label="Résumé", topic="L’action")
    cases.Question.objects.create(
        version=rules, code="budget", label="Budget signé", topic="Pièces", kind="document"
    )
    cases.Criterion.objects.create(
        version=rules, code="qpv", label="Public des quartiers", kind="admissibility"
    )
    cases.Criterion.objects.create(version=rules, code="presence", label="Présence", kind="grid")
    cases.Reason.objects.create(
        version=rules, code="hors-quartier", label="Hors des quartiers", kind="inadmissible", rule="Article 2"
    )
    cases.Reason.objects.create(
        version=rules, code="priorite", label="Moins prioritaire", kind="priority", rule="Article 4",
        wording="D’autres besoins étaient plus urgents.", asks="Quel besoin était plus urgent ?",
        advice="Parlez de votre idée en octobre.",
    )  # fmt: skip


USUAL_REMINDERS = (
    {"code": "depot", "kind": "not_filed", "milestone": "cloture", "days_before": [15, 7, 1]},
    {"code": "complements", "kind": "completion_due", "days_before": [7, 1]},
    {"code": "avis", "kind": "opinion_awaited", "days_before": [15, 7, 1]},
    {"code": "bilan", "kind": "report_due", "milestone": "bilan", "days_before": [60, 15, 1]},
)


def a_reminder(rules, code: str, *, milestone: str = "", step: str = "", **fields) -> ReminderRule:
    """A rule of a version, its milestone and its step named by their codes."""
    return ReminderRule.objects.create(
        version=rules, code=code, label=f"Rappel {code}",
        milestone=rules.cycle.milestones.get(code=milestone) if milestone else None,
        step=rules.steps.get(code=step) if step else None,
        **fields,
    )  # fmt: skip


def _halfway(cycle, rules, begins: str, ends: str) -> None:
    days = Milestone.objects.create(
        cycle=cycle, code="mi-parcours", label="Mi-parcours", starts_on=begins, ends_on=ends
    )
    Step.objects.create(
        version=rules, code="mi-parcours", label="Mi-parcours", kind=StepKind.INTERIM, opens=days, closes=days
    )


def _survey(cycle, rules, begins: str, ends: str) -> None:
    days = Milestone.objects.create(
        cycle=cycle, code="enquete", label="Enquête", starts_on=begins, ends_on=ends
    )
    Step.objects.create(
        version=rules, code="enquete", label="Enquête miroir", kind=StepKind.SURVEY, opens=days, closes=days
    )
    cases.SurveyQuestion.objects.create(version=rules, code="suivi", label="On a toujours su où on en était.")
    cases.SurveyQuestion.objects.create(version=rules, code="changer", label="Que changer ?", kind="words")


def _financier(year: Year, name: str, ceiling: int) -> None:
    seat = Organisation.objects.create(name=f"{name.capitalize()} {year.cycle.code}", kind="other")
    financier = cases.Financier.objects.create(cycle=year.cycle, code=name, organisation=seat)
    year.envelopes[name] = cases.Envelope.objects.create(
        financier=financier, code=name, label=name, status="notified", ceiling=ceiling
    )
    year.financiers[name] = person(f"{name}-{year.cycle.code}", Role.FINANCIER, year.cycle, seat)


def with_part(year: Year, name: str, amount: int | None, whole: str = "etat") -> Year:
    """The year with a sub-envelope, opened through the door; `amount` in euros, None while unknown."""
    within = fresh(year.envelopes[whole])
    one = cases.Envelope(
        financier=within.financier, within=within, code=name, label=name, ceiling=amount,
        status="unknown" if amount is None else "notified",
    )  # fmt: skip
    engine.open_many([one], by=year.coordinator, at=WRITING)
    people = year.financiers | {name: year.financiers[whole]}
    return replace(year, envelopes=year.envelopes | {name: fresh(one)}, financiers=people)


def share_seat(year: Year, other: Year, name: str = "etat", *, speaks: bool = True) -> None:
    """One organisation finances both calls; the person who speaks for it in the first may do so in the other."""
    seat = year.envelopes[name].financier.organisation
    cases.Financier.objects.filter(pk=other.envelopes[name].financier_id).update(organisation=seat)
    other.envelopes[name] = fresh(other.envelopes[name])
    if speaks:
        other.financiers[name] = year.financiers[name]
        Grant.objects.create(
            user=year.financiers[name], role=Role.FINANCIER, cycle=other.cycle, organisation=seat
        )


@kept.followed
def a_draft(year: Year, requested: int = 1_000, title: str = "Atelier vélo") -> cases.Dossier:
    """A draft that holds all that filing asks for."""
    project = cases.Project.objects.create(organisation=year.holder_organisation, title=title)
    number = cases.Dossier.objects.filter(cycle=year.cycle).count() + 1
    draft = cases.Dossier(
        cycle=year.cycle, rules=year.rules, project=project, organisation=year.holder_organisation,
        number=number, title=title, total_cost=Decimal(100_000), answers={"resume": "Réparer ensemble."},
        commitment_by="Présidente", commitment_at=WRITING,
        orientation=year.cycle.orientations.order_by("pk").first(),
    )  # fmt: skip
    engine.open_many([draft], by=year.holder, at=WRITING)
    draft.neighbourhoods.set(year.cycle.contract.neighbourhoods.order_by("pk")[:1])
    lines = [
        cases.FundingLine(
            dossier=draft, envelope=envelope, cycle=year.cycle, organisation=year.holder_organisation,
            seat=envelope.financier.organisation, requested=Decimal(requested),
        )
        for envelope in year.envelopes.values()
    ]  # fmt: skip
    engine.open_many(lines, by=year.holder, at=WRITING)
    cases.Document.objects.create(dossier=draft, code="budget", name="budget.pdf", at=WRITING)
    return fresh(draft)


def fresh(subject):
    """The row as it is now: the caller of the door drops its instance."""
    return type(subject).objects.get(pk=subject.pk)


@kept.followed
def submitted(year: Year, **draft):
    dossier = a_draft(year, **draft)
    engine.fire(dossier, DossierMove.SUBMIT, by=year.holder, at=WRITING)
    return fresh(dossier)


def read(year: Year, dossier):
    """The instruction sheet, filled: checklist ticked and grid marked."""
    sheet = cases.Instruction(dossier=dossier, checks={"qpv": True}, marks={"presence": 3})
    engine.open_many([sheet], by=year.instructor, at=READING)
    return sheet


@kept.followed
def in_instruction(year: Year, **draft):
    dossier = submitted(year, **draft)
    read(year, dossier)
    engine.fire(dossier, DossierMove.ADMIT, by=year.instructor, at=READING)
    return fresh(dossier)


@kept.followed
def in_review(year: Year, deadline=date(2027, 1, 15), **draft):
    dossier = in_instruction(year, **draft)
    engine.fire_many(dossier.lines.order_by("pk"), LineMove.INVITE, by=year.instructor, at=REVIEWING)
    engine.fire(
        dossier, DossierMove.OPEN_REVIEW, by=year.instructor, at=REVIEWING, facts={"deadline": deadline}
    )
    return fresh(dossier)


def opine(year: Year, dossier, name: str, verdict="favourable", amount=500, at=REVIEWING):
    line = dossier.lines.get(envelope=year.envelopes[name])
    facts = {"verdict": verdict, "amount": Decimal(amount), "motive": "Utile au quartier."}
    return engine.fire(line, LineMove.OPINE, by=year.financiers[name], at=at, facts=facts)


@kept.followed
def in_committee(year: Year, **draft):
    dossier = in_review(year, **draft)
    for name in year.envelopes:
        opine(year, dossier, name)
    return fresh(dossier)


@kept.followed
def decided(year: Year, amount: int = 500, **draft):
    """The first financier grants `amount`, the others refuse."""
    dossier = in_committee(year, **draft)
    first, *others = dossier.lines.order_by("pk")
    facts = {"amount": Decimal(amount)}
    if amount:
        engine.fire(first, LineMove.GRANT, by=year.coordinator, at=SITTING, facts=facts)
    engine.fire_many(others if amount else [first, *others], LineMove.REFUSE, by=year.coordinator, at=SITTING)
    committee = year.cycle.committees.order_by("on", "pk")[0]
    engine.fire(
        dossier, DossierMove.DECIDE, by=year.coordinator, at=SITTING, facts={"committee": committee.pk}
    )
    return fresh(dossier)


def words_for(dossier) -> dict:
    """What a sheet owes as the lines stand: a motive with its fact, or one line where a little less was granted."""
    due = owed(dossier, list(dossier.lines.select_related("envelope").order_by("pk")), dossier.rules)
    motives = [
        {"line": line, "reason": "priorite" if line else "hors-quartier", "fact": FACT, "free": ""}
        for line, much in due.items()
        if much == Owed.FULL
    ]
    lesser = [{"line": line, "why": "Moins de séances."} for line, much in due.items() if much == Owed.LINE]
    return {"motives": motives, "lesser": lesser, "advice": "Venez en septembre."}


def explained(year: Year, dossier, **words):
    """A feedback sheet written by the instructor, read over by the coordinator, delivered."""
    sheet = cases.Feedback(dossier=dossier, author=year.instructor, **words_for(dossier) | words)
    engine.open_many([sheet], by=year.instructor, at=SITTING)
    engine.fire(sheet, "proofread", by=year.coordinator, at=SITTING)
    engine.fire(sheet, "deliver", by=year.coordinator, at=ANSWERING)
    return sheet


@kept.followed
def answered(year: Year, amount: int = 500, **draft):
    dossier = decided(year, amount, **draft)
    facts = {"notified_on": date(2027, 4, 20)}
    lines = dossier.lines.order_by("pk")
    engine.fire_many(lines, LineMove.NOTIFY, by=year.coordinator, at=ANSWERING, facts=facts)
    explained(year, dossier)
    engine.fire(dossier, DossierMove.ANSWER, by=year.coordinator, at=ANSWERING)
    return fresh(dossier)


@kept.followed
def reporting(year: Year, **draft):
    dossier = answered(year, **draft)
    engine.fire(dossier, DossierMove.OPEN_REPORTING, by=SYSTEM, at=REPORTING)
    return fresh(dossier)

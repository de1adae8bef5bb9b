"""What is to come: every reminder that would leave in a period if nothing changed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from cases.models import Dossier
from notifications.models import REMINDER, Message, MessageStatus
from notifications.pairs import days_spoken_of, people
from notifications.reminders import dossier_of
from notifications.rules import Rule, in_force
from workflow.calendar import opens, paris_day, week_of
from workflow.models import Cycle, User


class Upcoming(NamedTuple):
    """One reminder that would leave if nothing changed; `dossier` is None where it is about an organisation."""

    on: date
    what: str
    template: str
    recipient: User
    dossier: Dossier | None
    row: Message | None = None
    """The row that will stand in the outbox, unsaved: whoever holds it today writes it before its day."""

    def answers_to(self, text: str) -> bool:
        """Whether its recipient or its dossier bears the words somebody typed."""
        return text.lower() in f"{self.recipient} {self.recipient.email} {self.dossier or ''}".lower()


class Coming(NamedTuple):
    """The same by keys."""

    on: date
    rule: Rule
    person: int
    subject: int
    dossier: int | None
    why: str

    def row(self) -> Message:
        """As planning would write it; written earlier, it is the same by the outbox's own unique key."""
        asked = self.rule.asked
        return Message(
            event=REMINDER + asked.kind,
            reason=self.why,
            audience=asked.told(),
            template=asked.words(),
            recipient_id=self.person,
            subject_label=asked.expected.model._meta.label_lower,
            subject_id=self.subject,
            planned_on=self.on,
            digest=asked.digest,
            due_at=self.rule.quiet.wakes_at(opens(self.on)),
            cycle_id=self.rule.cycle,
            dossier_id=self.dossier,
            status=MessageStatus.WAITING,
        )


def upcoming(cycle: Cycle, first: date, last: date) -> list[Upcoming]:
    """Every reminder of a cycle that would leave from `first` to `last` if nothing changes, in order.

    Ask from tomorrow on: what is due today stands in the outbox already.
    """
    found = list(coming(in_force(cycle.pk), first, last))
    people_by_key = User.objects.in_bulk({one.person for one in found})
    dossiers = Dossier.objects.select_related("organisation", "cycle").in_bulk({one.dossier for one in found})
    rows = [
        Upcoming(
            one.on,
            one.rule.asked.label,
            one.rule.asked.words(),
            people_by_key[one.person],
            dossiers.get(one.dossier),
            one.row(),
        )
        for one in found
    ]
    number = lambda one: one.dossier.number if one.dossier else 0  # noqa: E731
    return sorted(rows, key=lambda one: (one.on, one.template, number(one), one.recipient.pk))


def coming(rules: list[Rule], first: date, last: date) -> Iterator[Coming]:
    """What these rules would say in a period, in the order of the days: once a week to one person of one thing."""
    found = sorted((one for rule in rules for one in _of(rule, first, last)), key=lambda one: one.on)
    told = _told_since_the_monday_of(first, {rule.cycle for rule in rules})
    for one in found:
        thing = (REMINDER + one.rule.asked.kind, one.person, one.subject, week_of(one.on))
        if thing not in told:
            told.add(thing)
            yield one


def _told_since_the_monday_of(day: date, cycles: Iterable[int]) -> set[tuple]:
    written = Message.objects.filter(cycle__in=cycles, event__startswith=REMINDER).order_by()
    heard = written.filter(due_at__gte=opens(week_of(day))).exclude(status=MessageStatus.CANCELLED)
    rows = heard.values_list("event", "recipient", "subject_id", "due_at")
    return {(*row, week_of(paris_day(due_at))) for *row, due_at in rows}


def _of(rule: Rule, first: date, last: date) -> Iterator[Coming]:
    """One query for each offset that a day may hear in the period, not one for each day."""
    rounds: list[dict[date, int]] = []
    for due, offset in rule.to_speak(days_spoken_of(rule, first, last), first, last):
        dues = next((one for one in rounds if due not in one), None)
        if dues is None:
            rounds.append(dues := {})
        dues[due] = offset
    dossier = dossier_of(rule.asked.expected.model)
    for dues in rounds:
        pairs = people(rule, dues).order_by("pk")
        columns = ("leaves", "told", "pk", dossier or "pk", "why")
        for on, person, subject, about, why in pairs.values_list(*columns):
            yield Coming(on, rule, person, subject, about if dossier else None, why)

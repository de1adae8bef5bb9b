"""Reminders of what is not filed, planned over ten and a hundred thousand drafts, against one statement of SQL.

Each draft has its opening in the journal, and a thousand organisations share them.
"""

import os

from django.db import connection

from bench.crowd import twin
from bench.floors import reminders as floor
from bench.measure import a_database, grown, queries, say, taking_turns, timed, told, verdict
from cases.models import Dossier
from notifications import reminders
from notifications.models import Message
from tests import year as play
from workflow.models import Entry, Grant, Organisation, User
from workflow.roles import Role

SIZES = tuple(int(size) for size in os.environ.get("DRAFTS", "10000,100000").split(","))
HOLDERS, CHUNK, ROUNDS = 1_000, 5_000, 7
A_WEEK_BEFORE = play.day("2026-11-06")
"""The last working day before the seventh before the deadline."""
TIMES, SECONDS, QUIET = 3.0, 2.0, "0,6"
"""What is asked in seconds holds for the machine on which the floor was first measured."""


def main() -> None:
    with a_database():
        measure()


def measure() -> None:
    model = play.a_draft(play.a_year())
    organisations = holders()
    say(f"{connection.vendor}, rappels « pas encore déposé », {ROUNDS} tours")
    for size in SIZES:
        draft(model, organisations, size)
        forget()
        if (planned := reminders.plan(A_WEEK_BEFORE)) != size:
            raise RuntimeError(f"{planned} reminders of {size} drafts")
        forget()
        found = taking_turns(
            lambda: floor.plan(A_WEEK_BEFORE),
            lambda: reminders.plan(A_WEEK_BEFORE),
            rounds=ROUNDS,
            before=forget,
        )
        say(f"  {size:6} brouillons   {told(found, TIMES)}   {verdict(found.times <= TIMES)}")
        spent = f"{found.ours / 1000:.1f} s"
        say(f"  {'':6} {spent}, au plus {SECONDS:.0f} s là où le plancher de 100 000 en prend {QUIET}")
        again(size)


def again(size: int) -> None:
    """Whatever the floor or ours wrote last, ours then writes all that is missing, and afterwards nothing."""
    forget()
    memory = grown(lambda: reminders.plan(A_WEEK_BEFORE))
    written: list[int] = []
    spent, _ = timed(lambda: written.append(reminders.plan(A_WEEK_BEFORE)))
    sql = queries(lambda: reminders.plan(A_WEEK_BEFORE))
    say(
        f"  {'':6} une seconde fois : {written[0]} de plus, {spent:.0f} ms, {sql} SQL ; mémoire + {memory:.0f} Mio   "
        f"{verdict(written == [0] and Message.objects.count() == size)}"
    )


# Who is reminded of what ----------------------------------------------------------------------------------------------


def holders() -> list[Organisation]:
    """A thousand organisations, each with one person."""
    names = range(HOLDERS)
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Association {rank}") for rank in names
    )
    people = User.objects.bulk_create(User(email=f"porteur-{rank}@exemple.test") for rank in names)
    Grant.objects.bulk_create(
        Grant(user=person, role=Role.HOLDER, organisation=organisation)
        for person, organisation in zip(people, organisations, strict=True)
    )
    return organisations


def draft(model: Dossier, organisations: list[Organisation], to: int) -> None:
    """Copies of a draft and of its opening, until there are so many."""
    [opening] = Entry.objects.filter(subject_label=Dossier._meta.label_lower, subject_id=model.pk)
    for first in range(Dossier.objects.count() + 1, to + 1, CHUNK):
        numbers = range(first, min(first + CHUNK, to + 1))
        drafts = Dossier.objects.bulk_create(
            twin(model, number=number, organisation=organisations[number % HOLDERS]) for number in numbers
        )
        Entry.objects.bulk_create(twin(opening, subject_id=one.pk) for one in drafts)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def forget() -> None:
    """An empty outbox, so that each call writes the same rows into the same table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE notifications_message CASCADE"
            if connection.vendor == "postgresql"
            else "DELETE FROM notifications_message"
        )


if __name__ == "__main__":
    main()

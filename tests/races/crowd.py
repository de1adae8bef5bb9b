"""A crowd: many threads at one barrier, each with a connection of its own, and what became of each."""

import threading

from django.db import connection, transaction

from workflow.models import Entry
from workflow.refusal import Refused


def crowd(actions):
    """Run every action at the same instant in its own thread; returns results or exceptions, in order."""
    barrier = threading.Barrier(len(actions))
    results = [None] * len(actions)

    def run(rank, action):
        connection.ensure_connection()
        barrier.wait()
        try:
            results[rank] = action()
        except Exception as error:
            results[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(actions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def tally(results):
    """How many did it, found it done, were refused; anything else is an anomaly and is raised."""
    found = {"done": 0, "repeated": 0, "refused": 0}
    for result in results:
        if isinstance(result, Refused):
            found["refused"] += 1
        elif isinstance(result, BaseException):
            raise result
        else:
            found["repeated" if result.repeated else "done"] += 1
    return found


def rewound(build, rounds=20):
    """The same start for every round, without playing the year twenty times: a crowd needs committed rows."""
    for _ in range(rounds):
        with transaction.atomic():
            start = build()
        yield start


def moves_of(subject):
    label = subject._meta.label_lower
    rows = Entry.objects.filter(subject_label=label, subject_id=subject.pk).order_by("seq")
    return [entry.move for entry in rows]

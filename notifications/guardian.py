"""Ends what `serve` started when `serve` itself is killed: it alone can no longer do so.

A process of its own, without Django: it reads from a pipe whose only other end is held by `serve` which sessions live
(one line each time that changes), and when that end closes it ends those that are left.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable

PATIENCE = 10
"""Seconds between asking a session to end and ending it."""


def main(lines: Iterable[str]) -> None:
    """Follow what lives until there is nobody left to say so."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    living: list[int] = []
    for line in lines:
        living = [int(leader) for leader in line.split()]
    end(living)


def end(leaders: Iterable[int], reap: Callable[[], object] = lambda: None) -> None:
    """Ask the leader of each session to end, wait, then end whatever is left of its group.

    The leader alone is asked, because a cluster whose workers get the signal too hangs for ever. Whoever began them
    gives `reap`, because a child nobody waits for looks alive.
    """
    leaders = list(leaders)
    for leader in leaders:
        _signal(os.kill, leader, signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while any(map(alive, leaders)) and time.monotonic() < until:
        time.sleep(0.05)
        reap()
    for leader in leaders:
        _signal(os.killpg, leader, signal.SIGKILL)


def alive(leader: int) -> bool:
    """Whether a process of this group is left."""
    return _signal(os.killpg, leader, 0)


def _signal(send, target: int, number: int) -> bool:
    try:
        send(target, number)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    main(sys.stdin)

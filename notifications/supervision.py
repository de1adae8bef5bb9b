"""Two services and their watchdog: each in a session of its own, so that it can be ended whole, and begun again.

django-q2 may look alive while it does nothing (a worker killed while idle freezes its queue), so only its heartbeat
counts; and a signal to its whole group hangs it, so only its leader is asked to end.
"""

import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import uuid4

from django.conf import settings
from django.db import DatabaseError, close_old_connections

from notifications import guardian, heartbeat, wakeups

logger = logging.getLogger(__name__)

SHORT_LIFE = 10
"""Seconds: a service that ends sooner is badly set up, and beginning again would not help."""
PULSE = 15
"""Seconds between two wake-ups, each of which makes the cluster's heart beat."""
DEAF = timedelta(seconds=60)
"""How long a cluster may be silent before it is begun again."""


class CannotStart(RuntimeError):
    """A service ends as soon as it begins; its own words say why."""


class Guard:
    """The pipe to the guardian, which outlives us by what it takes to end the rest."""

    def __init__(self):
        self.process: subprocess.Popen | None = None
        self.told: list[int] | None = None

    def tell(self, leaders: list[int]) -> None:
        """Say which sessions live; a guardian that was killed is replaced."""
        if self.process is None or self.process.poll() is not None:
            self._begin()
        if leaders == self.told:
            return
        with suppress(BrokenPipeError):
            self.process.stdin.write(" ".join(map(str, leaders)) + "\n")
            self.process.stdin.flush()
            self.told = leaders

    def dismiss(self) -> None:
        """Close the pipe: whatever was said to live ends now."""
        if self.process is not None:
            with suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait()

    def _begin(self) -> None:
        self.told = None
        self.process = subprocess.Popen(
            [sys.executable, "-m", "notifications.guardian"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )


@dataclass
class Service:
    """One long-running command."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen | None = None
    since: float = 0.0

    def begin(self) -> None:
        self.since = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 because every word of it is ours
            self.command,
            cwd=settings.BASE_DIR,
            env={**os.environ, **self.environment},
            start_new_session=True,
        )

    @property
    def leader(self) -> int:
        return self.process.pid

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    @property
    def age(self) -> float:
        return time.monotonic() - self.since


class Watch:
    """Keeps the services up until it is told to stop."""

    def __init__(self, services: list[Service], cluster: Service, clock: Callable[[], datetime]):
        self.services, self.cluster, self.clock = services, cluster, clock
        self.guard, self.stopping = Guard(), False
        self.heard_at, self.next_pulse = clock(), 0.0

    def run(self) -> None:
        """Until `stop`; whatever happens, nothing that was begun is left."""
        try:
            for one in self.services:
                self._begin(one)
            while not self.stopping:
                self._look()
                time.sleep(0.5)
        finally:
            self._end(self.services)
            self.guard.dismiss()

    def stop(self, *_) -> None:
        """What a signal calls."""
        self.stopping = True

    def _look(self) -> None:
        self.guard.tell(self._leaders())
        for one in self.services:
            if one.ended and not self.stopping:
                self._begin_again(one)
        if time.monotonic() >= self.next_pulse:
            self.next_pulse = time.monotonic() + PULSE
            self._listen()

    def _listen(self) -> None:
        """Wake the cluster; begin it again when it is silent for too long. The database's trouble is not its own."""
        now = self.clock()
        try:
            close_old_connections()
            wakeups.ring()
            beat = heartbeat.last_beat(self.cluster.environment["JALONS_CLUSTER"])
        except DatabaseError as error:
            logger.warning("database: %s", error)
            self.heard_at = now
            return
        self.heard_at = max(self.heard_at, beat or self.heard_at)
        if now - self.heard_at > DEAF:
            logger.error("cluster silent since %s: begun again", self.heard_at)
            self._end([self.cluster])
            self._begin(self.cluster)

    def _begin_again(self, service: Service) -> None:
        """A service that ended by itself; what is left of its group goes first."""
        code = service.process.returncode
        if code >= 0 and service.age < SHORT_LIFE:
            raise CannotStart(service.name)
        logger.error("%s ended (%s): begun again", service.name, code)
        self._end([service])
        self._begin(service)

    def _begin(self, service: Service) -> None:
        service.begin()
        self.heard_at = self.clock()
        self.guard.tell(self._leaders())

    def _end(self, services: list[Service]) -> None:
        """All at once, because each may need its ten seconds."""
        begun = [one for one in services if one.process]
        guardian.end([one.leader for one in begun], reap=lambda: [one.ended for one in begun])
        for one in begun:
            one.process.wait()
        self.guard.tell(self._leaders())

    def _leaders(self) -> list[int]:
        return [one.leader for one in self.services if one.process and one.process.returncode is None]


def house(clock: Callable[[], datetime], *, web: bool = True) -> Watch:
    """The cluster and the web server, as `manage.py serve` runs them."""
    cluster = Service(
        "cluster",
        [sys.executable, "manage.py", "qcluster"],
        {"JALONS_CLUSTER": uuid4().hex},
    )
    server = Service("web", [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"])
    return Watch([cluster, server] if web else [cluster], cluster, clock)

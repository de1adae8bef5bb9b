"""What a fault is tried on: a real mail server, and processes of ours on the very database of the test."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from email import message_from_bytes
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from django.conf import settings
from django.db import connection


class Received:
    """A mail server's memory: how many times each Message-ID came in, and with which words."""

    def __init__(self, delay: float = 0.0):
        self.ids, self.words, self.delay = Counter(), {}, delay

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 because aiosmtpd names it
        mail = message_from_bytes(envelope.content, policy=default)
        number = str(mail["Message-ID"])
        self.ids[number] += 1
        self.words.setdefault(number, set()).add((mail["Subject"], mail.get_body(("plain",)).get_content()))
        time.sleep(self.delay)
        return "250 OK"

    @property
    def total(self) -> int:
        return sum(self.ids.values())


@contextmanager
def cluster(surroundings: dict[str, str]):
    """A cluster that is killed in the end, whatever happens."""
    process = begun(surroundings, "qcluster")
    try:
        yield process
    finally:
        killed(process)


@contextmanager
def mail_server(received: Received, port: int = 0):
    """A server on a free port, or on the one it had before."""
    controller = Controller(received, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def environment(tmp_path, smtp_port: int, **more) -> dict[str, str]:
    """The surroundings of a process of ours that works on this test's database and this mail server."""
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    own |= {"DATABASE_URL": database_url(), "JALONS_VAR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    own |= {"JALONS_SECRET_KEY": settings.SECRET_KEY}  # because a wake-up is signed
    return own | {"JALONS_SMTP_HOST": "127.0.0.1", "JALONS_SMTP_PORT": str(smtp_port)} | more


def database_url(one=connection) -> str:
    found = one.settings_dict
    if one.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    return f"postgres://{found['USER']}:{found['PASSWORD']}@{found['HOST'] or ''}:{found['PORT'] or ''}/{found['NAME']}"


def begun(surroundings: dict[str, str], *words: str) -> subprocess.Popen:
    """`manage.py` with these words, in a session of its own."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=settings.BASE_DIR,
        env=surroundings,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
    )


def killed(process: subprocess.Popen) -> None:
    """kill -9 of a process and of all that it began in its session."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def waited(until, seconds: float = 60, step: float = 0.02) -> bool:
    """Whether something became true in time."""
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            return False
        time.sleep(step)
    return True


def processes(mark: str) -> list[int]:
    """Which processes have this in their surroundings: everything that one `serve` began, wherever it hides."""
    return [
        int(one.name) for one in Path("/proc").iterdir() if one.name.isdigit() and _surroundings(one, mark)
    ]


def _surroundings(process: Path, mark: str) -> bool:
    try:
        return mark.encode() in (process / "environ").read_bytes()
    except OSError:
        return False

"""The web server of `make run`: it says where it answers, and Ctrl-C leaves nothing."""

import os
import re
import signal
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.conf import settings


@pytest.fixture
def server(tmp_path):
    """A server on a free port, in a session of its own as a terminal would start it."""
    environment = {**os.environ, "PORT": "0", "JALONS_VAR": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    (tmp_path / "static").mkdir()
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py"]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    yield process
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.stdout.close()


def announced(process):
    """Return the address that the server prints once it answers."""
    for line in process.stdout:
        if found := re.search(r"Jalons répond sur (http://127\.0\.0\.1:\d+/)", line):
            return found[1]
    return pytest.fail("the server said nothing")


def test_it_answers_where_it_says_and_ctrl_c_leaves_nothing(server):
    with urlopen(announced(server) + "identite.css", timeout=30) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/css")
    os.killpg(server.pid, signal.SIGINT)
    assert server.wait(timeout=30) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)

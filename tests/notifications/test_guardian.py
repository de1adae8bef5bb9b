"""Ends what `serve` started when it can no longer do so: asks the leader, waits, then ends the whole session."""

import os
import signal
import subprocess
import sys

import pytest

from notifications import guardian

STUBBORN = "import signal,time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"
POLITE = "import time; print('up', flush=True); time.sleep(60)"


def a_session(code: str) -> subprocess.Popen:
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout.readline() == "up\n"
    process.stdout.close()
    return process


@pytest.fixture(autouse=True)
def _short_patience(monkeypatch):
    monkeypatch.setattr(guardian, "PATIENCE", 0.5)


@pytest.mark.parametrize("code, number", [(POLITE, signal.SIGTERM), (STUBBORN, signal.SIGKILL)])
def test_a_session_is_asked_to_end_and_then_ended(code, number):
    process = a_session(code)
    guardian.end([process.pid], reap=process.poll)
    assert process.wait(timeout=10) == -number


def test_what_is_gone_already_is_no_trouble():
    process = a_session(POLITE)
    process.kill()
    process.wait()
    guardian.end([process.pid])
    assert guardian.alive(process.pid) is False


def test_when_the_pipe_closes_the_sessions_last_said_to_live_end():
    spared, ended = a_session(POLITE), a_session(POLITE)
    watch = subprocess.Popen(
        [sys.executable, "-m", "notifications.guardian"], stdin=subprocess.PIPE, text=True
    )
    watch.stdin.write(f"{spared.pid} {ended.pid}\n{ended.pid}\n")
    watch.stdin.close()
    assert ended.wait(timeout=20) == -signal.SIGTERM
    assert spared.poll() is None
    os.killpg(spared.pid, signal.SIGKILL)
    spared.wait()
    watch.wait(timeout=20)

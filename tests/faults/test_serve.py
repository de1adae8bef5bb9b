"""`manage.py serve`: both services come up together, come back when one dies, and leave nothing behind."""

import os
import signal
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from notifications.models import Heartbeat
from tests.faults.standing import begun, environment, free_port, processes, waited

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.faults]


@pytest.fixture
def house(tmp_path):
    """A `serve` whose whole offspring carries a mark, so that nothing can hide."""
    mark = f"JALONS_MARK={uuid4().hex}"
    (tmp_path / "static").mkdir()
    surroundings = environment(tmp_path, 25, PORT=str(free_port()), JALONS_MARK=mark.split("=")[1])
    process = begun(surroundings, "serve")
    process.mark = mark
    assert waited(beats, 60), "the cluster never answered"
    yield process
    for one in processes(mark):
        os.kill(one, signal.SIGKILL)
    process.wait()
    connections.close_all()


def beats() -> bool:
    return Heartbeat.objects.exists()


def gone(house, seconds: float = 30) -> bool:
    """Whether nothing that it began is left."""
    return waited(lambda: house.poll() is not None and processes(house.mark) == [], seconds, step=0.2)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_kill_leave_no_process(house, number):
    assert (
        len(processes(house.mark)) >= 8
    )  # serve, its guardian, the web and its two, the cluster and its parts
    house.send_signal(number)
    assert gone(house)
    assert house.returncode == 0


def test_even_kill_9_of_serve_leaves_no_process(house):
    house.kill()
    assert gone(house)


def test_a_cluster_that_is_killed_comes_back(house):
    Heartbeat.objects.all().delete()
    for one in processes(f"{house.mark}"):
        if is_cluster(one):
            os.kill(one, signal.SIGKILL)
    assert waited(beats, 60)
    house.send_signal(signal.SIGTERM)
    assert gone(house)


def is_cluster(pid: int) -> bool:
    return b"qcluster" in Path(f"/proc/{pid}/cmdline").read_bytes()

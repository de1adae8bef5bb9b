"""The list at ten thousand dossiers as two workers serve it: requests a second against the floor, memory of a worker.

Two real servers with the settings of real use, asked by four clients at once, the one and the other in turn. Needs
PostgreSQL, because an SQLite database of a test lives in this process alone.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.crowd import a_crowd
from bench.measure import ROUNDS, WARM_UP, a_database, say, verdict

ROWS = int(os.environ.get("ROWS", "10000"))
CLIENTS, REQUESTS = 4, 60
LEAST, MEMORY = 0.45, 120
FLOOR, OURS = "bench.floors.wsgi:application", "config.wsgi:application"


def main() -> None:
    if connection.vendor != "postgresql":
        say("deux serveurs : à mesurer sur PostgreSQL")
        return
    with a_database(), tempfile.TemporaryDirectory() as place:
        measure(place)


def measure(place: str) -> None:
    year, _ = a_crowd(ROWS)
    client = Client()
    client.force_login(year.coordinator)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    environment = surroundings(place)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"], env=environment, check=True
    )
    with served(FLOOR, environment) as floor, served(OURS, environment) as ours:
        pairs = [
            (rate(floor, "/plancher/", cookie), rate(ours, "/dossiers/?state=", cookie))
            for _ in range(WARM_UP + ROUNDS)
        ][WARM_UP:]
        heaviest = max(map(memory, workers(ours)))
    bare, own = (statistics.median(one[rank] for one in pairs) for rank in (0, 1))
    shares = [mine / least for least, mine in pairs]
    share = statistics.median(shares)
    say(
        f"{ROWS} dossiers, 2 ouvriers de 4 fils, {CLIENTS} clients à la fois, {ROUNDS} tours de {REQUESTS} requêtes"
    )
    say(
        f"  plancher {bare:6.1f} par seconde   ici {own:6.1f}   × {share:.2f} (≥ {LEAST} ; "
        f"de {min(shares):.2f} à {max(shares):.2f})   {verdict(share >= LEAST)}"
    )
    say(f"  mémoire d’un ouvrier {heaviest:.0f} Mio (≤ {MEMORY})   {verdict(heaviest <= MEMORY)}")


# Servers --------------------------------------------------------------------------------------------------------------


def surroundings(place: str) -> dict[str, str]:
    """Real settings on the database of this measure, whose sessions the same key opens."""
    server = connection.settings_dict
    signed = f"{server['USER']}:{server['PASSWORD']}@" if server["PASSWORD"] else f"{server['USER']}@"
    address = f"postgres://{signed}{server['HOST']}:{server['PORT']}/{server['NAME']}"
    own = {
        "DATABASE_URL": address,
        "JALONS_SECRET_KEY": settings.SECRET_KEY,
        "JALONS_VAR": place,
        "PORT": "0",
    }
    return {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "config.settings"}


@contextmanager
def served(application: str, environment: dict[str, str]) -> Iterator[subprocess.Popen]:
    """A server on a port of its own, told by the line that it prints."""
    command = [sys.executable, "-m", "gunicorn", "--config", "config/gunicorn.py", application]
    process = subprocess.Popen(command, env=environment, text=True, stdout=subprocess.PIPE)  # noqa: S603
    try:
        line = next(line for line in process.stdout if "http://" in line)
        process.address = urlsplit(next(word for word in line.split() if word.startswith("http://"))).netloc
        yield process
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def workers(server: subprocess.Popen) -> list[int]:
    return [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]


def memory(pid: int) -> float:
    """MiB that a process holds, what it shares with others counted too."""
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")) / 1024


# Clients --------------------------------------------------------------------------------------------------------------


def rate(server: subprocess.Popen, path: str, cookie: str) -> float:
    """Requests a second, over as many as each client asks in turn on one connection."""
    begun = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(lambda _: asking(server.address, path, cookie), range(CLIENTS)))
    return REQUESTS / (time.perf_counter() - begun)


def asking(address: str, path: str, cookie: str) -> None:
    line = HTTPConnection(address)
    for _ in range(REQUESTS // CLIENTS):
        line.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
        answer = line.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status}: a refusal costs less than a page")
    line.close()


if __name__ == "__main__":
    main()

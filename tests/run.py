"""Everything on SQLite, then on PostgreSQL wherever one lets us in, saying plainly what ran and what did not.

Called by `make test` with pytest's own arguments. CI=true requires both databases.
"""

import os
import re
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import urlsplit

import psycopg

IN_CI = os.environ.get("CI") == "true"
NOTHING_COLLECTED = 5  # pytest's own code


def main(arguments):
    """Run both databases and return the exit code: 0 only if nothing failed and nothing required was missing."""
    started = time.monotonic()
    totals, codes = Counter(), []
    server, refusals = find_postgresql()
    for name, url, extra in passes(server):
        say(f"── {name} ──")
        codes.append(run_pytest(url, [*extra, *arguments], totals))
    return conclude(codes, server, refusals, totals, time.monotonic() - started)


def passes(server):
    """Yield name, DATABASE_URL and options of each pass.

    Screens are driven once, because SQL is not their subject; a year without each guard is rehearsed once, because a
    rehearsal only ever runs on SQLite (its story is told on both); what touches no database is proven once, because
    pytest-django lends it none.

    Every process takes its tables from the models, because migrating costs each of them seven seconds; that migrating
    leads to the very same tables is a test of its own, on both databases.
    """
    yield "SQLite", None, []
    if server:
        yield "PostgreSQL", server, ["-m", "not browser and not rehearsal and not no_database"]


# ── Which PostgreSQL ────────────────────────────────────────────────────────


def find_postgresql():
    """Return the first address that lets us create databases, or None, and why each of the others did not."""
    refusals = []
    for url in candidates():
        try:
            with psycopg.connect(as_maintenance(url), connect_timeout=3) as connection:
                may_create = connection.execute(
                    "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
                ).fetchone()[0]
        except psycopg.Error as refusal:
            refusals.append(f"{without_password(url)} : {str(refusal).strip().splitlines()[-1]}")
            continue
        if may_create:
            return url, refusals
        refusals.append(f"{without_password(url)} : ce rôle ne peut pas créer de base")
    return None, refusals


def candidates():
    """Yield DATABASE_URL alone if it names a PostgreSQL, else the usual socket and port of this machine."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    yield "postgres:///jalons"
    yield "postgres://postgres@/jalons"
    yield "postgres://postgres@127.0.0.1:5432/jalons"


def as_maintenance(url):
    """Return the same server's own database, because ours does not exist before the tests create it."""
    return urlsplit(url)._replace(path="/postgres").geturl()


def without_password(url):
    """Return an address fit to be printed."""
    return re.sub(r":[^:/@]*@", "@", url)


# ── One pass ────────────────────────────────────────────────────────────────


def run_pytest(url, arguments, totals):
    """Run pytest on one database, show its output as it comes, and add its last line's figures to the totals."""
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    if url:
        environment["DATABASE_URL"] = url
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-n",
        "auto",
        "--dist",
        "worksteal",
        "--no-migrations",
        *arguments,
    ]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        last_words = b""
        while piece := os.read(process.stdout.fileno(), 65536):
            os.write(sys.stdout.fileno(), piece)
            last_words = (last_words + piece)[-4000:]
    lines = last_words.decode(errors="replace").strip().splitlines() or [""]
    for number, what in re.findall(r"(\d+) (passed|failed|errors?|skipped|deselected|xfailed)\b", lines[-1]):
        totals[what.rstrip("s") if what.startswith("error") else what] += int(number)
    return process.returncode


def conclude(codes, server, refusals, totals, seconds):
    """Say what ran; the last line adds both passes up in pytest's own form."""
    say("SQLite : essayé.")
    say(f"PostgreSQL : essayé sur {without_password(server)}." if server else "PostgreSQL : PAS essayé.")
    for refusal in [] if server else refusals:
        say(f"  {refusal}")
    failed = any(code not in (0, NOTHING_COLLECTED) for code in codes) or (IN_CI and not server)
    if IN_CI and not server:
        totals["error"] += 1
        say("CI=true exige les deux bases.")
    figures = ", ".join(f"{number} {what}" for what, number in sorted(totals.items(), key=by_gravity))
    say(f"===== {figures or 'no tests ran'} in {seconds:.2f}s =====")
    return 1 if failed or not totals["passed"] else 0


def by_gravity(figure):
    """Sort as pytest does: what failed first."""
    order = ["failed", "passed", "skipped", "deselected", "xfailed", "error"]
    return order.index(figure[0])


def say(sentence):
    """Print at once, because pytest writes to the same place."""
    print(sentence, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

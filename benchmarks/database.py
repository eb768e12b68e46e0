"""What one inquiry costs a ledger in PostgreSQL: in a batch, by a worker, and where only one may be at a time.

Usage: python -m benchmarks.database [--few N] [--many N]   writes benchmarks/database.json, which benchmarks.scale uses

Real programs fill a form of one page in a real browser. A cost is what many inquiries cost more than few, so what a
program costs by being started is not in it. The server waits for no disk (-F).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
from psycopg.rows import dict_row
from sqlalchemy import event

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.events import Verdict
from autofill.forms.catalog import prepare
from autofill.jobs.batch_rows import BatchRow
from autofill.sources.source import parse_source
from benchmarks.machine import HERE, REPOSITORY, cpu_seconds_of, described, load_watched
from benchmarks.measuring import rounded, spread
from benchmarks.programs import PROFILE, tracking_number
from tests.batch.firm import Firm, Form
from tests.cases.postgresql import Server, server
from tests.jobs.test_queue import Machine, fresh, taken

FILE: Final = HERE / "database.json"
_ASKED: Final = """SELECT sum(calls) AS statements, sum(calls) FILTER (WHERE query ~* '^COMMIT') AS commits,
    sum(rows) FILTER (WHERE query ~* '^(INSERT|UPDATE|DELETE)') AS rows_written, sum(wal_bytes) AS wal_bytes,
    sum(total_exec_time) AS statement_ms FROM pg_stat_statements JOIN pg_database ON oid = dbid WHERE datname = %s"""
# The number of the profile's item, which is another in each row.
_NUMBER: Final = "9400 1112 0255 5830 0010 10"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a database was asked, and what that took of its cores (ms) and of its log (bytes)."""

    statements: float
    commits: float
    rows_written: float
    wal_bytes: float
    statement_ms: float
    core_ms: float

    def less(self, other: Cost, times: int) -> dict[str, float]:
        """What each of so many inquiries more cost more."""
        mine, others = asdict(self), asdict(other)
        return {name: rounded((mine[name] - others[name]) / times) for name in mine}


@dataclass(frozen=True, slots=True)
class Watched:
    """A server that counts its statements."""

    server: Server
    process: int

    def cost(self, name: str) -> Cost:
        """What a database was asked so far."""
        address = f"{self.server.address}/postgres"
        with psycopg.connect(address, row_factory=dict_row) as connection:
            asked = connection.execute(_ASKED, [name]).fetchone() or {}
        # Those who served a program have ended with it, and count as the server's children.
        taken_of_cores = {"core_ms": cpu_seconds_of(self.process) * 1000}
        return Cost(**{key: float(value or 0) for key, value in asked.items()} | taken_of_cores)

    def connections(self, name: str) -> int:
        """How many connections to a database there are now; the database is not asked."""
        named = f" {name} ".encode()
        return sum(named in each for each in map(_command_of, Path("/proc").glob("[0-9]*/cmdline")))

    def make(self, name: str) -> str:
        """A new database that counts; its address."""
        subprocess.run(["psql", f"{self.server.address}/postgres", "-qc", f"CREATE DATABASE {name}"], check=True)
        return f"{self.server.address}/{name}"


@contextmanager
def watched() -> Iterator[Watched]:
    """A server of its own."""
    with server() as running:
        address = f"{running.address}/postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET shared_preload_libraries = 'pg_stat_statements'")
            (home,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        running.cut_off()
        running.start()
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_stat_statements")
        yield Watched(running, int((Path(home) / "postmaster.pid").read_text("ascii").split()[0]))


def _command_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        return b""


def by_programs(database: Watched, few: int, many: int) -> dict[str, Any]:
    """What an inquiry costs in `batch`, in `batch --enqueue` and in `work`, and the most connections of a program."""
    costs: dict[str, list[Cost]] = {"batch": [], "enqueue": [], "work": []}
    connections: dict[str, int] = {}
    for rows in (few, many):
        with tempfile.TemporaryDirectory() as folder, Form() as form:
            threading.Thread(target=form.serve_forever, daemon=True).start()
            for kind, doings in (("batch", (_batch,)), ("queue", (_enqueue, _work))):
                name = f"{kind}{rows}"
                firm = Firm(Path(folder) / kind, form.url, database.make(name), str(Path(folder) / "store"))
                firm.open(rows)
                firm.say("work", "--status")  # makes the tables, which is no inquiry's cost
                for doing in doings:
                    before = database.cost(name)
                    with _counting(database, name) as counted:
                        doing(firm)
                    what = doing.__name__.removeprefix("_")
                    connections[what] = max(counted)
                    spent = asdict(database.cost(name))
                    costs[what].append(Cost(**{key: spent[key] - value for key, value in asdict(before).items()}))
            assert len(form.arrived) == 2 * rows, form.arrived
            form.shutdown()
    return {
        what: {**more.less(less, many - few), "connections": connections[what]} for what, (less, more) in costs.items()
    }


def _batch(firm: Firm) -> None:
    live = ("--live", "--confirm-live", firm.url, "--no-sandbox")
    done = firm.say("batch", "t.csv", "--template", "template.yaml", *live)
    assert done.returncode == 0, done.stdout + done.stderr


def _enqueue(firm: Firm) -> None:
    assert {row["state"] for row in firm.enqueue().values()} == {"waiting"}


def _work(firm: Firm) -> None:
    firm.hire("worker")
    assert firm.wait()["worker"][0] == 0, firm.said


@contextmanager
def _counting(database: Watched, name: str) -> Iterator[list[int]]:
    """The numbers of connections that there are while the block runs."""
    counted, over = [0], threading.Event()

    def count() -> None:
        while not over.wait(0.2):
            counted.append(database.connections(name))

    counting = threading.Thread(target=count)
    counting.start()
    try:
        yield counted
    finally:
        over.set()
        counting.join()


def alone(database: Watched, inquiries: int) -> dict[str, Any]:
    """What has to be done by one at a time: claiming an inquiry about an item, and an idle look."""
    with tempfile.TemporaryDirectory() as folder, open_ledger(fresh(database.server.address)) as ledger:
        machine = Machine(ledger, Path(folder))
        machine.enqueue(inquiries, _about_an_item)
        with _locks(ledger) as held:
            for number in range(inquiries):
                machine.end(taken(machine), Verdict.CONFIRMED, 0, str(70_000_000 + number))
        before, began = database.cost("queue"), _core_ms(ledger)
        for _look in range(inquiries):
            machine.take()
        after = database.cost("queue")
        looks = {"look_core_ms": (_core_ms(ledger) - began) / inquiries}
        looks["look_statements"] = (after.statements - before.statements) / inquiries
    return {"locked_ms": spread(held), **{name: rounded(each) for name, each in looks.items()}}


def _about_an_item(number: int) -> BatchRow:
    text = PROFILE.read_text("utf-8").replace(_NUMBER, tracking_number(number))
    source = parse_source(text.encode(), "t.csv")
    return BatchRow(str(number), f"t.csv:{number}", lambda: prepare(source, PROFILE.parent))


def _core_ms(ledger: Ledger) -> float:
    """What those who serve a ledger that is open have taken of the server's cores."""
    with ledger.queue.together() as execute:
        served = execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()", {})
    return sum(cpu_seconds_of(each["pid"]) for each in served) * 1000


@contextmanager
def _locks(ledger: Ledger) -> Iterator[list[float]]:
    """For how long (ms) the ledger's one lock was held each time, if nobody else had used the machine.

    That is what this process and the one that serves it took of the cores: one of them always waits for the other.
    """
    since: list[tuple[int, float]] = []
    held: list[float] = []

    def asked(_connection: object, cursor: Any, statement: str, *_given: object) -> None:
        if "FOR UPDATE" in statement and "salt" in statement and not since:
            served_by = cursor.connection.info.backend_pid
            since.append((served_by, _taken_by_both(served_by)))

    def ended(*_given: object) -> None:
        held.extend(_taken_by_both(served_by) - before for served_by, before in since)
        since.clear()

    event.listen(ledger.engine, "after_cursor_execute", asked)
    event.listen(ledger.engine.pool, "checkin", ended)
    yield held
    event.remove(ledger.engine, "after_cursor_execute", asked)
    event.remove(ledger.engine.pool, "checkin", ended)


def _taken_by_both(process: int) -> float:
    """What this process and another one have taken of the cores (ms; proc(5), schedstat in nanoseconds)."""
    return time.process_time() * 1000 + int(Path(f"/proc/{process}/schedstat").read_text("ascii").split()[0]) / 1e6


def measured(few: int, many: int) -> dict[str, Any]:
    """All of it, with the machine and how busy others kept it."""
    with load_watched() as load, watched() as database:
        found = {**by_programs(database, few, many), "alone": alone(database, 100)}
        with psycopg.connect(f"{database.server.address}/postgres") as connection:
            (version,) = connection.execute("SHOW server_version").fetchone() or ("",)
    commit = subprocess.run(
        ["git", "log", "-1", "--format=%h", "--", "autofill"],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    about = {"autofill": commit.stdout.strip(), "postgresql": version, "few": few, "many": many}
    return {**found, "measured": {**about, **described(), "load": [round(each, 1) for each in load.before]}}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--few", type=int, default=5)
    options.add_argument("--many", type=int, default=25)
    given = options.parse_args()
    found = measured(given.few, given.many)
    FILE.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()

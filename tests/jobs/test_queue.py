"""What waits in a queue is taken once, ends once, and is lost by nobody; each with its claim in one transaction."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.model.run_states import State
from autofill.errors import AutofillError, DiskTrouble, ExitCode, Misconfigured
from autofill.events import Verdict
from autofill.evidence.archiving.store import Store
from autofill.forms.catalog import prepare
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_rows import Batch, BatchRow
from autofill.jobs.enqueueing import Enqueueing
from autofill.jobs.queue import Queue, QueuedInquiry
from autofill.jobs.queue_supply import QueueSupply
from autofill.jobs.supply import Taken
from autofill.running.job import RunConditions
from autofill.running.summary import never_begun
from autofill.sources.source import parse_source
from tests.cases.postgresql import postgresql

PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with postgresql() as address:
        yield address


@pytest.fixture
def ledger(server: str) -> Iterator[Ledger]:
    with open_ledger(fresh(server)) as opened:
        yield opened


def fresh(server: str) -> str:
    """The address of a database that nobody has used."""
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS queue WITH (FORCE)")
        connection.execute("CREATE DATABASE queue")
    return f"{server}/queue"


class Machine:
    """A worker's ledger, queue and store; what it takes is in its hands, not in a browser's."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self.queue = Queue(ledger)
        self.store = Store(str(folder / "store"))
        self.recordings = folder / "recordings"
        self.conditions = RunConditions(self.recordings, "http://127.0.0.1:9", "here")
        self.troubles: list[AutofillError] = []
        self.supply = QueueSupply(
            self.queue,
            ledger,
            self.store,
            conditions=lambda _inquiry: self.conditions,
            live=False,
            until_empty=True,
            recordings=self.recordings,
            troubled=self.troubles.append,
        )

    def enqueue(self, count: int = 1, row: Callable[[int], BatchRow] | None = None) -> dict[str, RowOutcome]:
        found: dict[str, RowOutcome] = {}
        Enqueueing(
            Batch("t.csv", lambda: map(row or _row, range(count))),
            self.conditions,
            ledger=self.ledger,
            queue=self.queue,
            store=self.store,
            url=None,
            confirm_live=None,
            ended=lambda outcome: found.update({outcome.row: outcome}),
        ).run()
        return found

    def take(self) -> Taken | RowOutcome | None:
        if self.queue.worker is None:
            self.queue.join()
        return asyncio.run(self.supply.take(None))

    def end(self, taken: Taken, verdict: Verdict, code: int, number: str | None = None) -> RowOutcome | None:
        """End a run as if it had come to this."""
        row, claimed = taken
        if verdict is not Verdict.NOT_SUBMITTED:
            claimed.before_click()
        summary = never_begun(row.name, "usps-email-us", "replica", AutofillError("as it was")).model_copy(
            update={"verdict": verdict, "exit_code": code, "case_number": number, "error": None}
        )
        if verdict is not Verdict.NOT_SUBMITTED:
            summary = summary.model_copy(update={"retry_safe": False})
        return asyncio.run(self.supply.ended(row, summary, may_try_again=True))


def _row(number: int) -> BatchRow:
    text = PROFILE.read_text("utf-8").replace("October 8 and", f"October 8, for the {number}th time, and")
    return BatchRow(
        str(number), f"t.csv:{number}", lambda: prepare(parse_source(text.encode(), "t.csv"), PROFILE.parent)
    )


@pytest.fixture
def machine(ledger: Ledger, tmp_path: Path) -> Machine:
    return Machine(ledger, tmp_path)


def taken(machine: Machine) -> Taken:
    found = machine.take()
    assert isinstance(found, tuple)
    return found


def states(outcomes: dict[str, RowOutcome]) -> list[str]:
    return [outcome.state for outcome in outcomes.values()]


def test_the_same_command_puts_a_row_in_once_and_tells_later_what_it_came_to(machine: Machine) -> None:
    assert states(machine.enqueue(2)) == ["waiting", "waiting"]
    assert states(machine.enqueue(2)) == ["waiting", "waiting"]
    assert machine.queue.counts() == {"practice": {"todo": 2, "doing": 0, "succeeded": 0, "failed": 0}}
    first = machine.end(taken(machine), Verdict.CONFIRMED, 0, "70000001")
    assert first is not None
    assert (first.row, first.state, first.case_number) == ("t.csv:0", "sent", "70000001")
    outcomes = machine.enqueue(2)
    assert states(outcomes) == ["sent", "waiting"]
    assert outcomes["0"].case_number == "70000001"


def test_no_value_of_an_inquiry_is_in_the_database_and_its_package_goes_when_it_is_over(machine: Machine) -> None:
    machine.enqueue()
    with machine.ledger.queue.together() as execute:
        kept = json.dumps(execute("SELECT args FROM procrastinate_jobs", {}))
        kept += json.dumps(execute("SELECT * FROM queued", {}), default=str)
    assert not [word for word in ("Maria", "O'Brien", "@example", "October 8") if word in kept]
    (package,) = (Path(str(machine.store.place_of(Path("x")))).parents[1] / "packages").iterdir()
    assert b"October 8" in package.read_bytes()
    machine.end(taken(machine), Verdict.CONFIRMED, 0)
    assert not package.exists()


def test_what_fails_between_taking_and_claiming_takes_nothing(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Job and claim are one transaction: neither stays without the other."""
    machine.enqueue()
    get, refused = machine.store.get, iter([True])

    def once_refused(name: str) -> bytes:
        if next(refused, False):
            raise DiskTrouble("the store is down")
        return get(name)

    monkeypatch.setattr(machine.store, "get", once_refused)
    monkeypatch.setattr("autofill.jobs.queue_supply._POLL", 0.0)
    _row, claimed = taken(machine)
    assert [str(error) for error in machine.troubles] == ["the store is down"]
    assert [run.run_id for run in machine.ledger.rows()] == [claimed.run_id]
    assert machine.queue.counts()["practice"]["doing"] == 1


def test_a_run_that_sent_nothing_for_a_passing_reason_waits_again_and_three_times_is_enough(machine: Machine) -> None:
    machine.enqueue()
    for _try in range(2):
        assert machine.end(taken(machine), Verdict.NOT_SUBMITTED, ExitCode.UNAVAILABLE) is None
        assert machine.queue.counts()["practice"]["todo"] == 1
        with machine.ledger.queue.together() as execute:  # half a minute later
            execute("UPDATE procrastinate_jobs SET scheduled_at = NULL", {})
    last = machine.end(taken(machine), Verdict.NOT_SUBMITTED, ExitCode.UNAVAILABLE)
    assert last is not None
    assert last.state == "failed"
    assert states(machine.enqueue()) == ["waiting"]


def test_a_database_that_was_away_before_the_click_ends_no_worker_and_a_full_disk_does(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.recordings.mkdir()
    machine.enqueue()
    assert machine.end(taken(machine), Verdict.NOT_SUBMITTED, ExitCode.DISK) is None
    assert machine.queue.counts()["practice"]["todo"] == 1
    with machine.ledger.queue.together() as execute:
        execute("UPDATE procrastinate_jobs SET scheduled_at = NULL", {})
    monkeypatch.setattr("autofill.jobs.queue_supply._ROOM", 1024**6)
    full = machine.end(taken(machine), Verdict.NOT_SUBMITTED, ExitCode.DISK)
    assert full is not None
    assert full.exit_code == ExitCode.DISK
    assert machine.queue.counts()["practice"]["todo"] == 1


def test_a_row_that_needs_a_person_is_parked_and_not_put_in_again(machine: Machine) -> None:
    machine.enqueue()
    machine.end(taken(machine), Verdict.NOT_SUBMITTED, ExitCode.PERSON_NEEDED)
    assert states(machine.enqueue()) == ["parked"]
    assert machine.queue.is_empty(live=False)


def test_what_was_taken_and_not_begun_is_given_back(machine: Machine) -> None:
    machine.enqueue()
    machine.supply.give_back(taken(machine))
    assert machine.queue.counts()["practice"]["todo"] == 1
    taken(machine)


_DIES = """
import asyncio, sys
from pathlib import Path
from autofill.cases.ledger.ledger import open_ledger
from tests.jobs.test_queue import Machine, taken
address, folder, clicked = sys.argv[1:]
with open_ledger(address) as ledger:
    machine = Machine(ledger, Path(folder))
    row, claimed = taken(machine)
    if clicked == "yes":
        claimed.before_click()
    import os
    os._exit(9)
"""


def _dies(machine: Machine, server: str, folder: Path, *, clicked: bool) -> None:
    """Have another process take a row, and die with it in its hands."""
    words = [sys.executable, "-c", _DIES, f"{server}/queue", str(folder), "yes" if clicked else "no"]
    root = Path(__file__).parents[2]
    assert subprocess.run(words, check=False, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}).returncode == 9


def test_what_a_dead_worker_had_not_sent_goes_to_another(machine: Machine, server: str, tmp_path: Path) -> None:
    machine.enqueue()
    _dies(machine, server, tmp_path, clicked=False)
    _row, claimed = taken(machine)
    assert [run.state for run in machine.ledger.rows()] == [State.PREPARED, State.NOT_SUBMITTED]
    assert machine.ledger.rows()[0].run_id == claimed.run_id


def test_what_a_dead_worker_may_have_sent_is_unknown_and_never_sent_again(
    machine: Machine, server: str, tmp_path: Path
) -> None:
    machine.enqueue()
    _dies(machine, server, tmp_path, clicked=True)
    assert machine.take() is None
    outcomes = machine.enqueue()
    assert [(each.state, each.exit_code) for each in outcomes.values()] == [("unknown", ExitCode.UNKNOWN)]
    assert [run.state for run in machine.ledger.rows()] == [State.UNKNOWN]


def test_a_worker_that_was_taken_for_dead_ends_nothing(machine: Machine, tmp_path: Path) -> None:
    """Another has the job by now; what this one says of it changes nothing."""
    machine.enqueue()
    row, claimed = taken(machine)
    with machine.ledger.queue.together() as execute:
        execute("UPDATE queued SET run_id = 'another'", {})
    machine.end((row, claimed), Verdict.CONFIRMED, 0, "70000001")
    assert machine.queue.counts()["practice"]["doing"] == 1


def test_a_package_that_is_not_what_was_put_there_is_not_sent(machine: Machine) -> None:
    machine.enqueue()
    (package,) = (Path(machine.store.place_of(Path("x"))).parents[1] / "packages").iterdir()
    package.write_bytes(package.read_bytes().replace(b"October 8", b"October 9"))
    found = machine.take()
    assert isinstance(found, RowOutcome)
    assert (found.state, found.exit_code) == ("failed", ExitCode.MISCONFIGURED)
    assert machine.ledger.rows() == ()


def test_a_row_that_cannot_run_at_its_second_try_has_ended_too(machine: Machine) -> None:
    machine.enqueue()
    machine.supply.give_back(taken(machine))
    (package,) = (Path(machine.store.place_of(Path("x"))).parents[1] / "packages").iterdir()
    package.unlink()
    found = machine.take()
    assert isinstance(found, RowOutcome)
    assert found.state == "failed"
    assert states(machine.enqueue()) == ["waiting"]
    taken(machine)


def test_a_row_that_is_at_work_reads_as_waiting(machine: Machine) -> None:
    machine.enqueue()
    taken(machine)
    assert states(machine.enqueue()) == ["waiting"]


def test_a_machine_with_another_form_map_sends_nothing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    add = machine.queue.add
    monkeypatch.setattr(
        machine.queue, "add", lambda inquiry, key: add(replace(inquiry, form_map_digest="another"), key)
    )
    machine.enqueue()
    found = machine.take()
    assert isinstance(found, RowOutcome)
    assert "differs from the one" in found.note
    assert machine.ledger.rows() == ()


def test_a_row_that_was_sent_by_hand_meanwhile_is_not_sent_again(machine: Machine) -> None:
    machine.enqueue()
    by_hand = machine.supply._prepared(_inquiry(machine))
    from autofill.running.claim import claim
    from autofill.running.job import Job

    claimed = claim(Job("by hand", by_hand.plan), machine.conditions, machine.ledger)
    claimed.before_click()
    machine.ledger.settle(claimed.run_id, Verdict.CONFIRMED, "70000001")
    found = machine.take()
    assert isinstance(found, RowOutcome)
    assert (found.state, found.case_number) == ("sent before", "70000001")


def _inquiry(machine: Machine) -> QueuedInquiry:
    with machine.ledger.queue.together() as execute:
        (row,) = execute("SELECT args FROM procrastinate_jobs", {})
    return QueuedInquiry(**row["args"])


def test_a_ledger_of_one_machine_has_no_queue(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger, pytest.raises(Misconfigured, match="PostgreSQL"):
        Queue(ledger)

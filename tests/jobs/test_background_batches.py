"""Batches in processes of their own: what is asked for is kept, each is paused once, and each runs once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autofill.errors import Misconfigured
from autofill.jobs.background_batches import BackgroundBatches, BatchRequest
from autofill.jobs.batch_outcome import RowOutcome
from autofill.jobs.batch_progress import PROGRESS, is_pausing, pause_batch
from autofill.jobs.batch_results import write_results
from autofill.jobs.own_process import OwnProgram

ORIGIN = "https://contact.example"
REQUEST = BatchRequest("orders.csv", "template.yaml")
# It tells what it was started with, and lives until its stdin ends.
TELLS = "import sys; print(sys.argv[1:], file=sys.stderr)"
# It runs a batch, and counts how often it is interrupted.
RUNS = """
import signal, sys, time
from pathlib import Path
from autofill.jobs.batch_progress import progress_of_batch
heard = []
signal.signal(signal.SIGINT, lambda *_: heard.append(1))
with progress_of_batch(Path(sys.argv[1]), "orders.csv", "replica", 3):
    print("begun", flush=True)
    sys.stdin.readline()
print(len(heard), flush=True)
"""


def batches(tmp_path: Path, code: str = TELLS) -> BackgroundBatches:
    return BackgroundBatches(OwnProgram(tmp_path / "recordings", words=(sys.executable, "-c", code)))


def ended(started: BackgroundBatches, name: str) -> tuple[str, ...]:
    """What a batch said until it ended."""
    while (now := started.now(name)) is not None and now.status.is_running:
        pass
    assert now is not None
    return now.told


def test_the_command_is_kept_and_started_again_with_all_that_it_needs(tmp_path: Path) -> None:
    started = batches(tmp_path)
    name = started.start(REQUEST)
    told = ended(started, name)

    results = str(tmp_path / "recordings" / "batches" / "orders")
    words = ["batch", "--json", "--results", results, "--template", "template.yaml", "--skip-invalid", "--"]
    assert told == (str([*words, "orders.csv"]),)
    now = batches(tmp_path).now("orders")
    assert now is not None
    assert now.request == REQUEST
    assert (now.status.rows, [each.status.folder for each in started.every()]) == (0, ["orders"])


def test_a_live_batch_starts_only_with_the_address_of_its_form(tmp_path: Path) -> None:
    started, live = batches(tmp_path), replace(REQUEST, live=True, origin=ORIGIN)
    for address in ("", "https://contact.example.evil", "contact.example"):
        with pytest.raises(Misconfigured, match="another address"):
            started.start(live, address)
    with pytest.raises(Misconfigured, match="another address"):
        started.start(replace(live, origin=""), "")
    assert started.every() == []

    (told,) = ended(started, started.start(live, f" {ORIGIN} "))

    assert "'--confirm-live', 'https://contact.example'" in told
    assert "'--live'" in told


def test_another_source_of_the_same_name_leaves_the_results_of_the_first(tmp_path: Path) -> None:
    started = batches(tmp_path)
    write_results(started.folder / "orders", "elsewhere/orders.csv", "replica", [RowOutcome(row="2", state="sent")])

    assert started.start(REQUEST) == "orders-2"
    ended(started, "orders-2")
    assert started.start(replace(REQUEST, source="elsewhere/orders.csv")) == "orders"
    ended(started, "orders")


def test_another_template_makes_other_inquiries_of_the_same_table(tmp_path: Path) -> None:
    started = batches(tmp_path)
    for template, name in (("template.yaml", "orders"), ("other.yaml", "orders-2"), ("template.yaml", "orders")):
        assert started.start(replace(REQUEST, template=template)) == name
        ended(started, name)


def test_a_person_goes_on_with_it_at_a_terminal_in_any_folder_with_the_same_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    program = OwnProgram(Path("recordings"), "postgresql://me:pass@word@db/cases", (sys.executable, "-c", TELLS))
    started = BackgroundBatches(program)
    request = BatchRequest("/my tables/orders.csv", "/t.yaml", live=True, origin=ORIGIN)
    ended(started, started.start(request, ORIGIN))

    now = started.now("orders")

    here = tmp_path / "recordings"
    assert now is not None
    assert now.by_hand == (
        "autofill batch '/my tables/orders.csv' --template /t.yaml --skip-invalid --live"
        f" --results {here}/batches/orders --recordings {here} --ledger postgresql://me@db/cases --headed"
    )


def test_a_batch_that_runs_is_not_started_twice_and_is_interrupted_once(tmp_path: Path) -> None:
    started = batches(tmp_path)
    folder = started.folder / "orders"
    command = [sys.executable, "-c", RUNS, str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        running.stdout.readline()
        with pytest.raises(Misconfigured, match="running already"):
            started.start(REQUEST)
        assert not is_pausing(folder)
        started.pause("orders")
        pause_batch(folder)  # a double click
        assert is_pausing(folder)
        running.stdin.write("\n")
        running.stdin.flush()
        assert running.stdout.read() == "1\n"
    pause_batch(folder)


def test_a_batch_that_is_over_is_not_interrupted_whoever_has_its_number_now(tmp_path: Path) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: heard.append(number))
    try:
        (folder / PROGRESS).write_text(f'{{"pid": {os.getpid()}}}\n')
        pause_batch(folder)
    finally:
        signal.signal(signal.SIGINT, before)
    assert heard == []

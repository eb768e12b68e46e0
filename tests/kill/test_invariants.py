"""The test of the tests: whatever a crash could break is found, and a kill test that kills nothing fails."""

from __future__ import annotations

import hashlib
import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.events import Verdict
from tests.kill import in_chromium
from tests.kill.invariants import CANARIES, broken_promises

Break = Callable[[Path], object]
PICTURE = b"\x89PNG picture of Finchley"


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """One run that was sent and confirmed, with a picture in its journal."""
    folder = tmp_path / "recordings"
    (folder / "run-1" / "data" / "steps").mkdir(parents=True)
    _settle(folder, "run-1", Verdict.CONFIRMED)
    _write(folder / "run-1/data/steps/0001-fill.png", PICTURE)
    for name in ("data/log.jsonl", "data/run.json", "bag-info.txt"):
        _write(folder / "run-1" / name, b"{}\n")
    _journal(folder, {"kind": "step"}, _kept("data/steps/0001-fill.png", PICTURE))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700 if path.is_dir() else 0o600)
    return folder


def _settle(folder: Path, run_id: str, verdict: Verdict) -> None:
    with open_ledger(folder / "ledger.sqlite3") as ledger:
        ledger.prepare(run_id, f"key of {run_id}", space="practice", form="f")
        ledger.filled(run_id)
        ledger.submitting(run_id)
        ledger.settle(run_id, verdict)


def _write(path: Path, content: bytes) -> None:
    path.touch(0o600)
    path.write_bytes(content)


def _kept(name: str, content: bytes) -> dict[str, str]:
    return {"kind": "file", "path": name, "sha256": hashlib.sha256(content).hexdigest()}


def _journal(folder: Path, *records: dict[str, str]) -> None:
    lines, previous = b"", "0" * 64
    for number, record in enumerate(records):
        line = json.dumps({"seq": number, "prev": previous, **record}).encode() + b"\n"
        previous, lines = hashlib.sha256(line).hexdigest(), lines + line
    _write(folder / "run-1/data/journal.jsonl", lines)


def _append(name: str, content: bytes) -> Break:
    return lambda folder: _write(
        folder / name, ((folder / name).read_bytes() if (folder / name).exists() else b"") + content
    )


def _change_first_line(folder: Path) -> None:
    journal = folder / "run-1/data/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"step"', b'"stop"'))


def test_what_holds_is_not_complained_about(recordings: Path) -> None:
    """A torn last line and a half report are what a crash leaves; pictures and values hold what was typed."""
    _append("run-1/data/journal.jsonl", b'{"seq": 2, "pre')(recordings)
    _append("run-1/data/.report.html.part", b"Boston")(recordings)

    assert broken_promises(recordings, 1, "Confirmed") == []


def test_a_run_that_may_not_have_arrived_is_unknown(tmp_path: Path) -> None:
    _settle(tmp_path / "recordings", "run-1", Verdict.UNKNOWN)

    assert [broken_promises(tmp_path / "recordings", requests, "") for requests in (0, 1)] == [[], []]


@pytest.mark.parametrize(
    ("breaking", "complaint"),
    [
        (lambda folder: _settle(folder, "run-2", Verdict.UNKNOWN), "wrong ledger"),
        (lambda folder: (folder / "run-1/data/steps/0001-fill.png").unlink(), "lost evidence: data/steps/0001-fill"),
        (_append("run-1/data/steps/0001-fill.png", b"more"), "lost evidence: data/steps/0001-fill.png"),
        (_change_first_line, "lost evidence: chain broken at 1"),
        (_append("run-1/data/journal.jsonl", b"half a li\n"), "lost evidence: torn journal"),
        (lambda folder: (folder / "run-1/data/run.json").chmod(0o640), "open to others: run.json"),
        (lambda folder: (folder / "run-1").chmod(0o755), "open to others: run-1"),
        (_append("run-1/Finchley.txt", b""), "'Finchley' in a name"),
        (_append("run-1/data/log.jsonl", b"typed Boston\n"), "'Boston' in run-1/data/log.jsonl"),
        (_append("run-1/data/journal.jsonl", b'{"seq": 2, "what": "Canarybird"'), "in run-1/data/journal.jsonl"),
        (_append("run-1/data/run.json", b"1%20Main%20Street"), "'1 Main Street' in run-1/data/run.json"),
        (_append("run-1/data/.run.json.part", b"Boston"), "'Boston' in run-1/data/.run.json.part"),
        (_append("run-1/bag-info.txt", b"canary.finch@example.com"), "in run-1/bag-info.txt"),
        (_append("other.log", b"please keep the counter open until six"), "in other.log"),
        (_append("run-1/data/steps/0001-fill.boxes.json", b"Finchley"), "in run-1/data/steps/0001-fill.boxes.json"),
    ],
)
def test_each_broken_promise_is_found(recordings: Path, breaking: Break, complaint: str) -> None:
    breaking(recordings)

    assert any(complaint in found for found in broken_promises(recordings, 1, ""))


@pytest.mark.parametrize(
    ("requests", "complaint"), [(0, "wrong ledger: 0 requests"), (2, "double submission: 2 requests")]
)
def test_confirmed_means_exactly_one_request(recordings: Path, requests: int, complaint: str) -> None:
    assert any(complaint in found for found in broken_promises(recordings, requests, ""))


def test_a_request_that_no_run_may_have_sent_is_found(tmp_path: Path) -> None:
    _settle(tmp_path / "recordings", "run-1", Verdict.NOT_SUBMITTED)

    (found,) = broken_promises(tmp_path / "recordings", 1, "")

    assert found.startswith("wrong ledger: 1 requests")


@pytest.mark.parametrize("canary", CANARIES)
def test_a_personal_value_on_the_terminal_is_found(recordings: Path, canary: str) -> None:
    assert broken_promises(recordings, 1, f"error: {canary}") == [f"personal value: {canary!r} in the terminal"]


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ([75], "the run was not killed, and ended with 75"),
        ([0], "only 0 kill points were found"),
        ([-signal.SIGKILL, 70], "a rerun ended with 70"),
    ],
    ids=["never killed", "too few points", "a rerun fails"],
)
def test_a_kill_test_that_tests_nothing_fails(
    ends: list[int], words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    endings = iter(ends)
    monkeypatch.setattr(in_chromium, "_run", lambda *_: (next(endings, 0), ""))

    with pytest.raises(SystemExit) as ended:
        in_chromium.main(["--workers", "1"])

    assert ended.value.code == 1
    assert words in capsys.readouterr().out

"""Runs in processes of their own: they go on, and are sealed and settled, whatever becomes of who started them."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

from autofill.evidence.sealing.verify import verify_recording
from autofill.jobs.background import BackgroundRuns, RunRequest
from tests.journeys.conftest import REPOSITORY
from tests.journeys.test_signals import states

PROFILE = REPOSITORY / "profiles" / "06-feedback.yaml"
STARTER = """
import sys
from pathlib import Path
from autofill.jobs.background import BackgroundRuns, RunRequest
print(BackgroundRuns(Path(sys.argv[1])).start(RunRequest(Path(sys.argv[2]))), flush=True)
sys.stdin.read()
"""


def wait_for_end(runs: BackgroundRuns, name: str) -> None:
    """Wait until nobody holds the lock of a run's log any more, and it is gone a moment later."""
    with (runs.recordings / ".runs" / f"{name}.jsonl").open() as log:
        fcntl.flock(log, fcntl.LOCK_SH)
    while runs.is_alive(name):
        pass


def test_a_run_whose_starter_is_killed_goes_on_and_is_sealed_and_settled(recordings: Path) -> None:
    command = [sys.executable, "-c", STARTER, str(recordings), str(PROFILE)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        name = starter.stdout.readline().strip()
        starter.kill()
    runs = BackgroundRuns(recordings)
    assert runs.is_alive(name)
    assert not runs.can_be_told(name)

    wait_for_end(runs, name)

    progress = runs.progress(name)
    assert progress is not None
    assert progress.summary is not None
    assert (progress.summary.verdict, progress.summary.sealed, runs.is_alive(name)) == ("confirmed", True, False)
    assert states(recordings) == ["confirmed"]
    assert verify_recording(recordings / progress.run_id).ok
    assert runs.names() == [name]


def test_a_run_that_is_stopped_ends_in_order(recordings: Path) -> None:
    runs = BackgroundRuns(recordings)
    name = runs.start(RunRequest(PROFILE))
    runs.stop(name)

    wait_for_end(runs, name)

    progress = runs.progress(name)
    assert progress is not None
    assert not runs.is_alive(name)
    assert progress.summary is None or progress.summary.exit_code == 130


def test_a_profile_that_is_wrong_is_told(recordings: Path, tmp_path: Path) -> None:
    (tmp_path / "p.yaml").write_text("form: usps-email-us\n")
    runs = BackgroundRuns(recordings)
    name = runs.start(RunRequest(tmp_path / "p.yaml"))

    wait_for_end(runs, name)

    progress = runs.progress(name)
    assert progress is not None
    assert progress.summary is not None
    assert (progress.summary.exit_code, runs.is_alive(name)) == (65, False)
    assert "p.yaml" in progress.told[0]


def test_no_name_leads_out_of_the_folder_of_logs(recordings: Path) -> None:
    recordings.mkdir()
    (recordings / "x.jsonl").write_text("")

    assert BackgroundRuns(recordings).progress("../x") is None
    assert BackgroundRuns(recordings).progress("20261129T052000Z-abcdef") is None

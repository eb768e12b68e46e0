"""`autofill purge` removes what it was told to and nothing that still matters."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cli import purge
from autofill.errors import AlreadySent, Misconfigured
from autofill.events import Verdict
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.sealing.tombstone import tombstone_of

APP = typer.Typer()
APP.command()(purge.command)
ENDED, UNKNOWN, FOREIGN = (f"20250101T000000Z-claim-{letters}" for letters in ("aaaaaa", "bbbbbb", "cccccc"))


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    """Three old recordings: of a run that was confirmed, of one that is unknown, and of one from elsewhere."""
    with open_ledger(tmp_path / "ledger.sqlite3") as ledger:
        for run, verdict in ((ENDED, Verdict.CONFIRMED), (UNKNOWN, Verdict.UNKNOWN)):
            ledger.prepare(run, f"key of {run}", space="live", form="a-form")
            ledger.filled(run)
            ledger.submitting(run)
            ledger.settle(run, verdict)
        ledger.cases.record(ENDED, CaseEvent(Kind.RESOLVED, datetime.now(UTC)))
    for run in (ENDED, UNKNOWN, FOREIGN):
        RecordingFolder.create(tmp_path, run).write("data/confirmation.txt", b"Zebulonia")
    return tmp_path


def purged(recordings: Path, *arguments: str | Path) -> Result:
    return CliRunner(env={"AUTOFILL_LEDGER": None}).invoke(APP, ["--recordings", str(recordings), *map(str, arguments)])


def kept(recordings: Path) -> set[str]:
    return {path.parents[1].name for path in recordings.glob("*/data/confirmation.txt")}


def test_nothing_old_enough_is_said(recordings: Path) -> None:
    for more in (["--dry-run"], ["--because", "over"]):
        assert purged(recordings, "--older-than", "99999d", *more).stdout == "Nothing is that old.\n"
    assert purged(recordings, "--older-than", "99999d", "--dry-run", "--json").stdout == ""


def test_old_recordings_whose_outcome_is_known(recordings: Path) -> None:
    """The unknown one stays, and the one that this ledger does not know; both are told."""
    done = purged(recordings, "--older-than", "30d", "--because", "over", "--json")

    assert done.exit_code == 0, done.output
    answers = {answer["run_id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    assert {run: answer["became"] for run, answer in answers.items()} == {
        ENDED: "purged",
        UNKNOWN: "kept",
        FOREIGN: "kept",
    }
    assert answers[ENDED]["schema"] == "autofill.purge/1"
    assert (answers[ENDED]["files"], answers[ENDED]["bytes"]) == (1, 9)
    assert kept(recordings) == {UNKNOWN, FOREIGN}


def test_what_is_named_and_still_matters_is_refused(recordings: Path) -> None:
    """With an exit code that a script sees; the others go all the same."""
    done = purged(recordings, recordings / UNKNOWN, recordings / ENDED, "--because", "over")

    assert done.exit_code == 78
    assert f"Not purged: {recordings / UNKNOWN}" in done.stdout
    assert kept(recordings) == {UNKNOWN, FOREIGN}


def test_a_live_case_that_is_not_over_keeps_its_recording(recordings: Path) -> None:
    with open_ledger(recordings / "ledger.sqlite3") as ledger:
        ledger.cases.record(ENDED, CaseEvent(Kind.REOPENED, datetime.now(UTC)))

    assert purged(recordings, recordings / ENDED, "--because", "over").exit_code == 78
    assert ENDED in kept(recordings)


def test_a_rehearsal_needs_no_reason_and_changes_nothing(recordings: Path) -> None:
    done = purged(recordings, "--older-than", "30", "--dry-run")

    assert done.exit_code == 0
    assert f"Would be purged: {recordings / ENDED} (1 files, 9 bytes)" in done.stdout
    assert kept(recordings) == {ENDED, UNKNOWN, FOREIGN}


def test_after_a_purge_the_same_inquiry_is_still_refused(recordings: Path) -> None:
    """The ledger's row stays, and with it the claim."""
    purged(recordings, recordings / ENDED, "--because", "over")

    with open_ledger(recordings / "ledger.sqlite3") as ledger, pytest.raises(AlreadySent) as refused:
        ledger.prepare("again", f"key of {ENDED}", space="live", form="a-form")
    assert (refused.value.exit_code, refused.value.first) == (84, ENDED)


def test_the_tombstone_names_the_account_and_the_reason(recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "kim")

    purged(recordings, recordings / ENDED, "--because", " the claim was paid ")

    stone = tombstone_of(recordings / ENDED)
    assert stone is not None
    assert (stone.purged_by, stone.because) == ("kim", "the claim was paid")


def test_a_tombstone_that_nobody_signed_is_said(recordings: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is personal is gone all the same: to people on a line of its own, to programs as `fault`."""
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", "none")

    done = purged(recordings, recordings / ENDED, "--because", "over")

    assert done.exit_code == 0
    assert f"Later: autofill seal --sign {recordings / ENDED}" in done.stdout
    monkeypatch.setenv("AUTOFILL_SIGNING_KEY", str(recordings / "gone"))
    (recordings / ENDED / "letter.txt").write_bytes(b"x")
    told = json.loads(purged(recordings, recordings / ENDED, "--because", "over", "--json").stdout)
    assert told["fault"].startswith("The tombstone is not signed: The signing key cannot be read")


def test_a_purge_that_was_interrupted_is_completed_first(recordings: Path) -> None:
    """Whatever else is asked for."""
    purged(recordings, recordings / ENDED, "--because", "over")
    stone = tombstone_of(recordings / ENDED)
    assert stone is not None
    pending = stone.model_copy(update={"complete": False})
    RecordingFolder(recordings / ENDED).write("tombstone.json", pending.content)
    (recordings / ENDED / "data").mkdir()

    done = purged(recordings, "--older-than", "9999d", "--because", "another")

    assert f"Purged: {recordings / ENDED}" in done.stdout
    assert tombstone_of(recordings / ENDED) == stone
    assert not (recordings / ENDED / "data").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--because", "over"],
        [ENDED, "--older-than", "1d", "--because", "over"],
        [ENDED],
        [ENDED, "--because", " "],
        ["--older-than", "1y", "--because", "over"],
        ["--older-than", "-1", "--because", "over"],
    ],
)
def test_what_is_not_said_clearly_removes_nothing(recordings: Path, arguments: list[str]) -> None:
    done = purged(recordings, *(recordings / word if word == ENDED else word for word in arguments))

    assert isinstance(done.exception, Misconfigured)
    assert kept(recordings) == {ENDED, UNKNOWN, FOREIGN}

"""Whole runs whose recordings are purged, encrypted or traced, as a person asks for it on the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import bagit
import playwright
import pyrage
import pytest

from autofill.errors import DiskTrouble
from autofill.evidence.archiving import encryption
from autofill.evidence.archiving.age import recipients_of
from autofill.evidence.keeping.inquiry_copy import inquiry_in
from autofill.evidence.keeping.summary import RunSummary
from autofill.evidence.sealing.verify import verify_recording
from autofill.forms.catalog import prepare_profile
from autofill.running import run
from tests.journeys.conftest import RunDesk

REPOSITORY = Path(__file__).parents[2]
PROFILE = REPOSITORY / "profiles" / "06-feedback.yaml"


def autofill(*arguments: str | Path, **environment: str) -> tuple[int, list[dict[str, Any]]]:
    """Any verb with --json: exit code and answers."""
    done = subprocess.run(
        [sys.executable, "-m", "autofill", *map(str, arguments), "--json"],
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
        env=os.environ | environment,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_purge_never_sends_anything_again(desk: RunDesk) -> None:
    """What was sent, purged and run again gets 84; the journal had said what the recording was made from."""
    code, (answer,), _ = desk.run(PROFILE)
    assert code == 0
    recording = Path(answer["recording"])
    lines = (recording / "data/journal.jsonl").read_text().splitlines()
    records = {record["kind"]: record for record in map(json.loads, lines)}
    # Before the browser did anything.
    assert json.loads(lines[0])["path"] == "data/inquiry.json"
    kept, plan = inquiry_in(recording), prepare_profile(PROFILE).plan
    assert kept
    assert (kept.form, kept.organisation, kept.fields) == (plan.form, "usps", plan.fields)
    assert "  data/inquiry.json\n" in (recording / "manifest-sha256.txt").read_text()
    assert (records["run"]["form_map_digest"], records["run"]["plan_digest"]) == (
        answer["form_map_digest"],
        answer["plan_digest"],
    )
    assert records["response"]["tls"] == "none (http)"
    assert records["page"]["url"].startswith(desk.url)

    code, (fate,) = autofill("purge", recording, "--because", "a test", "--recordings", desk.recordings)
    assert (code, fate["became"]) == (0, "purged")
    assert not (recording / "data").exists()
    assert verify_recording(recording).ok

    code, (answer,), _ = desk.run(PROFILE)
    assert code == 84
    assert desk.arrived()["requests"] == 1


def test_an_encrypted_recording_is_one_file_and_comes_back_whole(
    desk: RunDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its name is in the answer; nothing else of the run is left beside it."""
    identity = pyrage.x25519.Identity.generate()
    (tmp_path / "identity").write_text(str(identity))
    monkeypatch.setenv("AUTOFILL_ENCRYPT_TO", str(identity.to_public()))

    code, (answer,), _ = desk.run(PROFILE)

    archive = Path(answer["recording"])
    assert (code, answer["sealed"], archive.name) == (0, True, f"{answer['run_id']}.tar.age")
    assert {path.name for path in desk.recordings.iterdir() if "ledger" not in path.name} == {archive.name}

    code, (found,) = autofill("decrypt", archive, "--identity", tmp_path / "identity")
    assert (code, found["ok"]) == (0, True)
    assert inquiry_in(Path(found["recording"])) is not None

    code, (made,) = autofill("encrypt", found["recording"], "--identity", tmp_path / "identity")
    assert (code, made["archive"]) == (0, str(archive))
    assert not Path(found["recording"]).exists()


def test_who_cannot_be_encrypted_to_is_said_before_anything_is_sent(
    desk: RunDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not after it."""
    monkeypatch.setenv("AUTOFILL_ENCRYPT_TO", "age1nobody")

    code, (answer,), _ = desk.run(PROFILE)

    assert (code, answer["schema"], answer["exit_code"]) == (78, "autofill.error/1", 78)
    assert desk.arrived()["requests"] == 0


@pytest.mark.long
def test_a_trace_lies_beside_the_bag(desk: RunDesk) -> None:
    """Whole, private, announced, and in the way of nobody who checks the bag; a purge takes it."""
    code, (answer,), _ = desk.run("--debug-trace", PROFILE)

    recording = Path(answer["recording"])
    assert (code, answer["faults"]) == (0, [])
    with zipfile.ZipFile(recording / "debug/trace.zip") as trace:
        assert "trace.trace" in trace.namelist()
    assert {path.name for path in (recording / "debug").iterdir()} == {"trace.zip", "CONTAINS-PERSONAL-DATA.txt"}
    assert {path.stat().st_mode & 0o777 for path in (recording / "debug").iterdir()} == {0o600}
    assert (recording / "debug").stat().st_mode & 0o777 == 0o700
    assert verify_recording(recording).ok
    assert bagit.Bag(str(recording)).is_valid()

    autofill("purge", recording, "--because", "a test", "--recordings", desk.recordings)
    assert not (recording / "debug").exists()


def test_a_real_form_is_never_traced() -> None:
    """A trace puts scripts into the pages it looks at."""
    for option in ("--debug-trace", "--debug-video"):
        code, _ = autofill("run", "--live", option, "--no-sandbox", PROFILE)
        assert code == 78


@pytest.mark.parametrize("trouble", [DiskTrouble("The disk is full."), ValueError("Zebulonia")])
def test_a_recording_that_cannot_be_encrypted_stays_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    """What the run came to stays true; a fault says what is pending, and nothing that was typed."""

    def refuse(*_: object) -> Path:
        raise trouble

    monkeypatch.setattr(encryption, "encrypt", refuse)
    told = RunSummary(profile="p", form="f", target="live", exit_code=0, recording=str(tmp_path), sealed=True)
    whoever = recipients_of(str(pyrage.x25519.Identity.generate().to_public()))

    after = run._encrypted(tmp_path, told, whoever)

    (fault,) = after.faults
    assert fault.startswith("encryption pending: ")
    assert "Zebulonia" not in fault
    assert after == told.model_copy(update={"faults": (fault,)})


def ffmpeg_in(folder: Path) -> Path:
    """Where Playwright looks for its ffmpeg when its downloads are in `folder`."""
    known = Path(playwright.__file__).parent / "driver" / "package" / "browsers.json"
    (revision,) = (
        browser["revision"] for browser in json.loads(known.read_text())["browsers"] if browser["name"] == "ffmpeg"
    )
    return folder / f"ffmpeg-{revision}" / "ffmpeg-linux"


@pytest.mark.long
def test_a_video_lies_beside_the_bag(desk: RunDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for ffmpeg keeps the pictures it is given; what it writes is private."""
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))
    ffmpeg = ffmpeg_in(tmp_path / "downloads")
    ffmpeg.parent.mkdir(parents=True)
    ffmpeg.write_text('#!/bin/sh\nfor last; do :; done\ncat > "$last"\n')
    ffmpeg.chmod(0o755)

    code, (answer,), _ = desk.run("--debug-video", PROFILE)

    recording = Path(answer["recording"])
    (video,) = (recording / "debug").glob("*.webm")
    assert (code, video.stat().st_size > 1000, video.stat().st_mode & 0o777) == (0, True, 0o600)
    assert verify_recording(recording).ok


def test_without_ffmpeg_there_is_no_video_and_nothing_is_sent(
    desk: RunDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "downloads"))

    code, (answer,), _ = desk.run("--debug-video", PROFILE)

    assert (code, answer["submitted"]) == (78, "no")
    assert "--debug-trace" in answer["next"]
    assert desk.arrived()["requests"] == 0

"""The shelf: what is in the folder, whatever state it is in, and not a file more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autofill.review.shelf import Shelf

Keep = Callable[..., Path]


def test_recordings_are_newest_first(recordings: Path, keep: Keep) -> None:
    """The last run is what a person looks for."""
    for name in ("20261121T000000Z-refund-a", "20261123T000000Z-refund-c", "20261122T000000Z-refund-b"):
        keep(name)

    assert [recording.name[-1] for recording in Shelf(recordings).recordings()] == ["c", "b", "a"]


def test_folder_that_does_not_exist_is_an_empty_shelf(tmp_path: Path) -> None:
    """Before the first run there is no folder."""
    assert Shelf(tmp_path / "nowhere").recordings() == []


def test_other_files_and_folders_are_not_recordings(recordings: Path) -> None:
    """The ledger, hidden folders and strangers' folders lie there too."""
    (recordings / "ledger.sqlite").write_bytes(b"")
    (recordings / ".hidden" / "data").mkdir(parents=True)
    (recordings / "<b>" / "data").mkdir(parents=True)
    (recordings / "empty").mkdir()

    assert Shelf(recordings).recordings() == []


def test_summary_with_fields_of_a_newer_autofill_is_read(recordings: Path, keep: Keep) -> None:
    """The contract lets fields be added."""
    file = keep("r", case_number="48213307") / "data" / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"mood": "fine"}))

    found = Shelf(recordings).find("r")

    assert found
    assert found.summary
    assert found.summary.case_number == "48213307"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"schema": "autofill.run/9"}', b"[" * 100_000, b" " * (1 << 21) + b"{}"],
)
def test_summary_that_cannot_be_read_leaves_an_unfinished_recording(
    recordings: Path, keep: Keep, content: bytes
) -> None:
    """A damaged or much newer summary does not hide the recording, nor the others."""
    (keep("r") / "data" / "run.json").write_bytes(content)

    found = Shelf(recordings).find("r")

    assert found
    assert found.summary is None


def test_unfinished_recording_has_the_pictures_it_left(recordings: Path) -> None:
    """A run that was killed shows how far it got."""
    steps = recordings / "r" / "data" / "steps"
    steps.mkdir(parents=True)
    for name in ("0002-contact.png", "0001-hub.png", ".0003.png.part"):
        (steps / name).write_bytes(b"")

    found = Shelf(recordings).find("r")

    assert found
    assert found.pictures == ("data/steps/0001-hub.png", "data/steps/0002-contact.png")
    assert not found.has_report


def test_pictures_that_the_summary_makes_up_are_left_out(recordings: Path, keep: Keep) -> None:
    """A summary cannot point the gallery at another file."""
    file = keep("r") / "data" / "run.json"
    step = {"n": 1, "name": "x", "ms": 1}
    wrong = [
        "../../secret.txt",
        "data/../../../secret.png",
        "//evil.example/x.png",
        "data/gone.png",
        "data/report.html",
    ]
    steps = [step | {"screenshot": place} for place in wrong]
    file.write_text(json.dumps(json.loads(file.read_text()) | {"steps": steps}))

    found = Shelf(recordings).find("r")

    assert found
    assert found.summary
    assert found.pictures == ()


@pytest.mark.parametrize(
    "inside",
    [
        "../../secret.txt",
        "data/../../../secret.txt",
        "data/../bag-info.txt",
        "/etc/hostname.txt",
        "data/link.txt",
        "data/away/secret.txt",
        "data/journal.jsonl",
        "data/trace.zip",
        "data",
        "bag-info.txt",
        "data/\0.txt",
        "data/folder.txt",
        "data/" + "x" * 5000 + ".txt",
        "",
    ],
)
def test_only_files_inside_a_recordings_data_are_given(recordings: Path, keep: Keep, inside: str) -> None:
    """No way up, no link out, no other kinds of files."""
    folder = keep("r")
    (folder / "bag-info.txt").write_text("x")
    (folder / "data" / "journal.jsonl").write_text("x")
    (folder / "data" / "trace.zip").write_text("x")
    (folder / "data" / "folder.txt").mkdir()
    (folder / "data" / "link.txt").symlink_to(recordings.parent / "secret.txt")
    (folder / "data" / "away").symlink_to(recordings.parent)

    assert Shelf(recordings).file("r", inside) is None
    assert Shelf(recordings).file("r", "data/run.json")


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "r\0", "away", "<b>"])
def test_only_folders_on_the_shelf_are_recordings(recordings: Path, keep: Keep, name: str) -> None:
    """A name cannot lead to another place, and a link to one is not followed."""
    keep("r")
    outside = recordings.parent / "outside"
    (outside / "data").mkdir(parents=True)
    (outside / "data" / "x.txt").write_text("x")
    (recordings / "away").symlink_to(outside)

    assert Shelf(recordings).file(name, "data/x.txt") is None
    assert Shelf(recordings).find(name) is None

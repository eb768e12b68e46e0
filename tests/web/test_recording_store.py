"""Recordings in the folder, whatever state it is in, and not a file more."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autofill.web.recording_store import RecordingCondition, RecordingStore

Keep = Callable[..., Path]


def test_recordings_are_newest_first(recordings: Path, keep: Keep) -> None:
    """The last run is what a person looks for."""
    for name in ("20261121T000000Z-refund-00000a", "20261123T000000Z-refund-00000c", "20261122T000000Z-refund-00000b"):
        keep(name)

    assert [entry.name[-1] for entry in RecordingStore(recordings).entries()] == ["c", "b", "a"]


def test_folder_that_does_not_exist_has_no_recordings(tmp_path: Path) -> None:
    """Before the first run there is no folder."""
    assert RecordingStore(tmp_path / "nowhere").entries() == []


def test_other_files_and_folders_are_not_recordings(recordings: Path) -> None:
    """The ledger, hidden folders and strangers' folders lie there too."""
    (recordings / "ledger.sqlite").write_bytes(b"")
    (recordings / ".hidden" / "data").mkdir(parents=True)
    (recordings / "empty").mkdir()

    assert RecordingStore(recordings).entries() == []


def test_summary_with_fields_of_a_newer_autofill_is_read(recordings: Path, keep: Keep) -> None:
    """The contract lets fields be added."""
    file = keep("r", case_number="48213307") / "data" / "run.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"mood": "fine"}))

    found = RecordingStore(recordings).find("r")

    assert found
    assert found.summary
    assert found.summary.case_number == "48213307"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"[]", b'{"schema": "autofill.run/9"}', b"[" * 100_000, b" " * (1 << 21) + b"{}"],
)
def test_recording_whose_summary_cannot_be_read_says_so(recordings: Path, keep: Keep, content: bytes) -> None:
    """A damaged or much newer summary does not hide the recording, nor the others."""
    (keep("r") / "data" / "run.json").write_bytes(content)

    found = RecordingStore(recordings).find("r")

    assert found
    assert found.summary is None
    assert found.condition is RecordingCondition.UNREADABLE


def test_unfinished_recording_shows_how_far_it_got(recordings: Path) -> None:
    """A run that was killed has no summary, and its last whole picture."""
    steps = recordings / "r" / "data" / "steps"
    steps.mkdir(parents=True)
    for name in ("0002-contact.png", "0001-hub.png", ".0003.png.part"):
        (steps / name).write_bytes(b"")

    found = RecordingStore(recordings).find("r")

    assert found
    assert found.condition is RecordingCondition.UNFINISHED
    assert found.picture == "data/steps/0002-contact.png"


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

    found = RecordingStore(recordings).find("r")

    assert found
    assert found.summary
    assert found.picture is None


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

    assert RecordingStore(recordings).file("r", inside) is None
    assert RecordingStore(recordings).file("r", "data/run.json")


@pytest.mark.parametrize("name", ["..", ".", "", "a/b", "r\0", "away", "<b>"])
def test_only_folders_directly_inside_are_recordings(recordings: Path, keep: Keep, name: str) -> None:
    """A name cannot lead to another place, and a link to one is not followed."""
    keep("r")
    outside = recordings.parent / "outside"
    (outside / "data").mkdir(parents=True)
    (outside / "data" / "x.txt").write_text("x")
    (recordings / "away").symlink_to(outside)

    assert RecordingStore(recordings).file(name, "data/x.txt") is None
    assert RecordingStore(recordings).find(name) is None


def conditions(recordings: Path) -> dict[str, tuple[RecordingCondition, bool]]:
    return {entry.name: (entry.condition, entry.can_open) for entry in RecordingStore(recordings).entries()}


def test_purged_and_encrypted_recordings_are_listed(recordings: Path) -> None:
    """They are still there, as what they are; an archive that is being written is not."""
    (recordings / "r1").mkdir()
    (recordings / "r1" / "tombstone.json").write_text("{}")
    (recordings / "r2.tar.age").write_bytes(b"age-encryption.org/v1")
    (recordings / ".r3.tar.age.part").write_bytes(b"")

    assert conditions(recordings) == {
        "r1": (RecordingCondition.PURGED, True),
        "r2": (RecordingCondition.ENCRYPTED, False),
    }


def test_folders_made_to_deceive_are_said_to_be_unreadable_and_not_opened(recordings: Path, keep: Keep) -> None:
    """Links to other places, names that are markup, data that is no folder."""
    inside = keep("r")
    outside = recordings.parent / "outside"
    (outside / "data").mkdir(parents=True)
    (recordings / "link").symlink_to(outside)
    (recordings / "<b>" / "data").mkdir(parents=True)
    (recordings / "data-is-a-link").mkdir()
    (recordings / "data-is-a-link" / "data").symlink_to(inside / "data")
    (recordings / "data-is-a-file").mkdir()
    (recordings / "data-is-a-file" / "data").write_text("x")

    found = conditions(recordings)

    assert found.pop("r") == (RecordingCondition.FINISHED, True)
    assert found == dict.fromkeys(
        ["link", "<b>", "data-is-a-link", "data-is-a-file"], (RecordingCondition.UNREADABLE, False)
    )
    assert [RecordingStore(recordings).find(name) for name in found] == [None] * 4


def test_folder_that_may_not_be_read_is_unreadable(
    recordings: Path, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else's recording does not hide the others."""
    theirs, look = keep("theirs"), os.scandir
    keep("ours")

    def refusing(path: Path) -> object:
        if path == theirs:
            raise PermissionError
        return look(path)

    monkeypatch.setattr(os, "scandir", refusing)

    assert conditions(recordings) == {
        "ours": (RecordingCondition.FINISHED, True),
        "theirs": (RecordingCondition.UNREADABLE, False),
    }


def test_a_copy_to_hand_out_is_told_from_its_original(recordings: Path, keep: Keep) -> None:
    """It says itself what it lacks."""
    keep("r")
    (keep("r-share") / "data" / "withheld.json").write_text("{}")

    assert {entry.name: entry.is_copy for entry in RecordingStore(recordings).entries()} == {
        "r": False,
        "r-share": True,
    }


def test_recording_with_another_name_stands_where_its_time_is(recordings: Path, keep: Keep) -> None:
    """A copy may be called anything; its summary says when it was."""
    keep("20261122T180000Z-refund-00000b")
    keep("20261122T170000Z-refund-00000a")
    keep("sample")  # at 17:44:03

    assert [entry.name[-1] for entry in RecordingStore(recordings).entries()] == ["b", "e", "a"]


def test_files_of_a_folder_are_in_order_and_without_links(recordings: Path, keep: Keep) -> None:
    """What leads out is not listed; what is not there is empty."""
    folder = keep("r") / "data" / "attachments"
    folder.mkdir()
    for name in ("2.jpg", "1.jpg"):
        (folder / name).write_bytes(b"x")
    (folder / "3.jpg").symlink_to(recordings.parent / "secret.txt")
    (folder / "more").mkdir()

    assert RecordingStore(recordings).files("r", "data/attachments") == [
        "data/attachments/1.jpg",
        "data/attachments/2.jpg",
    ]
    assert RecordingStore(recordings).files("r", "data/mail") == []


def test_folder_of_files_that_is_a_link_is_empty(recordings: Path, keep: Keep) -> None:
    """Its files are somebody else's."""
    (keep("r") / "data" / "mail").symlink_to(recordings.parent)

    assert RecordingStore(recordings).files("r", "data/mail") == []


def test_text_and_journal_are_read_up_to_a_megabyte(recordings: Path, keep: Keep) -> None:
    """A giant text is left out; of a giant journal the beginning is read."""
    data = keep("r") / "data"
    (data / "small.txt").write_text("words")
    (data / "giant.txt").write_bytes(bytes((1 << 20) + 1))
    (data / "journal.jsonl").write_bytes(b"x" * (1 << 21))
    store = RecordingStore(recordings)

    assert (store.text("r", "data/small.txt"), store.text("r", "data/giant.txt")) == (b"words", b"")
    assert len(store.journal("r")) == 1 << 20
    assert (store.text("r", "data/gone.txt"), store.journal("gone")) == (b"", b"")


def test_a_mail_is_no_unfinished_run(recordings: Path) -> None:
    """It has a summary of its own."""
    (recordings / "20261122T000000Z-mail-a" / "data" / "mail").mkdir(parents=True)
    (recordings / "20261122T000000Z-mail-a" / "data" / "mail.json").write_text("{}")

    (entry,) = RecordingStore(recordings).entries()

    assert (entry.condition, entry.summary) == (RecordingCondition.MAIL, None)

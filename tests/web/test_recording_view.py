"""One recording as its page shows it, whole, cut short, or made to deceive."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from autofill.events import Verdict
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.inquiry.fields import Fields
from autofill.web import recording_view
from autofill.web.pictures import Size
from autofill.web.recording_store import RecordingStore
from autofill.web.recording_view import RecordingView, view_of
from tests.web.conftest import Keep, bomb, png

Shoot = Callable[..., RecordingView]
STEPS = [("Contact", "0001-contact"), ("Review", "0002-review"), ("Submit", "0003-submit"), ("Confirmation", "")]


def value(name: str, planned: str, found: str | None = None) -> dict[str, Any]:
    found = planned if found is None else found
    return {"name": name, "field": name, "planned": planned, "found": found, "matches": planned == found}


@pytest.fixture
def folder(keep: Keep) -> Path:
    """A recording of four steps, of which two have values."""
    steps = [
        {"n": n, "name": name, "screenshot": f"data/steps/{slug}.png" if slug else "data/confirmation.png", "ms": n}
        for n, (name, slug) in enumerate(STEPS, 1)
    ]
    made = keep("r", verdict=Verdict.CONFIRMED, steps=steps)
    for n, (_, slug) in enumerate(STEPS, 1):
        (made / "data" / (f"steps/{slug}.png" if slug else "confirmation.png")).write_bytes(png(100, 50 + n))
    write(made, "steps/0001-contact.values.json", [value("City", "Seoul"), value("Number", "9400111202")])
    write(made, "steps/0002-review.values.json", [value("City", "Seoul", ""), value("Number", "9400111202")])
    (made / "data" / "confirmation.txt").write_text("Thank you. About 9400111202 you will hear.")
    return made


def write(made: Path, name: str, content: object) -> None:
    (made / "data" / name).write_text(json.dumps(content))


@pytest.fixture
def shot(folder: Path, recordings: Path) -> Callable[[], RecordingView]:
    """The view of the recording, as it is now."""

    def read() -> RecordingView:
        store = RecordingStore(recordings)
        entry = store.find("r")
        assert entry
        return view_of(store, entry)

    return read


def test_what_no_page_took_is_read_from_the_inquiry(shot: Shoot, folder: Path) -> None:
    """Own words alone, neither what a page took, whole or in parts, nor choices; and only if it can be read."""
    assert shot().unasked == ()
    fields: Fields = {
        "City": "Seoul",
        "Number.end": "02",
        "topic": "claim",
        "contact.address": "OR",
        "contact.address.state": "OR",
        "sizes": ("L", "XL"),
    }
    copy = InquiryCopy(form="f", chosen=("topic", "contact.address.state"), fields=fields)
    (folder / "data" / "inquiry.json").write_bytes(copy.content)
    assert [(value.field, value.text) for value in shot().unasked] == [("sizes", "L"), ("sizes", "XL")]
    (folder / "data" / "inquiry.json").write_bytes(b"{}")
    assert shot().unasked == ()


def test_every_step_is_shown(shot: Shoot) -> None:
    """With its picture, its size, its values, in the order of the run."""
    steps = shot().steps

    assert [(step.number, step.name, step.ms) for step in steps] == [
        (n, name, n) for n, (name, _) in enumerate(STEPS, 1)
    ]
    assert [step.pictures[0].size for step in steps] == [Size(100, 50 + n) for n in range(1, 5)]
    assert [len(step.values) for step in steps] == [2, 2, 0, 0]


def test_before_is_the_last_filled_page_and_after_the_outcome(shot: Shoot) -> None:
    """The page with nothing but the button says less than the one with all that is sent."""
    found = shot()

    assert found.before
    assert found.after
    assert (found.before.name, found.after.name) == ("Review", "Confirmation")


def test_a_run_that_never_clicked_has_no_before_and_after(shot: Shoot, keep: Keep, recordings: Path) -> None:
    keep("dry", verdict=Verdict.NOT_SUBMITTED)
    store = RecordingStore(recordings)
    entry = store.find("dry")
    assert entry

    assert (view_of(store, entry).before, view_of(store, entry).after) == (None, None)


def test_values_stand_beside_what_the_site_showed_again(shot: Shoot) -> None:
    """The review page lost the city; the confirmation repeats the number."""
    city, number = shot().table.rows

    assert (city.differs, city.on_confirmation) == (True, None)
    assert (number.differs, number.on_confirmation) == (False, True)


def test_a_tall_page_is_several_pictures(shot: Shoot, folder: Path) -> None:
    """They follow one another without a gap."""
    for tile in (2, 3, 5):
        (folder / "data" / "steps" / f"0001-contact.{tile}.png").write_bytes(png(100, 9))

    places = [picture.place for picture in shot().steps[0].pictures]

    assert places == [f"data/steps/0001-contact{tile}.png" for tile in ("", ".2", ".3")]


def test_the_journal_tells_the_pages_addresses(shot: Shoot, folder: Path) -> None:
    line = {"t_wall": "2026-11-22T17:44:03+00:00", "kind": "page", "n": 2, "url": "http://127.0.0.1/review"}
    (folder / "data" / "journal.jsonl").write_text(json.dumps(line) + "\n")

    assert [step.url for step in shot().steps] == ["", "http://127.0.0.1/review", "", ""]


def test_files_that_are_only_listed_have_their_hashes(shot: Shoot, folder: Path, recordings: Path) -> None:
    """A link among them is not followed."""
    (folder / "data" / "attachments").mkdir()
    (folder / "data" / "attachments" / "1.jpg").write_bytes(b"photo")
    (folder / "data" / "attachments" / "2.jpg").symlink_to(recordings.parent / "secret.txt")

    ((place, kept),) = shot().kept

    assert place == "data/attachments/1.jpg"
    assert (kept.size, kept.sha256) == (5, hashlib.sha256(b"photo").hexdigest())


def test_what_checking_found_is_part_of_it(shot: Shoot) -> None:
    """These were never sealed."""
    verification = shot().verification

    assert verification
    assert not verification.ok


def test_what_is_too_large_is_not_hashed_while_a_page_waits(
    shot: Shoot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of a terabyte without content takes no place, and an hour to hash."""
    with (folder / "data" / "giant").open("wb") as file:
        os.truncate(file.fileno(), 1 << 40)
    monkeypatch.setattr(recording_view, "verify_recording", lambda _: pytest.fail("hashed it"))

    assert shot().verification is None
    assert shot().kept == ()


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[{}]", b"[" * 100_000, b'[{"name": 1}]', bytes(1 << 21), b'[{"name": "\xff"}]'],
)
def test_values_that_make_no_sense_are_left_out(shot: Shoot, folder: Path, content: bytes) -> None:
    """The other step's are still there."""
    (folder / "data" / "steps" / "0001-contact.values.json").write_bytes(content)

    assert [len(step.values) for step in shot().steps] == [0, 2, 0, 0]


@pytest.mark.parametrize("content", [b"<svg onload='x'/>", bomb()])
def test_a_picture_that_is_none_has_no_size(shot: Shoot, folder: Path, content: bytes) -> None:
    (folder / "data" / "steps" / "0001-contact.png").write_bytes(content)

    assert shot().steps[0].pictures[0].size is None


@pytest.mark.parametrize("screenshot", [None, "../../secret.txt", "data/report.html", "/etc/hostname", "data/gone.png"])
def test_a_step_cannot_show_another_file(shot: Shoot, folder: Path, screenshot: str | None) -> None:
    """The step stays, without a picture."""
    run = json.loads((folder / "data" / "run.json").read_text())
    run["steps"][0]["screenshot"] = screenshot
    write(folder, "run.json", run)

    assert shot().steps[0].pictures == ()


def test_an_unfinished_recording_has_a_view_too(shot: Shoot, folder: Path) -> None:
    """Its steps are the pictures it left, named as their files are."""
    (folder / "data" / "run.json").unlink()
    (folder / "data" / "steps" / "odd name.png").write_bytes(png(1, 1))

    found = shot()

    assert [(step.number, step.name) for step in found.steps] == [(1, "contact"), (2, "review"), (3, "submit")]
    assert (found.before, found.after) == (None, None)
    assert len(found.table.rows) == 2

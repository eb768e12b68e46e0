"""One recording, read from the shelf for the page that shows it: its frames, its values, the files it keeps.

Decides nothing, and believes nothing that a recording says about other files than its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.bag import Damage, FileDigest, digest_of
from autofill.evidence.keeping.inquiry_copy import INQUIRY, InquiryCopy
from autofill.evidence.keeping.personal import PlannedValue, unasked_values
from autofill.evidence.sealing.verify import Verification, verify_recording
from autofill.web.pictures import Size, size_of
from autofill.web.recording_store import Entry, Shelf
from autofill.web.timeline import Course, course_of
from autofill.web.values import Step, Table, table_of

_VALUES = TypeAdapter(tuple[ReadBack, ...])
_NUMBERED = re.compile(r"data/steps/(\d{4})-([\w-]+)(?:\.png|\.values\.json)")
_MOST_TILES = 8
# Hashing this many bytes takes about a second; nobody waits longer for a page.
_LARGEST_CHECKED = 512 << 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's place inside the recording; `size` is None for what cannot be shown."""

    place: str
    size: Size | None


@dataclass(frozen=True, slots=True)
class Frame:
    """One step of the film. A very tall page has several `pictures`, one below the other; `ms` is 0 if not known."""

    number: int
    name: str
    url: str
    ms: int
    pictures: tuple[Picture, ...]
    values: tuple[ReadBack, ...] = ()


@dataclass(frozen=True, slots=True)
class Film:
    """A recording to look through.

    `before` and `after` are the frames around the submit click, if it came to it. `unasked` is what else a person
    wrote. `kept` are files that are only listed; `mail` is what a kept mail says. `verification` is None, and
    nothing was hashed, if the recording is too large for that.
    """

    frames: tuple[Frame, ...]
    before: Frame | None
    after: Frame | None
    table: Table
    unasked: tuple[PlannedValue, ...]
    course: Course
    kept: tuple[tuple[str, FileDigest], ...]
    verification: Verification | None
    has_report: bool
    mail: str


def film_of(shelf: Shelf, entry: Entry) -> Film:
    """Read a recording."""
    small = _weight(shelf.folder(entry.name)) <= _LARGEST_CHECKED
    course = course_of(shelf.journal(entry.name))
    frames = tuple(_frames(shelf, entry, course))
    clicked = entry.summary is not None and entry.summary.verdict is not Verdict.NOT_SUBMITTED and bool(frames)
    filled = [frame for frame in frames[:-1] if frame.values] or list(frames[:-1])
    said = shelf.text(entry.name, "data/confirmation.txt").decode(errors="replace")
    return Film(
        frames,
        before=filled[-1] if clicked and filled else None,
        after=frames[-1] if clicked else None,
        table=table_of((Step(frame.name, frame.values) for frame in frames), said or None),
        unasked=tuple(_unasked(shelf.text(entry.name, INQUIRY), frames)),
        course=course,
        kept=tuple(_kept(shelf, entry.name)) if small else (),
        verification=verify_recording(shelf.folder(entry.name)) if small else None,
        has_report=shelf.file(entry.name, "data/report.html") is not None,
        mail=shelf.text(entry.name, "data/mail/1.txt").decode(errors="replace"),
    )


def _frames(shelf: Shelf, entry: Entry, course: Course) -> Iterator[Frame]:
    values = dict(_values(shelf, entry.name))
    if entry.summary is None:
        found = (place for place in shelf.files(entry.name, "data/steps") if place.endswith(".png"))
        steps = [(int(match[1]), match[2], 0, place) for place in found if (match := _NUMBERED.fullmatch(place))]
    else:
        steps = [(step.n, step.name, step.ms, step.screenshot or "") for step in entry.summary.steps]
    for number, name, ms, place in steps:
        pictures = tuple(_pictures(shelf, entry.name, place))
        yield Frame(
            number, name, url=course.pages.get(number, ""), ms=ms, pictures=pictures, values=values.pop(number, ())
        )


def _pictures(shelf: Shelf, name: str, place: str) -> Iterator[Picture]:
    """The picture, and those that go on below it."""
    stem = place.removesuffix(".png")
    for inside in (place, *(f"{stem}.{tile}.png" for tile in range(2, _MOST_TILES + 1))):
        file = shelf.file(name, inside) if inside.endswith(".png") else None
        if file is None:
            return
        yield Picture(inside, size_of(file))


def _values(shelf: Shelf, name: str) -> Iterator[tuple[int, tuple[ReadBack, ...]]]:
    for place in shelf.files(name, "data/steps"):
        match = _NUMBERED.fullmatch(place)
        if match and place.endswith(".json"):
            try:
                yield int(match[1]), _VALUES.validate_json(shelf.text(name, place))
            except ValidationError:
                continue


def _unasked(content: bytes, frames: tuple[Frame, ...]) -> Iterator[PlannedValue]:
    """What a person wrote into the inquiry, and no page took."""
    taken = {value.field for frame in frames for value in frame.values}
    with suppress(ValidationError):
        yield from unasked_values(InquiryCopy.model_validate_json(content, extra="ignore"), taken)


def _kept(shelf: Shelf, name: str) -> Iterator[tuple[str, FileDigest]]:
    for folder in ("data/attachments", "data/mail"):
        for place in shelf.files(name, folder):
            try:
                yield place, digest_of(shelf.folder(name), place)
            except Damage:
                continue


def _weight(folder: Path) -> int:
    """Bytes of all files, as far as their folders can be read."""
    paths = (Path(parent, name) for parent, _folders, names in os.walk(folder) for name in names)
    return sum(path.lstat().st_size for path in paths)

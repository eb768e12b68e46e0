"""The content of one recording's page: its steps, its values, the files it keeps.

Decides nothing. What a recording says about files other than its own is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.bag import MOST_ENTRIES, Damage, FileDigest, digest_of, walk
from autofill.evidence.keeping.inquiry_copy import INQUIRY, InquiryCopy
from autofill.evidence.keeping.personal import PlannedValue, unasked_values
from autofill.evidence.sealing.verification import Verification
from autofill.evidence.sealing.verify import verify_recording
from autofill.web.pictures import size_of
from autofill.web.recording_store import RecordingEntry, RecordingStore
from autofill.web.timeline import Timeline, timeline_of
from autofill.web.values import ValueTable, table_of

_VALUES = TypeAdapter(tuple[ReadBack, ...])
_NUMBERED = re.compile(r"data/steps/(\d{4})-([\w-]+)(?:\.png|\.values\.json)")
_MOST_TILES = 8
# Forms have ten steps; a page of thousands takes a browser minutes.
_MOST_STEPS = 500
# Hashing this many bytes takes about a second; nobody waits longer for a page.
_LARGEST_CHECKED = 512 << 20


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's place inside the recording; width and height are None for what cannot be shown."""

    place: str
    size: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class StepView:
    """One step and its pictures: a very tall page has several, one below the other; `ms` is 0 if not known."""

    number: int
    name: str
    url: str
    ms: int
    pictures: tuple[Picture, ...]
    values: tuple[ReadBack, ...] = ()


@dataclass(frozen=True, slots=True)
class RecordingView:
    """The content of one recording's page.

    `before` and `after` are the steps around the submit click, if it came to it. `unasked` is what else a person
    wrote. `kept` are files that are only listed; `mail` is what a kept mail says. `verification` is None, and
    nothing was hashed, if the recording is too large for that.
    """

    steps: tuple[StepView, ...]
    before: StepView | None
    after: StepView | None
    table: ValueTable
    unasked: tuple[PlannedValue, ...]
    timeline: Timeline
    kept: tuple[tuple[str, FileDigest], ...]
    verification: Verification | None
    has_report: bool
    mail: str


def view_of(store: RecordingStore, entry: RecordingEntry) -> RecordingView:
    """The view of a recording, read from its files."""
    small = _is_small(store.folder(entry.name))
    timeline = timeline_of(store.journal(entry.name))
    steps = tuple(_steps(store, entry, timeline))
    clicked = entry.summary is not None and entry.summary.verdict is not Verdict.NOT_SUBMITTED and bool(steps)
    filled = [step for step in steps[:-1] if step.values] or list(steps[:-1])
    said = store.text(entry.name, "data/confirmation.txt").decode(errors="replace")
    return RecordingView(
        steps,
        before=filled[-1] if clicked and filled else None,
        after=steps[-1] if clicked else None,
        table=table_of(((step.name, step.values) for step in steps), said or None),
        unasked=tuple(_unasked(store.text(entry.name, INQUIRY), steps)),
        timeline=timeline,
        kept=tuple(_kept(store, entry.name)) if small else (),
        verification=verify_recording(store.folder(entry.name)) if small else None,
        has_report=store.file(entry.name, "data/report.html") is not None,
        mail=store.text(entry.name, "data/mail/1.txt").decode(errors="replace"),
    )


def _steps(store: RecordingStore, entry: RecordingEntry, timeline: Timeline) -> Iterator[StepView]:
    values = dict(_values(store, entry.name))
    if entry.summary is None:
        found = (place for place in store.files(entry.name, "data/steps") if place.endswith(".png"))
        steps = [(int(match[1]), match[2], 0, place) for place in found if (match := _NUMBERED.fullmatch(place))]
    else:
        steps = [(step.n, step.name, step.ms, step.screenshot or "") for step in entry.summary.steps]
    for number, name, ms, place in steps[:_MOST_STEPS]:
        pictures = tuple(_pictures(store, entry.name, place))
        url = timeline.pages.get(number, "")
        yield StepView(number, name, url=url, ms=ms, pictures=pictures, values=values.pop(number, ()))


def _pictures(store: RecordingStore, name: str, place: str) -> Iterator[Picture]:
    """The picture, and those that go on below it."""
    stem = place.removesuffix(".png")
    for inside in (place, *(f"{stem}.{tile}.png" for tile in range(2, _MOST_TILES + 1))):
        file = store.file(name, inside) if inside.endswith(".png") else None
        if file is None:
            return
        yield Picture(inside, size_of(file))


def _values(store: RecordingStore, name: str) -> Iterator[tuple[int, tuple[ReadBack, ...]]]:
    places = (place for place in store.files(name, "data/steps") if place.endswith(".json"))
    for place in islice(places, 2 * _MOST_STEPS):  # a file of boxes lies beside each
        if match := _NUMBERED.fullmatch(place):
            with suppress(ValidationError):
                yield int(match[1]), _VALUES.validate_json(store.text(name, place))


def _unasked(content: bytes, steps: tuple[StepView, ...]) -> Iterator[PlannedValue]:
    """What a person wrote into the inquiry, and no page took."""
    taken = {value.field for step in steps for value in step.values}
    with suppress(ValidationError):
        yield from unasked_values(InquiryCopy.model_validate_json(content, extra="ignore"), taken)


def _kept(store: RecordingStore, name: str) -> Iterator[tuple[str, FileDigest]]:
    for folder in ("data/attachments", "data/mail"):
        for place in store.files(name, folder):
            with suppress(Damage):
                yield place, digest_of(store.folder(name), place)


def _is_small(folder: Path) -> bool:
    """Whether there are not more files and bytes than can be looked at while a page waits."""
    with suppress(OSError):
        sizes = (entry.stat(follow_symlinks=False).st_size for _name, entry in walk(folder, strict=False))
        few = list(islice(sizes, MOST_ENTRIES + 1))
        return len(few) <= MOST_ENTRIES and sum(few) <= _LARGEST_CHECKED
    return False

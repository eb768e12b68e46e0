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

from autofill.cases.following.about import About, about_inquiry
from autofill.errors import AutofillError
from autofill.events import ReadBack, Verdict
from autofill.evidence.keeping.bag import MOST_ENTRIES, Damage, FileDigest, digest_of, walk
from autofill.evidence.keeping.boxes import Boxes
from autofill.evidence.keeping.inquiry_copy import INQUIRY, InquiryCopy
from autofill.evidence.keeping.personal import PlannedValue, unasked_values
from autofill.evidence.keeping.report import before_the_click
from autofill.evidence.keeping.step_view import Picture, StepView, crop_of
from autofill.evidence.keeping.timeline import Timeline, timeline_of
from autofill.evidence.keeping.values import ValueTable, table_of
from autofill.evidence.sealing.verification import Verification
from autofill.evidence.sealing.verify import verify_recording
from autofill.web.pictures import size_of
from autofill.web.recording_store import RecordingEntry, RecordingStore

_VALUES = TypeAdapter(tuple[ReadBack, ...])
_NUMBERED = re.compile(r"data/steps/(\d{4})-([\w-]+)(?:\.png|\.values\.json)")
_MOST_TILES = 8
# Forms have ten steps; a page of thousands takes a browser minutes.
_MOST_STEPS = 500
# Hashing this many bytes takes about a second; nobody waits longer for a page.
_LARGEST_CHECKED = 512 << 20


@dataclass(frozen=True, slots=True)
class RecordingView:
    """The content of one recording's page.

    `before` and `after` are the steps around the submit click, if it came to it. `unasked` is what else a person
    wrote, `about` what tells the inquiry from others. `kept` are files that are only listed; `mail` is what a kept mail
    says. `verification` is None, and nothing was hashed, if the recording is too large for that.
    """

    steps: tuple[StepView, ...]
    before: StepView | None
    after: StepView | None
    table: ValueTable
    about: About
    unasked: tuple[PlannedValue, ...]
    timeline: Timeline
    kept: tuple[tuple[str, FileDigest], ...]
    verification: Verification | None
    has_report: bool
    mail: str


def view_of(store: RecordingStore, entry: RecordingEntry) -> RecordingView:
    """The view of a recording, read from its files."""
    small = _is_small(store.folder(entry.name))
    inquiry = inquiry_of(store, entry.name)
    timeline = timeline_of(store.journal(entry.name))
    steps = tuple(_steps(store, entry, timeline))
    clicked = entry.summary is not None and entry.summary.verdict is not Verdict.NOT_SUBMITTED and bool(steps)
    said = store.text(entry.name, "data/confirmation.txt").decode(errors="replace")
    return RecordingView(
        steps,
        before=before_the_click(steps) if clicked else None,
        after=steps[-1] if clicked else None,
        table=table_of(((step.name, step.values) for step in steps), said or None),
        about=about_of(inquiry),
        unasked=tuple(_unasked(inquiry, steps)) if inquiry else (),
        timeline=timeline,
        kept=tuple(_kept(store, entry.name)) if small else (),
        verification=verify_recording(store.folder(entry.name)) if small else None,
        has_report=store.file(entry.name, "data/report.html") is not None,
        mail=store.text(entry.name, "data/mail/1.txt").decode(errors="replace"),
    )


def steps_of(store: RecordingStore, name: str) -> Iterator[StepView]:
    """The steps that a recording has by now, also while it is made; none if there is no such recording."""
    entry = store.find(name)
    if entry is not None:
        yield from _steps(store, entry, timeline_of(store.journal(name)))


def _steps(store: RecordingStore, entry: RecordingEntry, timeline: Timeline) -> Iterator[StepView]:
    values = dict(_values(store, entry.name))
    if entry.summary is None:
        found = (place for place in store.files(entry.name, "data/steps") if place.endswith(".png"))
        steps = [(int(match[1]), match[2], 0, place) for place in found if (match := _NUMBERED.fullmatch(place))]
    else:
        steps = [(step.n, step.name, step.ms, step.screenshot or "") for step in entry.summary.steps]
    for number, name, ms, place in steps[:_MOST_STEPS]:
        pictures = tuple(_pictures(store, entry.name, place))
        held = values.pop(number, ())
        crop = crop_of(pictures[0].size if pictures else None, held, _boxes(store, entry.name, number, place))
        url = timeline.pages.get(number, "")
        yield StepView(number, name, url=url, ms=ms, pictures=pictures, values=held, crop=crop)


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


def _boxes(store: RecordingStore, name: str, number: int, place: str) -> Boxes | None:
    stem = place.removesuffix(".png") if "steps" in place else f"data/steps/{number:04}-confirmation"
    with suppress(ValidationError):
        return Boxes.model_validate_json(store.text(name, f"{stem}.boxes.json"))
    return None


def inquiry_of(store: RecordingStore, name: str) -> InquiryCopy | None:
    """What the person wrote, if the recording holds it and it can be read."""
    with suppress(ValidationError):
        return InquiryCopy.model_validate_json(store.text(name, INQUIRY), extra="ignore")
    return None


def about_of(inquiry: InquiryCopy | None) -> About:
    """What tells an inquiry from others; nothing, where an organisation's own data are wrong."""
    try:
        return about_inquiry(inquiry) if inquiry else About()
    except AutofillError:
        return About()


def _unasked(inquiry: InquiryCopy, steps: tuple[StepView, ...]) -> Iterator[PlannedValue]:
    """What a person wrote into the inquiry, and no page took."""
    taken = {value.field for step in steps for value in step.values}
    return unasked_values(inquiry, taken)


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

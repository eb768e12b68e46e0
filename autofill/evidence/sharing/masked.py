"""Masked screenshots of a recording: what was typed or chosen, dates and numbers are covered, and the form is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from autofill.evidence.keeping.boxes import Boxes
from autofill.evidence.keeping.folder import picture_place
from autofill.evidence.sharing.cover import Corners, covered
from autofill.evidence.sharing.draft import Draft
from autofill.evidence.sharing.original import Original
from autofill.evidence.sharing.redaction import Choice


@dataclass(frozen=True, slots=True)
class MaskedPicture:
    """Screenshot of the step `name`, with the `areas` that are covered in it.

    `picture` is None where it is not certain that nothing personal is left. `stopped` says that the run ended there.
    """

    file: str
    name: str
    picture: bytes | None
    areas: tuple[Corners, ...] = ()
    stopped: bool = False


def masked_pictures(recording: Path) -> tuple[MaskedPicture, ...]:
    """Every screenshot of a sealed recording, in the order of its steps; a tall page has several.

    Raises:
        Damage: The recording is not sealed, or not as it was sealed.
        OurBug: A screenshot is not covered as it has to be.
    """
    original = Original(recording.resolve())
    copy = Draft(original, Choice()).files
    boxes_of = {step.boxes.pictures[0].path: step.boxes for step in original.steps if step.boxes}
    steps = original.summary.steps if original.summary else ()
    return tuple(
        _masked(place, step.name, copy.get(place), areas, stopped=step.screenshot == picture_place(step.n, "stopped"))
        for step in steps
        if step.screenshot
        for place, areas in _pictures(step.screenshot, boxes_of.get(step.screenshot))
    )


def _pictures(first: str, boxes: Boxes | None) -> Iterator[tuple[str, tuple[Corners, ...]]]:
    """Each picture of a step, and where data can be seen in it."""
    if boxes is None:
        yield first, ()
        return
    for tile, picture in enumerate(boxes.pictures, 1):
        yield picture.path, tuple(place.corners for place in (*boxes.boxes, *boxes.changing) if place.tile == tile)


def _masked(
    place: str, name: str, picture: bytes | None, areas: tuple[Corners, ...], *, stopped: bool
) -> MaskedPicture:
    shown = covered(picture, areas) if picture else None
    return MaskedPicture(PurePosixPath(place).name, name, shown, areas, stopped=stopped)

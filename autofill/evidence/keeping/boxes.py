"""Boxes of a picture: where planned values can be seen in it, so that a copy can cover them.

Holds fields and places, never a value. How they are found is in `box_search`.
"""

from __future__ import annotations

from operator import not_
from typing import Literal

from pydantic import Field

from autofill.evidence.keeping.summary import RecordingModel

# Kind of a page that shows what an account holds, which nobody typed: no box can be known to be missing.
ACCOUNT_PAGE = "page"
# What somebody typed, or a frame nobody can see into: no planned value is known to be in it, and none is known not to.
UNKNOWN = ""


class PictureSize(RecordingModel, strict=True):
    """One PNG of a step, in pixels; `path` is its place in the recording."""

    path: str
    width: int
    height: int


class PlannedControl(RecordingModel, strict=True):
    """A control of the plan: the inquiry's field, the control's name and kind, and whether a person's words go in.

    The name is empty where no control takes the field. An account's page has the field `page.` and its name in files.
    """

    field: str
    name: str
    kind: str
    personal: bool


class Place(RecordingModel, strict=True):
    """One place in pixels of the `tile`-th picture, from 1; 0 is below all that is pictured."""

    x: int
    y: int
    width: int
    height: int
    tile: int

    @property
    def corners(self) -> tuple[int, int, int, int]:
        """Left, top, and the first column and row after it."""
        return self.x, self.y, self.x + self.width, self.y + self.height


class Box(Place, PlannedControl):
    """Place where a planned value is seen."""


class Boxes(RecordingModel, strict=True):
    """The boxes file of one step: its pictures, everything the plan enters anywhere, and where that is seen here."""

    schema_: Literal["autofill.boxes/1"] = Field(default="autofill.boxes/1", alias="schema")
    scale: float
    pictures: tuple[PictureSize, ...]
    entered: tuple[PlannedControl, ...]
    boxes: tuple[Box, ...]
    # What can be seen here in places that nobody can tell for sure: mirrored, moving, drawn over and over.
    unplaced: tuple[PlannedControl, ...] = ()
    # Dates, times and numbers of the page's own, which are others the next time.
    changing: tuple[Place, ...] = Field(default=(), exclude_if=not_)


def account_page(slug: str) -> PlannedControl:
    """Control that stands for a page that may show everything an account holds."""
    return PlannedControl(field=f"page.{slug}", name="", kind=ACCOUNT_PAGE, personal=True)

"""`autofill` whose recorder has no camera: no page is drawn or described; all else is kept and sealed as ever.

Usage: as autofill. Only for the benchmark, which asks what the pictures cost; the program has no such switch.
"""

from __future__ import annotations

from playwright.async_api import Page

from autofill.__main__ import program
from autofill.evidence.recorder import Recorder


def _watch_without_camera(recorder: Recorder, page: Page) -> None:
    recorder._page = page  # noqa: SLF001 - what `watch` does, but for the camera


setattr(Recorder, "watch", _watch_without_camera)  # noqa: B010 - mypy is right that one does not do that
program()

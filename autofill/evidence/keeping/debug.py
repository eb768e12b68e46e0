"""Debug files: a trace and a video of a run, in a folder beside the bag. Never evidence.

They hold everything that was typed, and no seal covers them; they are made on request only.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.events import FaultNoticed
from autofill.evidence.keeping.bag import BESIDE
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.language import _

_NOTICE: Final = "CONTAINS-PERSONAL-DATA.txt"
_TRACE: Final = "trace.zip"
# Packing a trace takes a second; a browser that hangs never does it.
_PATIENCE: Final = 30.0


@dataclass(frozen=True, slots=True)
class Debug:
    """Debug options: Playwright's trace (DOM, network, pictures of every action), a video, both or neither."""

    trace: bool = False
    video: bool = False

    def folder(self, recording: RecordingFolder) -> Path | None:
        """Make the folder for it, with a warning in it; None when nothing was asked for.

        Raises:
            DiskTrouble: it cannot be made.
        """
        if not (self.trace or self.video):
            return None
        recording.add_folder(BESIDE)
        warning = _(
            "These files contain everything that was typed and shown. They are not sealed.\nShare them "
            "only with people who may know it. Delete this folder when you no longer need it; autofill "
            "purge deletes it, too.\n"
        )
        recording.write(f"{BESIDE}/{_NOTICE}", warning.encode())
        return recording.path / BESIDE


@asynccontextmanager
async def traced(
    page: Page, file_in: Path | None, tell: Callable[[FaultNoticed], Awaitable[None]]
) -> AsyncIterator[None]:
    """Context in which a page is traced, if there is a folder for it; a trace that is lost is a fault."""
    if file_in is None:
        yield
        return
    tracing = page.context.tracing
    await tracing.start(screenshots=True, snapshots=True)
    try:
        yield
    finally:
        try:
            async with asyncio.timeout(_PATIENCE):
                await tracing.stop(path=file_in / _TRACE)
        except (PlaywrightError, TimeoutError):
            await tell(FaultNoticed("debug", _("the trace could not be saved")))


def make_private(folder: Path) -> None:
    """Make the files private, too: Playwright's driver writes them with the system's default mode."""
    for file in folder.iterdir():
        file.chmod(0o600)

"""Files: given to an input, hidden or not, or to the chooser that a button opens."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from pathlib import PurePosixPath

from playwright.async_api import FilePayload

from autofill.page.seen import Seen


def upload(path: str, data: bytes) -> FilePayload:
    """A file as the browser takes it, from memory, under its name alone."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return FilePayload(name=PurePosixPath(path).name, mimeType=kind, buffer=data)


async def attach(seen: Seen, uploads: Sequence[FilePayload]) -> None:
    """Hand over all of them at once, in place of any before."""
    if seen.does == "file":
        await seen.locator().set_input_files(uploads)
        return
    async with seen.page.expect_file_chooser() as opening:
        await seen.locator().click()
    await (await opening.value).set_files(uploads)


async def shown(seen: Seen, names: str) -> str:
    """The names, if the page shows each of them: some pages keep the files elsewhere and empty their input."""
    counts = [await seen.frame.get_by_text(name).count() for name in names.splitlines()]
    return names if all(counts) else ""

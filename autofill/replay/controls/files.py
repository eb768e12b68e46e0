"""Files: given to an input, hidden or not, or to the chooser that a button opens."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from playwright.async_api import FilePayload
from playwright.async_api import TimeoutError as PlaywrightTimeout

from autofill.page.seen import Seen

# Milliseconds that a label takes to open the chooser, if it does.
_OPENING = 1_000
# A pixel or two is how pages hide an input and leave it to readers of screens.
_IS_HIDDEN = """input => {
  const { width, height } = input.getBoundingClientRect();
  return width <= 2 || height <= 2 || !input.checkVisibility({ visibilityProperty: true });
}"""
_IS_LABEL = "each => each.localName === 'label'"


def upload(path: str, data: bytes) -> FilePayload:
    """A file as the browser takes it, from memory, under its name alone."""
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return FilePayload(name=PurePosixPath(path).name, mimeType=kind, buffer=data)


async def attach(seen: Seen, uploads: Sequence[FilePayload]) -> None:
    """Hand over all of them at once, in place of any before."""
    if seen.does == "chooser":
        async with seen.page.expect_file_chooser() as opening:
            await seen.locator().click()
        await (await opening.value).set_files(uploads)
        return
    if await seen.locator().evaluate(_IS_HIDDEN) and await seen.locator("label").evaluate(_IS_LABEL):
        # Some listen to an input that nobody sees only after its label was clicked, as people do.
        with suppress(PlaywrightTimeout):
            async with seen.page.expect_file_chooser(timeout=_OPENING) as opening:
                await seen.locator("label").click(timeout=_OPENING)
            await (await opening.value).set_files(uploads)
            return
    await seen.locator().set_input_files(uploads)


async def shown(seen: Seen, names: str) -> str:
    """The names, if the page shows each of them: some pages keep the files elsewhere and empty their input."""
    counts = [await seen.frame.get_by_text(name).count() for name in names.splitlines()]
    return names if all(counts) else ""

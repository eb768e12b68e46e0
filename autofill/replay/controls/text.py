"""Text: inputs, text areas and editors, into which words go as they are."""

from __future__ import annotations

from autofill.page.seen import Seen


async def enter(seen: Seen, text: str) -> None:
    """Replace whatever it holds by the text."""
    await seen.locator().fill(text)

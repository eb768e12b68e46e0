"""Taking a picture of a whole page as bytes: lossless, over the DevTools protocol. Writes nothing.

Measured (benchmarks/RESULTS.md): the protocol's fast PNG of a page that fits the viewport takes less than half the
time of Playwright's own full-page picture, and is as lossless.
"""

from __future__ import annotations

import base64
from typing import Any

from playwright.async_api import CDPSession, Page

# Chromium draws no picture taller than this in one piece.
_TALLEST = 16_384


class Camera:
    """Takes pictures of one page; opens its line to the browser at the first one."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._line: CDPSession | None = None

    async def take(self) -> bytes:
        """A PNG of the page from top to bottom, at most 16,384 pixels tall.

        Raises:
            playwright.async_api.Error: the page or the browser is gone.
        """
        if self._line is None:
            self._line = await self._page.context.new_cdp_session(self._page)
        sizes = await self._line.send("Page.getLayoutMetrics")
        content, viewport = sizes["cssContentSize"], sizes["cssLayoutViewport"]
        how: dict[str, Any] = {"format": "png", "optimizeForSpeed": True}
        if content["height"] > viewport["clientHeight"]:
            area = {"x": 0, "y": 0, "width": content["width"], "height": min(content["height"], _TALLEST), "scale": 1}
            how |= {"captureBeyondViewport": True, "clip": area}
        shot = await self._line.send("Page.captureScreenshot", how)
        return base64.b64decode(shot["data"])

"""Camera: lossless pictures of whole pages, over the DevTools protocol.

Measured (benchmarks/RESULTS.md): the protocol's fast PNG of a page that fits the viewport takes less than half the
time of Playwright's own full-page picture, and is as lossless.
"""

from __future__ import annotations

import asyncio
import base64
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from autofill.page.inventory import PageText, texts_in
from autofill.page.snapshot import Area, capture

# A taller page is taken in several pieces, one below the other. Chromium draws twice as much in one piece, but that
# takes a busy machine more than a second.
TALLEST = 8_192
MOST_TILES = 4
# No page that people read is wider; a picture of one would fill the memory.
WIDEST = 4_096


@dataclass(frozen=True, slots=True)
class Photograph:
    """Pictures of a page at one moment.

    `tiles` are PNGs, from top to bottom; together they show `area` of a page that is `page_height` tall (in the page's
    own pixels). `texts` is all that could be read and where it stood, None if the browser does not say. `failed` says
    that a piece below the first could not be taken, which is another thing than a page that is too tall.
    """

    tiles: tuple[bytes, ...]
    area: Area
    page_height: float
    texts: list[PageText] | None
    failed: bool = False

    @property
    def complete(self) -> bool:
        """Whether the page is in it down to its end."""
        return self.area[1] + self.area[3] >= self.page_height


class Camera:
    """Camera for one page; opens its DevTools session at the first picture.

    A page that hangs or has crashed gives no picture, ever: `patience` is how many seconds each piece may take. `zoom`
    below 1 makes smaller pictures.
    """

    def __init__(self, page: Page, patience: float = 10, zoom: float = 1) -> None:
        self._page = page
        self._patience = patience
        self._zoom = zoom
        self._session: CDPSession | None = None

    async def take(self) -> Photograph:
        """The page from top to bottom, at most 32,768 pixels of it.

        Raises:
            TimeoutError: the page hangs.
            playwright.async_api.Error: the page or the browser is gone.
        """
        async with asyncio.timeout(self._patience):
            if self._session is None:
                self._session = await self._page.context.new_cdp_session(self._page)
            sizes = await self._session.send("Page.getLayoutMetrics")
        # The page is described while it is drawn, which takes much longer: that costs next to nothing.
        texts = asyncio.ensure_future(self._texts())
        try:
            tiles, area, failed = await self._draw(sizes)
            return Photograph(
                tiles, area, page_height=sizes["cssContentSize"]["height"], texts=await texts, failed=failed
            )
        finally:
            texts.cancel()

    async def _draw(self, sizes: dict[str, Any]) -> tuple[tuple[bytes, ...], Area, bool]:
        content, viewport = sizes["cssContentSize"], sizes["cssLayoutViewport"]
        inside = content["height"] <= viewport["clientHeight"] and content["width"] <= viewport["clientWidth"]
        if inside and self._zoom == 1:
            area = (viewport["pageX"], viewport["pageY"], viewport["clientWidth"], viewport["clientHeight"])
            return (await self._capture({}),), area, False
        width = min(content["width"], WIDEST)
        tiles, failed = await self._tiles(width, content["height"])
        return tiles, (0, 0, width, min(content["height"], len(tiles) * TALLEST)), failed

    async def _tiles(self, width: float, height: float) -> tuple[tuple[bytes, ...], bool]:
        """The pieces, and whether one failed: without a lower piece the first is still worth keeping."""
        tiles: list[bytes] = []
        for top in range(0, min(int(height), MOST_TILES * TALLEST), TALLEST):
            area = {"x": 0, "y": top, "width": width, "height": min(height - top, TALLEST), "scale": self._zoom}
            try:
                tiles.append(await self._capture({"captureBeyondViewport": True, "clip": area}))
            except (PlaywrightError, TimeoutError):
                if not tiles:
                    raise
                return tuple(tiles), True
        return tuple(tiles), False

    async def _capture(self, how: dict[str, Any]) -> bytes:
        assert self._session is not None
        fast = {"format": "png", "optimizeForSpeed": self._zoom == 1}
        async with asyncio.timeout(self._patience):
            shot = await self._session.send("Page.captureScreenshot", fast | how)
        return base64.b64decode(shot["data"])

    async def _texts(self) -> list[PageText] | None:
        """Texts of the page; None if the browser cannot describe it, as the picture is worth keeping without."""
        assert self._session is not None
        try:
            async with asyncio.timeout(self._patience):
                return texts_in(await capture(self._session))
        except (PlaywrightError, TimeoutError, LookupError, ValueError, TypeError):
            return None

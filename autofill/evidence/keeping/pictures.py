"""Camera: lossless pictures of whole pages, over the DevTools protocol.

Measured (benchmarks/RESULTS.md): the protocol's fast PNG of a page that fits the viewport takes less than half the
time of Playwright's own full-page picture, and is as lossless.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from autofill.page.opening import opened
from autofill.page.snapshot import Area, RawSnapshot, documents_in, snapshot
from autofill.page.texts import PageText, PageTexts, page_texts_of

# A taller page is taken in several pieces, one below the other. Chromium draws twice as much in one piece, but that
# takes a busy machine more than a second.
TALLEST = 8_192
MOST_TILES = 4
# No page that people read is wider; a picture of one would fill the memory.
WIDEST = 4_096
# A page may still be on its way to what it shows, and what was opened may hide something else.
_TRIES = 3
# Seconds that something takes to fade in, usually.
_FADING = 0.3
# Seconds that a page may take to go on after a picture.
_THAW = 1


@dataclass(frozen=True, slots=True)
class Hidden:
    """A value that a picture does not show: its control's name, and where in the page it stands all the same."""

    name: str
    places: tuple[PageText, ...] = ()


@dataclass(frozen=True, slots=True)
class Photograph:
    """Pictures of a page at one moment.

    `tiles` are PNGs, from top to bottom; together they show `area` of a page that is `page_height` tall (in the page's
    own pixels). `page_texts` is all that could be read and where it stood, None if the browser does not say. `failed`
    says that a piece below the first could not be taken, which is another thing than a page that is too tall. `hidden`
    is what should be seen and is not.
    """

    tiles: tuple[bytes, ...]
    area: Area
    page_height: float
    page_texts: PageTexts | None
    failed: bool = False
    hidden: tuple[Hidden, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the page is in it down to its end."""
        return self.area[1] + self.area[3] >= self.page_height

    @property
    def moved(self) -> bool:
        """Whether something stood elsewhere before the picture than after it."""
        return any(each.moved for each in self.page_texts.texts) if self.page_texts else False


# Finds out what a photograph should show and does not.
Look: TypeAlias = Callable[[Photograph], Iterable[Hidden]]


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

    async def take(self, look: Look = lambda _photograph: ()) -> Photograph:
        """The page from top to bottom, at most 32,768 pixels of it.

        `look` says what a photograph hides. If it hides something or the page moves, it is taken again, with what
        hides it opened; the page is left as it was.

        Raises:
            TimeoutError: the page hangs.
            playwright.async_api.Error: the page or the browser is gone.
        """
        async with asyncio.timeout(self._patience):
            if self._session is None:
                self._session = await self._page.context.new_cdp_session(self._page)
        best = await self._looked_at(look, still=False)
        for tried in range(1, _TRIES):
            if not best.hidden and (tried > 1 or not best.moved):
                break
            with suppress(PlaywrightError, TimeoutError):
                async with self._opened(best):
                    again = await self._looked_at(look, still=True)
                if len(again.hidden) <= len(best.hidden):
                    best = again
        return best

    async def _looked_at(self, look: Look, *, still: bool) -> Photograph:
        async with self._frozen() if still else nullcontext():
            taken = await self._photograph(still=still)
        return replace(taken, hidden=tuple(look(taken)))

    @asynccontextmanager
    async def _opened(self, photograph: Photograph) -> AsyncIterator[None]:
        assert self._session is not None
        places = [place for each in photograph.hidden for place in each.places]
        if photograph.page_texts is None or not places:
            yield
            return
        over = {cover.node for place in places for cover in photograph.page_texts.over(place)}
        async with opened(self._session, {place.node for place in places}, over):
            if any(place.faint for place in places):
                await asyncio.sleep(_FADING)
            yield

    @asynccontextmanager
    async def _frozen(self) -> AsyncIterator[None]:
        """Hold animations still."""
        assert self._session is not None
        try:
            async with asyncio.timeout(self._patience):
                await self._session.send("Animation.setPlaybackRate", {"playbackRate": 0})
            yield
        finally:
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(_THAW):
                    await self._session.send("Animation.setPlaybackRate", {"playbackRate": 1})

    async def _photograph(self, *, still: bool) -> Photograph:
        """One photograph; only of what stands `still` is it said where it is though styles move it."""
        assert self._session is not None
        async with asyncio.timeout(self._patience):
            sizes = await self._session.send("Page.getLayoutMetrics")
        # The page is described, and that is read, while it is drawn, which takes longer: that costs next to nothing.
        before = asyncio.ensure_future(self._read(still=still))
        await asyncio.sleep(0)  # now it has been asked for
        try:
            tiles, area, failed = await self._draw(sizes, still=still)
            raw, texts = await before
            if texts and texts.scrolled:
                # What was just scrolled may be drawn where it was before, once (measured: in half of the pictures).
                tiles, area, failed = await self._draw(sizes, still=still)
            page_texts = _compared(raw, texts, await self._described())
        finally:
            before.cancel()
        return Photograph(
            tiles, area, page_height=sizes["cssContentSize"]["height"], page_texts=page_texts, failed=failed
        )

    async def _draw(self, sizes: dict[str, Any], *, still: bool) -> tuple[tuple[bytes, ...], Area, bool]:
        content, viewport = sizes["cssContentSize"], sizes["cssLayoutViewport"]
        inside = content["height"] <= viewport["clientHeight"] and content["width"] <= viewport["clientWidth"]
        # What an animation moves, Chromium 156 draws where it says that it is in larger pictures only.
        if inside and self._zoom == 1 and not still:
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
        asked = {"format": "png", "optimizeForSpeed": self._zoom == 1} | how
        async with asyncio.timeout(self._patience):
            try:
                shot = await self._session.send("Page.captureScreenshot", asked)
            except PlaywrightError:  # a browser with too much to do says once that it cannot, and then it can
                shot = await self._session.send("Page.captureScreenshot", asked)
        return base64.b64decode(shot["data"])

    async def _read(self, *, still: bool) -> tuple[RawSnapshot | None, PageTexts | None]:
        raw = await self._described()
        page_texts = _page_texts(raw)
        return raw, page_texts if still or page_texts is None else page_texts.with_moving()

    async def _described(self) -> RawSnapshot | None:
        """Description of the page; None if the browser cannot give one, as the picture is worth keeping without."""
        assert self._session is not None
        try:
            async with asyncio.timeout(self._patience):
                return await snapshot(self._session)
        except (PlaywrightError, TimeoutError):
            return None


def _compared(raw: RawSnapshot | None, before: PageTexts | None, after: RawSnapshot | None) -> PageTexts | None:
    """What could be read before the picture; what stood elsewhere after it is marked, or may have in between."""
    if before is None or after is None or raw == after:
        return None if after is None else before
    later = _page_texts(after)
    return None if later is None else before.compared(later)


def _page_texts(raw: RawSnapshot | None) -> PageTexts | None:
    """All that can be read in a description; None where the browser describes pages in a way that is not known here."""
    if raw is None:
        return None
    with suppress(LookupError, ValueError, TypeError):
        return page_texts_of(documents_in(raw))
    return None

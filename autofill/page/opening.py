"""Opening of what hides parts of a page, for the length of a picture: scrolled boxes, texts cut short, bars.

Paused animations are laid over the page's own styles: no attribute changes, and taking them back leaves no trace.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import CDPSession

_SCRIPT: Final = Path(__file__).with_name("opening.js")
_UNDO: Final = "function () { for (const back of this.reverse()) back(); }"


@asynccontextmanager
async def opened(session: CDPSession, hidden: Collection[int], over: Collection[int]) -> AsyncIterator[None]:
    """Scroll to the top, open what cuts off the `hidden` nodes, and take away bars among those that lie `over` them.

    Nodes are known by their numbers in a snapshot. What cannot be opened stays as it is; a new snapshot tells.

    Raises:
        playwright.async_api.Error: the page is gone.
    """
    numbers = (*dict.fromkeys(hidden), *dict.fromkeys(over))
    nodes = await asyncio.gather(*(session.send("DOM.resolveNode", {"backendNodeId": number}) for number in numbers))
    arguments = [{"value": len(set(hidden))}, *({"objectId": node["object"]["objectId"]} for node in nodes)]
    call = {"functionDeclaration": _SCRIPT.read_text(encoding="utf-8"), "arguments": arguments}
    done = await session.send("Runtime.callFunctionOn", call | {"objectId": nodes[0]["object"]["objectId"]})
    try:
        yield
    finally:
        if undo := done["result"].get("objectId"):
            await session.send("Runtime.callFunctionOn", {"functionDeclaration": _UNDO, "objectId": undo})

"""Selector engines that the driver is taught: questions about a page, which are answered beside the page's own scripts.

In that world nothing reaches them that the page did to its prototypes. An answer is an element: one of the page's, or
one that is nowhere on the page and holds a text. As one string it costs a fraction of what it would as values.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright

_HERE: Final = Path(__file__).parent
# What has a file of its own: what both scripts know of labels that are for nothing, and of where one control is drawn
# in place of another; and calendars.
_PARTS: Final = ("beside", "places", "calendar")


def _script(name: str) -> str:
    script = (_HERE / name).read_text(encoding="utf-8")
    for each in _PARTS:
        script = script.replace(f"{each.upper()}_JS", (_HERE / f"{each}.js").read_text(encoding="utf-8").strip())
    return script


INVENTORY_SCRIPT: Final = _script("inventory.js")
"""A function for the page: it gives what `inventory_from` takes."""
INVENTORY: Final = "inventory=page"
"""Selector of an element with the inventory of a document as JSON."""
PLACE: Final = "inventory=place"
"""Selector of an element with JSON about where the element is that it is asked of, and why nobody sees it."""
IN_SIGHT: Final = "in-sight=text"
"""Selector of the element itself that it is asked of, if text of it can be seen."""

# Half a pair of surrogates is no text that can be kept.
_INVENTORY_ENGINE: Final = f"""(() => {{
  const read = {INVENTORY_SCRIPT.strip()};
  const whole = (_key, value) => (typeof value === "string" ? value.toWellFormed() : value);
  return {{
    queryAll(root, body) {{
      const element = document.createElement("data");
      element.append(JSON.stringify(read(body === "place" ? root : undefined), whole));
      return [element];
    }},
  }};
}})()"""


async def teach(playwright: Playwright) -> None:
    """Give the driver the engines `control` (controls.js), `inventory` and `in-sight`; once is enough."""
    engines = {
        "control": _script("controls.js"),
        "inventory": _INVENTORY_ENGINE,
        "in-sight": _script("in_sight.js"),
    }
    with suppress(PlaywrightError):  # it knows them already
        for name, script in engines.items():
            await playwright.selectors.register(name, script=script, content_script=True)

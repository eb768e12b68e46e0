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
# Functions with a file of their own: what both scripts know of labels that are for nothing, and of where one control is
# drawn in place of another; and calendars.
_FUNCTIONS: Final = ("beside", "places", "controls/calendar")
# The engine that finds controls as people do, by words and by what they do, and tells what they hold: one closure, each
# part of which uses those before it.
_CONTROLS: Final = (
    *("dom", "names", "behaviour", "groups", "candidates", "nearby", "matching", "options", "held", "quiet", "answers"),
)


def _read(name: str) -> str:
    return (_HERE / f"{name}.js").read_text(encoding="utf-8").strip()


def _with_functions(script: str) -> str:
    for each in _FUNCTIONS:
        script = script.replace(f"{Path(each).name.upper()}_JS", _read(each))
    return script


def _control_engine() -> str:
    parts = "\n".join(_read(f"controls/{each}") for each in _CONTROLS)
    return f"(() => {{\n{_with_functions(parts)}\n}})()"


INVENTORY_SCRIPT: Final = _with_functions(_read("inventory"))
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
    """Give the driver the engines `control` (controls/), `inventory` and `in-sight`; once is enough."""
    engines = {
        "control": _control_engine(),
        "inventory": _INVENTORY_ENGINE,
        "in-sight": _read("in_sight"),
    }
    with suppress(PlaywrightError):  # it knows them already
        for name, script in engines.items():
            await playwright.selectors.register(name, script=script, content_script=True)

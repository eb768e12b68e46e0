"""Selector engines that the driver is taught: questions about a page, which are answered beside the page's own scripts.

In that world nothing reaches them that the page did to its prototypes. An answer is the text of an element that is
nowhere on the page: as one string it costs a fraction of what Playwright needs for the same as values.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Playwright

INVENTORY_SCRIPT: Final = Path(__file__).with_name("inventory.js").read_text(encoding="utf-8")
"""A function for the page: it gives what `inventory_from` takes."""

# Half a pair of surrogates is no text that can be kept.
_INVENTORY: Final = f"""(() => {{
  const read = {INVENTORY_SCRIPT.strip().removesuffix(";")};
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
    """Give the driver the engines `control` (controls.js) and `inventory` (inventory.js); once is enough."""
    controls = Path(__file__).with_name("controls.js").read_text(encoding="utf-8")
    with suppress(PlaywrightError):  # it knows them already
        await playwright.selectors.register("control", script=controls, content_script=True)
        await playwright.selectors.register("inventory", script=_INVENTORY, content_script=True)

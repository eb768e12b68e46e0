"""What a form itself says at its fields: the descriptions and messages of those that it does not take as they are.

Read from the browser's accessibility tree, which sees through every kind of shadow root.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from autofill.inquiry.fields import single_spaced
from autofill.page.texts import replace_surrogates

# A page whose script never ends answers nothing (seconds).
_PATIENCE = 3.0


async def field_messages(page: Page, *, sent: bool = False) -> tuple[str, ...]:
    """The form's own words at each field that is marked as wrong, `label: words`; none if the page does not answer.

    A page may repeat there what was typed. If the inquiry may have been `sent`, a field that is empty now was emptied:
    what the browser itself would say of it is no word of the form.
    """
    found: list[str] = []
    with suppress(PlaywrightError, TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            session = await page.context.new_cdp_session(page)
            for node in (await session.send("Accessibility.getFullAXTree"))["nodes"]:
                # An empty field that must be filled does not count as invalid there.
                wrong = _property(node, "invalid").get("value", "false") != "false"
                if wrong or (not sent and _property(node, "required").get("value")):
                    label = node.get("name", {}).get("value", "")
                    found += [f"{label}: {words}" for words in await _words_at(session, node, wrong=wrong)]
            await session.detach()
    return tuple(dict.fromkeys(map(single_spaced, map(replace_surrogates, found))))


def _property(node: Mapping[str, Any], name: str) -> dict[str, Any]:
    return next((each["value"] for each in node.get("properties", ()) if each["name"] == name), {})


async def _words_at(session: CDPSession, node: Mapping[str, Any], *, wrong: bool) -> list[str]:
    """A field's description, the message it is tied to, and the browser's own; none of a field that is well."""
    native = await _ask(session, node["backendDOMNodeId"], "validationMessage")
    if not (wrong or native):
        return []
    messages = [each["backendDOMNodeId"] for each in _property(node, "errormessage").get("relatedNodes", ())]
    own = [node.get("description", {}).get("value", ""), *[await _ask(session, each, "innerText") for each in messages]]
    return [words for words in (*own, native) if words]


async def _ask(session: CDPSession, node: int, name: str) -> str:
    element = (await session.send("DOM.resolveNode", {"backendNodeId": node}))["object"]["objectId"]
    asked = {"objectId": element, "functionDeclaration": f"function() {{ return this.{name} }}", "returnByValue": True}
    return str((await session.send("Runtime.callFunctionOn", asked))["result"].get("value") or "")

"""Ways out that no route sees are closed before a page's scripts run."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route
from playwright.async_api import Error as PlaywrightError

from autofill.page.browser import fresh_page

MAKE = """const a = Object.assign(document.createElement('a'), {href: '/file?s3cret', download: 'x'});
const b = a.appendChild(document.createElement('b'));"""
WAYS = {
    "a link that is clicked": "document.body.append(a); a.click()",
    "a link that is nowhere": "a.click()",
    "an event": "document.body.append(a); a.dispatchEvent(new MouseEvent('click', {cancelable: true}))",
    "an event that cannot be prevented": "a.dispatchEvent(new MouseEvent('click'))",
    "an event below the link": "document.body.append(a); b.dispatchEvent(new MouseEvent('click', {bubbles: true}))",
    "a link in a closed shadow": """const host = document.body.appendChild(document.createElement('div'));
      host.attachShadow({mode: 'closed'}).append(a); b.click()""",
    "a link in markup": """document.body.innerHTML = '<a href="/file?s3cret" download><b>File</b></a>';
      document.querySelector('b').click()""",
    "another world's click": """const frame = document.body.appendChild(document.createElement('iframe'));
      document.body.append(a); frame.contentWindow.HTMLElement.prototype.click.call(a)""",
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_a_page_cannot_ask_for_a_download(browser: Browser, site: Any, way: str) -> None:
    """No interceptor is sure to see it; what becomes of it is nothing, or a navigation, which routes see."""
    seen: list[str] = []

    async def hold(route: Route) -> None:
        seen.append(route.request.url)
        await route.abort()

    async with fresh_page(browser, headless=True) as page:
        await page.goto(site.show("<p>Form"))
        await page.route("**/file*", hold)
        await page.evaluate(f"() => {{ {MAKE} {way} }}")
        await _settled(page)

    assert [each for each in site.requests if "file" in each] == []


async def test_other_links_still_work(browser: Browser, site: Any) -> None:
    """Also those that a script clicks."""
    site.show("<p>Next", path="/next")
    async with fresh_page(browser, headless=True) as page:
        await page.goto(site.show("<a href=/next>On</a>"))
        async with page.expect_navigation():
            await page.evaluate("document.querySelector('a').click()")
        assert await page.inner_text("p") == "Next"


SOCKETS = {
    "a new one": "new WebSocket(to)",
    "that of a frame": "new frames[0].WebSocket(to)",
    "that of a frame in a frame": "new frames[0].frames[0].WebSocket(to)",
    "what made it": "new WebSocket.prototype.constructor(to)",
    "one that thinks it is back": "dispatchEvent(new PageTransitionEvent('pageshow')); new WebSocket(to)",
}


@pytest.mark.parametrize("there", [True, False], ids=["there", "going away"])
@pytest.mark.parametrize("way", SOCKETS.values(), ids=SOCKETS)
async def test_a_page_that_goes_away_opens_no_socket_any_more(
    browser: Browser, site: Any, way: str, *, there: bool
) -> None:
    """Nobody would be told of it; before that it may, and is watched."""
    send = f"const to = `ws://${{location.host}}/socket`; {way}"
    site.show("<p>Next", path="/next")
    async with fresh_page(browser, headless=True) as page:
        await page.goto(site.show("<iframe></iframe>"))
        await page.evaluate("frames[0].document.body.append(frames[0].document.createElement('iframe'))")
        if there:
            await page.evaluate(f"() => {{ {send} }}")
        else:
            await page.evaluate(f"() => addEventListener('pagehide', () => {{ {send} }})")
            await page.goto(f"{site.url}/next")
        await _settled(page)

    assert ("GET /socket" in site.requests) is there


async def test_sockets_are_what_pages_expect(page: Page, site: Any) -> None:
    """Libraries for chats look at them, and make their own of them."""
    await page.goto(site.show("<p>Form"))
    kept = await page.evaluate(
        """() => {
          const socket = new WebSocket(`ws://${location.host}/socket`);
          class Own extends WebSocket {}
          return [socket instanceof WebSocket, new Own(socket.url) instanceof Own, WebSocket.OPEN, socket.readyState];
        }"""
    )
    assert kept == [True, True, 1, 0]


async def _settled(page: Page) -> None:
    """Whatever the page asked for has reached the server: its later question has."""
    for _turn in range(3):
        with suppress(PlaywrightError):  # it may be on its way to another page
            await page.evaluate("fetch('/').then(() => 0)")

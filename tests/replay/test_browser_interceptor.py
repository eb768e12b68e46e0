"""What a closed tab lets go of does not leave, and other pages of the browser are left alone."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Page, Route

from autofill.replay.browser_interceptor import BrowserInterceptor
from autofill.replay.request_rules import Outgoing

PAGE = """<!doctype html><form method=post action=/send><input name=a value=1></form><script>
const elsewhere = location.href.replace('127.0.0.1', 'localhost');
const post = (more, to = location.href) => fetch(new URL('/send', to), {method: 'POST', body: 's3cret words', ...more});
const atLast = () => addEventListener('pagehide', () => navigator.sendBeacon('/send', 's3cret words'));
</script>"""
# Long enough for a request that Chromium lets go of to arrive: it takes some milliseconds.
ARRIVING = 1.0


def only_reads(request: Outgoing) -> bool:
    return request.method == "GET"


@pytest.mark.parametrize("gated", [True, False], ids=["gated", "not gated"])
@pytest.mark.parametrize(
    ("opened", "ask"),
    [
        ("", "post()"),
        ("", "atLast(); post({keepalive: true})"),
        ("", "post({keepalive: true}, elsewhere)"),
        ("window.open('/')", "post({keepalive: true})"),
    ],
    ids=["fetch", "keepalive and a beacon", "to another origin", "from a window that the page opened"],
)
async def test_what_a_closed_tab_lets_go_of(page: Page, site: Any, opened: str, ask: str, *, gated: bool) -> None:
    """Without the gate it arrives, or this test would show nothing; on a busy machine, not from every tab."""
    site.answers["POST /send"] = (204, "")
    arrived = asyncio.Event()
    loop = asyncio.get_running_loop()
    site.hooks["POST /send"] = lambda: loop.call_soon_threadsafe(arrived.set)
    for _tab in range(1 if gated else 20):
        tab = await page.context.new_page()
        await tab.goto(site.show(PAGE))
        if gated:
            await BrowserInterceptor(tab, only_reads).start()
        await _close_while_held(await _window(tab, opened), ask)
        with suppress(TimeoutError):
            async with asyncio.timeout(ARRIVING):
                await arrived.wait()
                break
    assert (site.posts == 0) is gated


async def _window(tab: Page, opened: str) -> Page:
    """The tab, or the window that it opens."""
    if not opened:
        return tab
    async with tab.expect_popup() as popup:
        await tab.evaluate(f"() => void {opened}")
    window = await popup.value
    await window.wait_for_load_state()
    return window


async def _close_while_held(tab: Page, ask: str) -> None:
    held = asyncio.Event()

    async def hold_requests(_route: Route) -> None:
        held.set()

    await tab.route("**/send", hold_requests)
    await tab.evaluate(f"() => {{ {ask} }}")
    async with asyncio.timeout(20):
        await held.wait()
    await tab.close()


async def test_a_form_s_own_request_stops_too(page: Page, site: Any) -> None:
    """Closed or not: what the page's own gate did not answer does not pass, and reading goes on."""
    site.answers["POST /send"] = (204, "")
    await page.goto(site.show(PAGE))
    await BrowserInterceptor(page, only_reads).start()
    await page.evaluate("document.forms[0].submit()")
    await asyncio.sleep(ARRIVING)
    assert site.posts == 0
    reply = await page.goto(site.url + "/")
    assert reply is not None
    assert reply.ok


async def test_other_pages_are_left_alone(page: Page, site: Any) -> None:
    """In a browser of the person's own, a shut gate is for the run's page only."""
    site.answers["POST /send"] = (204, "")
    await page.goto(site.show(PAGE))
    other = await page.context.new_page()
    await other.goto(site.url + "/")
    await BrowserInterceptor(page, only_reads).start()
    assert await other.evaluate("post().then((answer) => answer.status)") == 204
    assert await page.evaluate("post().catch(() => 'stopped')") == "stopped"
    assert site.posts == 1

"""What a closed tab lets go of does not leave, and other pages of the browser are left alone."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from contextlib import suppress
from typing import Any

import pytest
from playwright.async_api import Browser, CDPSession, Page, Route

from autofill.replay import browser_interceptor
from autofill.replay.browser_interceptor import BrowserInterceptor, _HeldRequests
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


def interceptor(page: Page) -> BrowserInterceptor:
    return BrowserInterceptor(page, harmless=only_reads, carries=lambda request: b"s3cret" in request.body)


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
    for _tab in range(1 if gated else 60):
        tab = await page.context.new_page()
        await tab.goto(site.show(PAGE))
        if gated:
            await interceptor(tab).start()
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
    await interceptor(page).start()
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
    await interceptor(page).start()
    assert await other.evaluate("post().then((answer) => answer.status)") == 204
    assert await page.evaluate("post().catch(() => 'stopped')") == "stopped"
    assert site.posts == 1


class Untold(set[str]):
    """The frames of a page, if nobody is told of a new one."""

    def add(self, _frame: str) -> None:
        """Hear nothing of it."""


FRAME_THAT_SENDS = """(words) => {
  const form = document.forms[0];
  const frame = document.createElement('iframe');
  frame.name = form.target = 'into';
  document.body.append(frame);
  form.a.value = words;
  form.submit();
}"""


@pytest.mark.parametrize(("words", "posts"), [("s3cret", 0), ("other", 1)])
async def test_a_frame_of_which_nobody_was_told_sends_nothing_of_the_inquiry(
    page: Page, site: Any, words: str, posts: int
) -> None:
    """The browser tells of a frame, and of its request, each in its own time (`make hostile-test SEED=2`, page 621)."""
    site.answers["POST /send"] = (204, "")
    await page.goto(site.show(PAGE))
    gate = interceptor(page)
    await gate.start()
    gate.frames = Untold(gate.frames)
    await page.evaluate(FRAME_THAT_SENDS, words)
    await asyncio.sleep(ARRIVING)
    assert site.posts == posts


async def test_another_run_s_frames_are_its_own(page: Page, site: Any) -> None:
    """Two runs of one browser may be about the same person: what the one lets out is not for the other to hold."""
    site.answers["POST /send"] = (204, "")
    other = await page.context.new_page()
    for each in (page, other):
        await each.goto(site.show(PAGE))
    await interceptor(page).start()
    theirs = BrowserInterceptor(other, harmless=lambda _request: True, carries=lambda _request: True)
    await theirs.start()
    for each in (other, page):
        await each.evaluate(FRAME_THAT_SENDS, "s3cret")
        await asyncio.sleep(ARRIVING)
        assert site.posts == 1


async def test_a_frame_in_a_process_of_its_own_is_no_other_tab(page: Page) -> None:
    """The browser tells of it as it does of tabs; it may be the page's own, and then nobody else's."""
    held, said = _HeldRequests(), [{"bytes": b64encode(b"s3cret words").decode()}]
    asked = {"method": "POST", "url": "http://127.0.0.1/send", "headers": {}, "postDataEntries": said}
    held._runs.add(interceptor(page))
    held.opened({"targetId": "frame", "type": "iframe"})
    held.opened({"targetId": "tab", "type": "page"})
    assert not await held.passes("frame", asked, "")
    assert await held.passes("tab", asked, "")


async def test_a_browser_is_asked_once_for_the_requests_of_all_its_runs(
    page: Page, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not at all any more when the last of them has gone: each who asks is told of every request of every page."""
    monkeypatch.setattr(browser_interceptor, "_LINGER", 0.0)
    monkeypatch.setattr(browser_interceptor, "_HELD", {})  # those of other tests are asked a moment longer
    browser = page.context.browser
    assert browser is not None
    asked: list[str] = []
    ended = asyncio.Event()
    detach = CDPSession.detach
    new_session = type(browser).new_browser_cdp_session

    async def counted(self: Browser) -> CDPSession:
        asked.append("")
        return await new_session(self)

    async def detached(self: CDPSession) -> None:
        await detach(self)
        ended.set()

    monkeypatch.setattr(type(browser), "new_browser_cdp_session", counted)
    monkeypatch.setattr(CDPSession, "detach", detached)
    contexts = [await browser.new_context() for _run in range(3)]
    for each in contexts:
        tab = await each.new_page()
        await tab.goto(site.show(PAGE))
        await interceptor(tab).start()
        assert await tab.evaluate("post().catch(() => 'stopped')") == "stopped"
    await contexts[0].close()
    await contexts[1].close()
    assert await tab.evaluate("post().catch(() => 'stopped')") == "stopped"
    assert not ended.is_set()
    await contexts[2].close()
    await ended.wait()
    assert (len(asked), site.posts) == (1, 0)

"""The hostile site itself: what it counts, and that its pages do what the table says when nobody holds them."""

from __future__ import annotations

import base64
import gzip
import json
from pathlib import Path
from urllib.parse import quote, quote_plus, urlencode

import pytest
from playwright.async_api import Browser

from autofill.page.browser import fresh_page
from tests.hostile.arrivals import Arrival
from tests.hostile.parts import CALLS, HOW, Page, Part
from tests.hostile.runs import plan_for, typed_by
from tests.hostile.site import serving

TYPED = {
    "email": "wilhelmina.quist@example.com",
    "first": "Wilhelmina",
    "subject": "Crate of lanterns",
    "message": 'The crate was due in October.\nIt holds "brass" lanterns & felt; the café waits.',
}
JSON = json.dumps(TYPED)
# No way out of the browsers that we use, or closed to every page of ours.
CLOSED = {
    "icon", "manifest", "prerender", "shared worker", "service worker", "fetch later", "download",
    "speculation prefetch", "speculation prerender", *CALLS,
}  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        JSON.encode(),
        json.dumps(TYPED, ensure_ascii=False).encode(),
        json.dumps({"d": JSON}).encode(),
        urlencode(TYPED).encode(),
        b"GET /read?d=" + quote(quote(JSON)).encode(),
        base64.b64encode(JSON.encode()),
        b"d=" + quote_plus(base64.b64encode(urlencode(TYPED).encode())).encode(),
        base64.urlsafe_b64encode(JSON.encode()).rstrip(b"="),
        JSON.encode().hex().encode(),
        JSON.encode("utf-16-le"),
        JSON.upper().encode(),
        gzip.compress(JSON.encode()),
    ],
)
def test_the_inquiry_is_seen_however_it_is_written(data: bytes) -> None:
    arrival = Arrival("POST /submit", bytearray(data))

    assert arrival.is_inquiry(TYPED)
    assert arrival.carries(TYPED) == set(TYPED)


def test_small_frames_are_read_together() -> None:
    arrival = Arrival("GET /socket", bytearray(b"GET /socket HTTP/1.1\r\n\r\n"))
    for start in range(0, len(JSON), 8):
        arrival.add(JSON.encode()[start : start + 8])

    assert arrival.is_inquiry(TYPED)


def test_a_single_value_is_no_inquiry_and_a_log_entry_is_nothing() -> None:
    one, none = (Arrival("POST", bytearray(data)) for data in (TYPED["subject"].encode(), b'{"log": "shown", "at": 1}'))

    assert (one.touches(TYPED), one.is_inquiry(TYPED)) == (frozenset({"subject"}), False)
    assert not none.touches(TYPED)


@pytest.mark.parametrize("how", [how for how in HOW if how not in CLOSED])
async def test_a_page_that_nobody_holds_sends_before_the_click(how: str, browser: Browser, tmp_path: Path) -> None:
    """Or else the table would prove nothing."""
    part = Part("review", how, to="read", encoding="form")
    async with serving(Page((part,))) as site, fresh_page(browser, headless=True) as page:
        typed = typed_by(plan_for(site.page, tmp_path))
        await page.goto(f"{site.url}/form")
        for entry, field in zip(typed.values(), await page.locator("input, textarea").all(), strict=True):
            await field.fill(entry)
        await page.get_by_role("button", name="Next").click()

        await site.until(lambda: any(each.touches(typed) for each in site.arrivals))

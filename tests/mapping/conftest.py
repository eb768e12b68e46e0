"""One page for all that recognition reads; each test writes its own form into it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from playwright.async_api import Browser, Page

from autofill.page.browser import fresh_page


@pytest.fixture(scope="module")
def shared(runner: asyncio.Runner, browser: Browser) -> Iterator[Page]:
    fresh = fresh_page(browser, headless=True)
    yield runner.run(fresh.__aenter__())
    runner.run(fresh.__aexit__(None, None, None))

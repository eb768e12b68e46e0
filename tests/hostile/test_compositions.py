"""A share of what `make hostile-test` runs: pages put together at random, one in ten with its run killed on the way.

A1, A4 and A9 are of their kind, without anybody having thought of these very pages.
"""

from __future__ import annotations

import pytest
from playwright.async_api import Browser

from tests.hostile.in_chromium import Tally, composition, try_page

SHARE, AT_ONCE = 40, 10


@pytest.mark.parametrize("first", range(0, SHARE, AT_ONCE))
async def test_pages_put_together_at_random(first: int, browser: Browser) -> None:
    tally = Tally()

    for number in range(first, first + AT_ONCE):
        await try_page(browser, seed=0, number=number, tally=tally)

    assert tally.broken == []
    assert tally.pages == AT_ONCE


def test_a_composition_can_be_had_again() -> None:
    pages = [composition(7, number)[0] for number in range(100)]

    assert pages == [composition(7, number)[0] for number in range(100)]
    assert len(set(pages)) > 90

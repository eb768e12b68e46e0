"""A share of what `make hostile-test` runs: pages put together at random, one in ten with its run killed on the way.

A1, A4 and A9 are of their kind, without anybody having thought of these very pages.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser

from tests.conftest import one_in
from tests.hostile import runs
from tests.hostile.in_chromium import Tally, composition, try_page
from tests.hostile.parts import LEAVING, SOCKETS, Page, Part
from tests.hostile.runs import broken_promises, run_page

SHARE, AT_ONCE = 20, 5


@pytest.mark.parametrize("first", one_in(SHARE // AT_ONCE, range(0, SHARE, AT_ONCE)))
async def test_pages_put_together_at_random(first: int, browser: Browser) -> None:
    tally = Tally()

    for number in range(first, first + AT_ONCE):
        await try_page(browser, seed=0, number=number, tally=tally)

    assert tally.broken == []
    assert tally.pages == AT_ONCE


@pytest.mark.parametrize("first", one_in(2, [1, 11]))
async def test_a_map_that_says_nothing_of_requests(
    first: int, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither which one submits, nor what may be asked: what it carries decides, and the promises are the same."""
    monkeypatch.setattr(runs, "map_for", lambda _page, _folder: runs.HERE / "bare.yaml")
    tally = Tally()

    for number in range(first, first + 5):
        await try_page(browser, seed=3, number=number, tally=tally)

    assert tally.broken == []
    assert tally.pages == 5


def test_a_composition_can_be_had_again() -> None:
    pages = [composition(7, number)[0] for number in range(100)]

    assert pages == [composition(7, number)[0] for number in range(100)]
    assert len(set(pages)) > 90


@pytest.mark.parametrize("when", one_in(3, LEAVING))
@pytest.mark.parametrize("how", SOCKETS)
async def test_what_leaves_with_the_page_is_not_denied(when: str, how: str, browser: Browser, tmp_path: Path) -> None:
    """A page that leads away takes its sockets along, and those of its workers: what they say last nobody sees."""
    page = Page((Part(when, how, carries="message"), Part("review", "navigation")), brave=False)

    turns = await run_page(browser, page, tmp_path)

    assert broken_promises(turns) == []

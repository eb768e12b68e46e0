"""Sixty small forms of our own, in six languages: what is claimed, what is acted on; no trap and no wrong act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Page

from autofill.mapping.recognise import FIELDS, Recognised, recognise, scored
from autofill.page.inventory import inventory_of
from tests.mapping import random_pages

LANGUAGES: Final = ("de", "en", "es", "fr", "id", "ko")
LABELS: Final = "all => all.map(each => each.dataset.is || 'other')"


def pages_in(language: str) -> Iterator[tuple[str, str]]:
    """Title and HTML of each page of a language; every control says what it is in `data-is`."""
    text = Path(__file__).with_name("pages").joinpath(f"{language}.html").read_text(encoding="utf-8")
    for page in text.split("<!-- page: ")[1:]:
        title, html = page.split(" -->", 1)
        yield title, html


def test_there_are_sixty_pages() -> None:
    assert sum(1 for language in LANGUAGES for _page in pages_in(language)) >= 60


def claim(each: Recognised) -> str:
    """The field that would be put into a control; none for what is left alone."""
    return scored(each.kind) if each.field and not each.trap and each.kind in FIELDS else ""


async def judged(page: Page, pages: Iterable[tuple[str, str]]) -> tuple[Counter[str], list[str]]:
    """What is said of pages: counts, and every control that was read wrongly."""
    seen: Counter[str] = Counter()
    wrong: list[str] = []
    for title, html in pages:
        await page.set_content(html)
        labels = await page.locator("input,select,textarea").evaluate_all(LABELS)
        for each in recognise(await inventory_of(page)):
            wanted = labels[each.control.place].split()
            said, field = claim(each), wanted[0] not in {"other", "trap"}
            right = said in wanted or (not said and bool({"other", "trap"} & set(wanted)))
            seen["fields"] += field
            seen["claimed"] += bool(said)
            seen["claimed right"] += bool(said) and right
            seen["acted"] += each.act
            seen["traps"] += wanted == ["trap"]
            seen["traps claimed"] += wanted == ["trap"] and bool(said)
            seen["wrong acted"] += each.act and not right
            if not right:
                wrong.append(f"{title}: {each.control.words!r} {wanted} {said or each.trap or each.kind!r} {each.act}")
    print(dict(seen), *wrong, sep="\n  ")
    return seen, wrong


@pytest.mark.parametrize("language", LANGUAGES)
async def test_own_forms_are_read_without_a_trap_and_without_a_wrong_act(language: str, shared: Page) -> None:
    seen, wrong = await judged(shared, pages_in(language))

    assert seen["traps claimed"] == 0, wrong
    assert seen["wrong acted"] == 0, wrong
    assert seen["claimed right"] >= 0.95 * seen["claimed"]
    assert seen["claimed right"] >= 0.95 * seen["fields"]
    assert seen["acted"] >= 0.6 * seen["fields"]


@pytest.mark.parametrize("language", LANGUAGES)
async def test_pages_put_together_at_random_are_read_without_a_trap_and_without_a_wrong_act(
    language: str, shared: Page
) -> None:
    """What is asked, in which words and order, and where these stand: nobody chose what meets."""
    seen, wrong = await judged(shared, random_pages.pages_in(language, range(15)))

    assert seen["traps claimed"] == 0, wrong
    assert seen["wrong acted"] == 0, wrong
    assert seen["claimed right"] >= 0.93 * seen["claimed"]
    assert seen["claimed right"] >= 0.97 * seen["fields"]
    assert seen["acted"] >= 0.6 * seen["fields"]


async def test_what_is_somebody_elses_is_never_acted_on_and_no_hidden_control_is_claimed(shared: Page) -> None:
    """“Friend's email” may look like an e-mail address of the one who writes; it is left to a person."""
    seen, wrong = await judged(shared, pages_in("others"))

    assert seen["traps claimed"] == 0, wrong
    assert seen["wrong acted"] == 0, wrong
    assert seen["acted"] >= 6

"""Things are found by what people perceive: role and name."""

from __future__ import annotations

import pytest
from playwright.async_api import Page

from autofill.forms.element import Element
from autofill.page.locate import by_name, element_on


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("Email", True),
        ("*Email", True),
        ("* Email", True),
        (" Email ", True),
        ("E-mail (optional)?", True),
        ("Email \uf1d8", True),
        ("\ue163 Email", True),
        ("Email »", True),
        ("Confirm Email", False),
        ("Email address", False),
        ("email", False),
        ("E-mail optional", False),
    ],
)
def test_a_name_matches_whole_with_or_without_its_star(shown: str, *, found: bool) -> None:
    """And no character of it is a pattern."""
    assert bool(by_name(("Email", "E-mail (optional)?")).search(shown)) is found


@pytest.mark.parametrize("name", ["Next", "Continue"])
async def test_an_element_goes_by_any_of_its_names(page: Page, name: str) -> None:
    """The usual one or an alternative."""
    await page.set_content(f"<button>{name}</button><button>Previous</button>")
    mapped = Element(role="button", name="Next", alternatives=("Continue",))
    assert await element_on(page, mapped).all_inner_texts() == [name]


async def test_what_a_style_draws_on_a_button_is_not_its_name(page: Page) -> None:
    """Icon fonts have private letters for their signs, within sixteen bits or beyond; of no width in any other font."""
    await page.set_content(
        r"<style>.a::after{content:'\f1d8'} .b::before{content:'\F0156'} .c::after{content:' \2192'}</style>"
        "<button>Send it <i class=a></i></button><button><i class=b></i>Back</button><a href=# class=c>Go on</a>"
    )
    for name in ("Send it", "Back", "Go on"):
        assert await element_on(page, Element(name=name)).count() == 1


async def test_alerts_go_by_their_text(page: Page) -> None:
    """They have no name; another alert is not meant, and a hidden one is not shown."""
    await page.set_content("<p role=alert>Saved</p><p role=alert>Error: no</p><p role=alert hidden>Error: old</p>")
    assert await element_on(page, Element(role="alert", name="Error")).all_inner_texts() == ["Error: no"]

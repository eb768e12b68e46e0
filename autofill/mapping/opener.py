"""Opener of a form that does not show yet: the one thing on a page by whose words one writes to whoever owns it.

Nothing has been typed by then, and what would submit a form is no opener; so pressing it sends nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urldefrag, urljoin, urlsplit

from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.forms.element import Element, Role
from autofill.language import _
from autofill.mapping.drafted import says
from autofill.page.address import origin_of
from autofill.page.locate import element_on

_PRESSED: Final = "button,summary,a[href],[role=button],[role=link],[role=tab]"
_READ: Final = """all => all.map((each) => {
  const box = each.getBoundingClientRect(), kind = each.getAttribute('role') || each.localName;
  return {
    words: each.getAttribute('aria-label') || each.innerText || each.getAttribute('title') || '',
    kind, href: each.localName === 'a' ? each.getAttribute('href') : '',
    shown: box.width > 2 && box.height > 2 && each.checkVisibility({visibilityProperty: true, opacityProperty: true}),
    idle: each.disabled === true || each.getAttribute('aria-disabled') === 'true'
      || each.getAttribute('aria-expanded') === 'true' || each.getAttribute('aria-selected') === 'true'
      || Boolean(each.form && each.type === 'submit') || each.hasAttribute('download'),
  };
})"""


# What the element is among those that a map would find.
_PLACE: Final = "(all, one) => [all.length, all.indexOf(one)]"
_ROLES: Final[Mapping[str, Role]] = {"a": "link", "link": "link", "button": "button", "tab": "tab"}
_MOST: Final = 4


@dataclass(frozen=True, slots=True)
class Opener:
    """Something to press: its words, what it is, its `number` on the page, and the address that it leads to, if any."""

    words: str
    kind: str
    number: int
    address: str = ""


async def opener_on(page: Page, *, follows: bool, but: Collection[str] = ()) -> tuple[Element, str] | None:
    """What opens the form, as a map names it, if anything says so `but` what was pressed already.

    With the address that it leads to, if that is another page of the site; it counts only if one `follows` links.

    Raises:
        FormChanged: several things might, or a map could not name it; says which.
        playwright.async_api.Error: the page is gone.
    """
    found = await page.locator(_PRESSED).evaluate_all(_READ)
    openers = [each for each in openers_in(found, page.url, follows=follows) if each.words not in but]
    if not openers:
        return None
    element = await _named(page, openers[0])
    if len(openers) > 1 or element is None:
        names = ", ".join(f"“{each.words}”" for each in openers[:_MOST])
        words = _("The page shows no form for an inquiry. It may be behind one of these: {names}.").format(names=names)
        raise FormChanged(words, hint=_("Open the right one in a browser, and give the address that it leads to."))
    return element, openers[0].address


async def _named(page: Page, opener: Opener) -> Element | None:
    """What finds it and nothing else, if possible by its words alone."""
    one = await page.locator(_PRESSED).nth(opener.number).element_handle()
    role, place = _ROLES.get(opener.kind), -1
    for element in (Element(name=opener.words), Element(name=opener.words, role=role)):
        count, place = await element_on(page, element).evaluate_all(_PLACE, one)
        if (count, place) == (1, 0):
            return element
    return Element(name=opener.words, role=role, nth=place + 1) if place >= 0 else None


def openers_in(found: Iterable[Mapping[str, Any]], address: str, *, follows: bool) -> Sequence[Opener]:
    """The best of what can be pressed on the page at an address: what stays there first, then what says it most."""
    ranks: dict[tuple[bool, bool], dict[str, Opener]] = {}
    for number, each in enumerate(found):
        for rank, opener in _openers(each, number, address):
            if follows or not opener.address:
                ranks.setdefault(rank, {}).setdefault(opener.address or opener.words.casefold(), opener)
    return [*ranks[min(ranks)].values()] if ranks else []


def _openers(each: Mapping[str, Any], number: int, address: str) -> Iterator[tuple[tuple[bool, bool], Opener]]:
    words = " ".join(str(each["words"]).split())
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", words)
    clearly = says("writes", bare)
    if not each["shown"] or each["idle"] or not (clearly or says("reaches", bare)):
        return
    target = urljoin(address, each["href"] or "#")
    same = urldefrag(target)[0] == urldefrag(address)[0]
    leads = not target.startswith("javascript:") and not (same and "#" in (each["href"] or "#"))
    is_further = urlsplit(target).scheme in {"http", "https"} and origin_of(target) == origin_of(address) and not same
    if is_further or not leads:
        yield (leads, not clearly), Opener(words, each["kind"], number, target if leads else "")

"""Check of a form against its map: its page is opened, looked at and closed; nothing is typed, and nothing is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Request

from autofill.errors import PersonNeeded, SiteUnavailable
from autofill.forms.form_map import FormMap
from autofill.forms.plan import FillStep, ReachStep, SubmitStep
from autofill.forms.planning import unfilled_steps
from autofill.language import _
from autofill.mapping.changes import Change
from autofill.mapping.drift import drift
from autofill.mapping.fingerprint import FormPrint, mapped_print, page_print, print_of, remembered, ways_of
from autofill.mapping.survey import READS, only_reading
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, launched
from autofill.page.driver import driver_starting
from autofill.page.inventory import inventory_of
from autofill.page.locate import element_on, known_on
from autofill.page.seen import look
from autofill.running.changed_page import changes_beside
from autofill.running.checks import CheckedPage, FormCheck, Told
from autofill.running.form_watch import due_of
from autofill.running.known_forms import FoundAgain, kept_of

# Milliseconds for the page to open, and for what it is known by to come.
_OPENING: Final = 60_000
_COMING: Final = 10_000
# From this HTTP status on, what is shown is no form.
_ERRORS: Final = 400


@dataclass(frozen=True, slots=True)
class Place:
    """Where a form is looked at: its address, what the place is called where runs keep what they saw, and a browser."""

    url: str
    known_as: str
    browser: str | None = None


async def check_form(form_map: FormMap, place: Place) -> FormCheck:
    """Compare a form with its map, and with what the last run at this place saw of it.

    Raises:
        SiteUnavailable: The page does not open, shows an error, or shows nothing where nothing may be sent.
        PersonNeeded: The form is behind a login.
        NoBrowser: There is no browser to open it in.
    """
    if form_map.login:
        raise PersonNeeded(
            _("{form} is behind a login, so it cannot be checked without a person.").format(form=form_map.id),
            hint=_("A run checks it, too: autofill run PROFILE"),
        )
    known = _known(form_map, place)
    async with (
        driver_starting() as driver,
        launched(await driver, BrowserSettings(place.browser, hosts=_hosts(form_map, place))) as opened,
        fresh_page(opened, headless=True) as page,
    ):
        await page.context.route("**/*", only_reading)
        refused: list[str] = []
        page.on("requestfailed", lambda asked: refused.append(asked.url) if _sends(page, asked) else None)
        try:
            await _opened(page, place.url)
            found = [each async for each in _pages(page, form_map, known, refused)]
        except PlaywrightError:
            words = _("The page cannot be opened.")
            raise SiteUnavailable(words, hint=_("Check the address, then try again.")) from None
    return FormCheck(
        form=form_map.id,
        place=place.known_as,
        url=place.url,
        at=datetime.now(UTC),
        since=known.made if known else None,
        pages=tuple(checked for checked, _again in found),
        repaired=tuple(each for _checked, again in found for each in again),
    )


def _known(form_map: FormMap, place: Place) -> FormPrint | None:
    """What the last run at this place saw of it; what another version kept counts as nothing."""
    for kept in kept_of(form_map.id, (place.known_as,)):
        with suppress(ValueError):
            return kept.seen
    return None


async def _opened(page: Page, url: str) -> None:
    answer = await page.goto(url, timeout=_OPENING)
    if answer is not None and answer.status >= _ERRORS:
        words = _("The site answered with status {status}. Nothing was sent.").format(status=answer.status)
        raise SiteUnavailable(words, hint=_("Check the address, then try again."))


def _sends(page: Page, asked: Request) -> bool:
    """Whether a request would send something to the page's own site."""
    own = origin_of(asked.url) == origin_of(page.url)
    return own and asked.method not in READS and asked.resource_type in {"fetch", "xhr", "document"}


def _hosts(form_map: FormMap, place: Place) -> tuple[str, ...]:
    """Of a real form, those that a run could reach."""
    if urlsplit(place.url).hostname in LOOPBACK:
        return LOOPBACK
    return tuple({*(urlsplit(origin).hostname or "" for origin in form_map.site.origins), *form_map.site.hosts})


async def _pages(
    page: Page, form_map: FormMap, known: FormPrint | None, refused: Sequence[str]
) -> AsyncIterator[tuple[CheckedPage, tuple[FoundAgain, ...]]]:
    """Each page of the map: further ones are seen only as far as links lead there without an answer."""
    arrived = True
    for step in unfilled_steps(form_map):
        if not arrived:
            yield CheckedPage(name=step.name, slug=step.slug, seen=False), ()
            continue
        with suppress(PlaywrightError):  # what it is known by may be what has changed
            await known_on(page, step.known_by).first.wait_for(timeout=_COMING)
        if isinstance(step, FillStep | SubmitStep):
            yield await _checked(page, step, known, refused)
        elif isinstance(step, ReachStep):
            lost = await _followed(page, step)
            yield CheckedPage(name=step.name, slug=step.slug, seen=True, changes=lost), ()
            arrived = not lost
            continue
        arrived = False


async def _followed(page: Page, step: ReachStep) -> tuple[Told, ...]:
    """Follow the link of a page that asks nothing; what has changed if there is none."""
    try:
        await element_on(page, step.advance).click(timeout=_COMING)
    except PlaywrightError:
        return (_told(Change("button", detail=step.advance.name, stops=True)),)
    return ()


async def _checked(
    page: Page, step: FillStep | SubmitStep, known: FormPrint | None, refused: Sequence[str]
) -> tuple[CheckedPage, tuple[FoundAgain, ...]]:
    """One page, compared; and what of it is certainly found again."""
    # A map may say twice what one control takes, for different answers.
    left = tuple({(control.names, control.place): control for control in reversed(step.left)}.values())[::-1]
    seen = await look(page, left) if left else ()
    if seen and refused and not any(each.count for each in seen):
        words = _("The page “{step}” shows nothing before it may send something, so it cannot be checked.")
        raise SiteUnavailable(words.format(step=step.name), hint=_("A run checks it, too: autofill run PROFILE"))
    due = due_of(seen)
    later = [each.control for each in seen if not each.count and each.control not in due]
    here = step.model_copy(update={"left": tuple(control for control in left if control not in later)})
    kept = known.page(step.slug) if known else None
    old = remembered(kept, here) if kept else mapped_print(here)
    now = page_print(await inventory_of(page), step.slug)
    found = drift(old, now)
    again: list[FoundAgain] = []
    for control in due:
        before = print_of(control, old)
        match = found.match_of(before) if before else None
        if match is not None and match.certain:
            finds = dict(match.new.finds)
            again.append(
                FoundAgain(page=step.slug, id=control.id, name=control.name, finds=finds, was=ways_of(control))
            )
    there = [control for control in here.left if control not in due]
    changes = tuple(map(_told, changes_beside(found, old, now, there=there)))
    names = tuple(control.name for control in later)
    return CheckedPage(name=step.name, slug=step.slug, seen=True, changes=changes, later=names), tuple(again)


def _told(change: Change) -> Told:
    told = change.told
    return Told(
        kind=told.kind,
        control=told.old,
        now=told.new,
        detail=told.detail,
        required=told.required,
        stops=told.stops,
    )

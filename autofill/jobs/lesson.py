"""A form that is learned: its map, an inquiry, a person at its window, and the map as it was seen. Prints nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from autofill.clock import case_now
from autofill.errors import FormChanged
from autofill.forms.catalog import load_form, prepare_profile
from autofill.forms.form_map import FormMap
from autofill.forms.planning import all_hold, make_plan
from autofill.jobs.learning import Person, Report, Walk
from autofill.language import _
from autofill.mapping.learned import Learned, Visit, learned
from autofill.mapping.learning import Known
from autofill.page.address import origin_of
from autofill.page.browser import LOOPBACK, BrowserSettings, fresh_page, is_root, launched
from autofill.page.driver import driver_starting


@dataclass(frozen=True, slots=True)
class Lesson:
    """Which form is learned, with whose inquiry, in which browser; at `url` on this machine, or where its map says."""

    form: str
    profile: Path
    url: str | None = None
    browser: str | None = None
    headless: bool = False

    def learn(self, person: Person) -> tuple[FormMap, Learned]:
        """The map as it was, and as it is after the person walked through the form; nothing was sent.

        Raises:
            FileMissing, InvalidFile: the map or the profile cannot be used.
            SiteUnavailable, TryLater, PersonNeeded: the form did not open, or its window was closed.
            FormChanged: no further page was reached.
        """
        form_map = load_form(self.form).form_map
        start = self._start(form_map)
        prepared = prepare_profile(self.profile, self.form)
        plan = make_plan(prepared.loaded, form_map, prepared.organisation)
        there = (
            control
            for page in form_map.pages
            for control in page.controls
            if all_hold((*page.when, *control.when), plan.fields)
        )
        known = Known.of(there, plan.entries, plan.fields)
        origins = frozenset(form_map.site.origins if self.url is None else {origin_of(start)})
        files = {each.path: each.data for each in prepared.attachments}

        async def walked() -> tuple[Report, ...]:
            settings = BrowserSettings(self.browser, self.headless, self._hosts(form_map), sandbox=not is_root())
            async with (
                driver_starting() as driver,
                launched(await driver, settings) as opened,
                fresh_page(opened, headless=self.headless) as page,
            ):
                return await Walk(page, plan, known, origins, person=person, files=files).through(start)

        reports = asyncio.run(walked())
        if len(reports) == 1 and len(form_map.pages) > 1:
            raise FormChanged(_("Only the first page was reached, so nothing was learned. Nothing was sent."))
        day = case_now().astimezone().date()
        source = {f"learned-{day}": f"The form at {origin_of(start)}, walked through on {day}"}
        return form_map, learned(form_map, plan.fields, [Visit(each.page, each.found) for each in reports], source)

    def _start(self, form_map: FormMap) -> str:
        """The address to open: the map's, its path on another origin, or another address."""
        own = form_map.site.url
        if self.url is None or urlsplit(self.url).path.strip("/"):
            return self.url or own
        return origin_of(self.url) + urlsplit(own).path

    def _hosts(self, form_map: FormMap) -> tuple[str, ...]:
        own = (*(urlsplit(origin).hostname or "" for origin in form_map.site.origins), *form_map.site.hosts)
        return own if self.url is None else LOOPBACK

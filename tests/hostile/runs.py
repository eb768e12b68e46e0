"""Runs of the program on hostile pages, in this process, and what must hold of them, whatever the page does."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import Plan
from autofill.page.browser import fresh_page
from autofill.replay.runner import Patience, Until
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.hostile.arrivals import Arrival
from tests.hostile.parts import Page
from tests.hostile.site import Site, serving

HERE = Path(__file__).parent
PROFILE = HERE / "profile.yaml"
# Short only where something never comes.
HASTY = Patience(opening=20, change=6, outcome=3, picture=5)
CALM = Patience(opening=20, change=15, outcome=15, picture=10)


@dataclass(frozen=True, slots=True)
class Turn:
    """One run: what it said in the end (nothing if it was killed), when it clicked, and what arrived meanwhile."""

    summary: RunSummary | None
    clicked: datetime | None
    arrivals: tuple[Arrival, ...]
    typed: Mapping[str, str]

    @property
    def carrying(self) -> list[Arrival]:
        """All that carries anything of what was typed."""
        return [each for each in self.arrivals if each.touches(self.typed)]

    @property
    def inquiries(self) -> list[Arrival]:
        """Each time that the inquiry arrived, whatever the site did with it."""
        return [each for each in self.carrying if each.is_inquiry(self.typed)]

    def broken(self) -> Iterator[str]:
        """The promises that this run broke by itself; of what cannot be held it promises only not to deny it."""
        could_be_held = [each for each in self.carrying if each.can_be_held]
        if len(twice := [each for each in could_be_held if each.is_inquiry(self.typed)]) > 1:
            yield f"double in one run: {_names(twice)}"
        if early := [each for each in could_be_held if self.clicked is None or each.at(self.typed) < self.clicked]:
            yield f"early: {_names(early)}"
        if elsewhere := [each for each in could_be_held if each.to == "elsewhere"]:
            yield f"elsewhere: {_names(elsewhere)}"
        if self.summary and self.summary.retry_safe and self.carrying:
            yield f"wrong 'safe to retry': {_names(self.carrying)}"
        if (
            self.summary
            and self.summary.submitted == "no"
            and (taken := [each for each in self.inquiries if each.taken])
        ):
            yield f"wrong 'was not sent': {_names(taken)}"


def broken_promises(turns: list[Turn]) -> list[str]:
    """Everything that does not hold after these runs of one inquiry; an empty list is what we want."""
    broken = [promise for turn in turns for promise in turn.broken()]
    taken = [_names(arrived) for turn in turns if (arrived := [each for each in turn.inquiries if each.taken])]
    if len(taken) > 1:
        broken.append(f"double in two runs: {' and '.join(taken)}")
    return broken


def _names(arrivals: list[Arrival]) -> str:
    return ", ".join(each.what for each in arrivals)


def map_for(page: Page, folder: Path) -> Path:
    """The form map of a page: its submit request has the page's method."""
    text = (HERE / "map.yaml").read_text("utf-8")
    own = folder / "hostile-form.yaml"
    own.write_text(re.sub(r"(submit:\n  method:) \w+", rf"\1 {page.method}", text), "utf-8")
    return own


def plan_for(page: Page, folder: Path) -> Plan:
    """The plan of the inquiry for a page."""
    return prepare_profile(PROFILE, form=str(map_for(page, folder))).plan


def typed_by(plan: Plan) -> dict[str, str]:
    """What is typed, by field."""
    return {entry.control.value: entry.text for entry in plan.entries}


async def run_page(
    browser: Browser, page: Page, folder: Path, *, until: Until | None = None, patience: Patience = HASTY
) -> list[Turn]:
    """Run the program on a page; if it says that it can be run again, do that, too."""
    plan = plan_for(page, folder)
    async with serving(page) as site:
        with open_ledger(folder / "ledger") as ledger:
            runs = _Runs(browser, plan, folder, ledger=ledger, site=site, patience=patience)
            turns = [await runs.turn(until)]
            if _advises_again(turns[0].summary):
                turns.append(await runs.turn())
    return turns


def _advises_again(summary: RunSummary | None) -> bool:
    """Whether a run says that the same inquiry may be run again, as it is or mended."""
    return summary is not None and (
        summary.retry_safe
        or re.search(r"\b(run|try)( it)? again", f"{summary.error} {summary.next}", re.IGNORECASE) is not None
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of one inquiry at one site."""

    browser: Browser
    plan: Plan
    folder: Path
    ledger: Ledger
    site: Site
    patience: Patience

    async def turn(self, until: Until | None = None) -> Turn:
        before = len(self.site.arrivals)
        conditions = RunConditions(self.folder, self.site.url, "here", until=until, patience=self.patience)
        claimed = claim(Job("profile.yaml", self.plan), conditions, self.ledger)
        finish = await Run(claimed, lambda _: None).replay(self.browser)
        summary = await asyncio.to_thread(finish)
        await self._fence()
        row = self.ledger.row(claimed.run_id)
        assert str(row.state) == summary.verdict
        return Turn(summary, row.clicked_at, tuple(self.site.arrivals[before:]), typed_by(self.plan))

    async def _fence(self) -> None:
        """Wait for what the browser still sends: a request of another page comes after it."""
        async with fresh_page(self.browser, headless=True) as page:
            await page.goto(f"{self.site.url}/fence")

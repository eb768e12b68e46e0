"""What `--live` adds, shown on a desk of our own that is treated as the real form: no test ever leaves this machine."""

from __future__ import annotations

import asyncio
import json
import urllib.request
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from playwright.async_api import Browser, Page, Request

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cli.options import expand_home
from autofill.errors import AlreadySent
from autofill.events import Event, Paused, RunStarted
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.jobs.pool import Pool
from autofill.page.browser import LOOPBACK, fresh_page, host_rules
from autofill.replay.runner import Until
from autofill.replica import ReplicaOptions, serving
from autofill.running import run
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.cli.test_options import params_of

FEEDBACK = prepare_profile(Path(__file__).parents[2] / "profiles" / "06-feedback.yaml").plan
PLAN = prepare_profile(Path(__file__).parents[2] / "profiles" / "01-missing-package.yaml").plan


async def live(browser: Browser, folder: Path, *, says_yes: bool = True, until: Until | None = None) -> RunSummary:
    """A live run whose form lives here."""
    asked: list[str] = []

    async def confirm(origin: str) -> bool:
        asked.append(origin)
        return says_yes

    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(folder / "l") as ledger:
        here = {"start_url": f"{replica.url}/help/contact-us.htm", "origins": (replica.url,)}
        conditions = RunConditions(folder, None, confirm=confirm, until=until)
        claimed = claim(Job("p", PLAN.model_copy(update=here)), conditions, ledger)
        summary = (await Run(claimed, print).replay(browser))()
        assert asked == ([] if until else [replica.url])
        assert ledger.rows()[0].space == "live"
    return summary


async def test_a_person_confirms_the_origin_and_it_is_sent(browser: Browser, tmp_path: Path) -> None:
    summary = await live(browser, tmp_path)

    assert (summary.target, summary.verdict, summary.exit_code) == ("live", "confirmed", 0)


async def test_without_the_confirmation_nothing_is_sent(browser: Browser, tmp_path: Path) -> None:
    summary = await live(browser, tmp_path, says_yes=False)

    assert (summary.exit_code, summary.submitted, summary.verdict) == (77, "no", "not-submitted")


async def test_what_is_confirmed_is_the_address_of_the_filled_form_not_where_the_way_to_it_begins(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with www.usps.com and emailus.usps.com."""
    asked: list[str] = []

    async def confirm(origin: str) -> bool:
        asked.append(origin)
        return False

    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(tmp_path / "l") as ledger:
        contact = replica.url.replace("127.0.0.1", "localhost")
        hub = f'<h1>Contact Us</h1><a href="{replica.url}/s/">{FEEDBACK.steps[0].advance.name}</a>'

        @asynccontextmanager
        async def with_a_hub_elsewhere(browser: Browser, **options: Any) -> AsyncIterator[Page]:
            async with fresh_page(browser, **options) as page:
                await page.route(f"{contact}/**", lambda route: route.fulfill(body=hub, content_type="text/html"))
                yield page

        monkeypatch.setattr(run, "fresh_page", with_a_hub_elsewhere)
        here = {"start_url": f"{contact}/help/contact-us.htm", "origins": (contact, replica.url)}
        conditions = RunConditions(tmp_path, None, confirm=confirm)
        claimed = claim(Job("p", FEEDBACK.model_copy(update=here)), conditions, ledger)
        summary = (await Run(claimed, print).replay(browser))()

    assert asked == [replica.url], summary.error
    assert summary.error == f"Sending to {replica.url} was not confirmed. Nothing was sent."


async def test_until_review_no_request_carries_what_was_typed(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for what the form itself asks its server while one fills it in: the topic and the tracking number."""
    bodies: list[str] = []

    def note(request: Request) -> None:
        bodies.append(unquote_plus(request.url + (request.post_data or "")))

    @asynccontextmanager
    async def watched(browser: Browser, **options: Any) -> AsyncIterator[Page]:
        async with fresh_page(browser, **options) as page:
            page.on("request", note)
            yield page

    monkeypatch.setattr(run, "fresh_page", watched)
    summary = await live(browser, tmp_path, until="review")

    assert (summary.exit_code, summary.submitted) == (0, "no")
    sent = "\n".join(bodies)
    assert "getTrackingData" in sent
    typed = [entry.text for entry in PLAN.entries if entry.control.kind in {"text", "textarea"}]
    assert [text for text in typed if text in sent] == [text for text in typed if text == "9400111202555830001010"]


def test_only_the_forms_own_hosts_can_be_reached() -> None:
    assert host_rules(LOOPBACK).endswith("MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost")


async def test_the_same_inquiry_from_two_folders_is_sent_once(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A5, A6: with recordings in each of them, and with a ledger that is named by a path in the home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        here = {"start_url": f"{replica.url}/help/contact-us.htm", "origins": (replica.url,)}
        job = Job("p", PLAN.model_copy(update=here))
        for given in ({}, {"ledger": "~/mine.sqlite3"}):
            expand_home(params_of("run"), given)  # what the program does with its options
            for folder in ("one", "two"):
                (tmp_path / folder).mkdir(exist_ok=True)
                monkeypatch.chdir(tmp_path / folder)
                places = LedgerPlaces.of(given.get("ledger"), Path("recordings"))
                conditions = RunConditions(Path("recordings"), None, confirm=yes)
                with places.open("live", untold) as ledger:
                    if folder == "one":
                        summary = (await Run(claim(job, conditions, ledger), print).replay(browser))()
                        assert summary.verdict == "confirmed", summary.error
                    else:
                        with pytest.raises(AlreadySent) as refused:
                            claim(job, conditions, ledger)
                        assert (refused.value.exit_code, refused.value.first) == (84, summary.run_id)
        assert submissions(replica.url) == 2  # one for each ledger


def submissions(url: str) -> int:
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        return len(json.load(answer)["submissions"])


def untold(count: int) -> None:
    pytest.fail(f"{count} runs were taken over")


async def yes(_origin: str) -> bool:
    return True


async def test_several_live_runs_go_one_after_another_with_the_pause_between(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[Event] = []
    ends: list[RunSummary] = []
    really = asyncio.sleep
    monkeypatch.setattr(asyncio, "sleep", lambda seconds: really(seconds if seconds < 60 else 0))
    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(tmp_path / "l") as ledger:
        here = {"start_url": f"{replica.url}/help/contact-us.htm", "origins": (replica.url,)}
        plans = [plan.model_copy(update={**here, "seconds_between_runs": 3600}) for plan in (PLAN, FEEDBACK)]
        conditions = RunConditions(tmp_path, None, until="review")
        claims = [claim(Job("p", plan), conditions, ledger) for plan in plans]
        work = Pool(claims, ledger, 2, events.append, ends.append, refused=lambda *_: None)
        await work.run(browser)
        await work.sealed()

    assert [end.verdict for end in ends] == ["not-submitted", "not-submitted"]
    begun = [number for number, event in enumerate(events) if isinstance(event, RunStarted)]
    paused = [number for number, event in enumerate(events) if isinstance(event, Paused)]
    assert len(begun) == 2
    assert len(paused) == 1
    assert begun[0] < paused[0] < begun[1]

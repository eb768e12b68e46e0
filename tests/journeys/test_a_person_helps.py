"""A CAPTCHA or a login: without a person the run ends with 77, with one it goes on where they were needed."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page

from autofill.cases.ledger.ledger import open_ledger
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.replay.runner import AskPerson, Patience
from autofill.replica import ReplicaOptions, serving
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.conftest import one_in
from tests.journeys.conftest import REPOSITORY, RunDesk

PLAN = prepare_profile(Path(__file__).parents[2] / "profiles" / "06-feedback.yaml").plan
JOB = Job("profile.yaml", PLAN)


async def run(
    browser: Browser, folder: Path, fault: str, ask_person: AskPerson | None, options: tuple[str, ...] = ()
) -> tuple[RunSummary, int]:
    """Run against a desk with the fault; the summary, and how often somebody was asked."""
    asked: list[str] = []

    async def ask(why: str) -> None:
        asked.append(why)
        assert ask_person is not None
        await ask_person(why)

    with serving(ReplicaOptions(delay_ms=0, faults=(fault,))) as replica, open_ledger(folder / "l") as ledger:
        conditions = RunConditions(
            folder,
            replica.url,
            "here",
            ask_person=ask if ask_person else None,
            patience=Patience(change=6),
            options=options,
        )
        finish = await Run(claim(JOB, conditions, ledger), print).replay(browser)
        return finish(), len(asked)


def page_of(browser: Browser) -> Page:
    """The page the run is in, as the person at the window has it."""
    return browser.contexts[-1].pages[0]


@pytest.mark.parametrize("fault", one_in(3, ["captcha@open", "captcha@hub", "login@open"]))
async def test_nobody_there_ends_with_77_and_the_command_that_goes_on(
    fault: str, browser: Browser, tmp_path: Path
) -> None:
    summary, _ = await run(browser, tmp_path, fault, None)

    assert (summary.exit_code, summary.submitted, summary.sealed) == (77, "no", True)
    assert "autofill run --headed profile.yaml" in summary.next
    assert summary.steps[-1].screenshot is not None


async def test_the_command_that_goes_on_says_again_all_that_was_said(browser: Browser, tmp_path: Path) -> None:
    """Without --live it would be practice, without --again refused, elsewhere it would have forgotten what was sent."""
    options = ("--live", "--again", "--because", "they've lost it")

    summary, _ = await run(browser, tmp_path, "captcha@hub", None, options)

    assert summary.next.endswith("autofill run --headed --live --again --because 'they'\"'\"'ve lost it' profile.yaml")


def test_the_program_says_again_what_it_was_told(tmp_path: Path) -> None:
    profile = REPOSITORY / "profiles" / "06-feedback.yaml"
    with serving(ReplicaOptions(delay_ms=0, faults=("login@open",))) as replica:
        desk = RunDesk(replica.url, tmp_path / "re cordings")
        code, (answer,), _said = desk.run("--form", "usps-email-us", "--until", "review", profile)

    told = answer["next"].partition("autofill run ")[2]
    assert code == 77
    assert shlex.split(told) == [
        "--headed",
        *("--until", "review", "--form", "usps-email-us", "--url", replica.url),
        *("--recordings", str(tmp_path / "re cordings"), str(profile)),
    ]


async def test_a_person_solves_the_captcha_and_the_run_goes_on(browser: Browser, tmp_path: Path) -> None:
    async def solve(_: str) -> None:
        frame = page_of(browser).frame_locator("iframe[src*='/recaptcha/']")
        await frame.get_by_role("button", name="I am not a robot").click()

    summary, asked = await run(browser, tmp_path, "captcha@open", solve)

    assert (summary.verdict, asked) == ("confirmed", 1), (summary.error, summary.faults)
    # It lay over the filled page until then, and its picture shows that (B2).
    assert summary.exit_code == 81
    assert ["the screenshot of step 2 does not show" in fault for fault in summary.faults] == [True]


@pytest.mark.long
async def test_a_person_signs_in_and_the_run_goes_on(browser: Browser, tmp_path: Path) -> None:
    async def sign_in(_: str) -> None:
        page = page_of(browser)
        for box in await page.get_by_role("textbox").all():
            await box.fill("practice")
        await page.locator("input[type=password]").fill("anything")
        await page.get_by_role("button").click()

    summary, asked = await run(browser, tmp_path, "login@open", sign_in)

    assert (summary.verdict, summary.exit_code, asked) == ("confirmed", 0, 1), (summary.error, summary.faults)


@pytest.mark.long
async def test_a_person_who_does_not_solve_it_ends_the_run(browser: Browser, tmp_path: Path) -> None:
    async def give_up(_: str) -> None:
        return

    summary, asked = await run(browser, tmp_path, "captcha@open", give_up)

    assert (summary.exit_code, summary.submitted, asked) == (77, "no", 1)

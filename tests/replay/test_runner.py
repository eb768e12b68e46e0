"""Plan and page in, events out: what is done, in which order, and all that can stop it before anything is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from autofill.errors import AutofillError, FormChanged, TryLater
from autofill.events import AboutToSubmit, Event, RunStarted, StepDone, StepStarted, Verdict, VerdictReached
from autofill.forms.catalog import load_profile, prepare_profile
from autofill.forms.control import Control
from autofill.forms.form_map import FormMap
from autofill.forms.plan import Plan
from autofill.forms.planning import make_plan
from autofill.replay.runner import Replay
from autofill.replica import ReplicaOptions, serving

PROFILES = Path(__file__).parents[2] / "profiles"
THANKS = "<h1>Thank you</h1><p>Your case number is <b>12345678</b>.</p>"
FILES = {"a.txt": b"abc", "notes/b.txt": b""}
Replays: TypeAlias = Callable[..., Replay]
Stops: TypeAlias = Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]


def with_files(profile: Path) -> Plan:
    """The plan of an example whose form takes files, though the genuine one does not."""
    loaded, form = load_profile(profile)
    form_map = form.form_map
    pages = {form_map.slug_of(page): page for page in form_map.pages}
    details = pages["problem-details"]
    upload = {"id": "files", "kind": "file", "name": "Attach Files", "value": "attachments"}
    control = Control.model_validate({**upload, "fact": details.fact})
    pages["problem-details"] = details.model_copy(update={"controls": (*details.controls, control)})
    changed: FormMap = form_map.model_copy(update={"pages": tuple(pages.values())})
    with_files = replace(loaded, fields={**loaded.fields, "attachments": tuple(FILES)}, warnings=())
    return make_plan(with_files, changed, form.organisation)


@pytest.mark.parametrize("star", [True, False], ids=["star", "no star"])
@pytest.mark.parametrize("shadow", ["flat", "native"])
async def test_a_whole_plan_of_every_kind_of_control(
    page: Page, replaying: Replays, shadow: Any, *, star: bool
) -> None:
    """Every kind is filled, read back and shown in review; each step is done before the next; nothing is sent early."""
    plan = with_files(PROFILES / "01-missing-package.yaml")
    first_version = {"text", "textarea", "date", "select", "combobox", "radio", "checkbox", "file"}
    assert {entry.control.kind for entry in plan.entries} == first_version
    events, asked = [], {}
    with serving(ReplicaOptions(shadow=shadow, star=star, attachments=True, delay_ms=0)) as replica:
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan, files=FILES)
        async for event in replay.events():
            events.append(event)
            record = await (await page.request.get(f"{replica.url}/_replica/submissions")).json()
            asked[type(event)] = record["requests"]
    assert [type(event).__name__ for event in events] == [
        "RunStarted",
        *["StepStarted", "StepDone"] * 5,
        "AboutToSubmit",
        "StepStarted",
        "SubmitResponded",
        "OutcomeShown",
        "VerdictReached",
    ]
    assert (asked[AboutToSubmit], asked[VerdictReached]) == (0, 1)
    done = [event for event in events if isinstance(event, StepDone)]
    assert [event.slug for event in done] == [step.slug for step in plan.steps]
    assert [len(event.values) for event in done] == [len(getattr(step, "entries", ())) for step in plan.steps]
    assert all(value.matches for event in done for value in event.values)
    assert [file["name"] for file in record["submissions"][0]["files"]] == ["a.txt", "b.txt"]
    assert (
        record["submissions"][0]["fields"]["message"]
        == load_profile(PROFILES / "01-missing-package.yaml")[0].fields["message"]
    )
    assert isinstance(events[-1], VerdictReached)
    assert events[-1].verdict is Verdict.CONFIRMED
    assert events[-1].case_number == record["submissions"][0]["case_number"]


async def test_error_lines_from_the_start_do_not_stop_a_run(page: Page, replaying: Replays) -> None:
    """Each one goes when its control is left, and takes no click with it."""
    plan = prepare_profile(PROFILES / "04-claim-germany.yaml").plan
    with serving(ReplicaOptions(errors_first=True, delay_ms=0)) as replica:
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan)
        reached = [event async for event in replay.events()][-1]
    assert isinstance(reached, VerdictReached)
    assert reached.verdict is Verdict.CONFIRMED


async def test_until_review_sends_nothing(page: Page, replaying: Replays) -> None:
    """The run ends at the review page, as asked, with the verdict that says so."""
    plan = prepare_profile(PROFILES / "06-feedback.yaml").plan
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan, until="review")
        events = [event async for event in replay.events()]
        record = await (await page.request.get(f"{replica.url}/_replica/submissions")).json()
    assert not any(isinstance(event, AboutToSubmit) for event in events)
    assert isinstance(events[-2], StepDone)
    assert (events[-2].slug, events[-1]) == ("review", VerdictReached(Verdict.NOT_SUBMITTED, None, False, False))  # noqa: FBT003
    assert record["requests"] == 0


async def test_the_small_wizard_goes_through(page: Page, site: Any, replaying: Replays) -> None:
    """So each failure below comes from its change alone."""
    events = [event async for event in replaying(page, site.wizard(answer=(200, THANKS))).events()]
    assert isinstance(events[0], RunStarted)
    assert events[0].steps == 3
    assert isinstance(events[-1], VerdictReached)
    assert events[-1].case_number == "12345678"


@pytest.mark.parametrize(
    ("details", "said"),
    [
        ("<h1>Datails</h1>", "The page “Details” did not appear."),
        ("<h1>Details</h1><h2>Details</h2>", "“Details” is on the page more than once."),
        ("<h1>Details</h1>", "“Message” is not on the page."),
        (
            "<h1>Details</h1><label>Message <textarea maxlength=5></textarea></label>",
            "The page does not contain what was entered in: Message.",
        ),
        (
            "<h1>Details</h1><label>Message <textarea oninput='this.value += 1'></textarea></label>",
            "The page does not contain what was entered in: Message.",
        ),
        ("<h1>Details</h1><label>Message <textarea></textarea></label>", "“Next” cannot be clicked."),
        (
            "<h1>Details</h1><label>Message <textarea></textarea></label><button disabled>Next</button>",
            "“Next” cannot be clicked.",
        ),
    ],
    ids=["no heading", "two headings", "no control", "cut", "changed", "no button", "dead button"],
)
async def test_a_form_that_is_not_as_mapped_stops_the_run(
    page: Page, site: Any, replaying: Replays, stopping: Stops, details: str, said: str
) -> None:
    """Exit code 76, and the words name the place, never the value."""
    error, _ = await stopping(replaying(page, site.show(details)))
    assert isinstance(error, FormChanged)
    assert str(error) == f"{said} Nothing was sent."
    assert site.posts == 0


async def test_values_that_do_not_match_are_reported_before_the_run_stops(
    page: Page, site: Any, replaying: Replays, stopping: Stops
) -> None:
    """The recorder keeps planned and found side by side."""
    _, events = await stopping(
        replaying(page, site.show("<h1>Details</h1><label>Message <textarea maxlength=5></textarea></label>"))
    )
    assert isinstance(events[-1], StepDone)
    (value,) = events[-1].values
    assert (value.planned, value.found, value.matches) == ("s3cret words", "s3cre", False)


async def test_a_review_page_that_shows_something_else_stops_the_run(page: Page, replaying: Replays) -> None:
    """What is checked is the page's own copy of the values; the one that is missing is named."""
    plan = prepare_profile(PROFILES / "06-feedback.yaml").plan
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan)

        async def spoil() -> None:
            async for event in replay.events():
                if isinstance(event, StepStarted) and event.slug == "review":
                    await page.get_by_text(subject, exact=True).evaluate("shown => shown.textContent += '.'")

        subject = next(entry.text for entry in plan.entries if entry.control.id == "subject")
        with pytest.raises(FormChanged, match="does not contain what was entered in: Subject"):
            await spoil()


async def crash(page: Page) -> None:
    with pytest.raises(PlaywrightError):
        await page.goto("chrome://crash")


@pytest.mark.parametrize(
    ("at", "lose"),
    [
        (RunStarted, Page.close),
        (StepStarted, Page.close),
        (StepDone, Page.close),
        (StepStarted, crash),
        (StepDone, crash),
    ],
)
async def test_a_browser_that_goes_in_the_middle(
    page: Page, site: Any, replaying: Replays, at: type[Event], lose: Callable[[Page], Awaitable[None]]
) -> None:
    """Wherever the run stands, it says that nothing was sent, and that trying again is safe: exit code 75."""
    replay = replaying(page, site.wizard(answer=(200, THANKS)))

    async def run() -> None:
        async for event in replay.events():
            if type(event) is at:
                await lose(page)

    with pytest.raises(TryLater, match=r"before the submit click\. Nothing was sent\.") as caught:
        await run()
    assert caught.value.exit_code == 75
    assert site.posts == 0


async def test_a_page_closed_while_it_is_filled(page: Page, site: Any, replaying: Replays) -> None:
    """A control that is not there because the page is gone does not mean that the form has changed."""
    closing: list[asyncio.Future[None]] = []

    async def run() -> None:
        async for event in replaying(page, site.show("<h1>Details</h1>")).events():
            if isinstance(event, StepStarted):
                closing.append(asyncio.ensure_future(page.close()))  # noqa: PERF401

    with pytest.raises(TryLater):
        await run()
    await closing[0]

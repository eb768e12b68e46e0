"""After the click nothing is tried twice, and whatever goes wrong ends in a verdict."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.events import (
    AboutToSubmit,
    Event,
    FaultNoticed,
    Line,
    OutcomeShown,
    SubmitResponded,
    Verdict,
    VerdictReached,
)
from autofill.forms.catalog import load_form_map, prepare_profile
from autofill.forms.plan import Entry
from autofill.replay.runner import Replay
from autofill.replica import ReplicaOptions, serving

THANKS = "<h1>Thank you</h1><p>Your case number is <b>12345678</b>.</p>"
REFUSED = "<div role=alert>Error: the message is too short</div>"
PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"
Replays = Callable[..., Replay]


async def after(replay: Replay) -> list[Event]:
    """What is reported once the click is due."""
    events = [event async for event in replay.events()]
    return events[events.index(AboutToSubmit(len(replay.plan.steps))) + 2 :]


async def heard(replay: Replay, events: list[Event]) -> None:
    """Keep the events, those before an error too."""
    async for event in replay.events():
        events.append(event)  # noqa: PERF401


@pytest.mark.parametrize(
    ("answer", "verdict", "number", "slug"),
    [
        ((200, THANKS), Verdict.CONFIRMED, "12345678", "confirmation"),
        ((200, "<h1>Thank you</h1>"), Verdict.CONFIRMED_NO_CASE, None, "confirmation"),
        ((200, REFUSED), Verdict.REJECTED, None, "refusal"),
        ((500, THANKS), Verdict.UNKNOWN, None, "outcome"),
        ((200, THANKS + REFUSED), Verdict.UNKNOWN, None, "outcome"),
        ((200, THANKS * 2), Verdict.CONFIRMED, "12345678", "confirmation"),
    ],
    ids=["confirmed", "no number", "refused", "error with thanks", "thanks with refusal", "doubled thanks"],
)
async def test_the_outcome_is_judged_and_shown(
    page: Page,
    site: Any,
    replaying: Replays,
    answer: tuple[int, str],
    verdict: Verdict,
    number: str | None,
    slug: str,
) -> None:
    """The answer, what the page shows, and the verdict, in this order; the server saw one submission."""
    responded, outcome, reached = await after(replaying(page, site.wizard(answer=answer)))
    line = Line("none (http)", site.url.removeprefix("http://"))
    assert responded == SubmitResponded(answer[0], f"{site.url}/send", line)
    assert isinstance(outcome, OutcomeShown)
    assert isinstance(reached, VerdictReached)
    assert (outcome.slug, reached.verdict, reached.case_number) == (slug, verdict, number)
    assert ("12345678" in outcome.text) is (THANKS in answer[1])
    assert reached.messages == (("Error: the message is too short",) if REFUSED in answer[1] else ())
    assert site.posts == 1


async def test_no_answer_in_time_is_unknown(page: Page, site: Any, replaying: Replays) -> None:
    """The submission is at the server, and nobody knows what it makes of it; it is not sent again."""
    fault, outcome, reached = await after(replaying(page, site.wizard(), outcome=0.3))
    assert isinstance(fault, FaultNoticed)
    assert fault.kind == "no-answer"
    assert isinstance(reached, VerdictReached)
    assert reached == VerdictReached(Verdict.UNKNOWN, None, page_proof=False, response_ok=False)
    assert isinstance(outcome, OutcomeShown)
    assert "Submit" in outcome.text
    assert site.posts == 1


@pytest.mark.parametrize("whole", [True, False], ids=["whole browser", "tab"])
async def test_a_page_lost_after_the_click_is_unknown(
    page: Page, site: Any, replaying: Replays, *, whole: bool
) -> None:
    """It is no error any more, but a verdict; and says nothing of "nothing was sent"."""
    loop, closing = asyncio.get_running_loop(), asyncio.Event()
    site.hooks["POST /send"] = lambda: loop.call_soon_threadsafe(closing.set)
    url = site.wizard()

    async def close() -> None:
        await closing.wait()
        await (page.context.close() if whole else page.close())

    closer = asyncio.ensure_future(close())
    *faults, outcome, reached = await after(replaying(page, url))
    await closer
    assert FaultNoticed("after-click", "the page failed after the submit click") in faults
    assert isinstance(outcome, OutcomeShown)
    assert isinstance(reached, VerdictReached)
    assert reached.verdict is Verdict.UNKNOWN
    if not whole:
        # Chromium lets go of a request that is held when its tab is closed: the last gate must have time to fail.
        await asyncio.sleep(1)
        assert any(fault.kind == "closed" for fault in faults if isinstance(fault, FaultNoticed))
    assert site.posts == 1


async def test_a_disabled_submit_button_is_found_before_the_click_is_due(
    page: Page, site: Any, replaying: Replays
) -> None:
    """Nothing was sent, and that is certain: exit code 76, not 80."""
    url = site.wizard(submit="<h1>Submit</h1><button disabled>Submit</button>")
    events: list[Event] = []
    with pytest.raises(FormChanged, match="“Submit” cannot be clicked"):
        await heard(replaying(page, url), events)
    assert not any(isinstance(event, AboutToSubmit) for event in events)
    assert site.posts == 0


async def test_the_replica_s_server_refuses_what_its_page_let_through(page: Page, replaying: Replays) -> None:
    """A map that counts line breaks as one fits the page, not the server: rejected, with the server's own words."""
    plan = prepare_profile(PROFILE).plan
    long = "x" * 2000 + "\n" + "y" * 1999
    steps = []
    for step in plan.steps:
        entries = [_with_text(entry, long) for entry in getattr(step, "entries", ())]
        steps.append(step.model_copy(update={"entries": tuple(entries)}) if entries else step)
    plan = plan.model_copy(update={"steps": tuple(steps)})
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan, change=5)
        reached = (await after(replay))[-1]
        arrived = await (await page.request.get(f"{replica.url}/_replica/submissions")).json()
    assert isinstance(reached, VerdictReached)
    assert reached.verdict is Verdict.REJECTED
    assert "Additional Information: Your entry is too long." in reached.messages[0]
    assert arrived["requests"] == 1
    assert [submission["accepted"] for submission in arrived["submissions"]] == [False]


def _with_text(entry: Entry, message: str) -> Entry:
    return entry.model_copy(update={"text": message}) if entry.control.id == "message" else entry


def test_the_map_would_have_refused_it_before() -> None:
    """Which is why the map counts a line break as two."""
    controls = {control.id: control for page in load_form_map("usps-email-us").pages for control in page.controls}
    limit = controls["message"].limit
    assert limit is not None
    assert (limit.max, limit.newline) == (4000, 2)

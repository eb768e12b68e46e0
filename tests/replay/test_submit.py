"""After the click nothing is tried twice, and whatever goes wrong ends in a verdict."""

from __future__ import annotations

import asyncio
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from autofill.errors import FormChanged
from autofill.events import (
    AboutToSubmit,
    ConnectionInfo,
    Event,
    FaultNoticed,
    OutcomeShown,
    SubmitResponded,
    Verdict,
    VerdictReached,
)
from autofill.forms.catalog import load_form, prepare_profile
from autofill.forms.plan import Entry
from autofill.replay.runner import Patience, Replay
from autofill.replica import ReplicaOptions, serving

THANKS = "<h1>Thank you</h1><p>Your case number is <b>12345678</b>.</p>"
REFUSED = "<div role=alert>Error: the message is too short</div>"
BACK = REFUSED + '<h1>Submit</h1><button type="button">Submit</button>'
PROFILE = Path(__file__).parents[2] / "profiles" / "06-feedback.yaml"
Replays = Callable[..., Replay]


async def after(replay: Replay) -> list[Event]:
    """What is reported once the click is due."""
    events = [event async for event in replay.events()]
    return events[events.index(AboutToSubmit(len(replay.plan.steps))) + 2 :]


async def listener(replay: Replay, events: list[Event]) -> None:
    """Keep the events, those before an error too."""
    async for event in replay.events():
        events.append(event)  # noqa: PERF401


@pytest.mark.parametrize(
    ("answer", "verdict", "number", "slug"),
    [
        ((200, THANKS), Verdict.CONFIRMED, "12345678", "confirmation"),
        ((200, "<h1>Thank you</h1>"), Verdict.CONFIRMED_NO_CASE, None, "confirmation"),
        ((200, BACK), Verdict.REJECTED, None, "refusal"),
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
    line = ConnectionInfo("none (http)", site.url.removeprefix("http://"))
    assert responded == SubmitResponded(answer[0], f"{site.url}/send", line)
    assert isinstance(outcome, OutcomeShown)
    assert isinstance(reached, VerdictReached)
    assert (outcome.slug, reached.verdict, reached.case_number) == (slug, verdict, number)
    assert ("12345678" in outcome.text) is (THANKS in answer[1])
    assert reached.messages == (("Error: the message is too short",) if REFUSED in answer[1] else ())
    assert site.posts == 1


async def test_no_answer_in_time_is_unknown(page: Page, site: Any, replaying: Replays) -> None:
    """The submission is at the server, and nobody knows what it makes of it; it is not sent again."""
    fault, outcome, reached = await after(replaying(page, site.wizard(), patience=Patience(outcome=0.3)))
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


OLD = "<div role=alert>Error: last week our site had a fault</div>"
BUTTON = '<h1>Submit</h1>{before}<button type="button">Submit</button>'
SEND = "const a = await fetch('/send', {method: 'POST', body: 's3cret words'}); "
GET = "const a = await fetch('/send?words=s3cret+words')"
SHOW = "document.body.innerHTML = await a.text()"
PASSING = "document.body.insertAdjacentHTML('beforeend', `<div role=alert>Error: no survey</div>`); await later(700); "
BEACON = "addEventListener('pagehide', () => navigator.sendBeacon('/send', 's3cret words')); "
FRAME = (
    "const f = document.createElement('iframe'); document.body.append(f); "
    "const w = f.contentWindow; "
    "w.addEventListener('pagehide', () => w.navigator.sendBeacon('/send', 's3cret words')); "
)
LEAVE = f"document.body.innerHTML = `{THANKS}`; await later(1500); location.href = '/thanks'"


@pytest.mark.parametrize(
    ("before", "act", "verdict", "posts"),
    [
        (OLD, f"await later(45); {SEND}{SHOW}", Verdict.CONFIRMED, 1),
        (OLD, f"await later(1500); {SEND}{SHOW}", Verdict.CONFIRMED, 1),
        (OLD, SEND, Verdict.UNKNOWN, 1),
        ("", f"{SEND}{PASSING}{SHOW}", Verdict.CONFIRMED, 1),
        ("", f"{PASSING}{SEND}{SHOW}", Verdict.NOT_SUBMITTED, 0),
        ("", f"{BEACON}{SEND}{LEAVE}", Verdict.CONFIRMED, 1),
        ("", f"{FRAME}{SEND}{LEAVE}", Verdict.CONFIRMED, 1),
        ("", f"{GET}; {SHOW}", Verdict.NOT_SUBMITTED, 0),
        ("", f"{GET}.catch(() => 0); document.body.innerHTML = `{THANKS}`", Verdict.UNKNOWN, 0),
        ("", f"fetch('/send?words=s3cret+words').catch(() => 0); {SEND}{SHOW}", Verdict.CONFIRMED, 1),
        ("", "typeof SharedWorker === 'undefined' || new SharedWorker('/worker.js')", Verdict.NOT_SUBMITTED, 0),
        ("", f"{SEND}document.body.innerHTML = `<div role=alert>Error: gone</div>`", Verdict.UNKNOWN, 1),
        ("", f"{SEND}document.body.insertAdjacentHTML('beforeend', `{REFUSED}`)", Verdict.UNKNOWN, 1),
    ],
    ids=[
        "an alert that stood there",
        "an alert that stood there, and a slow page",
        "an alert that stood there, and no outcome",
        "an alert between answer and thanks",
        "an alert, and a request after it",
        "a beacon when the page goes on",
        "a beacon of a frame made after the click",
        "sent by GET",
        "sent by GET, with thanks all the same",
        "a GET with what was typed before the request",
        "no shared worker",
        "an error without the form",
        "an error of the page's own after a success (A4)",
    ],
)
async def test_what_stood_there_or_passes_is_no_outcome(
    page: Page, site: Any, replaying: Replays, before: str, act: str, verdict: Verdict, posts: int
) -> None:
    """Only what the click brought about counts, and whatever the page does, one request leaves."""
    site.answers["POST /send"] = (200, THANKS)
    site.show("<h1>Thanks</h1>", path="/thanks")
    url = site.wizard(submit=BUTTON.format(before=before), act=act)
    events = await after(replaying(page, url, patience=Patience(outcome=5)))
    reached = events[-1]
    assert isinstance(reached, VerdictReached)
    assert reached.verdict is verdict
    await page.wait_for_timeout(300)
    await page.context.close()
    await asyncio.sleep(0.5)
    assert site.posts == posts
    assert not any(request.startswith("GET /send") for request in site.requests)


async def test_a_confirmation_before_the_click_stops_the_run(page: Page, site: Any, replaying: Replays) -> None:
    """It is from another inquiry, and would have been taken for this one's."""
    url = site.wizard(submit=BUTTON.format(before=THANKS), answer=(200, ""))
    events: list[Event] = []
    with pytest.raises(FormChanged, match="before anything was sent"):
        await listener(replaying(page, url), events)
    assert not any(isinstance(event, AboutToSubmit) for event in events)
    assert site.posts == 0


async def test_a_submit_pressed_by_somebody_else_is_held_back(page: Page, site: Any, replaying: Replays) -> None:
    """While the run asks whether to send, the window is open, and whoever is asked may press Submit there."""
    events = []
    async for event in replaying(page, site.wizard(answer=(200, THANKS))).events():
        events.append(event)
        if isinstance(event, AboutToSubmit):
            await page.get_by_role("button", name="Submit").click()
            await page.wait_for_timeout(300)
            assert site.posts == 0
            break
    assert isinstance(events[-1], AboutToSubmit)
    await page.context.close()
    await asyncio.sleep(0.5)
    assert site.posts == 0


async def test_typed_words_do_not_leave_by_get_with_the_page(page: Page, site: Any, replaying: Replays) -> None:
    """What a page asks for while its tab is closed passes no gate of the page's, but the last one."""
    asks = "addEventListener('pagehide', () => fetch('/send?words=s3cret+words', {keepalive: true})); "
    url = site.wizard()
    events = []
    async for event in replaying(page, url).events():
        events.append(event)
        if isinstance(event, AboutToSubmit):
            await page.evaluate(f"() => {{ {asks} }}")
            break
    await page.close()
    await asyncio.sleep(0.5)
    assert isinstance(events[-1], AboutToSubmit)
    assert not any(request.startswith("GET /send") for request in site.requests)


async def test_words_on_a_socket_make_the_outcome_unknown(page: Page, site: Any, replaying: Replays) -> None:
    """A WebSocket cannot be held back; what it took away may have arrived."""
    async with await asyncio.start_server(_shake_hands, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        socket = f"const s = new WebSocket('ws://127.0.0.1:{port}/'); s.onopen = () => s.send('s3cret words')"
        events = await after(replaying(page, site.wizard(act=socket), patience=Patience(outcome=3)))
        await page.context.close()
    assert any(isinstance(event, FaultNoticed) and event.kind == "socket" for event in events)
    assert isinstance(events[-1], VerdictReached)
    assert events[-1].verdict is Verdict.UNKNOWN


async def _shake_hands(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """The server's half of a WebSocket's beginning (RFC 6455, section 4.2.2)."""
    asked = (await reader.readuntil(b"\r\n\r\n")).decode()
    key = asked.lower().partition("sec-websocket-key:")[0]
    key = asked[len(key) :].split(":", 1)[1].split("\r\n", 1)[0].strip()
    accept = b64encode(sha1(f"{key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()).decode()
    writer.write(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Accept: {accept}\r\n\r\n".encode()
    )
    await reader.read()
    writer.close()


async def test_a_disabled_submit_button_is_found_before_the_click_is_due(
    page: Page, site: Any, replaying: Replays
) -> None:
    """Nothing was sent, and that is certain: exit code 76, not 80."""
    url = site.wizard(submit="<h1>Submit</h1><button disabled>Submit</button>")
    events: list[Event] = []
    with pytest.raises(FormChanged, match="“Submit” cannot be clicked"):
        await listener(replaying(page, url), events)
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
        replay = replaying(page, f"{replica.url}/help/contact-us.htm", plan=plan)
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
    controls = {control.id: control for page in load_form("usps-email-us").form_map.pages for control in page.controls}
    limit = controls["message"].limit
    assert limit is not None
    assert (limit.max, limit.newline) == (4000, 2)

"""The login in front of a form: a session, or a password given once, and never to anybody else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest
from playwright.async_api import Page

from autofill.errors import AutofillError, FormChanged, PersonNeeded
from autofill.events import Event, StepDone, VerdictReached
from autofill.forms.catalog import prepare_profile
from autofill.replay.login import Access, Credentials, session_by_hand
from autofill.replay.runner import Replay
from autofill.replica import PRACTICE_ACCOUNT, ReplicaOptions, serving

PLAN = prepare_profile(Path(__file__).parents[2] / "profiles" / "13-informed-delivery.yaml").plan
Replays: TypeAlias = Callable[..., Replay]
Stops: TypeAlias = Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]
RIGHT, WRONG = Credentials(*PRACTICE_ACCOUNT), Credentials("practice", "s3cret hedgehog")
LOGIN = "<h2>Sign In</h2><label>Username <input></label>{password}<button>Sign In</button>"


class Kept:
    """Credentials that count how often they were asked for."""

    def __init__(self, credentials: Credentials | None = None) -> None:
        self.asked = 0
        self._credentials = credentials

    async def __call__(self) -> Credentials | None:
        self.asked += 1
        return self._credentials


@pytest.fixture
def dashboard() -> Iterator[str]:
    """The address of a desk's dashboard."""
    with serving(ReplicaOptions(delay_ms=0)) as replica:
        yield f"{replica.url}/portal/dashboard"


@pytest.fixture
def tries(runner: asyncio.Runner, page: Page) -> list[str]:
    """The logins that the page tried."""
    tried: list[str] = []

    async def listen() -> None:
        page.on("request", lambda sent: tried.append(sent.url) if "password" in (sent.post_data or "") else None)

    runner.run(listen())
    return tried


async def kept_session(page: Page, dashboard: str) -> str:
    """A session that a person has opened, after which the browser knows nothing of it."""

    async def by_hand() -> None:
        await page.get_by_role("textbox", name="Username").fill(RIGHT.account)
        await page.get_by_label("Password").fill(RIGHT.password)
        await page.get_by_role("button", name="Sign In").click()
        await page.get_by_role("heading", name="Informed Delivery").wait_for()

    session = await session_by_hand(page, dashboard, by_hand)
    await page.context.clear_cookies()
    return session


async def test_credentials_let_a_run_in(page: Page, dashboard: str, replaying: Replays, tries: list[str]) -> None:
    """They are asked for once, tried once, and are among no step's values."""
    kept = Kept(RIGHT)
    replay = replaying(page, dashboard, plan=PLAN, access=Access(credentials=kept))
    events = [event async for event in replay.events()]
    assert isinstance(events[-1], VerdictReached)
    assert events[-1].verdict == "confirmed"
    assert (kept.asked, len(tries)) == (1, 1)
    assert not [event for event in events if RIGHT.password in repr(event)]
    assert [event.slug for event in events if isinstance(event, StepDone)] == [step.slug for step in PLAN.steps]


async def test_a_kept_session_needs_no_password(
    page: Page, dashboard: str, replaying: Replays, tries: list[str]
) -> None:
    """The keyring is not even asked."""
    session, kept = await kept_session(page, dashboard), Kept(RIGHT)
    tries.clear()
    access = Access(session, kept)
    events = [event async for event in replaying(page, dashboard, plan=PLAN, access=access).events()]
    assert isinstance(events[-1], VerdictReached)
    assert (events[-1].verdict, kept.asked, tries) == ("confirmed", 0, [])


@pytest.mark.parametrize("spoil", ["expired", "no JSON", "{}", '{"cookies": 1}'])
async def test_a_session_that_does_not_do_gives_way_to_the_password(
    page: Page, dashboard: str, replaying: Replays, spoil: str
) -> None:
    """Because the site has ended it, or the file is damaged."""
    session = spoil
    if spoil == "expired":
        session = await kept_session(page, dashboard)
        clock = dashboard.replace("/portal/dashboard", "/_replica/clock")
        await page.request.post(clock, data={"advance": "2h"})
    access = Access(session, Kept(RIGHT))
    events = [event async for event in replaying(page, dashboard, plan=PLAN, access=access).events()]
    assert isinstance(events[-1], VerdictReached)
    assert events[-1].verdict == "confirmed"


@pytest.mark.parametrize("access", [Access(), Access(credentials=Kept()), Access("{}", Kept())])
async def test_without_anything_kept_a_person_is_needed(
    page: Page, dashboard: str, replaying: Replays, stopping: Stops, tries: list[str], access: Access
) -> None:
    """The hint is the command that keeps it; nothing was tried."""
    error, _ = await stopping(replaying(page, dashboard, plan=PLAN, access=access))
    assert isinstance(error, PersonNeeded)
    assert error.exit_code == 77
    assert "autofill login usps-informed-delivery" in error.hint
    assert tries == []


async def test_a_wrong_password_is_tried_once(
    page: Page, dashboard: str, replaying: Replays, stopping: Stops, tries: list[str]
) -> None:
    """A lock-out is worse than a stop; the page that is pictured then holds no password."""
    error, _ = await stopping(replaying(page, dashboard, plan=PLAN, access=Access(credentials=Kept(WRONG))))
    assert isinstance(error, PersonNeeded)
    assert "tried once" in str(error)
    assert len(tries) == 1
    assert await page.get_by_label("Password").input_value() == ""


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("<label>Password <input></label>", "“Password” is not on the page as"),
        ("", "“Password” is not on the page as"),
        ("<label>Password <input type=password></label>" * 2, "is on the page more than once"),
    ],
    ids=["visible", "missing", "doubled"],
)
async def test_the_password_goes_into_the_one_password_control_or_nowhere(
    page: Page, site: Any, replaying: Replays, stopping: Stops, password: str, said: str
) -> None:
    """One that anybody can read over a shoulder is none; the complaint quotes nothing that was typed."""
    url = site.show(LOGIN.format(password=password))
    error, _ = await stopping(replaying(page, url, plan=PLAN, access=Access(credentials=Kept(WRONG))))
    assert isinstance(error, FormChanged)
    assert said in str(error)
    assert "s3cret" not in await page.locator("body").evaluate(
        "body => Array.from(body.querySelectorAll('input'), input => input.value).join()"
    )


async def test_a_login_that_does_not_answer_leaves_no_password_in_the_page(
    page: Page, site: Any, replaying: Replays, stopping: Stops
) -> None:
    """Not even its length can be seen in the picture that is taken then."""
    url = site.show(LOGIN.format(password="<label>Password <input type=password></label>"))
    error, _ = await stopping(replaying(page, url, plan=PLAN, access=Access(credentials=Kept(WRONG))))
    assert isinstance(error, PersonNeeded)
    assert await page.get_by_label("Password").input_value() == ""


async def test_no_other_site_gets_the_password(page: Page, dashboard: str, site: Any, replaying: Replays) -> None:
    """A login page elsewhere looks the same."""
    elsewhere = site.show(LOGIN.format(password="<label>Password <input type=password></label>"))
    replay = replaying(page, dashboard, plan=PLAN, access=Access(credentials=Kept(RIGHT)))
    await page.context.route(dashboard, lambda route: route.fulfill(status=302, headers={"Location": elsewhere}))
    with pytest.raises(FormChanged):
        [event async for event in replay.events()]
    assert await page.get_by_label("Password").input_value() == ""


async def test_a_person_at_the_window_logs_in_by_hand(page: Page, dashboard: str, replaying: Replays) -> None:
    """Where nothing is kept, and the run goes on behind the login."""
    asked: list[str] = []

    async def person(why: str) -> None:
        asked.append(why)
        await page.get_by_role("textbox", name="Username").fill(RIGHT.account)
        await page.get_by_label("Password").fill(RIGHT.password)
        await page.get_by_role("button", name="Sign In").click()

    events = [event async for event in replaying(page, dashboard, plan=PLAN, ask_person=person).events()]
    assert isinstance(events[-1], VerdictReached)
    assert (events[-1].verdict, len(asked)) == ("confirmed", 1)


async def test_a_window_that_was_closed_keeps_nothing(page: Page, dashboard: str) -> None:
    """There is no session then."""
    with pytest.raises(PersonNeeded):
        await session_by_hand(page, dashboard, page.context.close)

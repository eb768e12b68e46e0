"""CAPTCHAs and logins are left to a person, wherever they stand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from playwright.async_api import Page

from autofill.errors import AutofillError, PersonNeeded
from autofill.events import Event, StepStarted
from autofill.forms.plan import Entry
from autofill.replay.runner import Replay

Replays: TypeAlias = Callable[..., Replay]
Stops: TypeAlias = Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]
Entries: TypeAlias = Callable[..., Entry]


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_a_captcha_is_left_to_a_person(
    page: Page, site: Any, replaying: Replays, stopping: Stops, status: int
) -> None:
    """Walls answer with an error status; what they show counts more."""
    site.show("<p>Are you human?</p>", path="/captcha")
    error, _ = await stopping(replaying(page, site.show("<iframe src=/captcha></iframe>", status=status)))
    assert isinstance(error, PersonNeeded)
    assert str(error) == "The site shows a CAPTCHA. Nothing was sent."
    assert error.exit_code == 77


async def test_a_captcha_between_two_pages_is_seen(page: Page, site: Any, replaying: Replays, stopping: Stops) -> None:
    """It comes in the place of the next page."""
    site.show("<p>Are you human?</p>", path="/captcha")
    error, events = await stopping(replaying(page, site.wizard(submit="<iframe src=/captcha></iframe>")))
    assert isinstance(error, PersonNeeded)
    assert events[-1] == StepStarted(2, "Submit", "submit")


@pytest.mark.parametrize("rest", [0, 2_000_000], ids=["whole", "broken-off"])
async def test_a_login_is_left_to_a_person(
    page: Page, site: Any, replaying: Replays, stopping: Stops, rest: int
) -> None:
    """Recognised by the path the site leads to, also by a page that goes on before it has come to its own end."""
    site.show("<h1>Sign in</h1>", path="/login/start")
    url = site.show("<script>location = '/login/start'</script>" + "<br>" * rest)
    error, _ = await stopping(replaying(page, url))
    assert isinstance(error, PersonNeeded)
    assert str(error) == "The site asks for a login. Nothing was sent."

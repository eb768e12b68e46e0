"""What the site's server answers before the click: errors, silence, and what the page asks it in between."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from playwright.async_api import Page

from autofill.errors import AutofillError, FormChanged, SiteUnavailable, TryLater
from autofill.events import Event, RunStarted
from autofill.forms.plan import Entry, FillStep, Plan
from autofill.replay.navigation import seconds_asked_for
from autofill.replay.runner import Patience, Replay

Replays: TypeAlias = Callable[..., Replay]
Stops: TypeAlias = Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]
Entries: TypeAlias = Callable[..., Entry]


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (404, SiteUnavailable, 69),
        (500, SiteUnavailable, 69),
        (403, SiteUnavailable, 69),
        (503, TryLater, 75),
        (429, TryLater, 75),
    ],
)
async def test_a_site_that_answers_with_an_error(
    page: Page, site: Any, replaying: Replays, stopping: Stops, status: int, kind: type[AutofillError], code: int
) -> None:
    """Before any step; the status tells whether trying again is likely to help."""
    error, events = await stopping(replaying(page, site.show("<h1>Details</h1>", status=status)))
    assert type(error) is kind
    assert error.exit_code == code
    assert str(status) in str(error)
    assert [type(event) for event in events] == [RunStarted]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("99999999999999", 86_400),
        ("Fri, 27 Nov 2026 12:00:00 GMT", 0),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 86_400),
        ("-1", 0),
        ("soon", 0),
        ("١٢", 0),
        ("", 0),
    ],
)
def test_what_a_site_asks_for(said: str, seconds: int) -> None:
    """RFC 9110, 10.2.3: seconds or a date."""
    assert seconds_asked_for(said) == seconds


async def test_a_site_that_is_down(page: Page, site: Any, replaying: Replays, stopping: Stops) -> None:
    """Nobody listens: exit code 69."""
    site.server.server_close()
    error, _ = await stopping(replaying(page, site.url))
    assert isinstance(error, SiteUnavailable)


async def test_a_site_that_does_not_answer(page: Page, site: Any, replaying: Replays, stopping: Stops) -> None:
    """It listens and is silent: exit code 75."""
    error, _ = await stopping(replaying(page, f"{site.url}/silence", patience=Patience(opening=1)))
    assert isinstance(error, TryLater)
    assert str(error) == "The site did not answer in time. Nothing was sent."


async def test_a_control_that_asks_the_server_is_waited_for(
    page: Page, site: Any, replaying: Replays, stopping: Stops, plan: Plan, entry: Entries
) -> None:
    """Until the answer is there and the page is no longer busy; a page that does not ask is not as mapped."""
    fills = plan.steps[0]
    assert isinstance(fills, FillStep)
    lookup = fills.model_copy(update={"entries": (entry("textarea", "s3cret", asks_server=True),)})
    asks = plan.model_copy(update={"steps": (lookup, plan.steps[1])})
    script = """<script>document.querySelector('textarea').onchange = async () => {
      const busy = document.createElement('p');
      busy.role = 'status', busy.textContent = 'Loading', document.body.append(busy);
      await fetch('/ask', {method: 'POST'});
      setTimeout(() => { busy.remove(); document.title = 'ready' }, 100);
    }</script>"""
    form = "<h1>Details</h1><label>Message <textarea></textarea></label>"
    site.answers["POST /ask"] = (200, "{}")
    error, _ = await stopping(replaying(page, site.show(form + script), plan=asks))
    assert str(error) == "“Next” cannot be clicked. Nothing was sent."
    assert await page.title() == "ready"
    error, _ = await stopping(replaying(page, site.show(form), plan=asks))
    assert isinstance(error, FormChanged)
    assert str(error).startswith("After “Message” the page sent nothing to its server")

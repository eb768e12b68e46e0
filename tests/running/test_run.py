"""What a run tells the log and the recorder before it begins, and what leaves when it has stopped."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Iterator
from pathlib import Path
from weakref import ReferenceType, ref

import pytest
from playwright.async_api import Browser, Page

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.model.run_states import State
from autofill.events import Verdict
from autofill.evidence.recorder import Recorder
from autofill.forms.catalog import prepare_profile
from autofill.forms.plan import FillStep
from autofill.replay import browser_interceptor
from autofill.replica import ReplicaOptions
from autofill.replica import serving as replica
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run, _planned
from tests.replay.conftest import Site, served

PROFILES = Path(__file__).parents[2] / "profiles"
PROFILE = PROFILES / "13-informed-delivery.yaml"
TRACKING = "9400111202555830001010"


def test_a_choice_that_follows_from_a_value_does_not_take_it(tmp_path: Path) -> None:
    """A form that asks what kind of item it is, and never for its number: that is personal all the same."""
    profile = tmp_path / "inquiry.yaml"
    text = PROFILE.read_text(encoding="utf-8").replace("item:\n", f"item:\n  tracking_number: {TRACKING}\n")
    profile.write_text(text, encoding="utf-8")

    plan = prepare_profile(profile).plan
    (fill,) = (step for step in plan.steps if isinstance(step, FillStep))
    asked = fill.model_copy(update={"entries": tuple(e for e in fill.entries if e.control.name != "Tracking Number")})

    planned = _planned(Job("p", plan.model_copy(update={"steps": (asked,)})))

    found = [(value.name, value.personal, value.text == TRACKING) for value in planned if "tracking" in value.field]
    assert found == [("Kind of item", False, False), ("", True, True)]


# The message goes in, and then the run stops: nothing goes into the other.
PAGE = """<form method=post action=/send><label>Message <textarea></textarea></label>
<label>E-mail <input disabled></label><button>Send</button></form>"""
MAP = """id: acme
title: Acme
url: {url}
pages:
- controls: [{{name: Message, value: message}}, {{name: E-mail, value: contact.email}}]
  submit: Send
"""
# As a page's own timer would at this moment.
SOCKET = "new WebSocket(`ws://${location.host}/?q=${encodeURIComponent(document.querySelector('textarea').value)}`)"


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


async def test_what_leaves_when_the_run_has_stopped_is_not_called_nothing(
    browser: Browser, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page is alive until it is closed: until then nobody can say that nothing was sent."""
    site.show(PAGE)
    (tmp_path / "acme.yaml").write_text(MAP.format(url=site.url))
    (tmp_path / "p.yaml").write_text("contact: {email: a@example.com}\nmessage: My parcel has not come for weeks.\n")
    pages: list[Page] = []
    watch, stopped = Recorder.watch, Recorder.stopped

    async def sends(self: Recorder, why: str) -> None:
        await pages[0].evaluate(SOCKET)
        await stopped(self, why)

    def watches(self: Recorder, page: Page) -> None:
        pages.append(page)
        watch(self, page)

    monkeypatch.setattr(Recorder, "watch", watches)
    monkeypatch.setattr(Recorder, "stopped", sends)
    prepared = prepare_profile(tmp_path / "p.yaml", str(tmp_path / "acme.yaml"))
    with open_ledger(tmp_path / "ledger") as ledger:
        claimed = claim(Job("p.yaml", prepared.plan), RunConditions(tmp_path / "r", site.url, "here"), ledger)
        summary = (await Run(claimed, lambda _event: None).replay(browser))()
        state = ledger.row(claimed.run_id).state

    assert (summary.verdict, summary.retry_safe, state) == (Verdict.UNKNOWN, False, State.UNKNOWN)
    assert "Nothing was sent" not in str(summary.error)


async def test_a_run_that_has_ended_keeps_nothing_of_its_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch has thousands of pages, and each holds what its form answered and what was typed into it."""
    pages: list[ReferenceType[Page]] = []
    watch = Recorder.watch

    def watches(self: Recorder, page: Page) -> None:
        pages.append(ref(page))
        watch(self, page)

    monkeypatch.setattr(Recorder, "watch", watches)
    monkeypatch.setattr(browser_interceptor, "_LINGER", 0.0)
    prepared = prepare_profile(PROFILES / "06-feedback.yaml")
    with replica(ReplicaOptions(delay_ms=0)) as desk, open_ledger(tmp_path / "ledger") as ledger:
        claimed = claim(Job("p", prepared.plan), RunConditions(tmp_path / "r", desk.url, "here"), ledger)
        summary = (await Run(claimed, lambda _event: None).replay(browser))()
    assert summary.verdict == Verdict.CONFIRMED
    # Who listens to the page's last requests knows it until a moment after it has gone.
    while any(page() for page in pages):
        await asyncio.sleep(0.1)
        gc.collect()

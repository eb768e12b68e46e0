"""What the tests of this room share: a small wizard and its server, a plan for it, and impatience.

Nothing here asserts but what holds of every stopped run.
"""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page

from autofill.errors import AutofillError
from autofill.events import AboutToSubmit, Event
from autofill.forms.catalog import prepare_profile
from autofill.forms.control import Control
from autofill.forms.element import Element, Sign
from autofill.forms.form_map import Request
from autofill.forms.outcome import Confirmation, PersonNeeded, Refusal
from autofill.forms.plan import Entry, FillStep, Plan, SubmitStep
from autofill.organisations.model import Fact
from autofill.replay.runner import Patience, Replay
from tests.servers import answering

# Long enough for a busy machine, short enough for what never comes.
FAIR = Patience(opening=30, change=5, outcome=10)
PROFILES = Path(__file__).parents[2] / "profiles"
FACT = Fact(mark="seen", source="desk")
DETAILS = '<h1>Details</h1><label>Message <textarea></textarea></label><button type="button">Next</button>'
SUBMIT = '<h1>Submit</h1><button type="button">Submit</button>'
THANKS = "<h1>Thank you</h1><p>Your case number is <b>12345678</b>.</p>"
# Send, and show what the server answered.
ACT = """const answer = await fetch('/send', {method: 'POST', body: 's3cret words'});
document.body.innerHTML = await answer.text();"""
# Two screens at one address, and what the page does at the click.
WIZARD = """<!doctype html><meta charset="utf-8"><body>{details}<script>
const later = (ms) => new Promise((done) => setTimeout(done, ms));
const onClick = (act) => document.querySelector('button').addEventListener('click', act);
onClick(() => {{
  document.body.innerHTML = `{submit}`;
  onClick(async () => {{ {act} }});
}});
</script>"""


class Site:
    """A server that answers what it was told to, remembers what was asked, and is silent where it knows nothing."""

    def __init__(self) -> None:
        self.answers: dict[str, tuple[int, str]] = {"GET /favicon.ico": (204, "")}
        self.requests: list[str] = []
        self.bodies: list[str] = []
        self.hooks: dict[str, Callable[[], object]] = {}
        self.closing = threading.Event()
        site = self

        class Handler(BaseHTTPRequestHandler):
            def answer(self) -> None:
                asked = f"{self.command} {self.path}"
                site.requests.append(asked)
                site.bodies.append(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode(errors="replace"))
                site.hooks.get(asked, int)()
                if asked not in site.answers:
                    site.closing.wait()
                    return
                status, text = site.answers[asked]
                self.send_response(status)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *_: Any) -> None:
                """Say nothing."""

        # The names that http.server calls.
        handlers: dict[str, Any] = dict.fromkeys(("do_GET", "do_POST"), Handler.answer)
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), type("Both", (Handler,), handlers))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def show(self, html: str, *, status: int = 200, path: str = "/") -> str:
        """Answer with this page; its address."""
        self.answers[f"GET {path}"] = (status, html)
        return self.url + path

    def wizard(
        self, *, details: str = DETAILS, submit: str = SUBMIT, answer: tuple[int, str] | None = None, act: str = ACT
    ) -> str:
        """Serve the wizard; without an answer the server never answers the submission."""
        if answer is not None:
            self.answers["POST /send"] = answer
        return self.show(WIZARD.format(details=details, submit=submit, act=act))

    @property
    def posts(self) -> int:
        """How many submissions reached the server."""
        return self.requests.count("POST /send")


@contextmanager
def served() -> Iterator[Site]:
    """A site that answers."""
    site = Site()
    with answering(site.server):
        yield site
        site.closing.set()


@pytest.fixture
def site() -> Iterator[Site]:
    with served() as site:
        yield site


def element(role: str, name: str) -> Element:
    return Element.model_validate({"role": role, "name": name})


def sign(role: str, name: str) -> Sign:
    return Sign.model_validate({"role": role, "name": name})


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    """One control and what goes into it."""

    def make(kind: str, text: str, name: str = "Message", **more: Any) -> Entry:
        control = {"id": "c", "kind": kind, "name": name, "value": "message", "fact": FACT, **more}
        return Entry(control=Control.model_validate(control), text=text)

    return make


@pytest.fixture(scope="session")
def plan(entry: Callable[..., Entry]) -> Plan:
    """What putting one message into the wizard takes."""
    send = Request(method="POST", path="^/send$", fact=FACT)
    proof = Confirmation(proof=sign("heading", "Thank you"), case_number=r"\b\d{8}\b", near=("case number",), fact=FACT)
    return prepare_profile(PROFILES / "06-feedback.yaml").plan.model_copy(
        update={
            "steps": (
                FillStep(
                    slug="details",
                    name="Details",
                    known_by=element("heading", "Details"),
                    entries=(entry("textarea", "s3cret words"),),
                    advance=element("button", "Next"),
                ),
                SubmitStep(
                    slug="submit",
                    name="Submit",
                    known_by=element("heading", "Submit"),
                    advance=element("button", "Submit"),
                    request=send,
                    confirmation=proof,
                    refusal=Refusal(elements=(sign("alert", "Error"),), fact=FACT),
                ),
            ),
            "busy": element("status", "Loading"),
            "server": Request(method="POST", path="^/ask$", fact=FACT),
            "person_needed": PersonNeeded(captcha_frames=("/captcha",), login_paths=("^/login",), fact=FACT),
        }
    )


@pytest.fixture(scope="session")
def replaying(plan: Plan) -> Callable[..., Replay]:
    """A plan (by default the small one) on a page, by someone who waits for nothing long."""

    def replay(page: Page, url: str, *, plan: Plan = plan, patience: Patience = FAIR, **more: Any) -> Replay:
        address = urlsplit(url)
        origins = frozenset({f"{address.scheme}://{address.netloc}"})
        return Replay(plan, page, url, origins, patience=patience, **more)

    return replay


@pytest.fixture(scope="session")
def stopping() -> Callable[[Replay], Awaitable[tuple[AutofillError, list[Event]]]]:
    """Does a replay that has to stop: what stopped it, without a typed value in its words, and the events before it."""

    async def stop(replay: Replay) -> tuple[AutofillError, list[Event]]:
        events: list[Event] = []

        async def listen() -> None:
            async for event in replay.events():
                events.append(event)  # noqa: PERF401

        with pytest.raises(AutofillError) as caught:
            await listen()
        assert "s3cret" not in str(caught.value) + caught.value.hint
        assert caught.value.__suppress_context__ or caught.value.__context__ is None
        assert not any(isinstance(event, AboutToSubmit) for event in events)
        return caught.value, events

    return stop

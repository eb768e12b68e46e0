"""Steps x faults: what each leaves behind: verdict, exit code, ledger, and what reached the server's socket.

One table, read like the one in docs/never-twice.md. Before the submit click everything ends as certainly not
submitted; after it at most one request has arrived, whatever the network, the server or the page does.
"""

from __future__ import annotations

import json
import re
import urllib.request
from contextlib import redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from autofill.cases.ledger.ledger import open_ledger
from autofill.console import show_summary
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.replay.runner import Patience
from autofill.replica import ReplicaOptions, serving
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.conftest import one_in

PROFILES = Path(__file__).parents[2] / "profiles"
SHORT = prepare_profile(PROFILES / "06-feedback.yaml").plan
WITH_TRACKING = prepare_profile(PROFILES / "01-missing-package.yaml").plan
# Short only where something never comes: everything before it has all the time that a busy machine needs.
AT_THE_HUB = Patience(opening=3)
IN_THE_FORM = Patience(change=6, outcome=5, picture=2)
AFTER_THE_CLICK = Patience(outcome=5, picture=4)

# fault: exit code, for each of the steps hub, open, topic, tracking. All of them: not-submitted, 0 requests.
BEFORE = {
    "reset": (69, 75, 75, 75),
    "empty": (69, 75, 75, 75),
    "hang": (75, 75, 75, 75),
    "status@{}=403": (69, 69, 69, 69),
    "status@{}=408": (75, 75, 75, 75),
    "status@{}=421": (69, 69, 69, 69),
    "status@{}=425": (75, 75, 75, 75),
    "status@{}=429": (75, 75, 75, 75),
    "status@{}=500": (69, 69, 69, 69),
    "status@{}=502": (69, 69, 69, 69),
    "status@{}=503": (75, 75, 75, 75),
    "truncated": (76, 76, 76, 76),
    "drip": (75, 75, 75, 75),
    "redirect-loop": (69, 69, 69, 69),
    "redirect-away": (76, 76, 69, 69),
}
STEPS = ("hub", "open", "topic", "tracking")
# One of them always runs for two of three faults; the others, most of which are like it, with the long tests.
ALWAYS = ("hub", "topic", "")

# fault at the submit request: verdict, exit code, what the person is told of it. In each case one request at most, and
# the ledger says the same.
AFTER = {
    "reset@submit": ("unknown", 80, "got no answer"),
    "reset@submit=before": ("unknown", 80, "got no answer"),
    "empty@submit": ("unknown", 80, "got no answer"),
    "empty@submit=before": ("unknown", 80, "got no answer"),
    "hang@submit": ("unknown", 80, "got no answer"),
    "hang@submit=before": ("unknown", 80, "got no answer"),
    "status@submit=403": ("unknown", 80, "answered the submit request with 403"),
    "status@submit=408": ("unknown", 80, "answered the submit request with 408"),
    "status@submit=421": ("unknown", 80, "answered the submit request with 421"),
    "status@submit=425": ("unknown", 80, "answered the submit request with 425"),
    "status@submit=429": ("unknown", 80, "answered the submit request with 429"),
    "status@submit=500": ("unknown", 80, "answered the submit request with 500"),
    "status@submit=502": ("unknown", 80, "answered the submit request with 502"),
    "status@submit=503": ("unknown", 80, "answered the submit request with 503"),
    "truncated@submit": ("unknown", 80, "got no answer"),
    "drip@submit": ("unknown", 80, "got no answer"),
    "redirect307@submit": ("unknown", 80, "asked to send again (status 307); this was not done"),
    "redirect-loop@submit": ("unknown", 80, "asked to send again (status 307); this was not done"),
    "redirect-away@submit": ("unknown", 80, "asked to send again (status 307); this was not done"),
    "slow@submit=1000": ("confirmed", 0, "Case number"),
    "reject": ("rejected", 82, "We cannot accept this entry"),
    "reject-silently": ("unknown", 80, "neither a confirmation nor a refusal"),
    "no-number": ("confirmed-no-case", 83, "without a case number"),
    "two-numbers": ("confirmed-no-case", 83, "more than one case number"),
    "same-number-twice": ("confirmed", 0, "Case number"),
    "duplicate-request": ("confirmed", 0, "tried to send more than one request; only one was sent"),
    "native-post": ("confirmed", 0, "Case number"),
    "busy-loop": ("unknown", 80, "the page failed after the submit click"),
    "crash": ("unknown", 80, "the page failed after the submit click"),
    "login@submit=after": ("unknown", 80, "neither a confirmation nor a refusal"),
    "session-expired@submit=after": ("unknown", 80, "Your session has expired"),
    "popups": ("confirmed", 0, "another window; it was closed"),
}

# By verdict: whether anything was sent, and what to do now, RUN being the run's name.
TOLD = {
    "confirmed": ("Confirmed", "Look at it: autofill open "),
    "confirmed-no-case": ("Confirmed", "Keep the recording and wait for the confirmation mail"),
    "rejected": ("The form refused it", "Fix in the profile what the form complains about, then try again"),
    "unknown": ("Unknown: it may have been sent", "Do not send again. .* record the outcome: autofill resolve RUN"),
}

# pages that are not as mapped, or hostile, before the click: exit code, a word of the explanation, and what to do now.
PAGES = {
    "renamed=First Name": (76, "First Name", "Then correct the form map"),
    "doubled=First Name": (76, "First Name", "form map must say which one"),
    "missing=First Name": (76, "First Name", "Then correct the form map"),
    "disabled=First Name": (76, "First Name", "update its form map"),
    "disabled=Submit": (76, "Submit", "Look at the last screenshot"),
    "disabled=Next": (76, "Next", "Look at the last screenshot"),
    "mask=Phone Number": (76, "Phone Number", "planned and the actual values side by side"),
    "cut=Last Name": (76, "Last Name", "planned and the actual values side by side"),
    "login@open": (77, "login", "autofill run --headed 'a profile'"),
    "session-expired@topic": (77, "session has expired", "autofill run --headed 'a profile'"),
    "busy-loop@topic": (69, "react", "Try again later"),
    "crash@topic": (75, "browser or its page|page failed", "Try again"),
    "alert-loop@topic": (76, "dialog", "Try again later"),
    "confirm-dialog": (76, "page sent nothing", "Look at the last screenshot"),
}


@dataclass(frozen=True)
class Left:
    """What a run left behind."""

    summary: RunSummary
    state: str
    requests: int
    leaked: int


# These need controls that only the longer profile fills.
LONG = {"mask=Phone Number", "cut=Last Name"}


async def run(
    browser: Browser, recordings: Path, *faults: str, tracking: bool = False, patience: Patience = IN_THE_FORM
) -> Left:
    """Run one profile against a replica with these faults."""
    job = Job("a profile", WITH_TRACKING if tracking else SHORT)
    with serving(ReplicaOptions(delay_ms=0, faults=faults)) as replica, open_ledger(recordings / "ledger") as ledger:
        conditions = RunConditions(recordings, replica.url, "here", patience=patience)
        finish = await Run(claim(job, conditions, ledger), print).replay(browser)
        summary = finish()
        (row,) = ledger.rows()
        arrived = _ask(replica.url)
    assert row.run_id == summary.run_id
    return Left(summary, row.state, arrived["requests"], arrived.get("leaked", 0))


def _ask(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def told(summary: RunSummary) -> str:
    """What a person reads in the terminal."""
    with redirect_stdout(StringIO()) as terminal:
        show_summary(summary, json=False)
    return terminal.getvalue()


def check_recording(summary: RunSummary) -> None:
    """Whatever happened, there is a sealed recording, and a picture of where the run stood if there can be one."""
    assert summary.sealed
    assert summary.recording is not None
    assert (Path(summary.recording) / "data" / "report.html").exists()


@pytest.mark.parametrize(
    ("fault", "step", "code"),
    [
        pytest.param(fault, step, code, marks=[pytest.mark.long] if step != ALWAYS[number % 3] else [])
        for number, (fault, codes) in enumerate(BEFORE.items())
        for step, code in zip(STEPS, codes, strict=True)
    ],
)
async def test_before_the_click_nothing_is_sent(
    fault: str, step: str, code: int, browser: Browser, tmp_path: Path
) -> None:
    named = fault.format(step) if "{}" in fault else f"{fault}@{step}"

    patience = AT_THE_HUB if step == "hub" else IN_THE_FORM
    left = await run(browser, tmp_path, named, tracking=step == "tracking", patience=patience)

    assert (left.summary.verdict, left.summary.submitted, left.state) == ("not-submitted", "no", "not-submitted")
    assert left.requests == 0
    assert left.summary.exit_code == code, left.summary.error
    assert left.summary.retry_safe
    assert "Nothing was sent" in (left.summary.error or "")
    assert left.summary.next
    check_recording(left.summary)


@pytest.mark.parametrize(
    ("fault", "verdict", "code", "words"), one_in(5, ((fault, *row) for fault, row in AFTER.items()))
)
async def test_after_the_click_at_most_one_request_arrives(
    fault: str, verdict: str, code: int, words: str, browser: Browser, tmp_path: Path
) -> None:
    patience = AFTER_THE_CLICK if verdict == "unknown" else Patience()
    left = await run(browser, tmp_path, fault, patience=patience)

    assert (left.summary.verdict, left.state) == (verdict, verdict), left.summary.faults
    assert left.requests == 1
    assert left.summary.exit_code == code, left.summary.faults
    assert not left.summary.retry_safe
    said, (sent, now) = told(left.summary), TOLD[verdict]
    assert said.startswith(sent)
    assert words in said
    assert re.search(rf"Next .*{now.replace('RUN', left.summary.run_id or '-')}", said), said
    check_recording(left.summary)


@pytest.mark.parametrize(("fault", "code", "words", "now"), one_in(8, ((fault, *row) for fault, row in PAGES.items())))
async def test_a_page_that_is_not_as_mapped_stops_the_run(
    fault: str, code: int, words: str, now: str, browser: Browser, tmp_path: Path
) -> None:
    left = await run(browser, tmp_path, fault, tracking=fault in LONG)

    assert (left.summary.verdict, left.state, left.requests) == ("not-submitted", "not-submitted", 0)
    assert left.summary.exit_code == code, left.summary.error
    assert any(word in (left.summary.error or "") for word in words.split("|")), left.summary.error
    said = told(left.summary)
    assert said.startswith("Not submitted")
    assert "Nothing was sent" in said or "sent nothing" in said
    assert re.search(rf"Next .*{re.escape(now)}", said), said
    check_recording(left.summary)


@pytest.mark.parametrize(
    "fault", ["download", "hidden-file-input", "tall", "console-spam", "script-in-texts", "beforeunload"]
)
async def test_a_page_that_only_misbehaves_is_survived(fault: str, browser: Browser, tmp_path: Path) -> None:
    """Downloads are not taken, no file is given, a page 200,000 pixels tall is pictured as far as that goes."""
    left = await run(browser, tmp_path, fault, patience=Patience())

    assert (left.summary.verdict, left.requests) == ("confirmed", 1), left.summary.error
    assert left.summary.exit_code == 0, left.summary.faults


async def test_typed_data_reaches_no_other_host(browser: Browser, tmp_path: Path) -> None:
    """H10: what the page wants to send elsewhere does not leave, and the run stops before it is sent at all."""
    left = await run(browser, tmp_path, "exfiltrate", patience=Patience())

    assert (left.summary.verdict, left.summary.exit_code, left.requests) == ("not-submitted", 76, 0)
    assert left.leaked == 0
    assert any("held-request" in fault for fault in left.summary.faults)


async def test_an_old_confirmation_proves_nothing(browser: Browser, tmp_path: Path) -> None:
    """The page shows the number of the run before: that run's proof, not this one's."""
    with serving(ReplicaOptions(delay_ms=0)) as replica, open_ledger(tmp_path / "ledger") as ledger:
        ends = []
        for place, address in (("one", replica.url), ("two", f"{replica.url}/help/contact-us.htm?fault=stale")):
            conditions = RunConditions(tmp_path, address, place, patience=AFTER_THE_CLICK)
            finish = await Run(claim(Job("a profile", SHORT), conditions, ledger), print).replay(browser)
            ends.append(finish())

    assert [(end.verdict, end.exit_code) for end in ends] == [("confirmed", 0), ("unknown", 80)]

"""The chat on the practice desk: told as it was written, one request at most, and the conversation kept."""

from __future__ import annotations

import json
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from autofill.cases.ledger.ledger import open_ledger
from autofill.errors import Misconfigured
from autofill.evidence.keeping.summary import RunSummary
from autofill.forms.catalog import prepare_profile
from autofill.replay.runner import Patience
from autofill.replica import ReplicaOptions, serving
from autofill.running.claim import claim
from autofill.running.job import Job, RunConditions
from autofill.running.run import Run
from tests.conftest import one_in
from tests.journeys.conftest import REPOSITORY, RunDesk

EXAMPLE = REPOSITORY / "profiles" / "12-chat.yaml"
JOB = Job("p", prepare_profile(EXAMPLE).plan)
QUICK = Patience(change=6, outcome=8)


async def run(browser: Browser, folder: Path, fault: str) -> tuple[RunSummary, dict[str, Any]]:
    """Run the example against a desk with the fault: the summary, and what arrived."""
    with serving(ReplicaOptions(delay_ms=0, faults=(fault,))) as replica, open_ledger(folder / "l") as ledger:
        claimed = claim(JOB, RunConditions(folder, replica.url, "here", patience=QUICK), ledger)
        summary = (await Run(claimed, lambda _: None).replay(browser))()
        return summary, _arrived(replica.url)


def _arrived(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{url}/_replica/submissions") as answer:
        found: dict[str, Any] = json.load(answer)
    return found


def test_the_example_is_told_as_it_was_written_and_the_conversation_is_kept(desk: RunDesk) -> None:
    code, (answer,), said = desk.run(EXAMPLE)

    assert (code, said, answer["verdict"]) == (0, "", "confirmed")
    (submission,) = desk.arrived()["submissions"]
    assert submission["case_number"] == answer["case_number"]
    told = submission["fields"]["message"].splitlines()  # a form's lines end as a browser sends them
    assert submission["fields"] | {"message": "\n".join(told)} == {
        "channel": "chat",
        "topic": "missing-package",
        "subject": "Media Mail package with three books not received",
        "first_name": "Maria",
        "last_name": "O'Brien",
        "email": "maria.obrien@example.com",
        "reply_by": "email",
        "has_tracking_number": "yes",
        "tracking_number": "9400111202555830001010",
        "message": (
            "A Media Mail package with three books, mailed in Portland on October 5, has not arrived.\n"
            "Tracking shows no scan since October 7. Could you please search for it?"
        ),
    }
    transcript = (Path(answer["recording"]) / "data" / "confirmation.txt").read_text()
    for words in ("Hello, this is Robin", "And your last name?", "O'Brien", "Tracking shows no scan since October 7."):
        assert words in transcript
    assert f"Your Service Request Number is {answer['case_number']}." in transcript


def test_other_numbers_in_the_conversation_are_no_case_number(desk: RunDesk, tmp_path: Path) -> None:
    """And a matter without a tracking number is told without one."""
    profile = tmp_path / "p.yaml"
    lines = EXAMPLE.read_text().replace("item:\n  tracking_number: 9400 1112 0255 5830 0010 10\n", "")
    profile.write_text(lines.replace("  Tracking shows", "  My earlier service request number is 87654321."))

    code, (answer,), _ = desk.run(profile)

    (submission,) = desk.arrived()["submissions"]
    assert code == 0
    assert answer["case_number"] == submission["case_number"] != "87654321"
    assert submission["fields"]["has_tracking_number"] == "no"
    assert len(answer["steps"]) == len(JOB.plan.steps)


@pytest.mark.parametrize(
    ("fault", "said"),
    one_in(
        3,
        [
            ("chat-closed", "Chat is closed"),
            ("chat-lost", "The agent has left the chat"),
            ("chat-lost=9", "The agent has"),
        ],
    ),
)
async def test_nobody_there_can_be_tried_later(fault: str, said: str, browser: Browser, tmp_path: Path) -> None:
    """At once, in the middle, or when all was told: no request was opened, and the hint says when somebody is there."""
    summary, arrived = await run(browser, tmp_path, fault)

    assert (summary.exit_code, summary.submitted, summary.sealed) == (75, "no", True)
    assert said in str(summary.error)
    assert "Monday to Saturday, 12:00 to 00:31 UTC" in summary.next
    assert (arrived["requests"], arrived["submissions"]) == (0, [])


@pytest.mark.parametrize(
    ("fault", "filed"), one_in(3, [("reset@submit", 1), ("reset@submit=before", 0), ("status@submit=500", 1)])
)
async def test_the_request_is_opened_at_most_once(fault: str, filed: int, browser: Browser, tmp_path: Path) -> None:
    """Whatever becomes of the answer: one request left, and nobody knows."""
    summary, arrived = await run(browser, tmp_path, fault)

    assert (summary.exit_code, summary.verdict) == (80, "unknown")
    assert (arrived["requests"], len(arrived["submissions"])) == (1, filed)


def test_a_second_run_is_refused_and_until_review_opens_nothing(desk: RunDesk) -> None:
    """The ledger knows chats as it knows forms."""
    looked, (answer,), _ = desk.run("--until", "review", EXAMPLE)
    assert (looked, answer["submitted"], desk.arrived()["requests"]) == (0, "no", 0)
    assert [desk.run(EXAMPLE)[0] for _ in range(2)] == [0, 84]
    assert desk.arrived()["requests"] == 1


def test_what_was_never_seen_is_not_tried_live(tmp_path: Path) -> None:
    """Not even claimed: the map says that it is for practice only, and why."""
    with open_ledger(tmp_path / "l") as ledger:
        with pytest.raises(Misconfigured) as caught:
            claim(JOB, RunConditions(tmp_path, None), ledger)
        assert caught.value.exit_code == 78
        assert "usps-chat is for practice only: what the real agent asks was never seen" in str(caught.value)
        assert ledger.rows() == ()

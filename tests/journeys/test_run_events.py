"""`autofill run --events`: a program follows a run and answers for a person; that it does not decides nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import IO, Any

from autofill.evidence.sealing.verify import verify_recording
from tests.journeys.conftest import REPOSITORY, RunDesk
from tests.journeys.test_signals import states

PROFILE = REPOSITORY / "profiles" / "06-feedback.yaml"


def started(desk: RunDesk, *options: str) -> subprocess.Popen[bytes]:
    """A run with its events on a pipe; with `--live`, to the desk as if it were the real form."""
    program = [sys.executable, "-m", "tests.journeys.signalled", "never", "0"]
    where = ["--no-sandbox", "--headless", "--recordings", str(desk.recordings)]
    if "--live" not in options:
        where += ["--url", desk.url]
    return subprocess.Popen(
        [*program, "run", "--events", *where, *options, str(PROFILE)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "FORM_AT": desk.url},
        cwd=REPOSITORY,
    )


def until(event: str, lines: IO[bytes] | None) -> dict[str, Any]:
    """The next event of a kind; what comes before it is passed over."""
    assert lines is not None
    for line in lines:
        found: dict[str, Any] = json.loads(line)
        if found.get("event") == event:
            return found
    raise AssertionError(f"no {event}")


def answer(running: subprocess.Popen[bytes], question: object, text: str) -> None:
    assert running.stdin is not None
    running.stdin.write(json.dumps({"question": question, "text": text}).encode() + b"\n")
    running.stdin.flush()


def only_recording(desk: RunDesk) -> Path:
    (folder,) = desk.recordings.glob("2*")
    return folder


def test_the_events_are_complete_and_in_order_and_hold_nothing_that_was_typed(desk: RunDesk) -> None:
    with started(desk) as running:
        out, _ = running.communicate(timeout=120)

    *events, summary = map(json.loads, out.splitlines())
    numbers = [step["n"] for step in summary["steps"]]
    last = numbers.pop()
    assert [[each["event"], each.get("n")] for each in events] == [
        *(["claimed", None], ["started", None]),
        *([event, n] for n in numbers for event in ("step", "values", "picture")),
        *(["filled", last - 1], ["step", last], ["answered", None]),
        *(["outcome", last], ["picture", last], ["verdict", None]),
    ]
    assert [each["file"] for each in events if each["event"] == "picture"] == [
        step["screenshot"] for step in summary["steps"]
    ]
    assert events[0]["run_id"] == summary["run_id"]
    assert (summary["schema"], summary["verdict"], running.returncode) == ("autofill.run/1", "confirmed", 0)
    inquiry = json.loads((only_recording(desk) / "data" / "inquiry.json").read_text())
    own = [text for name, text in inquiry["fields"].items() if name not in inquiry["chosen"]]
    assert len(own) > 3
    assert [text for text in own if json.dumps(text, ensure_ascii=False)[1:-1] in out.decode()] == []


def test_a_run_whose_reader_is_gone_ends_sealed_and_settled(desk: RunDesk) -> None:
    with started(desk) as running:
        until("started", running.stdout)
        assert running.stdout is not None
        running.stdout.close()

    assert running.wait(timeout=120) == 0
    assert states(desk.recordings) == ["confirmed"]
    assert verify_recording(only_recording(desk)).ok


def test_nobody_at_the_confirmation_sends_nothing(desk: RunDesk) -> None:
    with started(desk, "--live") as running:
        assert until("confirm", running.stdout)["origin"] == desk.url
        running.communicate(timeout=120)  # the end of stdin

    assert running.returncode == 77
    assert desk.arrived()["requests"] == 0
    assert states(desk.recordings, "live") == ["not-submitted"]


def test_only_the_address_itself_in_answer_to_this_question_sends(desk: RunDesk) -> None:
    with started(desk, "--live") as running:
        asked = until("confirm", running.stdout)
        for question, text in ((asked["question"], desk.url + ".example"), (asked["question"], desk.url)):
            answer(running, question, text)
        again = until("confirm", running.stdout)
        assert (again["again"], again["question"]) == (True, asked["question"] + 1)
        assert desk.arrived()["requests"] == 0  # the right address came, for a question that was over

        answer(running, again["question"], desk.url)
        out, _ = running.communicate(timeout=120)

    assert json.loads(out.splitlines()[-1])["verdict"] == "confirmed"
    assert desk.arrived()["requests"] == 1

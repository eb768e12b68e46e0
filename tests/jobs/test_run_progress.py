"""What the lines of a run tell of it."""

from __future__ import annotations

import json

import pytest

from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.run_progress import Question, RunProgress, progress_of

AT = "2026-11-29T05:20:00+00:00"


def event(kind: str, /, **facts: object) -> str:
    return json.dumps({"schema": "autofill.event/1", "event": kind, "at": AT, **facts})


ABOUT = {"run_id": "r", "recording": "recordings/r", "profile": "p.yaml", "target": "live", "form": "F"}
CLAIMED = event("claimed", **ABOUT, steps=["Hub", "Details"])
VALUES = event("values", n=2, values=[{"name": "City", "matches": True}, {"name": "State", "matches": False}])


def test_the_steps_are_known_from_the_start_and_fill_one_by_one() -> None:
    lines = [CLAIMED, event("started", steps=3, browser="chromium"), event("step", n=1, name="Hub")]
    lines += [event("picture", n=1, file="data/steps/0001-hub.png"), event("step", n=2, name="Details"), VALUES]

    progress = progress_of(lines)

    assert [(step.name, step.state, step.picture) for step in progress.steps] == [
        ("Hub", "done", "data/steps/0001-hub.png"),
        ("Details", "now", None),
        ("Confirmation", "later", None),
    ]
    assert progress.step is not None
    assert (progress.step.values, progress.step.matching) == ((("City", True), ("State", False)), 1)
    assert (progress.run_id, progress.is_over, progress.submitting) == ("r", False, False)


def test_a_question_is_asked_until_it_is_heard_and_anew_after_a_wrong_answer() -> None:
    asked = [CLAIMED, event("confirm", question=1, origin="https://f.example", again=False)]
    heard = [*asked, event("heard", question=1)]
    again = [*heard, event("confirm", question=2, origin="https://f.example", again=True)]

    assert progress_of(asked).asks == Question(1, "confirm", origin="https://f.example")
    assert progress_of(heard).asks is None
    assert progress_of(again).asks == Question(2, "confirm", origin="https://f.example", again=True)


def test_a_run_that_is_over_asks_nothing() -> None:
    summary = RunSummary(profile="p", form="f", target="live", exit_code=77)
    lines = [event("person-wanted", question=1, why="A CAPTCHA."), summary.model_dump_json()]

    progress = progress_of(lines)

    assert progress.asks is None
    assert progress.summary == summary


def test_what_never_began_says_why() -> None:
    progress = progress_of([json.dumps({"schema": "autofill.error/1", "error": "No.", "hint": "Do.", "exit_code": 78})])

    assert (progress.error, progress.hint, progress.is_over) == ("No.", "Do.", True)


@pytest.mark.parametrize("line", ["Words for people", "{", "[]", "null", '{"schema": "autofill.event/1"}', "[" * 9999])
def test_every_other_line_is_something_it_told(line: str) -> None:
    assert progress_of([CLAIMED, line]).told == (line,)


def test_events_of_a_newer_version_change_nothing() -> None:
    before, after = progress_of([CLAIMED]), progress_of([CLAIMED, event("new", n=1)])

    assert (after.steps, after.seen, after.told) == (before.steps, 2, ())
    assert progress_of([]) == RunProgress()

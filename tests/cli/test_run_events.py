"""A person who is asked by an event: only the address itself confirms, and nobody is as good as no."""

from __future__ import annotations

import asyncio
import json

import pytest

from autofill import console
from autofill.cli import run_events
from autofill.cli.run_events import PersonElsewhere
from autofill.errors import PersonNeeded

ORIGIN = "https://form.example"


def answering(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Lines that come on stdin, and then its end."""
    left = [*lines, ""]

    async def next_line() -> str:
        return left.pop(0)

    monkeypatch.setattr(console, "next_line", next_line)


def line(question: int, text: str) -> str:
    return json.dumps({"question": question, "text": text}) + "\n"


@pytest.mark.parametrize(
    ("lines", "confirmed"),
    [
        ([line(1, ORIGIN)], True),
        ([line(1, f" {ORIGIN} ")], True),
        ([line(1, "form.example"), line(2, ORIGIN)], True),
        ([line(1, "form.example")], False),
        ([line(1, f"{ORIGIN}/"), line(1, ORIGIN)], False),
        ([line(2, ORIGIN)], False),
        ([line(0, ORIGIN), "[]\n", "{\n", '{"question": 1}\n', f"{ORIGIN}\n"], False),
        ([], False),
    ],
)
async def test_only_the_address_in_answer_to_this_question_confirms(
    lines: list[str], confirmed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answering(monkeypatch, *lines)

    assert await PersonElsewhere().confirm(ORIGIN) is confirmed


async def test_whoever_says_that_they_are_done_lets_the_run_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering(monkeypatch, line(1, ""))

    await PersonElsewhere().help("The site shows a CAPTCHA.")

    events = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
    assert [(each["event"], each["question"]) for each in events] == [("person-wanted", 1), ("heard", 1)]
    assert events[0]["why"] == "The site shows a CAPTCHA."


async def test_nobody_there_to_help_ends_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch)

    with pytest.raises(PersonNeeded, match="CAPTCHA"):
        await PersonElsewhere().help("The site shows a CAPTCHA.")


async def test_who_never_answers_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    async def never() -> str:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(console, "next_line", never)
    monkeypatch.setattr(run_events, "PATIENCE", 0)

    assert not await PersonElsewhere().confirm(ORIGIN)

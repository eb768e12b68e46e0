"""What the chat's agent asks and notes, without a page."""

from __future__ import annotations

import pytest

from autofill.replica.sites.chat.script import OPEN, RIGHT, WRONG, Chat

TOLD = ["Ada", "Example", "ada@example.com", "Feedback or complaint", "Thanks", "No", "Well done."]


def told(*messages: str) -> Chat:
    chat = Chat()
    chat.begin()
    for message in messages:
        chat.hear(message)
    return chat


def test_a_whole_chat_becomes_an_inquiry() -> None:
    """Choices are filed as slugs, and the agent sums up before anything is opened."""
    chat = told(*TOLD[:-1])
    summary = chat.hear(TOLD[-1])
    assert summary.buttons == (RIGHT, WRONG)
    assert ("Topic", "Feedback or complaint") in summary.summary
    assert not chat.is_confirmed
    asked = chat.hear(RIGHT)
    assert (asked.buttons[0], asked.opens) == (OPEN, True)
    assert chat.is_confirmed
    assert chat.filed() == {
        "first_name": "Ada",
        "last_name": "Example",
        "email": "ada@example.com",
        "topic": "feedback",
        "subject": "Thanks",
        "has_tracking_number": "no",
        "message": "Well done.",
        "channel": "chat",
        "reply_by": "email",
    }


def test_a_tracking_number_is_asked_for_only_when_there_is_one() -> None:
    """And the agent says what they see."""
    chat = told(*TOLD[:5])
    assert chat.hear("Yes").question == "What is the tracking number?"
    assert chat.hear("9400111202555830001010").sentences == ("I see it: Media Mail, mailed on Oct 5, 2026.",)


@pytest.mark.parametrize(
    ("before", "answer"), [(0, "  "), (2, "ada at example"), (3, "Something else"), (4, "x" * 4_001)]
)
def test_an_answer_that_does_not_do_is_asked_for_again(before: int, answer: str) -> None:
    """With the same question, and without noting anything."""
    chat = told(*TOLD[:before])
    asked = Chat() if not before else told(*TOLD[: before - 1])
    question = asked.begin().question if not before else asked.hear(TOLD[before - 1]).question
    assert chat.hear(answer).question == question
    assert len(chat.answers) == before


def test_no_begins_anew() -> None:
    """What was noted is forgotten; what was said stays in the transcript."""
    chat = told(*TOLD)
    assert chat.hear(WRONG).question == "May I have your first name?"
    assert chat.answers == {}
    assert "You: ada@example.com\n" in chat.transcript()

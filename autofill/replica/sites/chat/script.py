"""The script of the chat's agent: what they say and ask, in which order, and how they read the answers.

No HTTP, no page. Of the genuine chat only the hours were seen; all else is made up.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Final

from autofill.replica.form import catalog
from autofill.replica.form.checks import BAD_EMAIL, TOO_LONG, length_as_sent
from autofill.replica.form.mailpiece import find_mailpiece

AGENT: Final = "Robin"
_MAX_LENGTH: Final = 4_000
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_TOPICS: Final = {slug: words for slug, words in catalog.TOPICS.items() if slug != catalog.FOLLOW_UP}


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the agent: a few sentences, and a question or other words that stand out.

    Attributes:
        question: The words that stand out.
        choices: Answers to choose from; without any, the answer is typed.
        buttons: Answers of which each is a button of its own.
        summary: The answers so far, each with its label.
        opens: Whether the first button opens the service request.
        number: The service request that was opened.
    """

    sentences: tuple[str, ...]
    question: str
    choices: tuple[str, ...] = ()
    buttons: tuple[str, ...] = ()
    summary: tuple[tuple[str, str], ...] = ()
    opens: bool = False
    number: str = ""

    def as_json(self) -> dict[str, object]:
        """The turn as the page gets it."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the agent: the name its answer is sent under, its label in the summary, its words and checks."""

    name: str
    label: str
    words: str
    choices: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[str], str] = lambda _: ""
    only_tracked: bool = False


def _email_error(answer: str) -> str:
    return "" if _EMAIL.fullmatch(answer) else BAD_EMAIL


QUESTIONS: Final = (
    Question("first_name", "First name", "May I have your first name?"),
    Question("last_name", "Last name", "And your last name?"),
    Question("email", "Email", "What is your email address?", check=_email_error),
    Question("topic", "Topic", "What is it about?", choices=_TOPICS),
    Question("subject", "Subject", "In one line: what is the matter?"),
    Question("has_tracking_number", "Tracked", "Is there a tracking number?", choices={"yes": "Yes", "no": "No"}),
    Question("tracking_number", "Tracking number", "What is the tracking number?", only_tracked=True),
    Question("message", "What happened", "What happened, and what can we do for you?"),
)
RIGHT, WRONG = "Yes, that is right", "No, ask me again"
OPEN, LEAVE = "Yes, open the request", "No, thank you"


@dataclass(slots=True)
class Chat:
    """One conversation."""

    answers: dict[str, str] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    messages: int = 0
    is_confirmed: bool = False
    number: str = ""

    def begin(self) -> Turn:
        """The agent's first words."""
        return self._say(Turn((f"Hello, this is {AGENT} of Customer Support (practice).",), *_asked(QUESTIONS[0])))

    def hear(self, text: str) -> Turn:
        """The agent's answer to a message."""
        self.messages += 1
        self.said.append(("You", text))
        question = self._next_question()
        if question is None:
            return self._say(self._confirmed(text))
        answer = text.strip()
        slugs = {words: slug for slug, words in question.choices.items()}
        error = _error(question, answer)
        if error:
            return self._say(Turn((error,), *_asked(question)))
        self.answers[question.name] = slugs.get(answer, answer)
        following = self._next_question()
        if following is None:
            return self._say(
                Turn(
                    ("Thank you. This is what I have noted:",),
                    "Is everything right?",
                    buttons=(RIGHT, WRONG),
                    summary=self._summary(),
                )
            )
        return self._say(Turn(self._remark(question), *_asked(following)))

    def opened(self, number: str) -> Turn:
        """The agent's words once the service request is open."""
        self.number = number
        said = (f"Your Service Request Number is {number}.", "A confirmation mail is on its way.")
        return self._say(Turn(said, "Your service request is open", number=number))

    def filed(self) -> dict[str, str]:
        """The inquiry of the service request."""
        return {**self.answers, "channel": "chat", "reply_by": "email"}

    def transcript(self) -> str:
        """Everything that was said, as text."""
        return "\n\n".join(f"{who}: {text}" for who, text in self.said) + "\n"

    def _confirmed(self, text: str) -> Turn:
        if text != RIGHT:
            self.answers.clear()
            return Turn(("Let us go through it once more.",), *_asked(QUESTIONS[0]))
        self.is_confirmed = True
        words = ("I can pass this on to our team.",)
        return Turn(words, "Shall I open a service request?", buttons=(OPEN, LEAVE), opens=True)

    def _next_question(self) -> Question | None:
        tracked = self.answers.get("has_tracking_number") == "yes"
        asked = (each for each in QUESTIONS if tracked or not each.only_tracked)
        return next((each for each in asked if each.name not in self.answers), None)

    def _summary(self) -> tuple[tuple[str, str], ...]:
        given = ((each, self.answers.get(each.name, "")) for each in QUESTIONS)
        return tuple((each.label, each.choices.get(answer, answer)) for each, answer in given if answer)

    def _remark(self, question: Question) -> tuple[str, ...]:
        if question.name == "last_name":
            return (f"Thank you, {self.answers['first_name']}.",)
        if question.name == "tracking_number":
            found = find_mailpiece(self.answers["tracking_number"])
            return (f"I see it: {found.mail_class}, mailed on {found.mailed}.",)
        return ("Thank you.",)

    def _say(self, turn: Turn) -> Turn:
        summary = (f"{label}: {answer}" for label, answer in turn.summary)
        self.said.append((AGENT, "\n".join((*turn.sentences, *summary, turn.question))))
        return turn


def _asked(question: Question) -> tuple[str, tuple[str, ...]]:
    return question.words, tuple(question.choices.values())


def _error(question: Question, answer: str) -> str:
    if not answer:
        return "I did not get that."
    if question.choices and answer not in question.choices.values():
        return "Please choose one of these."
    return TOO_LONG if length_as_sent(answer) > _MAX_LENGTH else question.check(answer)

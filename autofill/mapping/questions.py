"""Questions of a form, answers of a profile, and what became of them.

Data only; `match` finds out which belong together.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from autofill.inquiry.fields import ANSWERS, FILES, Fields, question
from autofill.language import _
from autofill.mapping.fitting import QuestionKind, Value

Why: TypeAlias = Literal["same words", "like words", "nothing near", "doubtful", "contested", "unfit"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form: its words, what it takes, the heading above it, and names that the page gives it."""

    words: str
    kind: QuestionKind = "text"
    options: tuple[str, ...] = ()
    required: bool = False
    section: str = ""
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Given:
    """An answer of a profile, under the words that its writer used."""

    words: str
    value: Value
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, the answer that it takes, and what goes in, in the question's terms; or why none does."""

    question: Question
    why: Why
    answer: Given | None = None
    value: Value | None = None
    nearest: tuple[Given, ...] = ()


@dataclass(frozen=True, slots=True)
class Used:
    """An answer and the question that took it; or why none did."""

    answer: Given
    why: Why
    question: Question | None = None
    nearest: tuple[Question, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """Every question and every answer, with what became of it, in the order they were given."""

    questions: tuple[Answered, ...]
    answers: tuple[Used, ...]

    @property
    def missing(self) -> tuple[Question, ...]:
        """What is required and has no answer."""
        return tuple(each.question for each in self.questions if each.answer is None and each.question.required)


def given(fields: Fields) -> tuple[Given, ...]:
    """The answers and the files for single questions in a flat mapping."""
    prefixes = ((ANSWERS, False), (FILES, True))
    return tuple(
        Given(name.removeprefix(prefix), value, is_file)
        for name, value in fields.items()
        for prefix, is_file in prefixes
        if name.startswith(prefix)
    )


def to_paste(questions: Iterable[Question]) -> str:
    """Questions as the block `answers:` of a profile, each with a comment that says what it takes; strict YAML.

    Words that stand there again have their heading before them; where that tells nothing either, they are a comment.
    """
    lines, known = ["answers:"], set[str]()
    for each in questions:
        takes = ", ".join((each.kind, *([_("required")] if each.required else ())))
        heading = f"{_one_line(each.section)}: " if each.section else ""
        offered = f": {' | '.join(map(_one_line, each.options))}" if each.options else ""
        words = _one_line(each.words)
        key = words if question(words) not in known else f"{heading}{words}"
        again = "# " if question(key) in known else ""
        lines += [f"  # {heading}{takes}{offered}", f"  {again}{_quoted(key)}:"]
        known.add(question(key))
    return "\n".join(lines) + "\n"


def _one_line(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


def _quoted(words: str) -> str:
    # A JSON string is a double-quoted scalar of YAML (YAML 1.2, 1.3).
    return json.dumps(words, ensure_ascii=False)

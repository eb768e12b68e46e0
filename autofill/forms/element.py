"""Things on a page that a form map names: elements, and the signs of an outcome. No controls, no behaviour."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BeforeValidator, Field, model_validator

from autofill.language import _
from autofill.organisations.model import DataPart, Pattern
from autofill.sources.validation import located_errors

Words: TypeAlias = Annotated[str, Field(min_length=1, max_length=200)]
Role: TypeAlias = Literal["heading", "button", "link", "tab", "alert", "status", "dialog"]


class Element(DataPart):
    """Something on a page, recognised by what people perceive: its role and its accessible name.

    Without a role it is what can be pressed: a button, a link, or the words that open more of the page.
    """

    role: Role | None = None
    name: Words = Field(description="Accessible name, without the asterisk of required labels.")
    alternatives: tuple[Words, ...] = ()
    nth: int | None = Field(default=None, ge=1, description="Which one of several alike, from 1.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every accepted name, the usual one first."""
        return (self.name, *self.alternatives)


class Sign(DataPart):
    """Sign of an outcome: an element, words or a pattern anywhere to be seen, a dialog's words, or the site's answer.

    Of an answer, `status` is its HTTP status, and `answer` what its JSON has to hold.
    """

    role: Role | None = None
    name: Words | None = None
    alternatives: tuple[Words, ...] = ()
    text: Words | None = Field(default=None, description="Words that stand in any text of the page.")
    pattern: Pattern | None = Field(default=None, description="A regular expression for any text of the page.")
    dialog: Words | None = Field(default=None, description="Words of a dialog of the browser.")
    status: int | None = Field(default=None, ge=100, le=599)
    answer: dict[str, str] = Field(default_factory=dict, description="Keys of the JSON answer, and their values.")

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        kinds = (self.role and self.name, self.text, self.pattern, self.dialog, self.status or self.answer)
        if sum(map(bool, kinds)) != 1 or bool(self.role) != bool(self.name):
            words = _("must be one of: role with name, text, pattern, dialog, or the answer (status, answer)")
            raise located_errors([((), words)])
        return self

    @property
    def element(self) -> Element | None:
        """The element that it is, if it is one."""
        if self.name is None:
            return None
        return Element(role=self.role, name=self.name, alternatives=self.alternatives)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the site that it consists of."""
        return tuple(filter(None, (self.name, *self.alternatives, self.text, self.dialog)))


def short(key: str, **more: str) -> Callable[[object], object]:
    """A validator's function that takes a bare text for the one key, and `more` for keys that are not given."""

    def lengthened(data: object) -> object:
        if isinstance(data, str):
            data = {key: data}
        return {**more, **data} if isinstance(data, dict) else data

    return lengthened


Press: TypeAlias = Annotated[Element, BeforeValidator(short("name"), json_schema_input_type=Element | str)]
"""A button or link."""
Heading: TypeAlias = Annotated[
    Element, BeforeValidator(short("name", role="heading"), json_schema_input_type=Element | str)
]
Shown: TypeAlias = Annotated[Sign, BeforeValidator(short("text"), json_schema_input_type=Sign | str)]
"""The sign of an outcome; bare words stand anywhere on the page."""


def slug(text: str) -> str:
    """A short name for files made of words; empty where they have no plain letters."""
    plain = unicodedata.normalize("NFKD", text).casefold()  # a sign may stand for capitals
    kept = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in plain if letter.isprintable())
    return "-".join(kept.split())[:60].strip("-")

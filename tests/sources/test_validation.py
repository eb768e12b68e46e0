"""Every error of a model in people's words, at its line, whatever the shape of the model."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, ConfigDict, Field, Strict

from autofill.errors import InvalidFile
from autofill.sources.source import parse_source
from autofill.sources.validation import NO_HINTS, KeyHints, models_in, validate_source


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Fill(Part):
    kind: Literal["fill"]
    value: str


class Pick(Part):
    kind: Literal["pick"]
    choice: str


class Colour(Enum):
    RED = "red"


class Whole(Part):
    steps: tuple[Annotated[Fill | Pick, Field(discriminator="kind")], ...] = ()
    named: dict[str, Fill] = {}
    limit: Annotated[int, Strict(strict=False), Field(gt=0)] = 1
    shown: Annotated[bool, Strict(strict=False)] = True
    colour: Colour = Colour.RED
    postal_code: str | None = None
    one: Fill | None = None


def lines(text: str, hints: KeyHints = NO_HINTS) -> list[str]:
    """The complaints about this text."""
    with pytest.raises(InvalidFile) as caught:
        validate_source(parse_source(text.encode(), "f"), Whole, hints=hints)
    assert caught.value.__context__ is None
    return [str(problem) for problem in caught.value.problems]


def test_valid() -> None:
    """Lists become tuples, and texts numbers only where the model says so."""
    text = (
        "limit: 12\nshown: no\ncolour: red\nsteps:\n  - {kind: fill, value: 7}\nnamed:\n  x: {kind: fill, value: y}\n"
    )
    whole = validate_source(parse_source(text.encode(), "f"), Whole)
    assert whole.steps == (Fill(kind="fill", value="7"),)
    assert (whole.limit, whole.shown, whole.colour) == (12, False, Colour.RED)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("steps:\n  - {kind: fill}\n", "f:2:5: steps.0.value: is required"),
        ("steps:\n  - kind: fill\n    value:\n", "f:3:5: steps.0.value: is required but empty"),
        ("steps:\n  - {kind: pick, choice: [a]}\n", "f:2:18: steps.0.choice: must be one text, not a list or a block"),
        ("steps:\n  - {kind: pick, choise: a}\n", "f:2:18: steps.0.choise: unknown key; did you mean `choice`?"),
        ("steps:\n  - {kind: CANARY}\n", "f:2:5: steps.0: must say which kind it is in 'kind': 'fill', 'pick'"),
        ("steps:\n  - {a: b}\n", "f:2:5: steps.0: must say which kind it is in 'kind': ?"),
        ("steps: CANARY\n", "f:1:1: steps: must be a list: one line for each, beginning with `- `"),
        ("named: CANARY\n", "f:1:1: named: must be a block of `name: value` lines, with a space after each colon"),
        ("named:\n  x: {kind: fill, valu: a}\n", "f:2:19: named.x.valu: unknown key; did you mean `value`?"),
        ("one: CANARY\n", "f:1:1: one: must be a block of `name: value` lines, with a space after each colon"),
        ("limit: CANARY\n", "f:1:1: limit: must be a whole number"),
        ("limit: -3\n", "f:1:1: limit: must be more than 0"),
        ("shown: CANARY\n", "f:1:1: shown: must be yes or no"),
        ("colour: rde\n", "f:1:1: colour: is not one of the choices; did you mean red? all choices: red"),
        ("colour: CANARY\n", "f:1:1: colour: is not one of the choices; all choices: red"),
        ("ZIP-Code: CANARY\n", "f:1:1: ZIP-Code: unknown key; did you mean `postal_code`?"),
        ("limit: 2\nZIP-Code:\n", "f:2:1: ZIP-Code: unknown key; did you mean `postal_code`?"),
        ("named:\n  x: {kind: fill, value: a}\nlimitt:\n", "f:3:1: limitt: unknown key; did you mean `limit`?"),
        ("My name is CANARY: x\n", f"f:1:1: ?: unknown key; known here: {', '.join(sorted(Whole.model_fields))}"),
    ],
)  # fmt: skip
def test_words(text: str, expected: str) -> None:
    """Each kind of error has its line, and no line has the value."""
    assert lines(text) == [expected]
    assert "CANARY" not in expected


def test_own_words_for_unknown_keys() -> None:
    """A room can say what it wants about keys that people will try."""
    assert lines("URL: x\n", KeyHints(say={"url": "not here"})) == ["f:1:1: URL: not here"]


def test_sorted_by_line() -> None:
    """Problems come in the order of the file, not of the model."""
    found = lines("one: x\nlimit: x\nshown: x\nsteps: x\n")
    assert [line.split(":")[1] for line in found] == ["1", "2", "3", "4"]


def test_models_in_a_type() -> None:
    """Models are found inside unions, tuples and annotations."""
    assert list(models_in(tuple[Annotated[Fill | Pick, 1], ...] | None)) == [Fill, Pick]
    assert list(models_in(dict[str, int])) == []

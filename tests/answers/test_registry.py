"""Every kind of answer has a published schema, its file is current, and nothing else is printed as JSON."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter

import autofill
from autofill.answers.registry import ANSWERS, name_of, schema_of
from autofill.cli.app import VERBS
from autofill.evidence.keeping.summary import RunSummary
from autofill.line import JsonLine

PROGRAM = Path(autofill.__file__).parent
REPOSITORY = PROGRAM.parent
FILES = {file.name.partition(".")[0]: file for file in (PROGRAM / "answers" / "schemas").glob("*.json")}
RECORDED = sorted(REPOSITORY.glob("recordings/**/data/run.json")) + sorted(
    REPOSITORY.glob("tests/data/**/data/run.json")
)


def kinds_of(line: type[JsonLine]) -> Iterator[str]:
    """The kinds of a class and of all that are made of it."""
    if kind := getattr(line, "schema", ""):
        yield kind
    for each in line.__subclasses__():
        yield from kinds_of(each)


def test_every_kind_of_line_in_the_program_has_a_schema() -> None:
    """Wherever somebody writes a further one."""
    for module in pkgutil.walk_packages([str(PROGRAM)], "autofill."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

    assert set(map(name_of, kinds_of(JsonLine))) <= set(ANSWERS)


def test_only_the_console_prints_json_and_only_lines() -> None:
    """`say_json` takes no other, as mypy checks; what prints a text as JSON prints a schema."""
    users = {
        path.relative_to(PROGRAM).as_posix()
        for path in PROGRAM.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name) and getattr(node, "attr", "") == "say_json_text"
    }

    assert users == {"cli/schema.py"}


def test_the_files_are_current() -> None:
    """Regenerate them with `make schemas` when this fails."""
    assert {name: file.read_text(encoding="utf-8") for name, file in FILES.items()} == {
        name: schema_of(name) for name in ANSWERS
    }


@pytest.mark.parametrize("name", ANSWERS)
def test_a_schema_names_its_kind_and_leaves_room_for_more(name: str) -> None:
    schema = json.loads(schema_of(name))

    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"autofill.{name}/1"
    assert f'"const": "autofill.{name}/1"' in schema_of(name)
    assert '"additionalProperties": false' not in schema_of(name)


@pytest.mark.parametrize("name", ANSWERS)
def test_a_schema_says_what_its_model_says(name: str) -> None:
    """It is neither empty nor about something else."""
    validator = Draft202012Validator(json.loads(schema_of(name)))

    assert not validator.is_valid({"schema": "autofill.other/1"})
    assert not validator.is_valid([])


@pytest.mark.parametrize("file", RECORDED, ids=lambda file: file.parents[1].name)
def test_the_summaries_in_recordings_fit_the_schema(file: Path) -> None:
    """Of this version and of the first."""
    Draft202012Validator(json.loads(schema_of("run"))).validate(json.loads(file.read_bytes()))


def test_there_are_recordings_to_try() -> None:
    assert len(RECORDED) >= 3


def test_an_answer_is_read_back_by_its_class() -> None:
    """A program may use the classes, too."""
    summary = TypeAdapter(ANSWERS["run"]).validate_json(RECORDED[0].read_bytes())

    assert isinstance(summary, RunSummary)


def test_every_verb_that_has_json_is_on_the_page() -> None:
    page = (REPOSITORY / "docs" / "json.md").read_text(encoding="utf-8")
    speaking = {
        verb for verb in VERBS if "json" in importlib.import_module(f"autofill.cli.{verb}").command.__annotations__
    }

    assert speaking == {verb for verb in VERBS if f"| `autofill {verb}" in page}
    assert {name for name in ANSWERS if f"`autofill.{name}/1`" in page} == set(ANSWERS)

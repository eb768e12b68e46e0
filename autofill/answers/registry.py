"""The table of all answers, by the names of their kinds, and their JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Annotated, Any, Final, TypeAlias, get_args

from pydantic import Field, TypeAdapter

from autofill.answers import batches, cases, failure, mails, profiles, recordings, tools
from autofill.evidence.keeping.summary import RunSummary
from autofill.jobs.event_lines import EventLine
from autofill.jobs.rehearsal import Rehearsed
from autofill.line import JsonLine
from autofill.running.checks import FormCheck

_MODULES: Final = (profiles, tools, recordings, cases, mails, batches, failure)
_EVENTS: Final = reduce(or_, EventLine.__subclasses__())
DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


# What the console prints: lines, and the models that are kept or handed out as well.
Answer: TypeAlias = JsonLine | RunSummary | Rehearsed | FormCheck | profiles.PlanAnswer | profiles.ScriptAnswer


def _answers() -> dict[str, Any]:
    found: dict[str, Any] = {"event": Annotated[_EVENTS, Field(discriminator="event")]}
    found |= {name_of(each.model_fields["schema_"].default): each for each in get_args(Answer)[1:]}
    for module in _MODULES:
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, JsonLine) and (kind := getattr(each, "schema", "")):
                found[name_of(kind)] = each
    return found


def name_of(kind: str) -> str:
    """The name of a kind, `run` of `autofill.run/1`."""
    return kind.removeprefix("autofill.").partition("/")[0]


ANSWERS: Final[Mapping[str, Any]] = dict(sorted(_answers().items()))


def schema_of(name: str) -> str:
    """JSON Schema (2020-12) of the answers of a kind. More fields than it names may come in a later version."""
    made = TypeAdapter(ANSWERS[name]).json_schema(mode="serialization")
    schema = {"$schema": DIALECT, "$id": f"autofill.{name}/1", **_open(made)}
    return json.dumps(schema, indent=1, ensure_ascii=False) + "\n"


def _open(schema: Any) -> Any:
    """The same, without saying that nothing else may be there."""
    match schema:
        case dict():
            closed = ("additionalProperties", False)
            return {key: _open(value) for key, value in schema.items() if (key, value) != closed}
        case list():
            return [_open(each) for each in schema]
    return schema

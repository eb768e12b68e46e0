"""From a source to a model: every error at its line, in people's words.

No rules about values and none about inquiries; form maps are validated here too. No value is ever repeated.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from types import UnionType
from typing import Any, Final, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, to_json

from autofill.errors import InvalidFile
from autofill.language import _, gettext_noop
from autofill.sources.source import Source
from autofill.sources.strict_yaml import Trail

ModelT = TypeVar("ModelT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class KeyHints:
    """What is known about unknown keys: for some, what to `say`; for others, the known key that is `meant`."""

    say: Mapping[str, str] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)


NO_HINTS: Final = KeyHints()

# What pydantic says in programmers' words.
_WORDS = {
    "string_type": gettext_noop("must be one text, not a list or a block"),
    "model_type": gettext_noop("must be a block of `name: value` lines, with a space after each colon"),
    "model_attributes_type": gettext_noop("must be a block of `name: value` lines, with a space after each colon"),
    "dict_type": gettext_noop("must be a block of `name: value` lines, with a space after each colon"),
    "tuple_type": gettext_noop("must be a list: one line for each, beginning with `- `"),
    "list_type": gettext_noop("must be a list: one line for each, beginning with `- `"),
    "int_parsing": gettext_noop("must be a whole number"),
    "int_type": gettext_noop("must be a whole number"),
    "float_parsing": gettext_noop("must be a number"),
    "float_type": gettext_noop("must be a number"),
    "bool_parsing": gettext_noop("must be yes or no"),
    "bool_type": gettext_noop("must be yes or no"),
    "greater_than": gettext_noop("must be more than {gt}"),
    "greater_than_equal": gettext_noop("must be at least {ge}"),
    "less_than_equal": gettext_noop("must be at most {le}"),
}


def validate_source(
    source: Source, model: type[ModelT], *, context: object = None, hints: KeyHints = NO_HINTS
) -> ModelT:
    """Turn a source into a model.

    Validation runs in pydantic's JSON mode: lists become tuples, yet texts do not become numbers by themselves. The
    `context` is given to the model's validators.

    Raises:
        InvalidFile: Every problem, sorted by line.
    """
    found: list[ErrorDetails] = []
    try:
        valid = model.model_validate_json(to_json(source.data), context=context)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False)
    stray = [trail for trail in source.positions if _is_stray(source, model, trail)]
    if not found and not stray:
        return valid
    # Raised out here: inside the except block the old error, values and all, would hang on as __context__.
    errors = [(_trail(source, model, each["loc"]), each) for each in found]
    # A misspelled key is one mistake, not one too many and one missing.
    misspelled = {
        (*trail[:-1], nearest_key(model, trail, hints)) for trail, each in errors if each["type"] == "extra_forbidden"
    }
    problems = {
        source.problem(trail, _message(source, model, trail, error=each, hints=hints))
        for trail, each in errors
        if trail in source.positions or trail not in misspelled
    } | {source.problem(trail, _about_unknown(model, trail, hints)) for trail in stray}
    raise InvalidFile(sorted(problems, key=lambda each: each.message))


def located_errors(found: Iterable[tuple[Trail, str]]) -> ValidationError:
    """The error that a model's validator raises about values inside the model, each at its own place."""
    details = (
        InitErrorDetails(type="value_error", loc=trail, input=None, ctx={"error": ValueError(message)})
        for trail, message in found
    )
    return ValidationError.from_exception_data("", list(details))


def _message(source: Source, model: type[BaseModel], trail: Trail, *, error: ErrorDetails, hints: KeyHints) -> str:
    context: dict[str, Any] = error.get("ctx", {})
    match error["type"]:
        case "missing":
            return _("is required but empty") if trail in source.positions else _("is required")
        case "extra_forbidden":
            return _about_unknown(model, trail, hints)
        case "literal_error" | "enum":
            return about_choice(source.text(trail), re.findall("'([^']*)'", context["expected"]))
        case "union_tag_invalid" | "union_tag_not_found":
            tags = context.get("expected_tags", "?")
            return _("must say which kind it is in {key}: {tags}").format(key=context["discriminator"], tags=tags)
        case "value_error":
            return str(context["error"])
        case kind:
            return _(_WORDS[kind]).format(**context) if kind in _WORDS else error["msg"]


def _trail(source: Source, model: type[BaseModel], location: tuple[str | int, ...]) -> Trail:
    """Pydantic's location without the names of union branches, which stand in no file."""
    trail: Trail = ()
    for part in location:
        if (*trail, part) in source.positions or part in _keys_at(model, trail):
            trail = (*trail, part)
    return trail


def _is_stray(source: Source, model: type[BaseModel], trail: Trail) -> bool:
    """Whether an unknown key has no value: the model never sees it, yet whoever wrote it meant something."""
    if not trail or isinstance(trail[-1], int) or source.has(trail):
        return False
    known = _keys_at(model, trail[:-1])
    return bool(known) and trail[-1] not in known


def _about_unknown(model: type[BaseModel], trail: Trail, hints: KeyHints) -> str:
    if (key := _folded(trail)) in hints.say:
        return _(hints.say[key])
    if meant := nearest_key(model, trail, hints):
        return _("unknown key; did you mean `{key}`?").format(key=meant)
    return _("unknown key; known here: {keys}").format(keys=", ".join(sorted(_keys_at(model, trail[:-1]))))


def nearest_key(model: type[BaseModel], trail: Trail, hints: KeyHints) -> str | None:
    """The known key that is probably meant by the last one of an unknown trail."""
    key, known = _folded(trail), _keys_at(model, trail[:-1])
    if hints.meant.get(key) in known:
        return hints.meant[key]
    return next(iter(get_close_matches(key, sorted(known), n=1)), None)


def _folded(trail: Trail) -> str:
    return re.sub(r"[\W_]+", "_", str(trail[-1])).casefold()


def about_choice(text: str | None, choices: Collection[str]) -> str:
    """That a value is none of the choices, with the nearest one and all of them; the value itself is not repeated."""
    near = get_close_matches(text.casefold(), choices, n=1) if text else []
    if near:
        words = _("is not one of the choices; did you mean {near}? all choices: {choices}")
    else:
        words = _("is not one of the choices; all choices: {choices}")
    return words.format(near=near[0] if near else "", choices=", ".join(choices) or _("none"))


def _keys_at(model: type[BaseModel], trail: Trail) -> set[str]:
    """The keys that may stand in the mapping at `trail`; none are known of a table, whose keys are free."""
    here, is_table = [model], False
    for part in (part for part in trail if isinstance(part, str)):
        fields = [each.model_fields[part] for each in here if part in each.model_fields]
        is_table = any(_is_table(field.annotation) for field in fields)
        if fields:  # otherwise the key of a table, whose values are what it is a table of
            here = [inner for field in fields for inner in models_in(field.annotation)]
    return set() if is_table else {field.alias or name for each in here for name, field in each.model_fields.items()}


def _is_table(annotation: object) -> bool:
    return get_origin(annotation) in {dict, Mapping} or (
        get_origin(annotation) in {Union, UnionType} and any(map(_is_table, get_args(annotation)))
    )


def models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that a field's type is made of, such as `Item` for `Item | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from models_in(argument)

"""The flat mapping of an inquiry: dotted name -> text or texts. The boundary between an inquiry and everything else.

Made once, when a profile was read. Days are ISO text, yes-or-no values `yes` or `no`; an address has its parts, and as
a whole its one line. `answers.WORDS` are answers by the question's words; of files there are the names: `attachments`,
and `files.WORDS` for those that belong to one question.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from pydantic import BaseModel

from autofill.inquiry.geography import country_code
from autofill.inquiry.models import Address, FileAnswer, FileFor, Inquiry
from autofill.sources.strict_yaml import Value
from autofill.sources.validation import models_in

Fields: TypeAlias = Mapping[str, str | tuple[str, ...]]

ANSWERS: Final = "answers."
FILES: Final = "files."
_EAST_ASIAN: Final = re.compile(r"[\u4e00-\u9fff\uac00-\ud7a3]+")
_NAME_PARTS: Final = ("contact.first_name", "contact.last_name")
# What tells no inquiry from another: where it goes, how it is checked, and what its files happen to be called.
_NOT_CONTENT: Final = frozenset({"form", "allow_invisible", "attachments"})


def flatten(inquiry: Inquiry) -> Fields:
    """The flat mapping of a valid inquiry; what is not given is not in it."""
    return MappingProxyType(dict(_flat(inquiry, "")))


def flatten_source(data: Mapping[str, Value], model: type[BaseModel]) -> Fields:
    """The flat mapping of what stands in a file, before anybody checked it; addresses have no one line here."""
    return MappingProxyType(dict(_raw(data, model, "")))


@cache
def field_names(model: type[BaseModel] = Inquiry) -> frozenset[str]:
    """Every dotted name that an inquiry of this kind can have, answers and files of single questions aside."""
    return frozenset(_names(model, ""))


def is_field(name: str, model: type[BaseModel] = Inquiry) -> bool:
    """Whether a form map may name it: a field of this kind of inquiry, an answer, or the files of a question."""
    return name in field_names(model) or any(name.startswith(each) and name != each for each in (ANSWERS, FILES))


def value_of(fields: Fields, name: str) -> str | tuple[str, ...] | None:
    """What the inquiry gives for a name; the words of a question count whatever their case and spacing.

    A whole name that is given in its two parts is given.
    """
    if name == "contact.name" and name not in fields:
        parts = [text_of(fields, part) for part in _NAME_PARTS if part in fields]
        # Written in these scripts a family's name comes first, and nothing stands between.
        return ("".join(reversed(parts)) if all(map(_EAST_ASIAN.fullmatch, parts)) else " ".join(parts)) or None
    if name in fields or not name.startswith((ANSWERS, FILES)):
        return fields.get(name)
    return next((value for given, value in fields.items() if question(given) == question(name)), None)


def text_of(fields: Fields, name: str) -> str:
    """What the inquiry gives for a name as one text, several texts a line each; empty if it gives nothing."""
    value = fields.get(name, "")
    return value if isinstance(value, str) else "\n".join(value)


def content_of(fields: Fields) -> dict[str, str]:
    """What the inquiry says by itself, by field, whatever a form asks of it; by this the ledger knows it again."""
    names = (name for name in sorted(fields) if name not in _NOT_CONTENT and not name.startswith(FILES))
    return {name: text for name in names if (text := text_of(fields, name))}


def single_spaced(text: str) -> str:
    """The text as people compare it: any white space is one space, and what shows nothing is not there."""
    if not text.isascii():
        text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(text.split())


@lru_cache(maxsize=4096)  # the same names again and again, dozens for each profile
def question(words: str) -> str:
    """The words of a question, by which it is known again: case and white space folded."""
    return single_spaced(words).casefold()


@lru_cache(maxsize=4096)
def trail_of(name: str) -> tuple[str, ...]:
    """The keys under which a field stands in a profile; a question's words are one key, dots and all."""
    prefix, dot, words = name.partition(".")
    return (prefix, words) if f"{prefix}{dot}" in {ANSWERS, FILES} else tuple(name.split("."))


def _flat(part: BaseModel, prefix: str) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    fields = type(part).model_fields
    for name, value in part:
        if fields[name].exclude or value is None or value == ():
            continue
        if name == "attachments":
            yield from _attached(value)
        elif name == "answers":
            yield from (_answered(words, answer) for words, answer in value.items())
        elif isinstance(value, BaseModel):
            if isinstance(value, Address):
                yield prefix + name, value.one_line
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield prefix + name, _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)


def _attached(files: Iterable[str | FileFor]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """All files by the question they belong to; those of none are the inquiry's own."""
    found: dict[str, tuple[str, ...]] = {}
    for file in files:
        if isinstance(file, FileFor):
            name, path = f"{FILES}{' '.join(file.question.split())}", file.file
        else:
            name, path = "attachments", file
        found[name] = (*found.get(name, ()), path)
    yield from found.items()


def _answered(words: str, answer: object) -> tuple[str, str | tuple[str, ...]]:
    key = " ".join(words.split())
    if isinstance(answer, FileAnswer):
        return f"{FILES}{key}", (answer.file,)
    return f"{ANSWERS}{key}", answer if isinstance(answer, tuple) else str(answer)


def _names(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        if field.exclude or name == "answers":
            continue
        inner = None if name == "attachments" else next(models_in(field.annotation), None)
        if inner is None or issubclass(inner, Address):
            yield prefix + name
        if inner is not None:
            yield from _names(inner, f"{prefix}{name}.")


def _raw(
    data: Mapping[str, Value], model: type[BaseModel] | None, prefix: str
) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    fields = model.model_fields if model else {}
    for name, field in fields.items():
        if name not in data and isinstance(field.default, str | bool):
            yield prefix + name, _text(field.default)
    for name, value in data.items():
        if not prefix and name == "attachments" and isinstance(value, list):
            yield from _raw_attached(value)
        elif prefix == ANSWERS and isinstance(value, Mapping):
            yield f"{FILES}{single_spaced(name)}", (str(value.get("file", "")),)
        elif isinstance(value, Mapping):
            inner = next(models_in(fields[name].annotation), None) if name in fields else None
            yield from _raw(value, inner, f"{prefix}{name}.")
        elif isinstance(value, list):
            yield prefix + name, tuple(each for each in value if isinstance(each, str))
        elif name == "country" and model and issubclass(model, Address):
            yield prefix + name, country_code(value) or value
        else:
            yield prefix + name, value


def _raw_attached(files: list[Value]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files by the question they belong to, as `_attached`, whatever else stands among them."""
    found: dict[str, tuple[str, ...]] = {}
    for each in files:
        file, about = (each.get("file"), each.get("for")) if isinstance(each, Mapping) else (each, None)
        name = f"{FILES}{single_spaced(about)}" if isinstance(about, str) else "attachments"
        if isinstance(file, str):
            found[name] = (*found.get(name, ()), file)
    yield from found.items()

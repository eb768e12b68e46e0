"""JSON whose objects know the line they begin on, and questions to them whose answers are of the right type."""

from __future__ import annotations

import json
from bisect import bisect_right
from itertools import accumulate
from json.decoder import JSONObject  # type: ignore[attr-defined]
from json.scanner import py_make_scanner  # type: ignore[attr-defined]
from typing import Any, Final

from autofill.errors import InvalidFile, Problem
from autofill.language import _

MAX_DEPTH: Final = 100
_DIGITS: Final = 12


class JsonObject(dict[str, Any]):
    """An object of a JSON file, the file and the line."""

    file: str = ""
    line: int = 0

    def text(self, key: str) -> str:
        """The text under a key; empty if there is none.

        Raises:
            InvalidFile: Something else stands there.
        """
        found = self.get(key)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise self.wrong(key, _("must be a text"))
        return found

    def objects(self, key: str) -> list[JsonObject]:
        """The objects of the list under a key.

        Raises:
            InvalidFile: There is no list, or it holds something else.
        """
        found = self.get(key)
        if not isinstance(found, list) or not all(isinstance(each, JsonObject) for each in found):
            raise self.wrong(key, _("must be a list of objects"))
        return found

    def wrong(self, key: str, message: str) -> InvalidFile:
        """The error of a value of this object."""
        return InvalidFile([Problem(self.file, self.line, 1, field=key, message=message)])


def number(digits: str) -> int:
    """A number as a file writes it; none that means anything is larger, and Python reads no number of any length."""
    return int(digits[:_DIGITS])


def read_json(text: str, name: str, first_line: int = 1) -> JsonObject:
    """Read the text of a JSON file, or of the one line of it that is JSON.

    Raises:
        InvalidFile: It is not JSON, too deep, or no object.
    """
    try:
        found = _decoder(text, name, first_line).decode(text)
    except json.JSONDecodeError as error:
        line, why = first_line + error.lineno - 1, _("is not valid JSON; look near here")
        raise InvalidFile([Problem(name, line, error.colno, field="", message=why)]) from None
    except RecursionError:
        found = None
    if not isinstance(found, JsonObject):
        raise InvalidFile([Problem(name, first_line, 1, field="", message=_("must be one JSON object, and not deep"))])
    return found


def _decoder(text: str, name: str, first_line: int) -> json.JSONDecoder:
    starts = [0, *accumulate(len(line) for line in text.split("\n"))]
    # Each line ends with a break, which is a character, too.
    starts = [start + number for number, start in enumerate(starts)]
    decoder: Any = json.JSONDecoder(parse_int=number)
    depth = 0

    def located(at: tuple[str, int], *rest: Any) -> tuple[JsonObject, int]:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise RecursionError
        found, end = JSONObject(at, *rest)
        depth -= 1
        made = JsonObject(found)
        made.file, made.line = name, first_line + bisect_right(starts, at[1]) - 1
        return made, end

    decoder.parse_object = located
    decoder.scan_once = py_make_scanner(decoder)
    result: json.JSONDecoder = decoder
    return result

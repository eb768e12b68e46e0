"""Which format a file has, and its flow; the table of the formats that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Final

from autofill.errors import InvalidFile, Problem
from autofill.interchange.flow import Flow, Reader
from autofill.language import _
from autofill.sources.source import read_file

MAX_BYTES: Final = 1024 * 1024
MAX_STEPS: Final = 1_000
# The module of each format, by how its files' names end.
_BY_ENDING: Final[Mapping[str, str]] = {
    ".json": "chrome", ".side": "selenium_ide", ".jsonl": "playwright_jsonl", ".py": "playwright_python",
    ".yaml": "contact_congress", ".yml": "contact_congress",
    ".ts": "playwright_typescript", ".js": "playwright_typescript",
}  # fmt: skip


def read_flow(path: Path) -> tuple[str, Flow]:
    """The format of a file, and its flow.

    Raises:
        FileMissing: It cannot be read.
        InvalidFile: It is of no known format, too large, or not as its format asks; says where.
    """
    name = str(path)
    content = read_file(path, MAX_BYTES)
    if len(content) > MAX_BYTES:
        raise InvalidFile([Problem.of_file(name, _("is larger than {size} KiB").format(size=MAX_BYTES // 1024))])
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        words = _("is not UTF-8 from here on; save the file as UTF-8")
        raise InvalidFile([Problem(name, line, 1, field="", message=words)]) from None
    chosen = _BY_ENDING.get(path.suffix.casefold())
    if chosen is None:
        words = _("is of no known format; known endings: {endings}").format(endings=", ".join(_BY_ENDING))
        raise InvalidFile([Problem.of_file(name, words)])
    reader: Reader = import_module(f"autofill.interchange.{chosen}").read
    flow = reader(text, name)
    if len(flow.steps) > MAX_STEPS:
        raise InvalidFile([Problem.of_file(name, _("has more than {most:,} parts").format(most=MAX_STEPS))])
    return chosen.replace("_", "-"), flow

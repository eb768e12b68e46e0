"""Hostile pages: the table of `table.md`, row by row, in a real browser. A1, A4, A9, A11, A12 and A15 are of its kind.

Whatever a run advises is done, too: if it says "run again", it is run again, and still no more than one has arrived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser

from autofill.replay.runner import Until
from tests.conftest import one_in
from tests.hostile import parts
from tests.hostile.parts import Page, Part
from tests.hostile.runs import CALM, HASTY, broken_promises, run_page

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Row:
    """One row: a page, and what is right."""

    section: str
    cells: tuple[str, ...]

    @property
    def page(self) -> Page:
        when, how, to, carries, encoding, answer, shows, *_ = self.cells
        own = () if when == "-" else (Part(when, how, to=to, carries=carries, encoding=encoding),)
        method = "GET" if "by GET" in self.section else "POST"
        return Page(own, answer=answer, shows=shows, method=method, brave=True, sends=how != "no send")

    @property
    def until(self) -> Until | None:
        return "review" if "--until" in self.section else None

    @property
    def right(self) -> tuple[str, int, int]:
        """Verdict, exit code, and how often the inquiry arrives."""
        verdict, code, arrived = self.cells[-3:]
        return verdict, int(code), int(arrived)

    def __str__(self) -> str:
        return ", ".join(cell for cell in self.cells[:-3] if cell != "-")


def rows() -> Iterator[Row]:
    """The rows of the table."""
    section = ""
    for line in (HERE / "table.md").read_text("utf-8").splitlines():
        if line.startswith("## "):
            section = line
        elif line.startswith("| ") and not line.startswith("| when"):
            yield Row(section, tuple(cell.strip() for cell in line.strip("|").split("|")))


TABLE = list(rows())


@pytest.mark.parametrize("row", one_in(8, TABLE), ids=str)
async def test_a_hostile_page(row: Row, browser: Browser, tmp_path: Path) -> None:
    verdict, code, arrived = row.right
    patience = CALM if verdict.startswith("confirmed") else HASTY

    turns = await run_page(browser, row.page, tmp_path, until=row.until, patience=patience)

    first = turns[0].summary
    assert first is not None
    came_to = (first.verdict, first.exit_code, len(turns[0].inquiries))
    assert came_to == (verdict, code, arrived), f"{first.error} {first.faults} {first.messages}"
    assert broken_promises(turns) == []


def test_the_table_is_long_and_says_nothing_twice() -> None:
    assert len(TABLE) >= 120
    assert len({(row.section, str(row)) for row in TABLE}) == len(TABLE)


def test_the_words_are_those_of_the_page() -> None:
    """Each word of parts.py is one that page.js knows, and the other way round."""
    script = (HERE / "page.js").read_text("utf-8")

    for table in ("WHEN", "HOW", "CARRIES", "ENCODINGS", "SHOWS"):
        (body,) = re.findall(rf"^const {table} = {{\n(.*?)^}};", script, re.MULTILINE | re.DOTALL)
        assert sorted(re.findall(r"^  '([^']+)':", body, re.MULTILINE)) == sorted(getattr(parts, table))

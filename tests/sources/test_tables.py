"""Tables in plain text are read line by line."""

from __future__ import annotations

from pathlib import Path

from autofill.sources.tables import read_table, read_words


def test_a_table_has_comments_and_lines_that_go_on(tmp_path: Path) -> None:
    file = tmp_path / "t.txt"
    file.write_text("# A comment\nAX Åland Islands\nvague a an\n  and any\n", encoding="utf-8")

    assert read_table(file) == {"AX": "Åland Islands", "vague": "a an and any"}
    assert read_words(file)["vague"] == {"a", "an", "and", "any"}

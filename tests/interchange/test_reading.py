"""Files of any format: what is too much of it, or of no format at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.interchange.reading import MAX_BYTES, MAX_STEPS, read_flow


def message_about(file: Path, content: bytes) -> str:
    file.write_bytes(content)
    with pytest.raises(InvalidFile) as wrong:
        read_flow(file)
    return str(wrong.value)


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    assert "larger than" in message_about(tmp_path / "r.json", b" " * (MAX_BYTES + 1))


def test_more_steps_than_any_form_has_are_refused(tmp_path: Path) -> None:
    step = {"type": "change", "value": "x", "selectors": ["#a"]}
    content = json.dumps({"title": "x", "steps": [step] * (MAX_STEPS + 1)}).encode()

    assert "more than" in message_about(tmp_path / "r.json", content)


def test_bytes_that_are_no_text_are_said_with_their_line(tmp_path: Path) -> None:
    assert "r.side:2:1" in message_about(tmp_path / "r.side", b'{\n"\xff')


def test_an_unknown_ending_is_told_the_known_ones(tmp_path: Path) -> None:
    assert ".side" in message_about(tmp_path / "r.exe", b"x")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_flow(tmp_path / "r.json")

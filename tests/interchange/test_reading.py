"""Files of any format: what is too much of it, or of no format at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.errors import FileMissing, InvalidFile
from autofill.interchange.reading import MAX_BYTES, MAX_STEPS, read_flow
from tests.interchange.conftest import imported_from


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


@pytest.mark.parametrize("url", ["http://[www.acme.example/", "https://", "contact"])
@pytest.mark.parametrize("tool", ["r.json", "r.side", "r.py"])
def test_an_address_that_is_none_gives_no_form(url: str, tool: str, tmp_path: Path) -> None:
    commands = [{"command": "open", "target": url}, {"command": "type", "target": "id=a", "value": "x"}]
    steps = [{"type": "navigate", "url": url}, {"type": "change", "value": "x", "selectors": ["#a"]}]
    project = {"title": "x", "steps": steps, "url": "", "tests": [{"name": "x", "commands": commands}]}
    script = f"page.goto({url!r})\npage.get_by_label('Name').fill('x')\n"
    (tmp_path / tool).write_text(script if tool == "r.py" else json.dumps(project), encoding="utf-8")

    with pytest.raises(LookupError):
        imported_from(tmp_path / tool)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("Thank you", True), ("Thank you, Ana Silva!", False), ("We write to ana@example.com", False), ("Anabel", True)],
)
def test_words_that_greet_a_person_are_no_proof_for_others(said: str, kept: bool, tmp_path: Path) -> None:
    """The map holds nothing that was typed."""
    file = tmp_path / "r.py"
    file.write_text(
        "page.goto('https://a.example/')\npage.get_by_label('Name').fill('Ana Silva')\n"
        "page.get_by_label('E-mail').fill('ana@example.com')\npage.get_by_role('button', name='Send').click()\n"
        f"expect(page.locator('h1')).to_contain_text({said!r})\n",
        encoding="utf-8",
    )

    made = imported_from(file)

    assert (said in made.form_map) == kept
    assert [each.line for each in made.left if each.field == "confirmation"] == ([] if kept else [5])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("r.json", '{{"title": "x", "steps": [{{"type": "scroll", "x": {n}}}]}}'),
        ("r.side", '{{"tests": [{{"name": "x", "commands": []}}], "version": {n}}}'),
        ("r.jsonl", '{{"name": "click", "locator": {{"kind": "nth", "body": "{n}"}}}}'),
        ("r.ts", "page.locator('#a').nth({n}).click()"),
    ],
)
def test_numbers_of_any_length_are_read(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text.format(n="9" * 5000), encoding="utf-8")
    assert len(read_flow(tmp_path / name)[1].steps) <= 1


def test_bytes_that_are_no_text_are_said_with_their_line(tmp_path: Path) -> None:
    assert "r.side:2:1" in message_about(tmp_path / "r.side", b'{\n"\xff')


def test_an_unknown_ending_is_told_the_known_ones(tmp_path: Path) -> None:
    assert ".side" in message_about(tmp_path / "r.exe", b"x")


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read_flow(tmp_path / "r.json")

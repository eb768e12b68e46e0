"""What Playwright's codegen writes: scripts by their syntax tree, and JSON lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from autofill.errors import InvalidFile
from autofill.interchange import playwright_jsonl, playwright_python, playwright_typescript
from autofill.mapping.imported import Imported, imported
from tests.interchange.conftest import SAMPLES, checked_map, imported_from, profile_of, values_of

RUN = Path("/tmp/it-was-run")
CONTROLS = [
    ("First name", "contact.first_name"),
    ("Last name", "contact.last_name"),
    ("E-mail", "contact.email"),
    ("By mail", "answers.By mail"),
    ("message", "message"),
    ("Photograph", "files.Photograph"),
]


def from_python(name: str) -> Imported:
    """Samples bear no name that a tool of ours would read, too."""
    text = (SAMPLES / name).read_text()
    return imported(playwright_python.read(text, "script.py"), "script.py")


def test_a_python_script_gives_a_map_and_a_profile(tmp_path: Path) -> None:
    made = from_python("plain.py.txt")
    form_map = checked_map(made, tmp_path)

    colour = ("Colour of the box", "answers.Colour of the box")
    assert values_of(form_map) == [[*CONTROLS[:3], colour, *CONTROLS[3:]]]
    assert form_map.pages[0].submit is not None
    assert (form_map.pages[0].submit.name, form_map.confirmation.proof.text) == ("Send", "Thank you")
    answers = {"Colour of the box": "Blue as the sky", "By mail": True, "Photograph": {"file": "box.jpg"}}
    assert profile_of(made)["answers"] == answers
    assert profile_of(made)["message"] == "It has not arrived.\nPlease look."
    assert [each.field for each in made.left] == ["Photograph"]


def test_a_script_is_never_run() -> None:
    RUN.unlink(missing_ok=True)

    from_python("odd.py.txt")

    assert not RUN.exists()


def test_what_only_running_would_tell_is_listed_with_its_line() -> None:
    lines = (SAMPLES / "odd.py.txt").read_text().splitlines()
    listed = [(lines[each.line - 1].strip(), each.message) for each in from_python("odd.py.txt").left]

    told = "\n".join(f"{line}: {why}" for line, why in listed)
    for words in (
        "open(", "__import__", "for each", "if page.url", "PHONE", "re.compile", "nth=1", "Details", "t-1", "press(",
        "not_to_be_checked", "page1.get_by_label", "evaluate", "getlogin",
    ):  # fmt: skip
        assert words in told, words


def test_frames_lists_and_twins_of_a_script(tmp_path: Path) -> None:
    form_map = checked_map(from_python("odd.py.txt"), tmp_path)

    controls = {(each.name, each.nth): each for page in form_map.pages for each in page.controls}
    assert controls["Your e-mail", None].frame == "Inquiry form"
    assert controls["Reason", None].value == "answers.Reason"
    assert controls["Terms", 2].kind == "yes-no"
    assert ("Phone", None) in controls


def test_json_lines_give_the_same(tmp_path: Path) -> None:
    made = imported_from(SAMPLES / "plain.jsonl")
    form_map = checked_map(made, tmp_path)

    assert values_of(form_map) == [CONTROLS]
    assert form_map.confirmation.proof.text == "Thank you"


def test_json_lines_of_older_versions_say_it_by_selector(tmp_path: Path) -> None:
    made = imported_from(SAMPLES / "odd.jsonl")
    form_map = checked_map(made, tmp_path)

    assert [name for name, _value in values_of(form_map)[0]] == ["Your e-mail", "topic", "Phone"]
    assert [each.frame for each in form_map.pages[0].controls] == [None, None, "form"]
    assert form_map.pages[0].submit is not None
    assert form_map.pages[0].submit.name == 'Send "now"'
    assert [each.line for each in made.left] == [4, 6, 7, 8, 9, 10, 11]


@pytest.mark.parametrize(
    ("text", "line"),
    [("x = (\n", 1), ("def f():\npass", 2), ("(" * 100_000, 1), ("a\0b", 0), ("-" * 100_000 + "1", 0)],
)
def test_what_is_no_python_is_said(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        playwright_python.read(text, "s.py")

    assert [each.file for each in wrong.value.problems] == ["s.py"]
    assert line == 0 or wrong.value.problems[0].line == line


@pytest.mark.parametrize(
    ("text", "line"), [("", 1), ("{}\n{]", 2), ('{"name": "fill"}\n[1]', 2), ('{}\n{"name": 3}', 2)]
)
def test_json_lines_that_are_wrong_are_said_with_their_line(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        playwright_jsonl.read(text, "r.jsonl")

    assert [(each.file, each.line) for each in wrong.value.problems] == [("r.jsonl", line)]


def test_a_typescript_test_gives_the_same_as_a_python_script(tmp_path: Path) -> None:
    made = imported_from(SAMPLES / "plain.spec.ts")
    form_map = checked_map(made, tmp_path)

    colour = ("Colour of the box", "answers.Colour of the box")
    assert values_of(form_map) == [[*CONTROLS[:3], colour, *CONTROLS[3:]]]
    assert form_map.pages[0].submit is not None
    assert (form_map.pages[0].submit.name, form_map.confirmation.proof.text) == ("Send", "Thank you")
    assert profile_of(made)["contact"] == profile_of(from_python("plain.py.txt"))["contact"]
    assert profile_of(made)["message"] == "It has not arrived.\nPlease look. \U0001f4e6 ü"


def test_a_javascript_script_is_never_run_and_what_only_running_would_tell_is_listed() -> None:
    RUN.unlink(missing_ok=True)
    made = imported_from(SAMPLES / "odd.js")

    lines = (SAMPLES / "odd.js").read_text().splitlines()
    told = "\n".join(lines[each.line - 1] for each in made.left)
    for words in (
        "writeFileSync", "PHONE", "Na.e", "for (", "if (", "'s', 'm'", "waitForEvent", "page1.getByLabel", "evaluate",
        "USER", "press(",
    ):  # fmt: skip
        assert words in told, words
    assert not RUN.exists()
    assert "Inquiry form" in made.form_map
    assert "jin@example.org" in made.profile


DEEP = f"page.fill({'[' * 9000}1{']' * 9000});"


@pytest.mark.parametrize(
    ("text", "line"),
    [("await page.(", 1), ("const x = 1;\n}", 2), ("(" * 20_000, 1), ("test('x', async () => {\n", 1), (DEEP, 0)],
)
def test_what_is_no_typescript_is_said(text: str, line: int) -> None:
    with pytest.raises(InvalidFile) as wrong:
        playwright_typescript.read(text, "s.ts")

    assert [each.file for each in wrong.value.problems] == ["s.ts"]
    assert wrong.value.problems[0].line >= line

"""What every verb prints, whatever stdout is: visible, never nothing, and JSON always JSON."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from autofill import console
from autofill.cli.progress import Progress
from autofill.errors import FileMissing, FormChanged, Problem
from autofill.events import RunStarted, StepStarted
from autofill.visible import visible_lines

PROGRAM = [sys.executable, "-m", "autofill"]
KOREAN = str(Path(__file__).parents[2] / "profiles" / "09-missing-package-korea.yaml")
# As Python itself understands it; the last is what a bare container has.
ENCODINGS = {
    "ascii:strict": {"PYTHONIOENCODING": "ascii:strict"},
    "cp1252": {"PYTHONIOENCODING": "cp1252"},
    "latin-1": {"PYTHONIOENCODING": "latin-1:ignore"},
    "LANG=C": {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
    "utf-8": {"PYTHONIOENCODING": "utf-8:strict"},
}
HOSTILE = "x\x1b[31m\u202e\n\x9b\u2028\r“서울”\udcff"
VERBS = {
    "help": ["--help", "--lang", "ko"],
    "plan": ["plan", KOREAN],
    "plan --json": ["plan", KOREAN, "--json"],
    "validate": ["validate", KOREAN, "--lang", "de"],
    "validate --json": ["validate", KOREAN, "--json"],
    "a script": ["plan", KOREAN, "--channel", "phone"],
    "a script --json": ["plan", KOREAN, "--channel", "phone", "--json"],
    "forms": ["forms", "usps-email-us"],
    "schema": ["schema"],
    "a usage error": ["plan", f"--{HOSTILE}", "--json"],
    "no such file": ["validate", f"{HOSTILE}.yaml", "--json", "--lang", "ko"],
    "no such recording": ["verify", HOSTILE, "--json"],
    "no such form": ["forms", HOSTILE],
}


def run(arguments: list[str], settings: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    command = [os.fsencode(word) for word in (*PROGRAM, *arguments)]
    return subprocess.run(command, capture_output=True, check=False, env=os.environ | settings)


@pytest.mark.parametrize("arguments", VERBS.values(), ids=VERBS)
@pytest.mark.parametrize("settings", ENCODINGS.values(), ids=ENCODINGS)
def test_every_verb_says_all_in_every_encoding(arguments: list[str], settings: dict[str, str]) -> None:
    """B3, B8: what cannot be encoded, and what would act on a terminal, is a code; nothing is left out."""
    encoding = settings.get("PYTHONIOENCODING", "ascii").partition(":")[0]

    done = run(arguments, settings)

    said, told = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert said or told
    assert done.returncode in {0, 2, 66, 78}
    assert visible_lines(said) == said
    assert visible_lines(told) == told
    for line in said.splitlines() if "--json" in arguments else ():
        assert json.loads(line)
    if arguments == ["schema"]:
        assert json.loads(said)
    if "ko" in arguments and encoding == "ascii":
        assert "\\u" in said + told


def test_json_says_the_same_in_every_encoding() -> None:
    """B8."""
    answers = [
        json.loads(run(["plan", KOREAN, "--json"], settings).stdout.decode(settings.get("PYTHONIOENCODING", "ascii")))
        for settings in ({"PYTHONIOENCODING": "utf-8"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp1252"})
    ]

    assert answers[0] == answers[1] == answers[2]
    assert not json.dumps(answers[0], ensure_ascii=False).isascii()


ANSWERS = {"help": ["--help"], "lines": ["plan", KOREAN], "JSON": ["plan", KOREAN, "--json"]}


@pytest.mark.parametrize("arguments", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_that_nobody_reads_is_no_mistake_of_ours(arguments: list[str]) -> None:
    """B8: a pipe that was closed, as by `head`, has seen enough; a full disk is said."""
    end, pipe = os.pipe()
    os.close(end)
    with os.fdopen(pipe, "wb") as closed, Path("/dev/full").open("wb") as full:
        quiet, loud = (
            subprocess.run([*PROGRAM, *arguments], stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)
            for stdout in (closed, full)
        )

    assert quiet.returncode == loud.returncode == 74
    assert "error" not in quiet.stderr
    assert "error: The answer could not be written: No space left" in loud.stderr


@pytest.mark.parametrize("arguments", ANSWERS.values(), ids=ANSWERS)
@pytest.mark.parametrize("closed", ["1>&-", "2>&-", "0<&- 1>&- 2>&-"])
def test_streams_that_are_closed_stand_in_no_verbs_way(arguments: list[str], closed: str) -> None:
    """B8: nor is anything of it written elsewhere."""
    done = subprocess.run(["sh", "-c", f'"$@" {closed}', "sh", *PROGRAM, *arguments], capture_output=True, check=False)

    assert done.returncode == 0
    assert bool(done.stdout) == ("1>&-" not in closed)


class Terminal(io.StringIO):
    """A terminal that shows colours."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def opened(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """A terminal to print on (no fixture: pytest changes the streams once more after those)."""
    terminal = Terminal()
    for name, value in {"stdout": terminal, "stderr": terminal}.items():
        monkeypatch.setattr(sys, name, value)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return terminal


def test_colours_are_ours_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """B3: a page's own colours are codes, also within ours."""
    terminal = opened(monkeypatch)
    console.say(console.Painted("a\x1b[0mb", "red"), " c\x1b[32md")

    assert terminal.getvalue() == "\x1b[31ma\\x1b[0mb\x1b[0m c\\x1b[32md\n"


def test_cells_are_aligned_as_they_are_shown() -> None:
    assert console.columns([("a\x1b", "1"), ("abcde", "2")]) == ["a\\x1b  1", "abcde  2"]


def test_what_a_page_says_adds_no_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """B3: of an error, of a note; problems of files are lines by themselves, whatever the file is called."""
    terminal = opened(monkeypatch)
    console.show_error(FormChanged("The page says: a\nerror: b"))
    console.show_error(FileMissing(problems=[Problem("a\nb.yaml", 1, 2, "f", "x"), Problem("c.yaml", 3, 4, "f", "y")]))

    assert [line for line in terminal.getvalue().splitlines() if ".yaml" in line or "b" in line] == [
        "\x1b[31merror:\x1b[0m The page says: a\\nerror: b",
        "a\\nb.yaml:1:2: f: x",
        "c.yaml:3:4: f: y",
    ]


def test_a_text_to_copy_keeps_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = opened(monkeypatch)
    console.say_text("Dear\tall,\n\nbye\x1b\u202e")

    assert terminal.getvalue() == "Dear\tall,\n\nbye\\x1b\\u202e\n"


@pytest.mark.parametrize("verb", [["run", KOREAN, "--recordings", "{folder}"], ["doctor", "--recordings", "{folder}"]])
def test_what_to_do_next_keeps_its_lines(verb: list[str], tmp_path: Path) -> None:
    """Each remedy can be copied."""
    done = run([word.format(folder=tmp_path) for word in verb], {"AUTOFILL_BROWSER": str(tmp_path / "none")})

    lines = [line.strip() for line in done.stdout.decode().splitlines()]
    assert " ".join([*PROGRAM, "install"]) in lines
    assert not any("\\n" in line for line in lines)


def test_steps_are_shown_as_they_are_called(monkeypatch: pytest.MonkeyPatch) -> None:
    """B3: what a page is called is neither a control sequence nor markup."""
    terminal = opened(monkeypatch)
    progress = Progress(wanted=True)
    progress.on(RunStarted(steps=3, browser="", start_url=""))
    for number, name in enumerate(("[bold]x[/]\x1b]0;y\x07\x9b", "[/]\u202e", "[red]z"), 1):
        progress.on(StepStarted(number, name, "x"))
    progress.stop()

    assert "Step 3 of 3: [red]z" in terminal.getvalue()
    assert "\x1b]0" not in terminal.getvalue()

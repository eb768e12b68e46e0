"""`autofill new`: a person answers at a terminal, or a program through a pipe."""

from __future__ import annotations

import os
import re
import select
import shlex
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from autofill.authoring.profile_file import read_draft
from autofill.forms.catalog import prepare_profile
from tests.conftest import LONGEST, REPOSITORY
from tests.terminal import at_a_terminal

EXAMPLES = sorted((REPOSITORY / "profiles").glob("*.yaml"))
# One for each topic of the form that has topics, and one for each other form.
ONE_EACH = [path for path in EXAMPLES if int(path.name[:2]) not in {9, 10}]
ENVIRONMENT = {**os.environ, "AUTOFILL_NOW": "2026-11-20T12:00:00Z", "TERM": "dumb", "AUTOFILL_LANG": "en"}
NEW = [sys.executable, "-m", "autofill", "new"]


@contextmanager
def terminal(folder: Path, *options: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The program at a terminal of its own, and that terminal's other end."""
    how: dict[str, Any] = {"cwd": folder, "env": ENVIRONMENT, "start_new_session": True}
    with at_a_terminal([*NEW, *options], **how) as both:
        yield both


def talk(terminal: int, answer: Callable[[str], str]) -> str:
    """Answer every question until the program ends; all that it said."""
    said, heard = "", 0
    with suppress(OSError):  # a terminal whose other end is closed
        while piece := heard_next(terminal, said):
            said += piece.decode().replace("\r\n", "\n")
            if said.endswith("> "):
                os.write(terminal, answer(said[heard:]).encode())
                heard = len(said)
    return said


def heard_next(terminal: int, said: str) -> bytes:
    """What comes next; a program that says nothing any more waits for what nobody will answer."""
    assert select.select([terminal], [], [], LONGEST / 4)[0], said
    return os.read(terminal, 65_536)


def press_ctrl_c(child: subprocess.Popen[bytes]) -> None:
    """As a person does: once more where nothing follows.

    Python looks for signals, and then waits for a key; what comes between the two it hears with the next one.
    """
    child.send_signal(signal.SIGINT)
    try:
        child.wait(LONGEST / 8)
    except subprocess.TimeoutExpired:
        child.send_signal(signal.SIGINT)


def by_name(names: dict[str, str]) -> Callable[[str], str]:
    """The answers to questions, by their names; nothing for those that have none."""

    def answer(said: str) -> str:
        found = next((name for name in names if f"\n{name}  " in said), None)
        return names.pop(found) + "\n" if found else "\n"

    return answer


def answers_of(profile: Path) -> dict[str, str]:
    """What somebody would type to write this profile."""
    draft = read_draft(profile)
    found = {each.full_name: (each, draft.answer(each)) for each in draft.questions()}
    return {
        name: text.rstrip("\n") + ("\n\n" if asked.kind == "message" else "") for name, (asked, text) in found.items()
    }


@pytest.mark.parametrize("example", ONE_EACH, ids=lambda path: str(path.stem))
def test_each_topic_is_written_at_a_terminal_and_gives_the_same_plan(example: Path, tmp_path: Path) -> None:
    form = read_draft(example).form.form_map.id
    with terminal(tmp_path, "--form", form) as (child, screen):
        said = talk(screen, by_name(answers_of(example)))
        code = child.wait()

    (written,) = tmp_path.iterdir()
    assert code == 0, said
    assert prepare_profile(written).plan.steps == prepare_profile(example).plan.steps
    command = re.search(r"autofill run .*", said)
    assert command
    assert shlex.split(command[0])[2] == written.name


def test_a_wrong_answer_is_told_at_once_and_can_be_mended(tmp_path: Path) -> None:
    first = by_name({"What is it about?": "Where is my pakage?", "Tracking Number": "9400 1112 0255 5830 0010 11"})

    def answer(said: str) -> str:
        if "Did you mean Where is my package?" in said:
            return "Where is my package?\n"
        return "9400 1112 0255 5830 0010 10\n" if "✗ " in said and "digit" in said else first(said)

    with terminal(tmp_path) as (_child, screen):
        talk(screen, answer)

    assert "tracking_number: 9400 1112 0255 5830 0010 10\n" in (tmp_path / "missing-package.yaml").read_text()


def test_a_state_is_no_country_and_nothing_far_is_suggested(tmp_path: Path) -> None:
    rest, tried = by_name({"What is it about?": "Feedback or complaint"}), ["Oregon", "Bayern", "Korea", "Germny", "US"]

    def answer(said: str) -> str:
        if tried and any(each in said for each in ("Country  ", "not in the list", "state of the", "more than one")):
            return f"{tried.pop(0)}\n"
        return "1 Main Street\n" if "Street and number  " in said else rest(said)

    with terminal(tmp_path) as (_child, screen):
        said = talk(screen, answer)

    assert not tried
    assert "Is a state of the United States; write US as the country" in said
    assert "Did you mean Germany?" in said
    assert "Can be more than one country: North Korea (KP), South Korea (KR)" in said
    assert said.count("Did you mean") == 1


def test_advice_that_sends_one_to_the_phone_names_it(tmp_path: Path) -> None:
    with terminal(tmp_path) as (_child, screen):
        said = talk(screen, by_name({"What is it about?": "1", "Mail Class": "Priority Mail Express"}))

    told = said[said.index("\nMail Class") : said.index("\nExtra Service")]
    assert "1-800-275-8777" in told
    assert "Monday to Friday" in told


def piped(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    file, *lines = words
    text = "".join(f"{line}\n" for line in lines)
    return subprocess.run(
        [*NEW, file], cwd=folder, env=ENVIRONMENT, input=text, check=False, capture_output=True, text=True, timeout=60
    )


def test_a_pipe_that_ends_early_leaves_what_was_answered_and_says_what_is_missing(tmp_path: Path) -> None:
    done = piped(tmp_path, "new.yaml", "feedback", "suggestion", "", "2026-10-08")

    assert done.returncode == 65
    assert "sub_topic: suggestion" in (tmp_path / "new.yaml").read_text()
    assert "First name: The form needs it" in done.stderr
    assert "autofill new new.yaml" in done.stdout


def test_the_same_file_goes_on_with_its_answers_as_defaults(tmp_path: Path) -> None:
    piped(tmp_path, "new.yaml", "feedback", "suggestion", "Main Street")
    done = piped(tmp_path, "new.yaml", "", "", "", "2026-10-08")

    text = (tmp_path / "new.yaml").read_text()
    assert "[Main Street]" in done.stderr
    assert "place: Main Street" in text
    assert "problem_date: 2026-10-08" in text


def test_one_can_go_back_and_empty_an_answer(tmp_path: Path) -> None:
    piped(tmp_path, "new.yaml", "feedback", "compliment", "<", "suggestion", "Main Street", "<", "-", "2026-10-08")

    text = (tmp_path / "new.yaml").read_text()
    assert "sub_topic: suggestion" in text
    assert "\nplace:" not in text
    assert "problem_date: 2026-10-08" in text


def test_ctrl_c_keeps_what_was_answered_and_says_where(tmp_path: Path) -> None:
    with terminal(tmp_path) as (child, screen):

        def answer(said: str) -> str:
            if "More exactly" in said:
                press_ctrl_c(child)
                return ""
            return "6\n"

        said = talk(screen, answer)
        code = child.wait()

    assert code == 130
    assert "topic: feedback" in (tmp_path / "feedback.yaml").read_text()
    assert "autofill new feedback.yaml" in said


def test_an_earlier_profile_gives_the_defaults(tmp_path: Path) -> None:
    first = EXAMPLES[0]
    with terminal(tmp_path, "--from", str(first)) as (child, screen):
        talk(screen, lambda _said: "\n")
        code = child.wait()

    assert code == 0
    assert (tmp_path / "missing-package.yaml").read_text() == first.read_text()


def test_no_file_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "feedback.yaml").write_text("# mine\n")
    done = subprocess.run(
        NEW, cwd=tmp_path, env=ENVIRONMENT, input="feedback\n", check=False, capture_output=True, text=True, timeout=60
    )

    assert done.returncode == 65
    assert (tmp_path / "feedback.yaml").read_text() == "# mine\n"
    assert "topic: feedback" in (tmp_path / "feedback-2.yaml").read_text()

"""`autofill replica` as a person starts it: what its options refuse, and a site that is started again."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

COMMAND = [sys.executable, "-m", "autofill", "replica"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--clock", "soon"], "'--clock': Write a time span"),
        (["--reply-after", "-1h"], "'--reply-after': Write a time span"),
        (["--review-after", "1"], "'--review-after': Write a time span"),
        (["--smtp", "mail.example.com:25"], "'--smtp': Write the mail server as HOST:PORT"),
    ],
)
def test_a_wrong_option_is_a_usage_error(options: list[str], said: str) -> None:
    """It is named, and nothing is started."""
    done = subprocess.run([*COMMAND, *options], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert said in " ".join(done.stderr.split())


def test_a_file_that_is_no_memory_is_refused(tmp_path: Path) -> None:
    """As a setting that is wrong, and the file is left alone."""
    (tmp_path / "diary").write_text("Dear diary,\n" * 100)
    command = [*COMMAND, "--port", "0", "--state", str(tmp_path / "diary")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 78
    assert "--state" in done.stderr
    assert (tmp_path / "diary").read_text().startswith("Dear diary,")


@contextmanager
def started(*options: str) -> Iterator[str]:
    """A desk on any free port, where it says that it is."""
    desk = subprocess.Popen([*COMMAND, "--port", "0", *options], stdout=subprocess.PIPE, text=True)
    assert desk.stdout
    with desk.stdout as said:
        yield said.readline().removeprefix("Practice site: ").partition("/  (")[0]
        desk.send_signal(signal.SIGINT)
        desk.wait(timeout=30)


def answer(url: str) -> Any:
    with urllib.request.urlopen(url) as response:
        return json.load(response)


def test_a_desk_says_where_it_is_when_a_browser_can_be_sent_there() -> None:
    """Not the port that was asked for but the one it has; a first request waits rather than fails."""
    with started() as url:
        assert url.startswith("http://127.0.0.1:")
        assert not url.endswith(":0")
        assert answer(f"{url}/_replica/health") == {"status": "ok"}


def test_a_desk_whose_port_is_taken_sends_nobody_there() -> None:
    with started() as url:
        command = [*COMMAND, "--port", url.rpartition(":")[2]]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (78, "")


def test_a_desk_that_is_started_again_goes_on_where_it_stopped(
    tmp_path: Path, answers: dict[str, str], send: Any
) -> None:
    """Its cases, its mails and its clock are still there, and what fell due meanwhile is written."""
    state = ("--state", str(tmp_path / "desk"))
    with started(*state, "--clock", "+72h") as url:
        now = datetime.fromisoformat(answer(f"{url}/_replica/clock")["now"])
        assert timedelta(hours=71) < now - datetime.now(UTC) < timedelta(hours=73)
        number = send(url, answers)["returnValue"]["caseNumber"]
    with started(*state, "--clock", "+1w") as url:
        mails = answer(f"{url}/_replica/cases/{number}")["mails"]
        later = datetime.fromisoformat(answer(f"{url}/_replica/clock")["now"])
    assert later - now >= timedelta(weeks=1)
    assert [mail["kind"] for mail in mails] == ["confirmation", "reply"]

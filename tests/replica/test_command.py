"""`autofill replica` as a person starts it: what its options refuse, and a desk that is started again."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
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
        (["--clock", "soon"], "'--clock': A span of time is"),
        (["--reply-after", "-1h"], "'--reply-after': A span of time is"),
        (["--review-after", "1"], "'--review-after': A span of time is"),
        (["--smtp", "mail.example.com:25"], "'--smtp': A mail server is HOST:PORT"),
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
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    desk = subprocess.Popen([*COMMAND, "--port", str(port), *options], stdout=subprocess.PIPE)
    assert desk.stdout
    with desk.stdout as said:
        said.readline()
        yield f"http://127.0.0.1:{port}"
        desk.send_signal(signal.SIGINT)
        desk.wait(timeout=30)


def patiently(url: str) -> Any:
    """The answer of a desk that may not listen yet."""
    while True:
        try:
            with urllib.request.urlopen(url) as response:
                return json.load(response)
        except urllib.error.URLError as error:
            if not isinstance(error.reason, ConnectionRefusedError):
                raise


def test_a_desk_that_is_started_again_goes_on_where_it_stopped(
    tmp_path: Path, answers: dict[str, str], send: Any
) -> None:
    """Its cases, its mails and its clock are still there, and what fell due meanwhile is written."""
    state = ("--state", str(tmp_path / "desk"))
    with started(*state, "--clock", "+72h") as url:
        now = datetime.fromisoformat(patiently(f"{url}/_replica/clock")["now"])
        assert timedelta(hours=71) < now - datetime.now(UTC) < timedelta(hours=73)
        number = send(url, answers)["returnValue"]["caseNumber"]
    with started(*state, "--clock", "+1w") as url:
        mails = patiently(f"{url}/_replica/cases/{number}")["mails"]
        later = datetime.fromisoformat(patiently(f"{url}/_replica/clock")["now"])
    assert later - now >= timedelta(weeks=1)
    assert [mail["kind"] for mail in mails] == ["confirmation", "reply"]

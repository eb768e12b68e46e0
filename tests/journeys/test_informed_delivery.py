"""Informed Delivery on the practice desk: the login's ways, and a password that stands nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autofill.replica import PRACTICE_ACCOUNT
from tests.journeys import canaries
from tests.journeys.conftest import REPOSITORY, RunDesk
from tests.terminal import at_a_terminal, read_to_the_end, read_until

EXAMPLE = REPOSITORY / "profiles" / "13-informed-delivery.yaml"
FORM = "usps-informed-delivery"
ACCOUNT, PASSWORD = PRACTICE_ACCOUNT
WRONG = "Quokka+Zeppelin 4711"


@pytest.fixture(autouse=True)
def own_keyring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program finds a keyring and a state of its own."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "tests.keyring_file.FileKeyring")
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


def log_in(desk: RunDesk, password: str) -> tuple[int, str]:
    """Answer `autofill login` at a terminal: its exit code, and all that the terminal showed."""
    command = [sys.executable, "-m", "autofill", "login", FORM, "--url", desk.url]
    with at_a_terminal(command, start_new_session=True) as (process, terminal):
        shown = b""
        # To the end of each question: what is typed before it is thrown away.
        for question, answer in ((b"Account: ", ACCOUNT), (b"Password (is not shown): ", password)):
            shown += read_until(terminal, question)
            os.write(terminal, f"{answer}\n".encode())
        shown += read_to_the_end(terminal)
        return process.wait(timeout=60), shown.decode()


def forget(desk: RunDesk) -> None:
    command = [sys.executable, "-m", "autofill", "login", FORM, "--url", desk.url, "--forget"]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL, capture_output=True)


def test_a_password_of_the_keyring_leads_to_what_was_written(desk: RunDesk) -> None:
    """Kept at a terminal that does not show it, used, and forgotten again."""
    code, (answer,), _ = desk.run(EXAMPLE)
    assert (code, answer["submitted"]) == (77, "no")
    assert f"autofill login {FORM}" in answer["next"]

    code, shown = log_in(desk, PASSWORD)
    assert code == 0
    assert "in the keyring" in shown
    assert PASSWORD not in shown
    code, (answer,), said = desk.run(EXAMPLE)
    assert (code, said, answer["verdict"]) == (0, "", "confirmed")
    (submission,) = desk.arrived()["submissions"]
    assert submission["case_number"] == answer["case_number"]
    fields = submission["fields"]
    assert (fields["kind"], fields["announced"], fields["subject"]) == (
        "letter",
        "Nov 9, 2026",
        "Announced letter did not come",
    )
    assert fields["look"] == "White envelope, green logo of a bank, window on the left"
    assert fields["comments"].endswith("Could you please find out where it went?")

    forget(desk)
    code, _, _ = desk.run("--again", "--because", "a test", EXAMPLE)
    assert code == 77


@pytest.mark.parametrize(("password", "code"), [(PASSWORD, 0), (WRONG, 77)], ids=["right", "wrong"])
def test_the_password_stands_nowhere(password: str, code: int, desk: RunDesk) -> None:
    """In no argument, output, log, journal or file of the recording, in no encoding, whether it is taken or not."""
    log_in(desk, password)
    running = subprocess.Popen(
        desk.command("--json", EXAMPLE),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"LOGURU_LEVEL": "DEBUG"},
    )
    arguments = b""
    while running.poll() is None:
        arguments += b"".join(_read(path / "cmdline") for path in Path("/proc").iterdir() if path.name.isdecimal())
    out, said = running.communicate()

    assert running.returncode == code, out
    places = {"stdout": out, "stderr": said, "process arguments": arguments}
    files = {str(path): path.read_bytes() for path in desk.recordings.rglob("*") if path.is_file()}
    assert len(files) > 5
    assert [leak for name, text in (places | files).items() for leak in canaries.leaks(name, text, (password,))] == []


@pytest.mark.long
def test_a_wrong_password_is_tried_once_a_run(desk: RunDesk) -> None:
    """So that four runs leave a try for the person."""
    log_in(desk, WRONG)
    codes = [desk.run(EXAMPLE)[0] for _ in range(4)]
    assert codes == [77] * 4
    log_in(desk, PASSWORD)
    assert desk.run(EXAMPLE)[0] == 0


@pytest.mark.long
def test_a_desk_of_the_run_s_own_hands_over_its_account(tmp_path: Path) -> None:
    """So the examples of the chat and of Informed Delivery run in one command, with nothing kept."""
    examples = [REPOSITORY / "profiles" / "12-chat.yaml", EXAMPLE]
    command = [sys.executable, "-m", "autofill", "run", "--recordings", tmp_path / "r", *examples]
    done = subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_trace_is_refused(desk: RunDesk) -> None:
    """It would hold the password."""
    code, (answer,), _ = desk.run("--debug-trace", EXAMPLE)
    assert code == 78
    assert "trace would contain the password" in answer["error"]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""  # it ended meanwhile

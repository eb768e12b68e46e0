"""A signal at every moment of a run, and at a prompt: no run ends without its line, and no sent one as not sent."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from autofill.cases.model.run_states import Space
from tests.conftest import one_in
from tests.journeys.conftest import REPOSITORY, Answer, RunDesk
from tests.terminal import at_a_terminal, read_until

PROFILE = REPOSITORY / "profiles" / "06-feedback.yaml"
INT, TERM = signal.SIGINT, signal.SIGTERM


def each_with_both(*moments: str) -> list[Any]:
    """Every moment with both signals; of three, one runs always."""
    return one_in(3, ((moment, sent) for moment in moments for sent in (INT, TERM)))


def command(desk: RunDesk, moment: str, *signals: signal.Signals) -> list[str]:
    """The command line of a run that gets these signals at that moment, one right after the other."""
    program = [sys.executable, "-m", "tests.journeys.signalled", moment, ",".join(str(int(each)) for each in signals)]
    return [*program, *desk.command("--json", PROFILE)[3:]]


def run(desk: RunDesk, moment: str, *signals: signal.Signals) -> tuple[int, Answer]:
    """Exit code and answer."""
    done = subprocess.run(
        command(desk, moment, *signals), check=False, capture_output=True, text=True, timeout=120, cwd=REPOSITORY
    )
    assert done.stderr == ""
    (line,) = done.stdout.splitlines()
    return done.returncode, json.loads(line)


def states(recordings: Path, space: Space = "practice") -> list[str]:
    places = LedgerPlaces.of(None, recordings)
    with open_ledger(places.live if space == "live" else places.practice) as ledger:
        return [str(row.state) for row in ledger.rows()]


@pytest.mark.parametrize(("moment", "sent"), each_with_both("preparing", "launching", "opening"))
def test_a_signal_before_there_is_a_page(moment: str, sent: signal.Signals, desk: RunDesk) -> None:
    ended, answer = run(desk, moment, sent)

    assert ended == answer["exit_code"] == 128 + sent
    assert (answer["verdict"], answer["submitted"], answer["retry_safe"]) == ("not-submitted", "no", True)
    assert states(desk.recordings) == ["not-submitted"]
    assert desk.arrived()["requests"] == 0


@pytest.mark.parametrize(("moment", "sent"), each_with_both("closing-page", "closing-browser", "sealing", "ending"))
def test_a_signal_after_the_verdict_changes_nothing(moment: str, sent: signal.Signals, desk: RunDesk) -> None:
    ended, answer = run(desk, moment, sent)

    assert ended == answer["exit_code"] == 0
    assert (answer["verdict"], answer["sealed"], answer["error"]) == ("confirmed", True, None)
    assert states(desk.recordings) == ["confirmed"]
    assert desk.arrived()["requests"] == 1


@pytest.mark.parametrize(("signals", "code"), one_in(2, [((INT, TERM), 130), ((TERM, INT), 143)]))
def test_two_signals_before_the_click_leave_at_once(
    signals: tuple[signal.Signals, ...], code: int, desk: RunDesk
) -> None:
    ended, answer = run(desk, "opening", *signals)

    assert ended == answer["exit_code"] == code
    assert answer["submitted"] == "no"
    assert desk.arrived()["requests"] == 0


@pytest.mark.parametrize("moment", one_in(2, ["preparing", "ending"]))
def test_two_signals_where_no_run_is_going_on(moment: str, desk: RunDesk) -> None:
    """Before any run there is only the signal to tell; after the last there is nothing left to tell."""
    ended, answer = run(desk, moment, INT, TERM)

    assert ended == answer["exit_code"] == (0 if moment == "ending" else 130)


def test_two_signals_after_the_verdict_end_with_the_runs_own_code(desk: RunDesk) -> None:
    ended, answer = run(desk, "closing-page", INT, TERM)

    assert ended == answer["exit_code"] == 0
    assert (answer["verdict"], answer["sealed"]) == ("confirmed", False)
    assert states(desk.recordings) == ["confirmed"]


@pytest.mark.parametrize("typed", one_in(2, [b"\x03", None]), ids=["Ctrl-C", "SIGTERM"])
def test_a_signal_at_the_prompt_ends_the_program(typed: bytes | None, desk: RunDesk) -> None:
    """On a terminal, with the filled form of `--live` waiting: nobody presses Enter afterwards."""
    code, answer, _ = at_the_prompt(desk, typed)

    assert code == answer["exit_code"] == (130 if typed else 143)
    assert (answer["submitted"], answer["sealed"]) == ("no", True)
    assert states(desk.recordings, "live") == ["not-submitted"]
    assert desk.arrived()["requests"] == 0


def test_the_address_typed_at_the_prompt_sends_the_form(desk: RunDesk) -> None:
    code, answer, said = at_the_prompt(desk, f"{desk.url}\n".encode())

    assert (code, answer["verdict"]) == (0, "confirmed")
    assert f"{desk.url}:" in said
    assert desk.arrived()["requests"] == 1


def at_the_prompt(desk: RunDesk, typed: bytes | None) -> tuple[int, Answer, str]:
    """Run live on a terminal, and type that at the prompt (or send SIGTERM): exit code, answer, what was asked."""
    options = ["--json", "--live", "--no-sandbox", "--headless", "--recordings", str(desk.recordings)]
    how: dict[str, Any] = {
        "stdout": subprocess.PIPE,
        "env": {**os.environ, "FORM_AT": desk.url, "TERM": "dumb"},
        "cwd": REPOSITORY,
        # The terminal is theirs, so that it sends Ctrl-C as a signal.
        "start_new_session": True,
        "preexec_fn": _own_terminal,  # nothing else runs between fork and exec
    }
    command = [sys.executable, "-m", "tests.journeys.signalled", "never", "0", "run", *options, str(PROFILE)]
    with at_a_terminal(command, **how) as (running, terminal):
        said = read_until(terminal, b": ")
        if typed is None:
            running.terminate()
        else:
            os.write(terminal, typed)
        out, _ = running.communicate(timeout=60)
        return running.returncode, json.loads(out), said.decode()


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)

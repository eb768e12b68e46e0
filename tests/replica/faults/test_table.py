"""How a fault is written, and what is said to one that does not exist."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autofill.replica import ReplicaOptions
from autofill.replica.faults.table import FAULTS, FaultError, faults_of, parse_fault


@pytest.mark.parametrize(
    ("text", "step", "value", "when"),
    [
        ("reset", "submit", "", "after"),
        ("reset@hub", "hub", "", "after"),
        ("reset@submit=before", "submit", "", "before"),
        ("status", "submit", "503", "after"),
        ("status@open=500", "open", "500", "after"),
        ("status=425,before", "submit", "425", "before"),
        ("drip@topic=20", "topic", "20", None),
        ("renamed=First Name", None, "First Name", None),
        ("missing=State, Province or Region", None, "State, Province or Region", None),
        ("disabled=Submit", None, "Submit", None),
        ("alert-loop@tracking=3,after", "tracking", "3", "after"),
        ("stale", "submit", "", "after"),
    ],
)
def test_a_fault_is_read_with_its_defaults(text: str, step: str | None, value: str, when: str | None) -> None:
    """What is left out comes from the table."""
    fault = parse_fault(text)
    assert (fault.step, fault.value, fault.when) == (step, value, when)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rest@submit", "unknown fault 'rest'; did you mean 'reset'?"),
        ("", "unknown fault ''"),
        ("reset@sumbit", "fault 'reset' has no step 'sumbit'; steps are hub, open, topic, tracking, submit"),
        ("renamed@open=Email", "fault 'renamed' takes no step"),
        ("no-number@open", "fault 'no-number' takes no step"),
        ("reset=twice", "fault 'reset' takes no value 'twice'"),
        ("truncated=before", "fault 'truncated' takes no value 'before'"),
        ("slow=long", "fault 'slow' needs a number for MS"),
        ("drip=0", "fault 'drip' needs a number for BYTES_PER_S"),
        ("status=200", "fault 'status' needs an HTTP status from 400 on"),
        ("renamed", "fault 'renamed' needs LABEL"),
        ("renamed=Frist Name", "fault 'renamed' needs LABEL; did you mean 'First Name'?"),
        ("mask=Submit", "fault 'mask' needs LABEL"),
    ],
)
def test_a_wrong_fault_is_refused_where_it_is_written(text: str, said: str) -> None:
    """The message names what would be right; no desk is built with it."""
    with pytest.raises(FaultError) as caught:
        ReplicaOptions(faults=("reset", text))
    assert str(caught.value).startswith(said)


def test_the_table_says_how_each_is_written() -> None:
    """What the list shows can be typed, once a label stands for LABEL."""
    for name, kind in FAULTS.items():
        written = kind.written(name).replace("LABEL|BUTTON", "Email").replace("LABEL", "Email")
        assert parse_fault(written).name == name


def test_faults_are_found_by_place_and_step() -> None:
    """Each part of the desk asks for its own."""
    faults = [parse_fault(text) for text in ("reset@hub", "status@submit", "reject", "mask=Email")]
    assert [fault.name for fault in faults_of(faults, "network")] == ["reset", "status"]
    assert [fault.name for fault in faults_of(faults, "network", "hub")] == ["reset"]
    assert [fault.name for fault in faults_of(faults, "page")] == ["mask"]


def test_the_command_lists_all_faults_and_refuses_others() -> None:
    """A person at the terminal learns the names from the program."""
    command = [sys.executable, "-m", "autofill", "replica"]
    listed = subprocess.run([*command, "--list-faults"], check=True, capture_output=True, text=True)
    refused = subprocess.run([*command, "--fault", "rest"], check=False, capture_output=True, text=True)
    assert len(listed.stdout.splitlines()) == len(FAULTS)
    assert refused.returncode == 2
    assert "did you mean 'reset'" in refused.stderr

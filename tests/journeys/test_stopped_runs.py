"""Runs that do not get to the end leave a sealed recording that says where and why, with the picture."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from autofill.replica import ReplicaOptions, serving
from tests.journeys.conftest import REPOSITORY, RunDesk

FIRST = REPOSITORY / "profiles" / "01-missing-package.yaml"


@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_before_the_click_ends_the_run_with_its_recording(
    sent: signal.Signals, code: int, tmp_path: Path
) -> None:
    """To the whole process group, as a terminal sends it: the browser lives on until its last picture is taken."""
    with serving(ReplicaOptions(delay_ms=1500)) as replica:
        desk = RunDesk(replica.url, tmp_path)
        command = desk.command("--json", FIRST)
        running = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
        journal = _when_second_step_began(tmp_path, running)
        os.killpg(running.pid, sent)
        out, _ = running.communicate(timeout=60)

        answer = json.loads(out)
        assert running.returncode == answer["exit_code"] == code
        assert (answer["verdict"], answer["submitted"], answer["retry_safe"]) == ("not-submitted", "no", True)
        assert answer["stopped_at"] == "Problem Details"
        assert (journal.parents[1] / answer["steps"][-1]["screenshot"]).read_bytes().startswith(b"\x89PNG")
        assert answer["sealed"]
        assert desk.arrived()["requests"] == 0


def _when_second_step_began(recordings: Path, running: subprocess.Popen[str]) -> Path:
    """Wait until the journal says so; the test fails if the run ends first."""
    while running.poll() is None:
        for journal in recordings.glob("*/data/journal.jsonl"):
            if '"kind":"step","n":2' in journal.read_text():
                return journal
        time.sleep(0.02)
    pytest.fail("the run ended before its second step")


def test_an_unreachable_site_is_said_and_recorded(tmp_path: Path) -> None:
    desk = RunDesk("http://127.0.0.1:9", tmp_path)

    code, (answer,), _ = desk.run(FIRST)

    assert code == answer["exit_code"] == 69
    assert (answer["verdict"], answer["retry_safe"], answer["sealed"]) == ("not-submitted", True, True)


def test_until_review_fills_and_checks_but_sends_nothing(desk: RunDesk) -> None:
    code, (answer,), _ = desk.run("--until", "review", FIRST)

    assert (code, answer["verdict"], answer["submitted"]) == (0, "not-submitted", "no")
    assert [step["name"] for step in answer["steps"]] == [
        "Contact page", "Problem Details", "Contact Information", "Review",
    ]  # fmt: skip
    assert desk.arrived()["requests"] == 0


def form_map_with(tmp_path: Path, before: str, after: str) -> Path:
    """The practice site's own map, with one line of it as another form would have it."""
    form_map = (REPOSITORY / "autofill/organisations/usps/forms/usps-email-us.yaml").read_text(encoding="utf-8")
    changed = tmp_path / "changed.yaml"
    changed.write_text(form_map.replace(before, after), encoding="utf-8")
    return changed


def test_a_changed_form_stops_the_run_and_names_the_control(desk: RunDesk, tmp_path: Path) -> None:
    """Nothing is typed there, and the message names the form's control, never the person's value."""
    another = "- {name: Nickname, value: contact.first_name, fact: {mark: inferred, source: walkthrough}}\n      "
    changed = form_map_with(tmp_path, "- name: First Name", f"{another}- name: First Name")

    code, (answer,), said = desk.run("--form", changed, FIRST)

    assert code == 76
    assert "Nickname" in answer["error"]
    assert answer["stopped_at"] == "Contact Information"
    assert "Maria" not in json.dumps(answer) + said
    assert desk.arrived()["requests"] == 0


def test_a_control_that_is_certainly_another_by_name_only_is_filled_and_told(desk: RunDesk, tmp_path: Path) -> None:
    changed = form_map_with(tmp_path, "name: First Name", "name: Given Name")

    code, (answer,), said = desk.run("--form", changed, FIRST)

    assert (code, [fault.partition(":")[0] for fault in answer["faults"]]) == (0, ["repaired"])
    assert "“Given Name” was found again as “First Name”" in answer["faults"][0]
    assert "Maria" not in json.dumps(answer) + said
    assert desk.arrived()["requests"] == 1

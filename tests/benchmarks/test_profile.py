"""The profile: its parts are all of a run, and the machine's processes are told apart."""

from __future__ import annotations

import pytest

from benchmarks.profile import Trace, kind_of, phases

_BROWSER = "/usr/lib/chromium/chromium-headless-shell"


@pytest.mark.parametrize("picture", ["evidence StepDone", "message screenshot"])
def test_the_parts_of_a_run_add_up_to_the_whole(picture: str) -> None:
    started = [(300.0, 90.0, "message launch"), (500.0, 80.0, "message goto")]
    pictures = [(600.0 + 100 * page, 40.0, picture) for page in range(6)]

    parts = phases(Trace(1_500, [*started, *pictures], cpu={}))

    assert sum(parts.values()) == 1_500
    assert parts["browser starts"] == 90
    assert parts["Review: picture and evidence"] == 40
    assert parts["Review: loaded, filled, read back"] == 60


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (f"{_BROWSER}\0--headless\0--no-sandbox\0", "browser"),
        (f"{_BROWSER} --type=renderer --lang=en", "renderer"),
        (f"{_BROWSER} --type=gpu-process", "GPU process"),
        (f"{_BROWSER}\0--type=zygote", "browser's helpers"),
        ("/site-packages/playwright/driver/node\0cli.js\0run-driver", "Node driver"),
        (f".venv/bin/python\0-m\0benchmarks.traced\0script.py\0{_BROWSER}", "Python"),
        ("", ""),  # it has ended
    ],
)
def test_processes_are_told_apart(line: str, kind: str) -> None:
    assert kind_of(line) == kind

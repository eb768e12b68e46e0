"""The start of `autofill run`: which profiles start a browser at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import FIRST, autofill


@pytest.fixture
def noted(tmp_path: Path) -> Path:
    """A browser that notes that somebody starts it, and ends."""
    browser = tmp_path / "browser"
    browser.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\nexit 1\n")
    browser.chmod(0o755)
    return browser


def test_a_profile_with_a_mistake_starts_no_browser(noted: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(FIRST.read_text().replace("maria.obrien@example.com", "nobody"))

    done = autofill("run", "--json", "--browser", noted, "--recordings", tmp_path / "r", wrong)

    assert done.returncode == 65
    assert not noted.with_name("started").exists()


def test_one_good_profile_among_bad_ones_starts_it_and_every_one_has_its_summary(noted: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("form: nothing\n")

    done = autofill("run", "--json", "--browser", noted, "--recordings", tmp_path / "r", wrong, FIRST)

    assert noted.with_name("started").exists()
    codes = {Path(told["profile"]).name: told["exit_code"] for told in map(json.loads, done.stdout.splitlines())}
    assert codes == {"wrong.yaml": 66, FIRST.name: 69}

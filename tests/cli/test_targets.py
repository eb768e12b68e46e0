"""Bad targets (group F): only installed form maps lead off this machine, and a profile never names an address."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import open_ledger
from autofill.cases.ledger.ledgers import LedgerPlaces
from tests.cli.test_commands import FIRST, autofill

# Should a check ever fail, there is still no browser that could reach anything.
LIVE = ("run", "--live", "--no-sandbox", "--browser", "/nowhere")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "data:text/html,<h1>x</h1>",
        "javascript:alert(1)",
        "chrome://version",
        "view-source:http://127.0.0.1/",
        "http://127.0.0.1:80@evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://2130706433/",
        "http://[::ffff:127.0.0.1]/",
        "http://10.0.0.1/",
        "https://emailus.usps.com.evil.example/s/",
        "https://xn--usps-y8d.com/",
        "//127.0.0.1/",
        "127.0.0.1:80",
        "",
    ],
)
def test_other_addresses_are_refused_before_a_browser_starts(url: str, tmp_path: Path) -> None:
    done = autofill("run", "--url", url, "--recordings", tmp_path / "r", FIRST)

    assert done.returncode == 78, done.stderr
    assert "Nothing was sent" in done.stderr
    assert not (tmp_path / "r").exists()


def test_a_profile_may_not_name_an_address(tmp_path: Path) -> None:
    profile = tmp_path / "p.yaml"
    profile.write_text(FIRST.read_text() + "url: https://usps.example/\n")

    done = autofill("validate", profile)

    assert done.returncode == 65
    assert "form map" in done.stderr
    assert "usps.example" not in done.stderr


def test_the_real_form_is_reached_through_installed_maps_only(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("id: own\n")

    done = autofill(*LIVE, "--form", own, FIRST)

    assert done.returncode == 78
    assert "installed" in done.stderr


def test_nobody_at_the_terminal_means_nobody_confirms() -> None:
    """Standard input is no terminal here, and no origin was confirmed beforehand."""
    done = autofill(*LIVE, FIRST)

    assert done.returncode == 78
    assert "confirm" in done.stderr


def test_a_live_run_says_loudly_that_its_ledger_knows_of_none(tmp_path: Path) -> None:
    """An earlier version may have sent it, from another folder. That only nothing was sent changes nothing."""
    own = LedgerPlaces.of(None, tmp_path).live
    command = (*LIVE, "--confirm-live", "https://nowhere.example", FIRST, "--recordings", tmp_path)
    for _ in range(2):
        done = autofill(*command)
        assert (done.returncode, "sent twice" in done.stderr) == (69, True)
        assert f"no live runs yet: {own}" in done.stderr

    with open_ledger(own) as ledger:
        ledger.prepare("run-1", "key", space="live", form="a-form")
        ledger.filled("run-1")
        ledger.submitting("run-1")
    assert "sent twice" not in autofill(*command).stderr
    assert "sent twice" not in autofill("run", "--browser", "/nowhere", FIRST, "--recordings", tmp_path).stderr


def test_recordings_that_cannot_be_are_not_blamed_on_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        done = autofill("run", "--json", FIRST, "--recordings", place)
        answer = json.loads(done.stdout)
        assert (done.returncode, answer["exit_code"]) == (73, 73)
        assert "--recordings" in answer["next"]

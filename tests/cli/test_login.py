"""What `autofill login` refuses; how it keeps is shown in tests/journeys/test_informed_delivery.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.test_commands import autofill


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["usps-informed-delivery"], 78, "there is no terminal"),
        (["usps-informed-delivery", "--window"], 78, "there is no terminal"),
        (["usps-email-us"], 78, "This form has no login"),
        (["usps-informed-delivery", "--url", "http://evil.example/"], 78, "addresses on this computer"),
        (["nowhere"], 66, "no form map has this name"),
    ],
)
def test_what_cannot_be_kept_is_refused(arguments: list[str], code: int, said: str) -> None:
    """With what to do instead."""
    done = autofill("login", *arguments)
    assert done.returncode == code
    assert said in done.stderr


def test_forgetting_needs_no_terminal() -> None:
    """And names the place."""
    done = autofill("login", "usps-informed-delivery", "--forget")
    assert done.returncode == 0
    assert "https://informeddelivery.usps.com" in done.stdout

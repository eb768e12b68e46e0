"""What is kept of accounts: where, for whose eyes, and that it can be forgotten."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from autofill import accounts
from autofill.errors import Misconfigured
from autofill.replay.login import Credentials
from tests.keyring_file import FileKeyring

HERE, THERE = "http://127.0.0.1:8025", "https://informeddelivery.usps.com"
MINE = Credentials("ada", "hedgehog-on-stilts")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """State and keyring of a user who has kept nothing yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("TEST_KEYRING", str(tmp_path / "keyring.json"))
    monkeypatch.setattr(keyring.core, "_keyring_backend", FileKeyring())
    return tmp_path


async def found(origin: str) -> Credentials | None:
    access = accounts.access_to(origin)
    assert access.credentials
    return await access.credentials()


async def test_credentials_are_kept_for_one_origin() -> None:
    """The latest count, and the ones before are gone."""
    assert await found(HERE) is None
    accounts.keep_credentials(HERE, Credentials("old", "word"))
    accounts.keep_credentials(HERE, MINE)
    assert await found(HERE) == MINE
    assert await found(THERE) is None
    assert keyring.get_password(f"autofill:{HERE}", "ada") == MINE.password
    assert keyring.get_password(f"autofill:{HERE}", "old") is None


def test_no_text_of_credentials_shows_the_password() -> None:
    assert "hedgehog" not in f"{MINE} {MINE!r}"


def test_a_session_is_for_its_owner_s_eyes_only(home: Path) -> None:
    """And its file does not say where somebody has an account."""
    accounts.keep_session(HERE, "old")
    accounts.keep_session(HERE, "fresh")
    assert accounts.access_to(HERE).session == "fresh"
    assert accounts.access_to(THERE).session is None
    (file,) = (home / "state" / "autofill" / "sessions").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0
    assert "127" not in file.stem or len(file.stem) == 32


async def test_what_is_forgotten_is_gone() -> None:
    """Of one origin; forgetting twice does no harm."""
    for origin in (HERE, THERE):
        accounts.keep_credentials(origin, MINE)
        accounts.keep_session(origin, "session")
    accounts.forget(HERE)
    accounts.forget(HERE)
    assert (await found(HERE), accounts.access_to(HERE).session) == (None, None)
    assert (await found(THERE), accounts.access_to(THERE).session) == (MINE, "session")


async def test_without_a_keyring_there_is_nothing_and_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Asking is no error, keeping is; forgetting still removes the session."""
    none: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call]
    monkeypatch.setattr(keyring.core, "_keyring_backend", none)
    assert await found(HERE) is None
    with pytest.raises(Misconfigured) as caught:
        accounts.keep_credentials(HERE, MINE)
    assert caught.value.exit_code == 78
    assert "hedgehog" not in str(caught.value) + caught.value.hint
    accounts.keep_session(HERE, "session")
    accounts.forget(HERE)
    assert accounts.access_to(HERE).session is None


def test_a_session_that_cannot_be_kept_is_told(home: Path) -> None:
    """As a setting that is wrong."""
    (home / "state").write_text("a file where a folder should be")
    with pytest.raises(Misconfigured):
        accounts.keep_session(HERE, "session")


async def test_an_account_that_is_no_secret_is_the_same_everywhere() -> None:
    """Such as the practice desk's."""
    access = accounts.known("practice", "word")(HERE)
    assert access.session is None
    assert access.credentials
    assert await access.credentials() == Credentials("practice", "word")

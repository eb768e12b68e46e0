"""Accounts at sites: account and password in the system's keyring, sessions in private files of this user."""

from __future__ import annotations

import asyncio
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from autofill.errors import Misconfigured
from autofill.language import _
from autofill.replay.login import Access, Credentials

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

# A keyring finds a password by service and account. Which account a service has stands in an entry of this service.
_ACCOUNTS: Final = "autofill accounts"


def access_to(origin: str) -> Access:
    """Saved login of an origin; the keyring, which may have to be unlocked, is asked only when it is needed."""
    return Access(_session(origin), lambda: asyncio.to_thread(_credentials, origin))


def known(account: str, password: str) -> Callable[[str], Access]:
    """Access with an account that is no secret, such as the practice site's."""

    async def credentials() -> Credentials:
        return Credentials(account, password)

    return lambda _origin: Access(credentials=credentials)


def keep_credentials(origin: str, credentials: Credentials) -> None:
    """Save account and password in the keyring, in place of those of the origin.

    Raises:
        Misconfigured: there is no keyring that can be used.
    """
    with _keyring() as keyring:
        _forget_credentials(keyring, origin)
        keyring.set_password(_service(origin), credentials.account, credentials.password)
        keyring.set_password(_ACCOUNTS, origin, credentials.account)


def keep_session(origin: str, session: str) -> None:
    """Save a session in a file that only this user can read, in place of the origin's earlier one.

    Raises:
        Misconfigured: the file cannot be written.
    """
    file = _session_file(origin)
    fresh = file.with_suffix(".new")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as opened:
            opened.write(session)
        fresh.replace(file)
    except OSError as error:
        raise Misconfigured(
            _("The session could not be saved: {reason}.").format(reason=error.strerror),
            hint=_("Set XDG_STATE_HOME to use another folder."),
        ) from None


def forget(origin: str) -> None:
    """Remove whatever is saved for an origin."""
    _session_file(origin).unlink(missing_ok=True)
    with suppress(Misconfigured), _keyring() as keyring:
        _forget_credentials(keyring, origin)


def kept_password(service: str, account: str) -> str | None:
    """Password in the keyring; None if the keyring is missing, locked or empty: then a person is asked."""
    with suppress(Misconfigured), _keyring() as keyring:
        return keyring.get_password(service, account)
    return None


@contextmanager
def _keyring() -> Iterator[KeyringBackend]:
    """The system's keyring.

    Raises:
        Misconfigured: there is none that can be used.
    """
    try:
        import keyring  # noqa: PLC0415 - an extra, and few need it
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        raise Misconfigured(
            _("The keyring extra is not installed."), hint=_("Install it: pip install 'autofill[keyring]'")
        ) from None
    try:
        yield keyring.get_keyring()
    except KeyringError:
        raise Misconfigured(
            _("This system has no usable keyring."), hint=_("Save a session instead: --window")
        ) from None


def _credentials(origin: str) -> Credentials | None:
    account = kept_password(_ACCOUNTS, origin)
    password = kept_password(_service(origin), account) if account else None
    return Credentials(account, password) if account and password else None


def _forget_credentials(keyring: KeyringBackend, origin: str) -> None:
    from keyring.errors import PasswordDeleteError  # noqa: PLC0415

    if account := keyring.get_password(_ACCOUNTS, origin):
        for service, name in ((_service(origin), account), (_ACCOUNTS, origin)):
            with suppress(PasswordDeleteError):
                keyring.delete_password(service, name)


def _service(origin: str) -> str:
    return f"autofill:{origin}"


def _session(origin: str) -> str | None:
    with suppress(OSError):
        return _session_file(origin).read_text(encoding="utf-8")
    return None


def _session_file(origin: str) -> Path:
    """Path of a session, named so that the folder does not tell where somebody has accounts."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    name = hashlib.sha256(origin.encode()).hexdigest()[:32]
    return Path(state) / "autofill" / "sessions" / f"{name}.json"

"""The login sessions of Informed Delivery: the practice account, who is logged in, and when the account is locked.

No HTTP and no page. The account is no secret: it opens nothing but this practice site.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from autofill.replica.desk import Desk
from autofill.replica.options import PRACTICE_ACCOUNT

TRIES: Final = 5
IDLE: Final = timedelta(minutes=15)
REMEMBERED: Final = timedelta(days=30)
_FAILED: Final = "failed_logins"


@dataclass(slots=True)
class Session:
    """One login.

    Attributes:
        until: When it ends if no request comes before.
        idle: How long it lasts after each request.
        draft: The report that is being written.
    """

    until: datetime
    idle: timedelta
    draft: Mapping[str, str] = field(default_factory=dict)


class Sessions:
    """All login sessions, in memory; only the number of failed logins is kept in the records."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sessions: dict[str, Session] = {}

    @property
    def tries_left(self) -> int:
        """How many wrong passwords are left before the account is locked."""
        return max(0, TRIES - self._desk.records.counter(_FAILED))

    def log_in(self, username: str, password: str, *, remember: bool) -> str | None:
        """The name of a new session, or None: the account is locked, or name and password are not its own."""
        given, expected = (f"{name}\n{word}".encode() for name, word in ((username, password), PRACTICE_ACCOUNT))
        if not self.tries_left:
            return None
        if not secrets.compare_digest(given, expected):
            self._desk.records.increment(_FAILED)
            return None
        self._desk.records.increment(_FAILED, -self._desk.records.counter(_FAILED))
        name, idle = secrets.token_urlsafe(24), REMEMBERED if remember else IDLE
        self._sessions[name] = Session(self._desk.now() + idle, idle)
        return name

    def find(self, name: str) -> Session | None:
        """The open session of that name; finding it keeps it open."""
        found = self._sessions.get(name)
        if found is None or found.until < self._desk.now():
            self._sessions.pop(name, None)
            return None
        found.until = self._desk.now() + found.idle
        return found

    def log_out(self, name: str) -> None:
        """Close a session."""
        self._sessions.pop(name, None)

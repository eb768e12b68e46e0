"""Who may see the Informed Delivery dashboard: the practice account, its sessions, and when it is locked.

No HTTP and no page. The account is no secret: it opens nothing but this desk.
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
    """One visit: until when it is open if nothing happens, and the report that is being written."""

    until: datetime
    idle: timedelta
    draft: Mapping[str, str] = field(default_factory=dict)


class Sessions:
    """The sessions of one desk; they are forgotten when it closes, failed tries are not."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sessions: dict[str, Session] = {}

    @property
    def tries_left(self) -> int:
        """How many wrong passwords the account still takes."""
        return max(0, TRIES - self._desk.records.counter(_FAILED))

    def log_in(self, username: str, password: str, *, remember: bool) -> str | None:
        """Open a session; its name comes back, or None: the account is locked, or not this one."""
        given, wanted = (f"{name}\n{word}".encode() for name, word in ((username, password), PRACTICE_ACCOUNT))
        if not self.tries_left:
            return None
        if not secrets.compare_digest(given, wanted):
            self._desk.records.increment(_FAILED)
            return None
        self._desk.records.increment(_FAILED, -self._desk.records.counter(_FAILED))
        name, idle = secrets.token_urlsafe(24), REMEMBERED if remember else IDLE
        self._sessions[name] = Session(self._desk.now() + idle, idle)
        return name

    def session(self, name: str) -> Session | None:
        """The open session of that name; being asked for keeps it open."""
        found = self._sessions.get(name)
        if found is None or found.until < self._desk.now():
            self._sessions.pop(name, None)
            return None
        found.until = self._desk.now() + found.idle
        return found

    def log_out(self, name: str) -> None:
        """Close a session."""
        self._sessions.pop(name, None)

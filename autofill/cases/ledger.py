"""The ledger: claims an inquiry before it is sent, and remembers for ever what became of it.

Every change is one transaction, on the disk when the method returns. Nothing an inquiry says may be stored.
"""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from autofill.cases.database import connect, transaction
from autofill.cases.inquiry_key import inquiry_key
from autofill.cases.owner import Owner, is_alive
from autofill.cases.states import BLOCKING, IN_PROGRESS, Mover, State, after_death, is_legal
from autofill.cases.tables import HISTORY, RUNS, SECRET, Change, Row, Space, now
from autofill.errors import AlreadySent, Misconfigured
from autofill.events import Verdict


def open_ledger(where: str | Path) -> Ledger:
    """Open the ledger at a path or a `postgresql://` address; runs whose process died are settled at once.

    Raises:
        DiskTrouble: It cannot be read and written; nothing may be started.
        Misconfigured: The address cannot be used, or a newer version of the program made the ledger.
    """
    ledger = Ledger(connect(where))
    ledger.recover()
    return ledger


class Ledger:
    """An open ledger. Its methods raise `DiskTrouble` when the database fails; then nothing was changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._me = Owner.of(os.getpid())
        with transaction(engine) as connection:
            self._salt = bytes.fromhex(connection.execute(select(SECRET.c.salt)).scalar_one())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def key(self, form: str, origin: str, fields: Mapping[str, str]) -> str:
        """The inquiry's key in this ledger; see `inquiry_key`."""
        return inquiry_key(self._salt, form, origin, fields)

    def prepare(self, run_id: str, key: str, *, space: Space, form: str, again_because: str | None = None) -> None:
        """Claim an inquiry for a run. With `again_because`, also one that was sent before, if nobody is at it now.

        Raises:
            AlreadySent: It is being sent, was sent, or may have been.
        """
        with transaction(self._engine) as connection:
            _recover(connection)
            earlier = _attempts(connection, space, key)
            in_the_way = IN_PROGRESS if again_because else BLOCKING
            rival = next((row for row in earlier if row.state in in_the_way), None)
            latest = earlier[0] if earlier else None
            at = now()
            claim = {
                "run_id": run_id,
                "space": space,
                "inquiry_key": key,
                "attempt": latest.attempt + 1 if latest else 1,
                "form": form,
                "state": State.PREPARED,
                "follows": latest.run_id if latest else None,
                "because": again_because,
                "owner": str(self._me),
                "prepared_at": at,
                "changed_at": at,
            }
            if rival is None and _inserted(connection, claim):
                _note(connection, run_id, at, None, State.PREPARED, Mover.RUN, again_because or "")
                return
            # Between our look and our claim another process may have been faster; the constraint saw it.
            rival = rival or _attempts(connection, space, key)[0]
        raise _already(rival)

    def filled(self, run_id: str) -> None:
        """The form is filled and read back.

        Raises:
            AlreadySent: The run is no longer this process's.
        """
        self._advance(run_id, State.FILLED)

    def submitting(self, run_id: str) -> None:
        """The submit click comes next. When this returns, no other run of the inquiry can get this far.

        Raises:
            AlreadySent: The run is no longer this process's, so it must not click.
        """
        self._advance(run_id, State.SUBMITTING)

    def settle(self, run_id: str, verdict: Verdict, case_number: str | None = None) -> None:
        """What became of the run. Saying the same twice is fine.

        Raises:
            AlreadySent: The run is no longer this process's, or the verdict cannot follow on where it stands.
        """
        self._advance(run_id, State(verdict), case_number)

    def recover(self) -> tuple[str, ...]:
        """Settle the runs whose process is gone: unknown after the click, otherwise not submitted. Their ids."""
        with transaction(self._engine) as connection:
            return _recover(connection)

"""A thread that does something again and again, from when it is started until it is stopped. Knows no ledger.

A thread and no task of the event loop: the loop may stand still for minutes, as when a person is asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress

from autofill.cases.ledger.owner import HEARTBEAT
from autofill.errors import AutofillError


class Heartbeat:
    """Calls `beat` every HEARTBEAT; one that fails is left out, since the next may succeed."""

    def __init__(self, beat: Callable[[], None]) -> None:
        self._beat = beat
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin, if it has not begun."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="ledger heartbeat", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End; the beat that is going on is waited for."""
        self._stopped.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.wait(HEARTBEAT.total_seconds()):
            with suppress(AutofillError):
                self._beat()

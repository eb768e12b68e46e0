"""What SIGINT and SIGTERM do to a command: the first ends it in order, the second at once. Prints nothing."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from autofill.errors import ExitCode, Stopped

_CODES = {signal.SIGINT: ExitCode.INTERRUPTED, signal.SIGTERM: ExitCode.TERMINATED}


class Signals:
    """Listens from when it is made until the process ends: what was sent must not end as a mere interruption.

    The first signal interrupts what is inside `interrupting`, and nothing else; whatever settles, closes or seals
    goes on. A second one calls `leave` with the first, wherever the program is just then; that has to end the process.
    """

    def __init__(self, leave: Callable[[Stopped], None]) -> None:
        self.leave = leave
        self._heard: Stopped | None = None
        self._cancel: Callable[[], object] | None = None
        for number in _CODES:
            signal.signal(number, self._hear)

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        if self._heard is not None:
            self.leave(self._heard)
            return
        self._heard = Stopped(_CODES[signal.Signals(number)])
        if self._cancel is not None:
            self._cancel()

    @contextmanager
    def interrupting(self) -> Iterator[None]:
        """A signal, also an earlier one, cancels the task that is in here.

        Raises:
            Stopped: a signal came.
        """
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None
        inside = True

        def cancel() -> None:
            if inside and self._heard is not None:
                task.cancel(str(self._heard.exit_code.value))

        self._cancel = lambda: loop.call_soon_threadsafe(cancel)
        try:
            if self._heard is not None:
                raise self._heard
            yield
        except asyncio.CancelledError:
            if self._heard is None:
                raise
            raise self._heard from None
        finally:
            inside, self._cancel = False, None

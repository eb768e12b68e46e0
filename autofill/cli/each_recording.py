"""Several recordings, one after the other: what goes wrong with one is told, and stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from autofill import console
from autofill.errors import ExitCode, FileMissing, OurBug, failure_of
from autofill.language import _


def each(recordings: Iterable[Path], work: Callable[[Path], ExitCode], *, json: bool) -> set[ExitCode]:
    """Exit codes of all that was done.

    Args:
        recordings: What is worked on.
        work: Is done to each of them.
        json: Whether errors go to stdout, too, where programs look.
    """
    codes = {ExitCode.DONE}
    for recording in recordings:
        try:
            codes.add(work(recording))
        except Exception as unexpected:  # noqa: BLE001 - a recording may be made to break any program
            error = failure_of(unexpected)
            if isinstance(error, OurBug):
                error = OurBug(f"{recording}: {error}", hint=error.hint)
            if isinstance(unexpected, OSError):
                error = FileMissing.unreadable(recording, unexpected, _("Check that it belongs to you."))
            console.show_error(error)
            if json:
                console.say_error(str(error), error.exit_code, error.hint)
            codes.add(error.exit_code)
    return codes

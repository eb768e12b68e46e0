"""Tree of the errors that end a command; each has an exit code and a hint.

AutofillError                   code
+-- OurBug                    70
+-- InvalidFile               65       profile or form map: every problem at once
+-- FileMissing               66       a named file is not there
+-- Misconfigured             78       options or settings that contradict each other
+-- TheSite                            what the page did; certainly nothing was sent
|   +-- SiteUnavailable       69       cannot be reached
|   +-- TryLater              75       temporary, safe to retry
|   +-- FormChanged           76       the form is not as mapped
|   +-- PersonNeeded          77       CAPTCHA, login
+-- AlreadySent               84       the ledger knows this inquiry: sent, or being sent
|   +-- SameItem              84       or another one about the same item, whose answer may still come
+-- Stopped             130, 143       a signal told the run to stop
+-- NoBrowser                 69
+-- CannotRecord              73       the recording folder cannot be made
+-- DiskTrouble               74       writing failed

Exit codes 64-79, 130 and 143 mean "certainly not submitted"; 80-84 mean "do not send again unchanged".
No errors are 1 and 3: what `verify` found, and that something is due (`cases --due`).
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from pathlib import Path
from typing import Literal

from autofill.language import _, gettext_noop


class ExitCode(IntEnum):
    """Exit code of the process; the numbers are part of the contract."""

    DONE = 0
    VERIFY_FAILED = 1
    USAGE = 2
    SOMETHING_DUE = 3
    INVALID_FILE = 65
    FILE_MISSING = 66
    UNAVAILABLE = 69
    OUR_BUG = 70
    CANNOT_RECORD = 73
    DISK = 74
    TRY_LATER = 75
    FORM_CHANGED = 76
    PERSON_NEEDED = 77
    MISCONFIGURED = 78
    UNKNOWN = 80
    EVIDENCE_INCOMPLETE = 81
    REJECTED = 82
    NO_CASE_NUMBER = 83
    ALREADY_SENT = 84
    INTERRUPTED = 130
    TERMINATED = 143


@dataclass(frozen=True, slots=True)
class Problem:
    """Error or warning at one place of a file the user wrote.

    `line` and `column` count from 1; 0 means the file as a whole. `message` says what is wrong and what
    would be right, and never repeats a value: terminals and logs are read by others.
    """

    file: str
    line: int
    column: int
    field: str
    message: str
    severity: Literal["error", "warning"] = "error"

    @classmethod
    def of_file(cls, file: str, message: str) -> Problem:
        """A problem of a file as a whole."""
        return cls(file, line=0, column=0, field="", message=message)

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        what = f"{self.field}: {self.message}" if self.field else self.message
        return ": ".join((where, _("warning"), what) if self.severity == "warning" else (where, what))


class AutofillError(Exception):
    """Anything that ends a command in a way the user can understand and act on."""

    exit_code: ExitCode = ExitCode.OUR_BUG
    usual_hint: str = ""

    def __init__(self, message: str = "", *, hint: str = "", problems: Iterable[Problem] = ()) -> None:
        """Give the message, or the problems of files that it consists of."""
        self.problems = tuple(problems)
        super().__init__(message or "\n".join(map(str, self.problems)))
        self.hint = hint or (_(self.usual_hint) if self.usual_hint else "")


class OurBug(AutofillError):
    """A mistake of ours."""

    @classmethod
    def of(cls, error: Exception) -> OurBug:
        """Error for an unexpected exception: its kind and place, never its text, which may hold what was typed."""
        frames = traceback.extract_tb(error.__traceback__)
        place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
        what = f"{type(error).__name__}{place}"
        return cls(_("{what}. This is a bug in autofill.").format(what=what), hint=_("Please report it."))


class InvalidFile(AutofillError):
    """A profile or a form map that cannot be used; carries every problem found, in the order of its lines."""

    exit_code = ExitCode.INVALID_FILE

    def __init__(self, problems: Iterable[Problem]) -> None:
        super().__init__(
            problems=sorted(problems, key=lambda each: (each.line, each.column)),
            hint=_("Nothing was sent. Fix the errors above, then try again."),
        )


class FileMissing(AutofillError):
    """A file that was named does not exist or cannot be read."""

    exit_code = ExitCode.FILE_MISSING

    @classmethod
    def unreadable(cls, file: str | Path, error: OSError, hint: str) -> FileMissing:
        """Error for a file that the system does not let us read."""
        return cls(_("{file} cannot be read: {reason}.").format(file=file, reason=error.strerror), hint=hint)


class Misconfigured(AutofillError):
    """Options or settings that contradict each other, or ask for what is not allowed."""

    exit_code = ExitCode.MISCONFIGURED


class TheSite(AutofillError):
    """The page did something that stops the run before anything was sent.

    `wait` is how many seconds the site asks to be left alone, if it does (HTTP's Retry-After).
    """

    wait: int = 0


class SiteUnavailable(TheSite):
    """The site cannot be reached."""

    exit_code = ExitCode.UNAVAILABLE
    usual_hint = gettext_noop("Try again later.")


class TryLater(TheSite):
    """Temporary trouble; trying again is safe."""

    exit_code = ExitCode.TRY_LATER
    usual_hint = SiteUnavailable.usual_hint


class FormChanged(TheSite):
    """The page is not as the form map describes it."""

    exit_code = ExitCode.FORM_CHANGED
    usual_hint = gettext_noop("Look at the last screenshot of the recording.")


class PersonNeeded(TheSite):
    """The page wants a person: a CAPTCHA or a login."""

    exit_code = ExitCode.PERSON_NEEDED


class AlreadySent(AutofillError):
    """The ledger forbids this run: another one has sent the inquiry, is sending it, or may have."""

    exit_code = ExitCode.ALREADY_SENT

    def __init__(self, first: str, state: str, case_number: str | None = None, said: str = "") -> None:
        """`first`, `state` and `case_number` are the first run's; `said` is the state in the language in use."""
        self.first = first
        self.state = state
        self.case_number = case_number
        if case_number:
            words = _("Run {first} already has this inquiry: {state}, case number {case}. Nothing more was sent.")
        else:
            words = _("Run {first} already has this inquiry: {state}. Nothing more was sent.")
        message = words.format(first=first, state=said or state, case=case_number)
        super().__init__(message, hint=_(_AFTER_THE_FIRST.get(state, _WAIT)).format(first=first))


_WAIT = gettext_noop("Wait for that run to end.")
_AGAIN = gettext_noop("To send it again anyway, add a reason: --again --because TEXT.")
_AFTER_THE_FIRST = {
    "unknown": gettext_noop("Look at its recording and your mail, then record what happened: autofill resolve {first}"),
    "confirmed": _AGAIN,
    "confirmed-no-case": _AGAIN,
}


class SameItem(AlreadySent):
    """Another inquiry about the same item is being sent, or was and its answer may still come."""

    def __init__(
        self, first: str, said: str, sent: date, *, due: date | None = None, case_number: str | None = None
    ) -> None:
        """`sent` is the day of the `first` run, and `due` the day by whose end its answer should come.

        `due` is None while that run is at work; `said` is its state in the language in use.
        """
        self.first = first
        if due is None:
            words, hint = (
                _("Run {first} is working on another inquiry about the same item. Nothing more was sent."),
                _WAIT,
            )
        elif case_number:
            words, hint = _(_SAME_ITEM_CASE), _QUOTE_OR_SEND
        else:
            words, hint = _(_SAME_ITEM), _WAIT_OR_SEND
        message = words.format(first=first, state=said, case=case_number, sent=sent, due=due)
        AutofillError.__init__(self, message, hint=_(hint))


_SAME_ITEM = gettext_noop(
    "Run {first} sent another inquiry about the same item on {sent}: {state}."
    " An answer may take until {due}. Nothing more was sent."
)
_SAME_ITEM_CASE = gettext_noop(
    "Run {first} sent another inquiry about the same item on {sent}: {state}, case number {case}."
    " An answer may take until {due}. Nothing more was sent."
)
_WAIT_OR_SEND = gettext_noop(
    "Wait for its confirmation mail. To send this anyway, add a reason: --again --because TEXT."
)
_QUOTE_OR_SEND = gettext_noop(
    "Wait for the answer, or give that case as `previous_case`. To send this anyway, add a reason: "
    "--again --because TEXT."
)


class Stopped(AutofillError):
    """A signal told the run to stop; its exit code is the signal's."""

    def __init__(self, code: ExitCode) -> None:
        super().__init__(_("The run was stopped by a signal."), hint=_("Run again when you like."))
        self.exit_code = code


class NoBrowser(AutofillError):
    """No usable browser was found."""

    exit_code = ExitCode.UNAVAILABLE


class CannotRecord(AutofillError):
    """The recording folder cannot be made, so nothing may be sent."""

    exit_code = ExitCode.CANNOT_RECORD


class DiskTrouble(AutofillError):
    """Something could not be written or read on disk."""

    exit_code = ExitCode.DISK


def failure_of(error: BaseException) -> AutofillError:
    """Error of this tree for any exception: a cancellation is a signal's, an unexpected one is our bug."""
    if isinstance(error, AutofillError):
        return error
    if isinstance(error, Exception):
        return OurBug.of(error)
    code = str(error)  # a signal's cancellation has the exit code as its text
    return Stopped(ExitCode(int(code)) if code.isdecimal() else ExitCode.INTERRUPTED)

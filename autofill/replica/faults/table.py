"""Everything that can go wrong at the desk on request: one table of names, and how `NAME[@STEP][=VALUE]` is read.

What a fault does lives where it is done: wire.py, form_faults.py, actions.py and static/page_faults.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal, TypeAlias, get_args

from autofill.replica.form.fields import ALL_FIELDS

Step: TypeAlias = Literal["hub", "open", "topic", "tracking", "submit"]
"""The hub page, the wizard's page, its call for sub-topics, its call for a mailpiece, its submission."""

When: TypeAlias = Literal["before", "after"]
"""Before or after the server (for faults of the page: the page) has done what was asked."""

Place: TypeAlias = Literal["wire", "form", "reply", "page", "chat"]

STEPS: Final[tuple[Step, ...]] = get_args(Step)
BUTTONS: Final = ("Next", "Previous", "Submit")
_LABELS: Final = tuple(dict.fromkeys(field.label for field in ALL_FIELDS))
_STATUSES: Final = frozenset(str(int(status)) for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST)
_WRITTEN: Final = re.compile(r"(?P<name>[^@=]+)(?:@(?P<step>[^=]*))?(?:=(?P<value>.*))?", re.DOTALL)


class FaultError(ValueError):
    """A fault that does not exist, or a step or value that it does not take; the message says what would be right."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What the table says of one fault.

    Attributes:
        place: Who does it: the wire, the questions of the form, the reply to a submission, a script in the page, or
            the agent of the chat.
        words: What it does.
        step: Where it strikes unless told; None if it belongs to no step.
        value: What may stand after `=`: a word in capitals, or empty for nothing.
        default: The value when none is given; empty if one must be.
        when: The default of those faults that take `before` or `after`.
    """

    place: Place
    words: str
    step: Step | None = None
    value: str = ""
    default: str = ""
    when: When | None = None

    def written(self, name: str) -> str:
        """How it is asked for, with everything said that could be left out."""
        value = ",".join(filter(None, [self.default or self.value, self.when]))
        return name + (f"@{self.step}" if self.step else "") + (f"={value}" if value else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as it was asked for, with its defaults filled in."""

    name: str
    step: Step | None
    value: str
    when: When | None

    @property
    def kind(self) -> Kind:
        """Its row in the table."""
        return FAULTS[self.name]


FAULTS: Final[Mapping[str, Kind]] = {
    "reset": Kind("wire", "the connection is reset without an answer", "submit", when="after"),
    "empty": Kind("wire", "the connection is closed without a byte", "submit", when="after"),
    "hang": Kind("wire", "the connection stays open without an answer", "submit", when="after"),
    "status": Kind("wire", "an error status in place of the answer", "submit", "STATUS", "503", "after"),
    "slow": Kind("wire", "the answer comes late", "submit", "MS", "1000"),
    "drip": Kind("wire", "the answer's body comes in drips", "submit", "BYTES_PER_S", "1"),
    "truncated": Kind("wire", "the connection is closed in the middle of the answer", "submit"),
    "redirect307": Kind("wire", "a 307, so that a browser sends the same once more", "submit"),
    "redirect-loop": Kind("wire", "a redirect to itself, for ever", "open"),
    "redirect-away": Kind("wire", "a redirect to another origin", "open"),
    "renamed": Kind("form", "the control has another label", value="LABEL"),
    "doubled": Kind("form", "the control is there twice", value="LABEL"),
    "missing": Kind("form", "the control is not there", value="LABEL"),
    "cut": Kind("form", "the control takes five characters", value="LABEL"),
    "disabled": Kind("page", "the control or button is disabled", value="LABEL|BUTTON"),
    "mask": Kind("page", "the page rewrites what is typed", value="LABEL"),
    "reject": Kind("reply", "the server refuses this answer", "submit", "LABEL", "First Name"),
    "reject-silently": Kind("reply", "nothing is registered, and the page says nothing", "submit"),
    "no-number": Kind("reply", "a confirmation without a number", "submit"),
    "two-numbers": Kind("reply", "a confirmation with two different numbers", "submit"),
    "same-number-twice": Kind("reply", "a confirmation that repeats its number", "submit"),
    "stale": Kind("reply", "the confirmation of the submission before", "submit", when="after"),
    "captcha": Kind("page", "a CAPTCHA covers the page until it is solved", "open", when="before"),
    "login": Kind("page", "the way leads through a login", "open", when="before"),
    "session-expired": Kind("page", "the page wants to start anew", "open", when="before"),
    "confirm-dialog": Kind("page", "the page asks for a confirmation", "submit", when="before"),
    "alert-loop": Kind("page", "the page shows alerts, one after the other", "submit", "TIMES", "1000000", "before"),
    "beforeunload": Kind("page", "the page asks before it is left", "open", when="before"),
    "busy-loop": Kind("page", "a script of the page never ends", "submit", when="after"),
    "crash": Kind("page", "the page crashes", "submit", when="after"),
    "popups": Kind("page", "the page opens five windows", "submit", when="before"),
    "download": Kind("page", "the page starts a download named ../../evil.sh", "open", when="before"),
    "hidden-file-input": Kind("page", "a hidden file control that any click opens", "open", when="before"),
    "tall": Kind("page", "the page is 200,000 pixels high", "open", when="before"),
    "console-spam": Kind("page", "the page writes 10,000 lines to the console", "open", when="before"),
    "script-in-texts": Kind("page", "titles and texts carry markup"),
    "exfiltrate": Kind("page", "whatever is typed also goes to another origin", "open", when="before"),
    "duplicate-request": Kind("page", "the page sends TIMES requests and a beacon", "submit", "TIMES", "3", "before"),
    "native-post": Kind("page", "the inquiry is sent by a form that leaves the page", "submit", when="before"),
    "chat-closed": Kind("chat", "no agent is there to chat with"),
    "chat-lost": Kind("chat", "the agent leaves the chat at this message", value="MESSAGE", default="3"),
}


def parse_fault(text: str) -> Fault:
    """Read `NAME[@STEP][=VALUE]`; where a fault takes it, `before` or `after` is (part of) the value, after a comma.

    Raises:
        FaultError: It cannot be read.
    """
    found = _WRITTEN.fullmatch(text)
    name = found["name"] if found else text
    if found is None or name not in FAULTS:
        raise FaultError(f"unknown fault {name!r}{_nearest(name, FAULTS)}")
    value, when = _read_value(name, found["value"])
    return Fault(name, _read_step(name, found["step"]), value, when)


def faults_of(faults: Iterable[Fault], place: Place, step: Step | None = None) -> tuple[Fault, ...]:
    """Those of one place; with a step, those that strike there."""
    return tuple(fault for fault in faults if fault.kind.place == place and step in {None, fault.step})


def _read_step(name: str, step: str | None) -> Step | None:
    kind = FAULTS[name]
    if step is None or step == kind.step:
        return kind.step
    if kind.step is None or kind.place == "reply":
        raise FaultError(f"fault {name!r} takes no step")
    for known in STEPS:
        if known == step:
            return known
    raise FaultError(f"fault {name!r} has no step {step!r}; steps are {', '.join(STEPS)}")


def _read_value(name: str, value: str | None) -> tuple[str, When | None]:
    kind = FAULTS[name]
    when = kind.when
    parts = (value or "").split(",") if when else [value or ""]
    for word in get_args(When):
        if when and word in parts:
            when = word
            parts.remove(word)
    given = ",".join(parts)
    if given and not kind.value:
        raise FaultError(f"fault {name!r} takes no value {given!r}")
    given = given or kind.default
    if "LABEL" in kind.value:
        known = _LABELS + (BUTTONS if "BUTTON" in kind.value else ())
        if given not in known:
            raise FaultError(f"fault {name!r} needs {kind.value}{_nearest(given, known)}")
    elif kind.value and not (given.isascii() and given.isdecimal() and int(given)):
        raise FaultError(f"fault {name!r} needs a number for {kind.value}")
    elif kind.value == "STATUS" and given not in _STATUSES:
        raise FaultError(f"fault {name!r} needs an HTTP status from 400 on")
    return given, when


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - needed for mistakes only

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""

"""The table of all faults of the practice site, and the reading of `NAME[@STEP][=VALUE]`.

What a fault does is in network_faults.py, form_faults.py, sites/wizard/submission.py, sites/chat/site.py and
static/wizard/page_faults.js.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, Literal, TypeAlias, get_args

from autofill.replica.form.fields import ALL_FIELDS

FaultStep: TypeAlias = Literal["hub", "open", "topic", "tracking", "submit"]
"""The hub (Contact Us), the wizard's page, its call for sub-topics, its call for a mailpiece, its submission."""

FaultTiming: TypeAlias = Literal["before", "after"]
"""Before or after the server (for faults of the page: the page) has done what the step asks for."""

FaultPlace: TypeAlias = Literal["network", "form", "reply", "page", "chat"]

STEPS: Final[tuple[FaultStep, ...]] = get_args(FaultStep)
BUTTONS: Final = ("Next", "Previous", "Submit")
_LABELS: Final = tuple(dict.fromkeys(field.label for field in ALL_FIELDS))
_STATUSES: Final = frozenset(str(int(status)) for status in HTTPStatus if status >= HTTPStatus.BAD_REQUEST)
_WRITTEN: Final = re.compile(r"(?P<name>[^@=]+)(?:@(?P<step>[^=]*))?(?:=(?P<value>.*))?", re.DOTALL)


class FaultError(ValueError):
    """A fault that does not exist, or a step or value that it does not take; the message says what is right."""


@dataclass(frozen=True, slots=True)
class FaultSpec:
    """One row of the table.

    Attributes:
        place: Where it happens: in the network, in the questions of the form, in the reply to a submission, in a
            script of the page, or in the chat.
        words: What it does, for people.
        step: Its step unless another one is named; None if it belongs to no step.
        value: What `=` takes: a word in capitals, or empty for nothing.
        default: The value when none is given; empty if one must be given.
        when: Whether it happens before or after, unless said otherwise; None if that cannot be chosen.
    """

    place: FaultPlace
    words: str
    step: FaultStep | None = None
    value: str = ""
    default: str = ""
    when: FaultTiming | None = None

    def written(self, name: str) -> str:
        """The fault as it is asked for, defaults included."""
        value = ",".join(filter(None, [self.default or self.value, self.when]))
        return name + (f"@{self.step}" if self.step else "") + (f"={value}" if value else "")


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault as it was asked for, defaults filled in."""

    name: str
    step: FaultStep | None
    value: str
    when: FaultTiming | None

    @property
    def spec(self) -> FaultSpec:
        """Its row in the table."""
        return FAULTS[self.name]


FAULTS: Final[Mapping[str, FaultSpec]] = {
    "reset": FaultSpec("network", "the connection is reset without an answer", "submit", when="after"),
    "empty": FaultSpec("network", "the connection is closed without a byte", "submit", when="after"),
    "hang": FaultSpec("network", "the connection stays open without an answer", "submit", when="after"),
    "status": FaultSpec(
        "network", "an error status in place of the answer", "submit", value="STATUS", default="503", when="after"
    ),
    "slow": FaultSpec("network", "the answer comes late", "submit", value="MS", default="1000"),
    "drip": FaultSpec("network", "the answer's body comes byte by byte", "submit", value="BYTES_PER_S", default="1"),
    "truncated": FaultSpec("network", "the connection is closed in the middle of the answer", "submit"),
    "redirect307": FaultSpec("network", "a 307 redirect, so that the browser sends the same request again", "submit"),
    "redirect-loop": FaultSpec("network", "an endless redirect to itself", "open"),
    "redirect-away": FaultSpec("network", "a redirect to another origin", "open"),
    "renamed": FaultSpec("form", "the control has another label", value="LABEL"),
    "doubled": FaultSpec("form", "the control is there twice", value="LABEL"),
    "missing": FaultSpec("form", "the control is not there", value="LABEL"),
    "cut": FaultSpec("form", "the control takes five characters", value="LABEL"),
    "disabled": FaultSpec("page", "the control or button is disabled", value="LABEL|BUTTON"),
    "mask": FaultSpec("page", "the page rewrites what is typed", value="LABEL"),
    "reject": FaultSpec("reply", "the server refuses this answer", "submit", value="LABEL", default="First Name"),
    "reject-silently": FaultSpec("reply", "nothing is registered, and the page says nothing", "submit"),
    "no-number": FaultSpec("reply", "a confirmation without a number", "submit"),
    "two-numbers": FaultSpec("reply", "a confirmation with two different numbers", "submit"),
    "same-number-twice": FaultSpec("reply", "a confirmation that repeats its number", "submit"),
    "stale": FaultSpec("reply", "the confirmation of the submission before", "submit", when="after"),
    "captcha": FaultSpec("page", "a CAPTCHA covers the page until it is solved", "open", when="before"),
    "login": FaultSpec("page", "a login page comes first", "open", when="before"),
    "session-expired": FaultSpec("page", "the page says that the session has expired", "open", when="before"),
    "confirm-dialog": FaultSpec("page", "the page asks for a confirmation", "submit", when="before"),
    "alert-loop": FaultSpec(
        "page", "the page shows alerts, one after the other", "submit", value="TIMES", default="1000000", when="before"
    ),
    "beforeunload": FaultSpec("page", "the page asks before it is left", "open", when="before"),
    "busy-loop": FaultSpec("page", "a script of the page never ends", "submit", when="after"),
    "crash": FaultSpec("page", "the page crashes", "submit", when="after"),
    "popups": FaultSpec("page", "the page opens five windows", "submit", when="before"),
    "download": FaultSpec("page", "the page starts a download named ../../evil.sh", "open", when="before"),
    "hidden-file-input": FaultSpec("page", "a hidden file control that any click opens", "open", when="before"),
    "tall": FaultSpec("page", "the page is 200,000 pixels high", "open", when="before"),
    "console-spam": FaultSpec("page", "the page writes 10,000 lines to the console", "open", when="before"),
    "script-in-texts": FaultSpec("page", "titles and texts contain markup"),
    "exfiltrate": FaultSpec("page", "whatever is typed also goes to another origin", "open", when="before"),
    "duplicate-request": FaultSpec(
        "page", "the page sends TIMES requests and a beacon", "submit", value="TIMES", default="3", when="before"
    ),
    "native-post": FaultSpec("page", "the inquiry is sent by a form that leaves the page", "submit", when="before"),
    "chat-closed": FaultSpec("chat", "no agent is available"),
    "chat-lost": FaultSpec("chat", "the agent leaves the chat at this message", value="MESSAGE", default="3"),
}


def parse_fault(text: str) -> Fault:
    """The fault that `NAME[@STEP][=VALUE]` names; `before` or `after` is the value or its last part, after a comma.

    Raises:
        FaultError: It cannot be read.
    """
    found = _WRITTEN.fullmatch(text)
    name = found["name"] if found else text
    if found is None or name not in FAULTS:
        raise FaultError(f"unknown fault {name!r}{_nearest(name, FAULTS)}")
    value, when = _read_value(name, found["value"])
    return Fault(name, _read_step(name, found["step"]), value, when)


def faults_of(faults: Iterable[Fault], place: FaultPlace, step: FaultStep | None = None) -> tuple[Fault, ...]:
    """The faults of one place; with a step, of that step only."""
    return tuple(fault for fault in faults if fault.spec.place == place and step in {None, fault.step})


def _read_step(name: str, step: str | None) -> FaultStep | None:
    spec = FAULTS[name]
    if step is None or step == spec.step:
        return spec.step
    if spec.step is None or spec.place == "reply":
        raise FaultError(f"fault {name!r} takes no step")
    for known in STEPS:
        if known == step:
            return known
    raise FaultError(f"fault {name!r} has no step {step!r}; steps are {', '.join(STEPS)}")


def _read_value(name: str, value: str | None) -> tuple[str, FaultTiming | None]:
    spec = FAULTS[name]
    when = spec.when
    parts = (value or "").split(",") if when else [value or ""]
    for word in get_args(FaultTiming):
        if when and word in parts:
            when = word
            parts.remove(word)
    given = ",".join(parts)
    if given and not spec.value:
        raise FaultError(f"fault {name!r} takes no value {given!r}")
    given = given or spec.default
    if "LABEL" in spec.value:
        known = _LABELS + (BUTTONS if "BUTTON" in spec.value else ())
        if given not in known:
            raise FaultError(f"fault {name!r} needs {spec.value}{_nearest(given, known)}")
    elif spec.value and not (given.isascii() and given.isdecimal() and int(given)):
        raise FaultError(f"fault {name!r} needs a number for {spec.value}")
    elif spec.value == "STATUS" and given not in _STATUSES:
        raise FaultError(f"fault {name!r} needs an HTTP status from 400 on")
    return given, when


def _nearest(word: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches  # noqa: PLC0415 - needed for mistakes only

    near = get_close_matches(word, known, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""

"""How one practice desk behaves: the choices its caller makes.

No web server, no state and no form content live here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal, TypeAlias

from autofill.replica.faults.table import parse_fault
from autofill.replica.office.mail_server import MailServer

Shadow: TypeAlias = Literal["flat", "native"]

PRACTICE_ACCOUNT: Final = ("practice", "Let-me-in-2026")
"""User name and password of Informed Delivery at every desk; no secret."""


@dataclass(frozen=True, slots=True)
class ReplicaOptions:
    """The settings of one practice desk.

    Attributes:
        shadow: How controls are built: `flat` is plain nested elements with numbered ids (what the genuine
            platform shows by default), `native` is open shadow roots all the way down with repeated ids.
        star: Whether the labels of required controls carry a `*`.
        attachments: Whether Problem Details has a file control; the genuine form is described as having none.
        delay_ms: How long each call of the page to the server takes, in milliseconds.
        errors_first: Show the error line of every required control as soon as it is rendered.
        outbox: A folder that gets each mail as an `.eml` file, beside the outbox in memory.
        faults: What goes wrong, each as `NAME[@STEP][=VALUE]`; a page load can ask for more (`/s/?fault=...`).
        state: A file in which everything is remembered; without one it is forgotten when the desk closes.
        clock: How far the desk's clock is moved ahead when it opens, from where it was.
        reply_after: How long an agent takes to answer; they do so in office hours only.
        review_after: When a notice says that somebody looks into an inquiry; none does without it.
        silent: Nobody ever answers, unless told to for a single case.
        smtp: A mail server on this machine that gets every mail.

    Raises:
        FaultError: A fault cannot be read.
    """

    shadow: Shadow = "flat"
    star: bool = True
    attachments: bool = False
    delay_ms: int = 120
    errors_first: bool = False
    outbox: Path | None = None
    faults: tuple[str, ...] = ()
    state: Path | None = None
    clock: timedelta = timedelta()
    reply_after: timedelta = timedelta(hours=26)
    review_after: timedelta | None = None
    silent: bool = False
    smtp: MailServer | None = None

    def __post_init__(self) -> None:
        """Refuse a wrong fault where it is written, not where it would strike."""
        for fault in self.faults:
            parse_fault(fault)

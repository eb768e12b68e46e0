"""The options of a practice site, as its caller sets them.

No web server, no state and no form content.
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
"""User name and password of Informed Delivery on every practice site; no secret."""


@dataclass(frozen=True, slots=True)
class ReplicaOptions:
    """The options of one practice site.

    Attributes:
        shadow: How controls are built: `flat` is plain nested elements with numbered ids (what the genuine
            platform shows by default), `native` is open shadow roots all the way down with repeated ids.
        star: Whether the labels of required controls carry a `*`.
        attachments: Whether Problem Details has a file control; the genuine form is described as having none.
        delay_ms: How long each call of the page to the server takes, in milliseconds.
        errors_first: Show the error line of every required control as soon as it is rendered.
        outbox: A folder that gets each mail as an `.eml` file, beside the outbox in memory.
        faults: What goes wrong, each as `NAME[@STEP][=VALUE]`; the address of a page can add more (`/s/?fault=...`).
        state: The file of records; without one they are lost when the site stops.
        clock: How far the clock is moved ahead at the start, from where it was.
        reply_after: How long an agent takes to answer; agents answer in office hours only.
        review_after: When a mail says that the inquiry is under review; None sends no such mail.
        silent: Nobody answers, except a case for which a reply is asked for.
        variant: The seed of another wording, order and arrangement of the contact form; None is the usual one.
        smtp: A mail server on this machine that gets every mail.
        control: Whether programs of this machine may see and change everything by the control API.

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
    variant: int | None = None
    smtp: MailServer | None = None
    control: bool = True

    def __post_init__(self) -> None:
        """Check the faults here, where the caller can still be told."""
        for fault in self.faults:
            parse_fault(fault)

"""What the tests of mails share: signed mails of the organisation, and a ledger with cases that wait for them.

Nothing here asserts.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, make_msgid
from functools import cache
from pathlib import Path

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_records import Case
from autofill.cases.model.run_states import Space, State
from autofill.events import Verdict
from autofill.mail.reading import MailboxScan, MailOutcome
from autofill.mail.sources import Files

SENDER = "USPS Customer Support <uspscustomersupport@usps.gov>"
PERSON = "maria@example.com"
TRACKING = "9400111202555830001010"
CONFIRMATION = "We have received your inquiry.\n\nService Request Number: {number}\n"
REPLY = "I have looked into your inquiry and have asked the local office.\n\nRobin\n"
SELECTOR = "s1"


@cache
def key() -> rsa.RSAPrivateKey:
    """The key of the organisation's mail server."""
    return rsa.generate_private_key(public_exponent=65537, key_size=1024)


def record() -> str:
    """What the organisation publishes of its key."""
    public = (
        key().public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    return f"v=DKIM1; k=rsa; p={b64encode(public).decode()}"


def published(name: str) -> str | None:
    """The DNS as the organisation fills it."""
    return record() if name == f"{SELECTOR}._domainkey.usps.gov" else None


def mail(
    text: str,
    subject: str = "Your Service Request",
    *,
    sender: str = SENDER,
    to: str = PERSON,
    after: timedelta = timedelta(minutes=2),
    automatic: bool = True,
    html: bool = False,
) -> EmailMessage:
    """A mail of the organisation, not signed."""
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    made["From"] = sender
    made["To"] = to
    made["Subject"] = subject
    made["Date"] = format_datetime(datetime.now(UTC) + after)
    made["Message-ID"] = make_msgid(domain="usps.gov")
    if automatic:
        made["Auto-Submitted"] = "auto-generated"
    made.set_content(text, subtype="html" if html else "plain")
    return made


def signed(
    made: EmailMessage | bytes, domain: str = "usps.gov", leave_out: tuple[bytes, ...] = (), also: bytes = b""
) -> bytes:
    """The mail with the signature of its server."""
    raw = made if isinstance(made, bytes) else made.as_bytes()
    pem = key().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    there = {name.strip().lower() for name in re.findall(rb"^([\w-]+):", raw.partition(b"\r\n\r\n")[0], re.MULTILINE)}
    covered = [
        name for name in (b"from", b"to", b"subject", b"date", b"message-id", also) if name in there - {*leave_out}
    ]
    signature: bytes = dkim.sign(raw, SELECTOR.encode(), domain.encode(), pem, include_headers=covered)
    return signature + raw


def confirmation(number: str, **details: str) -> bytes:
    """The mail that tells a case's number, signed."""
    return signed(mail(CONFIRMATION.format(number=number), f"Your Service Request Number is {number}", **details))  # type: ignore[arg-type]


def reply(number: str) -> bytes:
    """The mail that a person at the organisation wrote, signed."""
    return signed(mail(REPLY, f"Re: Your Service Request Number is {number}", automatic=False))


@dataclass(slots=True)
class Office:
    """A person's ledger, recordings and mails."""

    folder: Path
    ledger: Ledger
    mails: list[Path] = field(default_factory=list)

    @property
    def recordings(self) -> Path:
        return self.folder / "recordings"

    def sent(
        self,
        run_id: str,
        number: str | None = None,
        *,
        space: Space = "live",
        form: str = "usps-email-us",
        email: str = PERSON,
        tracking: str = TRACKING,
        verdict: Verdict = Verdict.UNKNOWN,
        previous: str | None = None,
    ) -> str:
        """A run that pressed the button: confirmed if it got a number, otherwise unknown, or what is said."""
        self.ledger.prepare(run_id, run_id, space=space, form=form, previous_case=previous)
        self.ledger.filled(run_id)
        self.ledger.submitting(run_id)
        self.ledger.settle(run_id, Verdict.CONFIRMED if number else verdict, number)
        steps = self.recordings / run_id / "data" / "steps"
        steps.mkdir(parents=True)
        typed = [{"field": "contact.email", "found": email}, {"field": "item.tracking_number", "found": tracking}]
        (steps / "0002-contact.values.json").write_text(json.dumps(typed))
        return run_id

    def put(self, raw: bytes) -> Path:
        """A mail, saved as a file."""
        file = self.folder / f"{len(self.mails) + 1}.eml"
        file.write_bytes(raw)
        self.mails.append(file)
        return file

    def read(self, *raw: bytes) -> list[MailOutcome]:
        """Read these mails, or all that were put there."""
        files = [self.put(each) for each in raw] or self.mails
        return list(self.round(*files).outcomes())

    def round(self, *files: Path) -> MailboxScan:
        return MailboxScan(Ledgers(self.ledger), self.recordings, Files(files), published)

    def case(self, run_id: str = "run-1") -> Case:
        return self.ledger.cases.case(run_id)

    def state(self, run_id: str = "run-1") -> State:
        return self.ledger.row(run_id).state

    def kept(self) -> list[Path]:
        """The recordings that hold mails."""
        return sorted(self.recordings.glob("*-mail-*"))

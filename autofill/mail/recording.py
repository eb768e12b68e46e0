"""A mail as a recording of its own: byte for byte, with what was found out about it, sealed like any other.

What it does to its case is decided elsewhere. Nothing of it is rendered or opened.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import Field

from autofill import __version__
from autofill.cases.model.case_records import MAIL
from autofill.cases.model.case_states import Kind
from autofill.clock import in_utc
from autofill.evidence.keeping.folder import RecordingFolder
from autofill.evidence.keeping.journal import JOURNAL, Journal
from autofill.evidence.keeping.summary import RecordingModel
from autofill.evidence.sealing.seal import Sealed, seal, seal_hash_if_any
from autofill.mail.matching import cannot_be_read
from autofill.mail.message import Mail
from autofill.mail.signature import Signature

RAW: Final = "data/mail/1.eml"
# How the keys of events begin that mails made: those that are surely the organisation's, and those that need not be.
GOOD: Final = f"{MAIL}good"
DOUBTFUL: Final = f"{MAIL}doubtful"
_STATEMENT: Final = Path(__file__).with_name("statement.txt")


class MailSummary(RecordingModel):
    """What `data/mail.json` says. `read_at` and `dated` are in UTC; `sha256` is that of the raw mail."""

    schema_: Literal["autofill.mail-recording/1"] = Field(default="autofill.mail-recording/1", alias="schema")
    recording: str
    sha256: str
    case: str
    run_id: str
    case_number: str | None
    kind: Kind
    signature: str
    dated: datetime | None
    read_at: datetime


def keep_mail(recordings: Path, raw: bytes, mail: Mail, signature: Signature, summary: MailSummary) -> Sealed:
    """Keep a mail as a recording that follows its run's.

    Raises:
        DiskTrouble: It could not be written whole; then it is not sealed.
    """
    folder = RecordingFolder(recordings / summary.recording)
    for place in ("", "data", "data/mail"):
        folder.add_folder(place)
    journal = Journal(folder.path / JOURNAL)
    journal.write("mail", sha256=summary.sha256, bytes=len(raw), autofill=__version__)
    dkim = json.dumps(asdict(signature), ensure_ascii=False, indent=1)
    files = {
        RAW: raw,
        "data/mail/1.txt": _readable(mail).encode(errors="replace"),
        "data/mail/dkim.json": f"{dkim}\n".encode(),
        "data/mail.json": summary.content,
    }
    for name, content in files.items():
        folder.write(name, content)
        journal.write("file", path=name, sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))
    journal.close()
    statement = _STATEMENT.read_text(encoding="utf-8").format(
        name=summary.recording, version=__version__, read_at=in_utc(summary.read_at)
    )
    follows = seal_hash_if_any(recordings / summary.run_id)
    return seal(folder, summary.recording, follows=follows, statement_text=statement.encode())


def _readable(mail: Mail) -> str:
    head = {
        "From": mail.sender,
        "To": ", ".join(sorted(mail.to)),
        "Subject": mail.subject,
        "Date": mail.date.isoformat() if mail.date else "",
        "Message-ID": mail.message_id,
    }
    text = f"{cannot_be_read()} ({RAW})\n" if mail.is_unread else mail.text
    return "\n".join([*(f"{name}: {value}" for name, value in head.items()), "", text])

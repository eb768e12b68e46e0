"""What the desk remembers: submissions that reached it and mails it sent, in memory.

No HTTP and no rule about what is a good inquiry live here.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

from autofill.replica.checks import FieldError, find_errors
from autofill.replica.fields import ALL_FIELDS, Answers
from autofill.replica.mail import confirmation_mail

_NOT_KEPT = frozenset(field.name for field in ALL_FIELDS if field.same_as)


@dataclass(frozen=True, slots=True)
class Upload:
    """One attached file: its name, its size in bytes and its SHA-256 in hex."""

    name: str
    size: int
    sha256: str

    @classmethod
    def from_bytes(cls, name: str, content: bytes) -> Upload:
        """Describe a file by its content."""
        return cls(name, len(content), hashlib.sha256(content).hexdigest())


@dataclass(frozen=True, slots=True)
class Submission:
    """One inquiry as it arrived; `case_number` is None when it was refused."""

    case_number: str | None
    received_at: str
    accepted: bool
    fields: Answers
    files: tuple[Upload, ...]


class Desk:
    """The state of one practice desk.

    Attributes:
        requests: How many submit requests reached the server, counted before anything in them was read.
        leaked: How many requests brought data to the other origin, which is none of the desk's.
        submissions: Every readable submission, oldest first.
        mails: The outbox, oldest first.
    """

    def __init__(self, outbox: Path | None = None) -> None:
        self._folder = outbox
        self.reset()

    def reset(self) -> None:
        """Forget everything; mails already written to the folder stay there."""
        self.requests = 0
        self.leaked = 0
        self.submissions: list[Submission] = []
        self.mails: list[EmailMessage] = []

    def submit(self, answers: Answers, files: Sequence[Upload]) -> str | list[FieldError]:
        """Judge an inquiry, and file it and confirm it by mail when it is good.

        Returns:
            The service request number, or the complaints.
        """
        errors = find_errors(answers)
        if errors:
            return self.refuse(answers, files, errors)
        number = self.new_number()
        kept = self._keep(answers, files, number)
        self._post(confirmation_mail(number, kept.fields, datetime.fromisoformat(kept.received_at)), number)
        return number

    def refuse(self, answers: Answers, files: Sequence[Upload], errors: list[FieldError]) -> list[FieldError]:
        """Keep an inquiry that is not filed; the complaints are handed back."""
        self._keep(answers, files, None)
        return errors

    def last_number(self) -> str | None:
        """The number of the latest inquiry that was filed."""
        numbers = [submission.case_number for submission in self.submissions if submission.case_number]
        return numbers[-1] if numbers else None

    def new_number(self) -> str:
        """Draw 8 digits that cannot be guessed from the number before."""
        taken = {submission.case_number for submission in self.submissions}
        while (number := str(10_000_000 + secrets.randbelow(90_000_000))) in taken:
            pass
        return number

    def as_json(self) -> dict[str, object]:
        """What `GET /_replica/submissions` answers."""
        submissions = [asdict(submission) for submission in self.submissions]
        return {"requests": self.requests, "leaked": self.leaked, "submissions": submissions}

    def outbox_as_json(self) -> list[dict[str, str]]:
        """What `GET /_replica/outbox` answers; `raw` is the whole mail, ASCII only."""
        return [
            {
                "to": str(mail["To"]),
                "subject": str(mail["Subject"]),
                "case_number": str(mail["X-Service-Request"]),
                "raw": mail.as_bytes().decode("ascii"),
            }
            for mail in self.mails
        ]

    def _keep(self, answers: Answers, files: Sequence[Upload], number: str | None) -> Submission:
        kept = {name: answer for name, answer in answers.items() if name not in _NOT_KEPT}
        submission = Submission(number, datetime.now(UTC).isoformat(), number is not None, kept, tuple(files))
        self.submissions.append(submission)
        return submission

    def _post(self, mail: EmailMessage, number: str) -> None:
        self.mails.append(mail)
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / f"{number}.eml").write_bytes(mail.as_bytes())

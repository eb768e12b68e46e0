"""The desk: the organisation behind the practice site, which files inquiries and answers them by mail.

No HTTP, no words of a letter, and no rule about what a valid inquiry is.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from autofill.replica.form import catalog
from autofill.replica.form.checks import FieldError, find_errors
from autofill.replica.form.fields import ALL_FIELDS, PREVIOUS_CASE, Answers
from autofill.replica.office.clock import office_time
from autofill.replica.office.dkim_key import DkimKey
from autofill.replica.office.letters import write_letter
from autofill.replica.office.mail import compose, read_incoming
from autofill.replica.office.records import CaseMail, MailKind, Records, Submission, Task, Upload
from autofill.replica.options import ReplicaOptions

_NOT_RECORDED = frozenset(field.name for field in ALL_FIELDS if field.same_as)
_NO_SUCH_CASE = "We could not find a request with this number. Please check it, or choose the topic it was about."
_AHEAD_S, _KEY = "clock_ahead_s", "dkim_key"


class Desk:
    """The desk of one practice site.

    Args:
        options: How it behaves.

    Attributes:
        records: Its submissions, mails and tasks.

    Raises:
        RecordsError: The file of records cannot be used.
    """

    def __init__(self, options: ReplicaOptions = ReplicaOptions()) -> None:  # noqa: B008 - frozen
        self.options = options
        self.records = Records(options.state)
        if options.clock:
            self.records.increment(_AHEAD_S, int(options.clock.total_seconds()))

    def reset(self) -> None:
        """Delete everything but the DKIM key; mails already written to the folder stay there."""
        key = self.records.text(_KEY)
        self.records.clear()
        self.records.increment(_AHEAD_S, int(self.options.clock.total_seconds()))
        if key:
            self.records.set_text(_KEY, key)

    # The clock

    def now(self) -> datetime:
        """The time by the desk's clock."""
        return datetime.now(UTC) + timedelta(seconds=self.records.counter(_AHEAD_S))

    def advance(self, span: timedelta) -> None:
        """Move the clock ahead; mails that fall due meanwhile are written in order, each dated at its own time."""
        self.records.increment(_AHEAD_S, int(span.total_seconds()))
        self.write_due_mails()

    def write_due_mails(self) -> None:
        """Write every mail that is due."""
        if not self._due():  # as a rule; and to look keeps no other process waiting
            return
        with self.records.transaction():
            for task in self._due():
                self._write(task.case_number, task.kind, task.due, task.words)
                self.records.delete_task(task)

    # Inquiries

    def submit(self, answers: Answers, files: Sequence[Upload]) -> str | list[FieldError]:
        """Check an inquiry; a valid one is filed and confirmed by mail.

        Returns:
            The service request number, or the errors.
        """
        errors = find_errors(answers) or self._unknown_case(answers)
        if errors:
            return self.refuse(answers, files, errors)
        return self.file(answers, files)

    def file(self, answers: Answers, files: Sequence[Upload] = ()) -> str:
        """File a valid inquiry, confirm it by mail, and return its service request number."""
        with self.records.transaction():
            number, now = self.new_number(), self.now()
            self._record(answers, files, number)
            self._write(number, "confirmation", now)
            if not self.options.silent:
                if self.options.review_after is not None:
                    self.records.add_task(number, "review", office_time(now + self.options.review_after))
                self.records.add_task(number, "reply", office_time(now + self.options.reply_after))
        return number

    def refuse(self, answers: Answers, files: Sequence[Upload], errors: list[FieldError]) -> list[FieldError]:
        """Record an inquiry that is not filed, and return its errors."""
        self._record(answers, files, None)
        return errors

    def last_number(self) -> str | None:
        """The number of the inquiry that was filed last."""
        numbers = [submission.case_number for submission in self.records.submissions() if submission.case_number]
        return numbers[-1] if numbers else None

    def new_number(self) -> str:
        """A number not used yet: 8 digits that cannot be guessed from the number before and are no day."""
        # 10122026 or 20261012 would be read as a date on the confirmation, and no date is a case number.
        while self.records.case(number := str(60_000_000 + secrets.randbelow(40_000_000))):
            pass
        return number

    # Mails

    def receive_mail(self, raw: bytes) -> str | None:
        """Add a mail to its case; an agent will answer it, unless a program wrote it or the case is silent.

        Returns:
            The number of the case, or None: the mail belongs to none and was not recorded.
        """
        mail = read_incoming(raw)
        written = {mail.message_id: mail.case_number for mail in self.records.mails()}
        candidates = [written[id_] for id_ in mail.answers_to if id_ in written] + list(mail.numbers)
        case = next(filter(None, map(self.records.case, candidates)), None)
        if case is None or case.case_number is None:
            return None
        number, now = case.case_number, self.now()
        self.records.add_mail(number, "incoming", dated=now, message_id=mail.message_id, raw=raw)
        awaited = any(task.kind == "reply" for task in self.records.tasks(number))
        if not (awaited or case.silent or mail.is_automatic):
            self.records.add_task(number, "reply", office_time(now + self.options.reply_after))
        return number

    def schedule_reply(self, number: str, words: str, after: timedelta) -> None:
        """Replace the planned reply to a case: an agent answers with these words after this time."""
        self.set_silent(number, silent=False)
        self.records.add_task(number, "reply", self.now() + after, words)
        self.write_due_mails()

    def set_silent(self, number: str, *, silent: bool) -> None:
        """Leave a case without answers, or answer it again; planned replies are dropped."""
        self.records.set_silent(number, silent=silent)
        for task in self.records.tasks(number):
            if silent or task.kind == "reply":
                self.records.delete_task(task)

    def outbox(self) -> list[CaseMail]:
        """Every mail of the desk, signed, oldest first."""
        return [self._signed(mail) for mail in self.records.mails() if mail.kind != "incoming"]

    def recipient(self, mail: CaseMail) -> str:
        """The address that a mail of the desk goes to."""
        case = self.records.case(mail.case_number)
        return case.fields["email"] if case else ""

    def dkim_record(self) -> dict[str, str]:
        """The DNS record of the desk's DKIM key."""
        return self._key().record()

    def _due(self) -> list[Task]:
        """The mails that are due, in the order of their time."""
        now = self.now()
        return [task for task in self.records.tasks() if task.due <= now]

    def _unknown_case(self, answers: Answers) -> list[FieldError]:
        previous = answers.get(PREVIOUS_CASE, "").strip()
        is_known = previous == catalog.EXAMPLE_CASE or self.records.case(previous)
        if answers["topic"] != catalog.FOLLOW_UP or is_known:
            return []
        label = next(field.label for field in ALL_FIELDS if field.name == PREVIOUS_CASE)
        return [FieldError(PREVIOUS_CASE, label, _NO_SUCH_CASE)]

    def _record(self, answers: Answers, files: Sequence[Upload], number: str | None) -> None:
        recorded = {name: answer for name, answer in answers.items() if name not in _NOT_RECORDED}
        self.records.add_submission(
            Submission(
                case_number=number,
                received_at=self.now().isoformat(),
                fields=recorded,
                files=tuple(files),
                silent=self.options.silent,
            )
        )

    def _write(self, number: str, kind: MailKind, dated: datetime, words: str = "") -> None:
        case, before = self.records.case(number), self.records.mails(number)
        if case is None:
            return
        again = any(mail.kind == "incoming" for mail in before)
        letter = write_letter(kind=kind, number=number, answers=case.fields, words=words, again=again)
        mail = compose(letter, number, dated, [mail.message_id for mail in before if mail.message_id])
        added = self.records.add_mail(
            number, kind, dated=dated, message_id=str(mail["Message-ID"]), raw=mail.as_bytes()
        )
        if self.options.outbox is not None:
            self.options.outbox.mkdir(parents=True, exist_ok=True)
            name = f"{number}-{len(before) + 1}.eml" if before else f"{number}.eml"
            (self.options.outbox / name).write_bytes(self._signed(added).raw)

    def _signed(self, mail: CaseMail) -> CaseMail:
        """The mail with its signature, made when first read: signing is slow, and few practice mails are ever read."""
        return mail if mail.is_signed else self.records.replace_with_signed(mail, self._key().signed(mail.raw))

    def _key(self) -> DkimKey:
        if kept := self.records.text(_KEY):
            return DkimKey(kept)
        with self.records.transaction():
            # Another process may have been faster.
            key = DkimKey(self.records.text(_KEY) or DkimKey.new().pem)
            self.records.set_text(_KEY, key.pem)
        return key

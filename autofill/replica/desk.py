"""The desk behind its counter: what becomes of an inquiry, who writes when, and what is remembered of it.

No HTTP, no words of a letter, and no rule about what is a good inquiry live here.
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
from autofill.replica.office.records import CaseMail, MailKind, Records, Submission, Upload
from autofill.replica.options import ReplicaOptions

_NOT_KEPT = frozenset(field.name for field in ALL_FIELDS if field.same_as)
_NO_SUCH_CASE = "We could not find a request with this number. Please check it, or choose the topic it was about."
_AHEAD_S, _KEY = "clock_ahead_s", "dkim_key"


class Desk:
    """One practice desk.

    Args:
        options: How it behaves.

    Attributes:
        records: What it remembers.

    Raises:
        RecordsError: The file it is to remember things in cannot be used.
    """

    def __init__(self, options: ReplicaOptions = ReplicaOptions()) -> None:  # noqa: B008 - frozen
        self.options = options
        self.records = Records(options.state)
        self.records.increment(_AHEAD_S, int(options.clock.total_seconds()))

    def reset(self) -> None:
        """Forget everything but the signing key; mails already written to the folder stay there."""
        key = self.records.text(_KEY)
        self.records.clear()
        self.records.increment(_AHEAD_S, int(self.options.clock.total_seconds()))
        if key:
            self.records.set_text(_KEY, key)

    # The clock

    def now(self) -> datetime:
        """The time at the desk."""
        return datetime.now(UTC) + timedelta(seconds=self.records.counter(_AHEAD_S))

    def advance(self, span: timedelta) -> None:
        """Let time pass; what falls due meanwhile is written in its order, each letter at its own time."""
        self.records.increment(_AHEAD_S, int(span.total_seconds()))
        self.write_due_mails()

    def write_due_mails(self) -> None:
        """Write every letter that is due."""
        for task in self.records.tasks():
            if task.due > self.now():
                break
            self._write(task.case_number, task.kind, task.due, task.words)
            self.records.delete_task(task)

    # Inquiries

    def submit(self, answers: Answers, files: Sequence[Upload]) -> str | list[FieldError]:
        """Judge an inquiry, and file it and confirm it by mail when it is good.

        Returns:
            The service request number, or the complaints.
        """
        errors = find_errors(answers) or self._unknown_case(answers)
        if errors:
            return self.refuse(answers, files, errors)
        return self.file(answers, files)

    def file(self, answers: Answers, files: Sequence[Upload] = ()) -> str:
        """File an inquiry that was found good, however it came, and confirm it by mail; its number comes back."""
        number, now = self.new_number(), self.now()
        self._keep(answers, files, number)
        self._write(number, "confirmation", now)
        if not self.options.silent:
            if self.options.review_after is not None:
                self.records.add_task(number, "review", office_time(now + self.options.review_after))
            self.records.add_task(number, "reply", office_time(now + self.options.reply_after))
        return number

    def refuse(self, answers: Answers, files: Sequence[Upload], errors: list[FieldError]) -> list[FieldError]:
        """Keep an inquiry that is not filed; the complaints are handed back."""
        self._keep(answers, files, None)
        return errors

    def last_number(self) -> str | None:
        """The number of the latest inquiry that was filed."""
        numbers = [submission.case_number for submission in self.records.submissions() if submission.case_number]
        return numbers[-1] if numbers else None

    def new_number(self) -> str:
        """Draw 8 digits that cannot be guessed from the number before."""
        while self.records.case(number := str(10_000_000 + secrets.randbelow(90_000_000))):
            pass
        return number

    # Mails

    def receive_mail(self, raw: bytes) -> str | None:
        """Take a mail in; an agent will answer it, unless a program wrote it or the desk is silent.

        Returns:
            The number of the case it was put into, or None: it belongs to none and was not kept.
        """
        mail = read_incoming(raw)
        written = {mail.message_id: mail.case_number for mail in self.records.mails()}
        candidates = [written[id_] for id_ in mail.answers_to if id_ in written] + list(mail.numbers)
        case = next(filter(None, map(self.records.case, candidates)), None)
        if case is None or case.case_number is None:
            return None
        number, now = case.case_number, self.now()
        self.records.add_mail(number, "incoming", now, mail.message_id, raw)
        awaited = any(task.kind == "reply" for task in self.records.tasks(number))
        if not (awaited or case.silent or mail.is_automatic):
            self.records.add_task(number, "reply", office_time(now + self.options.reply_after))
        return number

    def schedule_reply(self, number: str, words: str, after: timedelta) -> None:
        """Have an agent answer a case at a given time, in place of when and what they would have answered."""
        self.set_silent(number, silent=False)
        self.records.add_task(number, "reply", self.now() + after, words)
        self.write_due_mails()

    def set_silent(self, number: str, *, silent: bool) -> None:
        """Have nobody answer a case, or somebody again; what was planned for it is dropped."""
        self.records.set_silent(number, silent=silent)
        for task in self.records.tasks(number):
            if silent or task.kind == "reply":
                self.records.delete_task(task)

    def outbox(self) -> list[CaseMail]:
        """Every mail the desk wrote, signed, oldest first."""
        return [self._signed(mail) for mail in self.records.mails() if mail.kind != "incoming"]

    def recipient(self, mail: CaseMail) -> str:
        """The address to which a mail of the desk goes."""
        case = self.records.case(mail.case_number)
        return case.fields["email"] if case else ""

    def dkim_record(self) -> dict[str, str]:
        """The DNS record by which the desk's signatures are checked."""
        return self._key().record()

    def _unknown_case(self, answers: Answers) -> list[FieldError]:
        previous = answers.get(PREVIOUS_CASE, "").strip()
        is_known = previous == catalog.EXAMPLE_CASE or self.records.case(previous)
        if answers["topic"] != catalog.FOLLOW_UP or is_known:
            return []
        label = next(field.label for field in ALL_FIELDS if field.name == PREVIOUS_CASE)
        return [FieldError(PREVIOUS_CASE, label, _NO_SUCH_CASE)]

    def _keep(self, answers: Answers, files: Sequence[Upload], number: str | None) -> None:
        kept = {name: answer for name, answer in answers.items() if name not in _NOT_KEPT}
        at = self.now().isoformat()
        self.records.add_submission(Submission(number, at, kept, tuple(files), self.options.silent))

    def _write(self, number: str, kind: MailKind, dated: datetime, words: str = "") -> None:
        case, before = self.records.case(number), self.records.mails(number)
        if case is None:
            return
        again = any(mail.kind == "incoming" for mail in before)
        letter = write_letter(kind, number, case.fields, words=words, again=again)
        mail = compose(letter, number, dated, [mail.message_id for mail in before if mail.message_id])
        kept = self.records.add_mail(number, kind, dated, str(mail["Message-ID"]), mail.as_bytes())
        if self.options.outbox is not None:
            self.options.outbox.mkdir(parents=True, exist_ok=True)
            name = f"{number}-{len(before) + 1}.eml" if before else f"{number}.eml"
            (self.options.outbox / name).write_bytes(self._signed(kept).raw)

    def _signed(self, mail: CaseMail) -> CaseMail:
        """Signing takes its time, and a practice run's mails are never looked at; so it is done when they are."""
        return mail if mail.is_signed else self.records.replace_with_signed(mail, self._key().signed(mail.raw))

    def _key(self) -> DkimKey:
        kept = self.records.text(_KEY)
        key = DkimKey(kept) if kept else DkimKey.new()
        if not kept:
            self.records.set_text(_KEY, key.pem)
        return key

"""The scan of a mailbox for cases: find, check, match, keep, move on. The one composition of this room.

Bounded, whatever is in the mailbox: headers first, whole mails only from expected senders, one at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Final

from autofill.cases.ledger.ledgers import Ledgers
from autofill.cases.model.case_records import Case, CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.errors import FileMissing
from autofill.evidence.keeping.folder import RecordingFolder, new_run_id
from autofill.evidence.sealing.seal import Sealed, stamped_as_configured
from autofill.language import _
from autofill.mail.file_kinds import is_forwarded
from autofill.mail.limits import LARGEST, MOST_LOOKED_AT, READ, is_within_limits
from autofill.mail.matching import Decision, cannot_be_read, decide, named_in, no_sender
from autofill.mail.message import Mail, digest, possible_numbers, read_mail
from autofill.mail.recording import DOUBTFUL, GOOD, MailSummary, keep_mail
from autofill.mail.senders import domains_of, is_within
from autofill.mail.signature import LookUp, Result, Signature, check_signature
from autofill.mail.sources import Head, MailSource
from autofill.mail.trace import trace_of

MOST_OPENED: Final = 1_000
# Mails that may be anybody's: nobody shall fill the disk with them.
MOST_DOUBTFUL: Final = 20
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


class MailResult(StrEnum):
    """What became of a mail that was opened."""

    PROOF = "proof"
    KEPT = "kept"
    KNOWN = "known"
    PASSED_OVER = "passed-over"
    REFUSED = "refused"
    UNREADABLE = "unreadable"


class _Refused(Exception):
    """A mail is not read, and why."""


@dataclass(frozen=True, slots=True)
class MailOutcome:
    """What became of one mail.

    Attributes:
        name: The mail's name where it lies.
        became: What became of it; only `kept` and `proof` are in the evidence.
        case: The case, by name and by its number, if it has one.
        kind: What happened to the case by it.
        signature: What its signature says.
        recording: The recording that holds it.
        remarks: What is to be known about it.
    """

    name: str
    became: MailResult
    case: str | None = None
    case_number: str | None = None
    kind: Kind | None = None
    signature: Result | None = None
    recording: str | None = None
    remarks: tuple[str, ...] = ()


def awaited_domains(cases: tuple[Case, ...]) -> tuple[str, ...]:
    """Whose mails any case waits for."""
    return tuple(sorted({domain for case in cases for domain in domains_of(case)}))


@dataclass(slots=True)
class MailboxScan:
    """One reading of a mailbox. After `outcomes` ended, the counts say what was looked at, and what was left out."""

    ledgers: Ledgers
    recordings: Path
    source: MailSource
    look_up: LookUp
    since: datetime = _LONG_AGO
    progress: Callable[[int], None] = lambda _count: None
    looked_at: int = 0
    opened: int = 0
    left_out: int = 0

    def outcomes(self) -> Iterator[MailOutcome]:
        """What became of each mail of an expected sender, the oldest first.

        Raises:
            DiskTrouble: One could not be kept; nothing was done with it, and those before it are done.
            FileMissing: There is no such mailbox.
        """
        chosen = self._chosen()
        left_out = {id(each) for each in [each for each in chosen if not each[2]][MOST_OPENED:]}
        self.left_out = len(left_out)
        told = (each for each in chosen if id(each) not in left_out)
        for _date, head, unwanted in sorted(told, key=lambda each: each[0]):
            outcome = self._outcome(head, unwanted)
            yield replace(outcome, remarks=tuple(dict.fromkeys(filter(None, (head.remark, *outcome.remarks)))))

    def _chosen(self) -> list[tuple[datetime, Head, str]]:
        """The mails whose sender some case waits for, without their headers, and all that was named; the newest first.

        With each the reason why it is not wanted; empty if it is.
        """
        domains = awaited_domains(self.ledgers.awaiting_mail())
        chosen = []
        for head in islice(self.source.heads(), MOST_LOOKED_AT):
            self.looked_at += head.is_mail
            self.progress(self.looked_at)
            mail, unwanted = read_mail(head.header), ""
            if not mail.sender:
                unwanted = _("It has no sender, or more than one.")
            elif not is_within(mail.domain, domains):
                unwanted = no_sender()
            elif mail.date and mail.date < self.since:
                unwanted = _("It is older than the day given.")
            if head.is_named or not unwanted:
                chosen.append((mail.date or _LONG_AGO, replace(head, header=b""), unwanted))
        return chosen

    def _outcome(self, head: Head, unwanted: str) -> MailOutcome:
        if not head.is_mail:
            return MailOutcome(head.name, MailResult.PASSED_OVER if head.is_there else MailResult.UNREADABLE)
        try:
            raw = self._open(head)
        except _Refused as refused:
            return MailOutcome(head.name, MailResult.REFUSED, remarks=(str(refused),))
        if unwanted:
            forwarded = _forwarded() if is_forwarded(raw[:READ]) else ""
            return MailOutcome(head.name, MailResult.PASSED_OVER, remarks=(unwanted, forwarded))
        self.opened += 1
        return self._take(head.name, raw)

    def _open(self, head: Head) -> bytes:
        too_large = _("It is larger than {size} MiB and was not read.").format(size=LARGEST // 1024**2)
        if head.size > LARGEST:
            raise _Refused(too_large)
        try:
            raw = self.source.body(head)
        except FileMissing as error:
            raise _Refused(error) from None
        if len(raw) > LARGEST:
            raise _Refused(too_large)
        if not is_within_limits(raw):
            raise _Refused(
                _("Its header is too long, or it has too many lines or parts, so it was not read. Look at it yourself.")
            )
        return raw

    def _take(self, name: str, raw: bytes) -> MailOutcome:
        mail, awaiting = read_mail(raw), self.ledgers.awaiting_mail()
        domains = tuple(domain for domain in awaited_domains(awaiting) if is_within(mail.domain, (domain,)))
        signature = check_signature(raw, mail, domains, self.look_up)
        if signature.is_good:
            # What it does, it does by what was signed: anybody on its way can have added the rest.
            mail = read_mail(raw, covered=frozenset(signature.covers))
        cases = self.ledgers.concerned_by(possible_numbers(mail.words) | named_in(mail.words, awaiting), mail.date)
        known = {case.case_id: case for case in (*cases, *awaiting)}
        decision = decide(mail, signature, tuple(known.values()), lambda run: trace_of(self.recordings / run))
        unread = cannot_be_read() if mail.is_unread else ""
        remarks = tuple(filter(None, (decision.remark, unread, _doubt(signature))))
        case = decision.case
        if case is None:
            return MailOutcome(name, MailResult.PASSED_OVER, signature=signature.result, remarks=remarks)
        number = decision.number or (case.numbers or (None,))[-1]
        once = _once(mail, raw, signature)
        if earlier := _earlier(case, once, digest(raw)):
            return MailOutcome(name, MailResult.KNOWN, case.case_id, number, recording=earlier.detail)
        if not signature.is_good and _doubtful(case) >= MOST_DOUBTFUL:
            enough = _("The case has {n} mails from unknown senders; no more are saved.").format(n=MOST_DOUBTFUL)
            return MailOutcome(name, MailResult.PASSED_OVER, case.case_id, number, remarks=(*remarks, enough))
        recording, faults = self._keep(raw, mail, signature=signature, decision=decision, once=once)
        became = MailResult.PROOF if decision.proves else MailResult.KEPT
        return MailOutcome(
            name,
            became,
            case=case.case_id,
            case_number=number,
            kind=decision.kind,
            signature=signature.result,
            recording=recording,
            remarks=(*remarks, *faults),
        )

    def _keep(
        self, raw: bytes, mail: Mail, signature: Signature, decision: Decision, once: str
    ) -> tuple[str, tuple[str, ...]]:
        """Keep a mail in the evidence, the case, and the run whose number it brings: all of them or none."""
        now = datetime.now(UTC)
        assert decision.case
        summary = MailSummary(
            recording=new_run_id(now, "mail"),
            sha256=digest(raw),
            case=decision.case.case_id,
            run_id=decision.run_id,
            case_number=decision.number or (decision.case.numbers or (None,))[-1],
            kind=decision.kind,
            signature=signature.result,
            dated=mail.date,
            read_at=now,
        )
        event = CaseEvent(
            decision.kind,
            mail.date or now,
            summary.recording,
            decision.number,
            evidence=summary.sha256,
            because=None if signature.is_good else str(signature.result),
            once=once,
        )
        seals: list[Sealed] = []
        ledger = self.ledgers.of_run(decision.run_id)

        def keep() -> None:
            seals.append(keep_mail(self.recordings, raw, mail=mail, signature=signature, summary=summary))

        if decision.number:
            ledger.confirm_by_mail(decision.run_id, decision.case.case_id, event, keep)
        else:
            ledger.cases.record(decision.case.case_id, event, keep)
        folder = RecordingFolder(self.recordings / summary.recording)
        # Asking an authority takes seconds: not while the ledger waits.
        return summary.recording, tuple(fault for one in seals for fault in stamped_as_configured(folder, one).faults)


def _once(mail: Mail, raw: bytes, signature: Signature) -> str:
    """What makes a mail the same one again: its id if it is signed, which no copy changes; otherwise every byte."""
    if signature.is_good and mail.message_id:
        return f"{GOOD} {hashlib.sha256(mail.message_id.encode()).hexdigest()}"
    return f"{GOOD if signature.is_good else DOUBTFUL} {digest(raw)}"


def _earlier(case: Case, once: str, sha256: str) -> CaseEvent | None:
    """The event that this mail made before; one that was good then stays so, if nobody can be asked now."""
    same = (e for e in case.mails if e.once == once or (e.evidence == sha256 and once.startswith(DOUBTFUL)))
    return next(same, None)


def _doubtful(case: Case) -> int:
    return sum((event.once or "").startswith(DOUBTFUL) for event in case.mails)


def _forwarded() -> str:
    return _("It seems to forward another mail. Only the original can be checked: save that one as a file.")


def _doubt(signature: Signature) -> str:
    match signature.result:
        case Result.BAD:
            return _("It is forged, or was changed on its way, so it changes nothing.")
        case Result.GOOD:
            return ""
    return (
        _("Its signature could not be checked ({why}).").format(why=_(signature.why))
        if signature.why
        else _("It is not signed.")
    )

"""Matching: which case a mail belongs to, and what it may do to it; the table in `docs/mail.md`, as a pure function.

No file, no ledger, no clock. In doubt a mail does nothing, and the decision says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final, TypeAlias

from autofill.cases.model.case_records import Case
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import State
from autofill.language import _
from autofill.mail.labels import is_called_otherwise
from autofill.mail.message import Mail, tokens
from autofill.mail.senders import domains_of, is_within, mail_rules, numbers_in
from autofill.mail.signature import Result, Signature
from autofill.mail.trace import Trace

Traces: TypeAlias = Callable[[str], Trace]

# A confirmation comes within minutes; mail servers try for a day. Clocks differ by a few minutes.
_EARLIEST: Final = timedelta(minutes=-15)
_LATEST: Final = timedelta(days=1)
# A number of so many letters and digits does not stand in a mail by chance.
_TELLING: Final = 6


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a mail.

    Attributes:
        case: The case it belongs to; None if it is not to be kept.
        run_id: The run it belongs to: the one that got the number it names.
        kind: What happens to the case; a note changes nothing.
        number: The new case number it brings.
        proves: Whether it proves that the run arrived, which was unknown or denied until now. A number without
            that is the one that a confirmed run lacked.
        remark: In words what is to be known about this; empty if nothing is.
    """

    case: Case | None = None
    run_id: str = ""
    kind: Kind = Kind.NOTE
    number: str | None = None
    proves: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """What a mail says of numbers: its words, the runs of letters and digits in them, what it calls a case number."""

    words: str
    tokens: frozenset[str]
    named: frozenset[str]

    def names(self, case: Case, number: str) -> bool:
        """Whether the mail names a number of a case as a whole: all its parts, one behind the other.

        A short one has to be called a case number, as a year or a ZIP code may be the same; and one that is called an
        order or a telephone is none.
        """
        if number in self.named:
            return True
        parts = re.findall(r"\w+", number)
        # The cheap test comes first: most numbers are of other cases, and their parts are not in the mail at all.
        if not parts or not self.tokens.issuperset(parts):
            return False
        rules = mail_rules(case).case_number
        if rules and len("".join(parts)) < _TELLING and f"#{number}" not in self.words:
            return False
        near = re.compile(rules.near if rules else "(?!)", re.IGNORECASE)
        whole = r"[\W_]+".join(parts)
        found = re.finditer(rf"(?<![0-9A-Za-z]){whole}(?![0-9A-Za-z])", self.words)
        return any(not is_called_otherwise(self.words, each.start(), near) for each in found)


def decide(mail: Mail, signature: Signature, cases: tuple[Case, ...], trace_of: Traces) -> Decision:
    """Decide about one mail.

    Args:
        mail: The mail.
        signature: What its signature says.
        cases: Every case that it may be about, and one of each whose mails are awaited.
        trace_of: What a run typed, by the run's name.
    """
    listening = [case for case in cases if is_within(mail.domain, domains_of(case))]
    if not listening:
        return Decision(remark=no_sender())
    named = named_in(mail.words, listening)
    said = _Said(mail.words, tokens(mail.words), named)
    real = [case for case in listening if case.is_real]
    known = [case for case in real if any(said.names(case, number) for number in case.numbers)]
    if len(known) > 1:
        return Decision(remark=_("It has the numbers of more than one case. Decide yourself which one it is about."))
    every = {number for case in real for number in case.numbers}
    new = sorted(named - every)
    runs = _without_number(mail, known or listening, new, trace_of) if mail.kind is Kind.ACKNOWLEDGED else []
    if len(runs) == 1 and signature.is_good:
        case, run, number = runs[0]
        return Decision(
            case, run.run_id, kind=Kind.ACKNOWLEDGED, number=number, proves=run.state is not State.CONFIRMED_NO_CASE
        )
    if known:
        remark = _("It has another number, too.") if new else ""
        if any(trace_of(run.run_id).is_reached_by(mail) for run in known[0].runs):
            return _about(known[0], mail, signature=signature, said=said, remark=remark)
        elsewhere = _("It did not go to the address in the inquiry. It is saved, and changes nothing.")
        return replace(_about(known[0], mail, signature=signature, said=said, remark=elsewhere), kind=Kind.NOTE)
    return Decision(remark=_why_nothing(mail, runs, signature=signature, new=new))


def named_in(words: str, cases: Iterable[Case]) -> frozenset[str]:
    """What the words call a case number, as any of the cases' organisations write theirs."""
    rules = dict.fromkeys(mail_rules(case) for case in cases)
    return frozenset(number for each in rules for number in numbers_in(words, each))


def no_sender() -> str:
    """The remark on a mail of somebody else."""
    return _("No case is waiting for this sender.")


def cannot_be_read() -> str:
    """The remark on a mail whose words nobody but the person's own mail program can read."""
    return _("Its text is encrypted, or packed in a way that autofill cannot read. Look at it yourself.")


def _about(case: Case, mail: Mail, signature: Signature, said: _Said, remark: str) -> Decision:
    """A mail that names a case's number. Unsigned it may be anybody's: then it confirms, at most."""
    # A further inquiry's mail quotes the numbers before it too: it is about the newest that it names.
    named = [run for run in case.runs if run.case_number and said.names(case, run.case_number)]
    run = named[-1] if named else case.runs[0]
    # Each inquiry is confirmed once: what a person writes after that is an answer, however it begins.
    late = not mail.is_automatic and mail.kind is Kind.ACKNOWLEDGED and _is_confirmed(case, run)
    kind = Kind.ANSWERED if late else mail.kind
    if signature.result is Result.BAD or not (signature.is_good or kind is Kind.ACKNOWLEDGED):
        kind = Kind.NOTE
    return Decision(case, run.run_id, kind, remark=remark)


def _is_confirmed(case: Case, run: RunRecord) -> bool:
    """Whether a confirmation of the run is known; one that may be anybody's does not count."""
    sent = next((number for number, event in enumerate(case.events) if event.run_id == run.run_id), 0)
    return any(event.kind is Kind.ACKNOWLEDGED and not event.is_doubtful for event in case.events[sent:])


def _without_number(
    mail: Mail, cases: list[Case], new: list[str], trace_of: Traces
) -> list[tuple[Case, RunRecord, str]]:
    """The runs without a number that the mail can confirm, each with the one new number that the mail gives it.

    It has to be to the person's address, and about their item if it says so. The address always has to be theirs:
    whoever knows the item can have a mail about it written to himself. What the person wrote, such as a telephone
    number, is no number of a case.
    """
    waiting = [(case, run, trace_of(run.run_id)) for case in cases for run in _unnumbered(case, mail)]
    addressed = [
        (case, run, trace, number)
        for case, run, trace in waiting
        if trace.is_addressed_by(mail) and (number := _only({*new} - _days(mail, run) - trace.among(new)))
    ]
    quoting = [each for each in addressed if each[2].is_quoted_in(mail, mail_rules(each[0]).quotes)]
    return [(case, run, number) for case, run, _trace, number in quoting or addressed]


def _only(numbers: set[str]) -> str:
    return next(iter(numbers)) if len(numbers) == 1 else ""


def _days(mail: Mail, run: RunRecord) -> set[str]:
    """The days of the matter, as they may be written without a mark between."""
    return {f"{day:{form}}" for day in (mail.date, run.at) if day for form in ("%Y%m%d", "%m%d%Y", "%d%m%Y")}


def _unnumbered(case: Case, mail: Mail) -> Iterator[RunRecord]:
    for run in case.runs:
        # The clock of the practice desk is moved about; that of the world is not.
        since = mail.date - run.at if mail.date and case.space == "live" else timedelta()
        if run.lacks_number and mail.date and _EARLIEST <= since <= _LATEST:
            yield run


def _why_nothing(mail: Mail, runs: list[tuple[Case, RunRecord, str]], signature: Signature, new: list[str]) -> str:
    if len(runs) > 1:
        return _("It may be about any of these runs. Decide yourself: {runs}").format(
            runs=", ".join(run.run_id for _case, run, _number in runs)
        )
    if runs and signature.result is not Result.BAD:
        return _(
            "It seems to confirm {run}, but is not signed. If you know: autofill resolve {run} --case {number}"
        ).format(run=runs[0][1].run_id, number=runs[0][2])
    if runs:
        return _("It is forged, or was changed on its way.")
    if new:
        return _("No case has its number.")
    if mail.is_closed:
        return cannot_be_read()
    return _("It has no case number.")

"""What a case's status says to a person: the next step as a sentence. For lists, calendars and notices.

No personal value can be in it: only case numbers, names of runs and days.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from autofill.cases.model.case_states import WORDS
from autofill.cases.model.case_status import CaseStatus, NextStep
from autofill.cases.model.run_states import WORDS as RUN_WORDS
from autofill.cases.model.run_states import State
from autofill.language import _, gettext_noop, plural

_NEXT: Final[Mapping[NextStep, str]] = {
    NextStep.NOTHING: gettext_noop("Nothing to do."),
    NextStep.WAIT: gettext_noop("Wait for their answer until the end of {due}."),
    NextStep.LOOK_FOR_CONFIRMATION: gettext_noop("No confirmation mail yet. Check your spam folder, too."),
    NextStep.RESOLVE_RUN: gettext_noop("Find out whether it arrived, then record it: autofill resolve {run}"),
    NextStep.ANSWER_THEM: gettext_noop("Answer them: autofill followup {name} --message FILE"),
    NextStep.DECIDE: gettext_noop(
        "If it is settled: autofill cases {name} --mark resolved. If not, answer: autofill followup {name}"
    ),
    NextStep.SEND_LETTER: gettext_noop("The letter you wrote was not sent yet; read it, then: autofill run {file}"),
    NextStep.FOLLOW_UP: gettext_noop("Remind them: autofill followup {name}"),
    NextStep.ESCALATE: gettext_noop("Reminders did not help. Take the next step: autofill followup {name}"),
}


def name_of(case_status: CaseStatus) -> str:
    """What a person calls the case: its number, or else its name."""
    return (case_status.case.numbers or (case_status.case.case_id,))[-1]


def status_words(case_status: CaseStatus) -> str:
    """The status, and how late it is."""
    if case_status.step is NextStep.RESOLVE_RUN:
        return _(RUN_WORDS[State.UNKNOWN])
    status = _(WORDS[case_status.status])
    if not case_status.days_late:
        return status
    days = plural("{status}, {n} business day", "{status}, {n} business days", case_status.days_late)
    return days.format(status=status, n=case_status.days_late)


def next_words(case_status: CaseStatus, written: Callable[[date], str] = str) -> str:
    """The next step, its day `written` like this."""
    case, words = case_status.case, _(_NEXT[case_status.step])
    letter = "--live FILE" if case.space == "live" else "FILE"
    due = case_status.due and written(case_status.due)
    return words.format(due=due, run=case.case_id, name=name_of(case_status), file=letter)


def summary_words(statuses: tuple[CaseStatus, ...]) -> str:
    """How many cases want the person, with nothing about any of them."""
    count = sum(case_status.is_due for case_status in statuses)
    return plural("{n} case is waiting for you.", "{n} cases are waiting for you.", count).format(n=count)

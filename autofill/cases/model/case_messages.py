"""What a case's standing says to a person: the next step as a sentence. For lists, calendars and notices.

No personal value can be in it: only case numbers, names of runs and days.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from autofill.cases.model.case_states import WORDS
from autofill.cases.model.case_status import CaseStatus, Step
from autofill.language import _, gettext_noop, plural

_NEXT: Final[Mapping[Step, str]] = {
    Step.NOTHING: gettext_noop("Nothing to do."),
    Step.WAIT: gettext_noop("Wait for their answer until the end of {due}."),
    Step.LOOK_FOR_CONFIRMATION: gettext_noop("No confirmation mail is known yet: look among the unwanted mail too."),
    Step.RESOLVE_RUN: gettext_noop("Find out whether it arrived, then say so: autofill resolve {run}"),
    Step.ANSWER_THEM: gettext_noop("Answer them: autofill followup {name} --message FILE"),
    Step.DECIDE: gettext_noop(
        "Is it settled? autofill cases {name} --mark resolved; if not, answer: autofill followup {name}"
    ),
    Step.SEND_LETTER: gettext_noop("The letter you wrote was not sent yet; read it, then: autofill run {where} FILE"),
    Step.FOLLOW_UP: gettext_noop("Remind them: autofill followup {name}"),
    Step.ESCALATE: gettext_noop("Reminders are no use any more; take the next way: autofill followup {name}"),
}


def name_of(standing: CaseStatus) -> str:
    """What a person calls the case: its number, or else its name."""
    return (standing.case.numbers or (standing.case.case_id,))[-1]


def status_words(standing: CaseStatus) -> str:
    """The status, and how late it is."""
    status = _(WORDS[standing.status])
    if not standing.days_late:
        return status
    days = plural("{status}, {n} business day", "{status}, {n} business days", standing.days_late)
    return days.format(status=status, n=standing.days_late)


def next_words(standing: CaseStatus) -> str:
    """The next step."""
    case, words = standing.case, _(_NEXT[standing.step])
    where = "--live" if case.space == "live" else "--url URL"
    return words.format(due=standing.due, run=case.case_id, name=name_of(standing), where=where)


def summary_words(standings: tuple[CaseStatus, ...]) -> str:
    """How many cases want the person, with nothing about any of them."""
    count = sum(standing.is_due for standing in standings)
    return plural("{n} case is waiting for you.", "{n} cases are waiting for you.", count).format(n=count)

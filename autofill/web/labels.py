"""The web app's labels for states, reviews and forms. Knows no page.

Colour is never the only sign: every tone has its text and its mark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from autofill.cases.model.case_messages import status_words
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, NextStep
from autofill.cases.model.reviews import ReviewStance
from autofill.cases.model.run_records import RunRecord
from autofill.cases.model.run_states import State
from autofill.events import Verdict
from autofill.evidence.keeping.report import Outcome, Tone, outcome_of
from autofill.language import _, gettext_noop
from autofill.web.recording_store import RecordingCondition, RecordingEntry

_CONDITIONS: Final = {
    RecordingCondition.MAIL: Outcome(
        "still", gettext_noop("Mail"), gettext_noop("A mail about a case, kept as it came.")
    ),
    RecordingCondition.UNFINISHED: Outcome(
        "still",
        gettext_noop("Unfinished"),
        gettext_noop(
            "The run ended before it could write its summary, so nothing here is sealed."
            " If it got as far as the submit, the inquiry may have been sent."
        ),
    ),
    RecordingCondition.PURGED: Outcome(
        "still",
        gettext_noop("Purged"),
        gettext_noop("What was personal in it was removed. What it was can still be proven."),
    ),
    RecordingCondition.ENCRYPTED: Outcome(
        "still", gettext_noop("Encrypted"), gettext_noop("Only whoever has the key can open it: autofill decrypt.")
    ),
    RecordingCondition.UNREADABLE: Outcome(
        "bad",
        gettext_noop("Cannot be read"),
        gettext_noop("It is damaged, or made by something else than autofill. Nothing in it was opened."),
    ),
}
_STANCES: Final = {
    ReviewStance.ACCEPT: Outcome("good", gettext_noop("Accepted"), gettext_noop("It shows what it should.")),
    ReviewStance.DOUBT: Outcome("doubt", gettext_noop("Doubted"), gettext_noop("Something about it is not right.")),
    ReviewStance.NOTE: Outcome("still", gettext_noop("Note"), gettext_noop("Only to remember something.")),
}


# What the person is told first of a case that waits for them.
_STEPS: Final = {
    NextStep.RESOLVE_RUN: Outcome(
        "doubt", gettext_noop("Outcome unknown"), gettext_noop("It is not known yet whether this one arrived")
    ),
    NextStep.ANSWER_THEM: Outcome("due", gettext_noop("Waiting for you"), gettext_noop("They asked you something")),
    NextStep.DECIDE: Outcome("good", gettext_noop("Answered"), gettext_noop("They answered. Does that settle it?")),
    NextStep.SEND_LETTER: Outcome(
        "due", gettext_noop("Letter not sent"), gettext_noop("Your letter has not been sent")
    ),
    NextStep.FOLLOW_UP: Outcome("due", gettext_noop("No answer"), gettext_noop("No answer came in time")),
    NextStep.ESCALATE: Outcome("due", gettext_noop("No answer"), gettext_noop("Reminders have not helped")),
}
_EVENTS: Final[Mapping[Kind, str]] = {
    Kind.ACKNOWLEDGED: gettext_noop("They confirmed it"),
    Kind.REVIEWED: gettext_noop("They are looking into it"),
    Kind.QUESTION: gettext_noop("They asked something"),
    Kind.ANSWERED: gettext_noop("They answered"),
    Kind.REPLIED: gettext_noop("I replied"),
    Kind.RESOLVED: gettext_noop("It is settled"),
    Kind.CLOSED: gettext_noop("I close it"),
    Kind.REOPENED: gettext_noop("Reopen it"),
}
# What became known since a run ended, for runs that could not tell themselves.
_LEARNED: Final = {
    State.CONFIRMED: Outcome(
        "good", gettext_noop("Arrived"), gettext_noop("The run itself could not tell. It is known now that it arrived.")
    ),
    State.NOT_SUBMITTED: Outcome(
        "still",
        gettext_noop("Never arrived"),
        gettext_noop("The run itself could not tell. It is known now that it never arrived; you can send it again."),
    ),
}


def outcome_for(entry: RecordingEntry, record: RunRecord | None = None) -> Outcome:
    """The badge and meaning of a recording's verdict or condition; the ledger may know since how an unknown one ended.

    Args:
        entry: The recording.
        record: Its run, as the ledger knows it.
    """
    if record and is_open_ended(entry) and record.state in _LEARNED and record.clicked_at:
        return _spoken(_LEARNED[record.state])
    return outcome_of(entry.summary) if entry.summary else _spoken(_CONDITIONS[entry.condition])


def is_open_ended(entry: RecordingEntry) -> bool:
    """Whether the recording itself does not say what became of its run."""
    unfinished = entry.condition is RecordingCondition.UNFINISHED
    return unfinished if entry.summary is None else entry.summary.verdict is Verdict.UNKNOWN


def case_label(case_status: CaseStatus) -> Outcome:
    """How a case stands: what the person has to do, or else its status."""
    if case_status.step in _STEPS:
        return _spoken(_STEPS[case_status.step])
    words = status_words(case_status)
    tone: Tone = "still" if case_status.is_open else "good"
    return Outcome(tone, words[:1].upper() + words[1:], "")


def event_words(kind: Kind) -> str:
    """What a button says that adds such an event to a case."""
    return _(_EVENTS[kind])


def stance_in_words(stance: ReviewStance) -> Outcome:
    """The badge and meaning of a review."""
    return _spoken(_STANCES[stance])


def _spoken(outcome: Outcome) -> Outcome:
    return replace(outcome, badge=_(outcome.badge), meaning=_(outcome.meaning))

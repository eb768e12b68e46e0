"""The web app's labels for states and reviews. Knows no page and no file.

Colour is never the only sign: every tone has its text and its mark.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from autofill.cases.model.reviews import ReviewStance
from autofill.evidence.keeping.report import Outcome, outcome_of
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


def outcome_for(entry: RecordingEntry) -> Outcome:
    """The badge and meaning of a recording's verdict or condition."""
    return outcome_of(entry.summary) if entry.summary else _spoken(_CONDITIONS[entry.condition])


def stance_in_words(stance: ReviewStance) -> Outcome:
    """The badge and meaning of a review."""
    return _spoken(_STANCES[stance])


def _spoken(outcome: Outcome) -> Outcome:
    return replace(outcome, badge=_(outcome.badge), meaning=_(outcome.meaning))

"""The web app's labels for states, reviews, checks and faults. Knows no page and no file.

Colour is never the only sign: every tone has its text and its mark.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from autofill.cases.ledger.reviews import ReviewStance
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
_ACTIONS: Final = {
    ReviewStance.ACCEPT: gettext_noop("Accept"),
    ReviewStance.DOUBT: gettext_noop("Doubt"),
    ReviewStance.NOTE: gettext_noop("Only a note"),
}
_CHECKS: Final = {
    "sealed": gettext_noop("Seal"),
    "tombstone": gettext_noop("Tombstone"),
    "purged": gettext_noop("Purge"),
    "files": gettext_noop("Files"),
    "journal": gettext_noop("Journal"),
    "run": gettext_noop("Run"),
    "signature": gettext_noop("Signature"),
    "time stamps": gettext_noop("Time stamps"),
}
# By the word before the colon in a summary's faults.
_FAULTS: Final = {
    "second-request": gettext_noop(
        "The page tried to send more than once. autofill let one request out, and no second."
    ),
    "held-request": gettext_noop("The page tried to send something of its own around the click. It was held back."),
    "socket": gettext_noop("The page sent what was typed by a way that cannot be held back. It may have arrived."),
    "no-answer": gettext_noop(
        "The site did not answer the submit request, so its silence says nothing of what arrived."
    ),
    "error-answer": gettext_noop(
        "The site’s server answered with an error, which says nothing of what it did before that."
    ),
    "no-outcome": gettext_noop(
        "What the page showed in the end is neither a confirmation nor a refusal that the form map knows."
    ),
    "send-again": gettext_noop("The site asked for the inquiry a second time. autofill did not send it again."),
    "foreign-request": gettext_noop(
        "The page wanted to reach another site while your data was in it. That was prevented."
    ),
    "dialog": gettext_noop("The page put a question in the way. It was closed without agreeing to anything."),
    "popup": gettext_noop("The page opened a window of its own. It was closed; the run went on in the first."),
    "download": gettext_noop("The page offered a file that nobody asked for. It was not taken."),
    "closed": gettext_noop("The window was closed while the inquiry was on its way; it may have arrived."),
    "after-click": gettext_noop("The page failed after the submit click; what the site did then cannot be seen here."),
    "clock": gettext_noop(
        "This computer’s clock was moved during the run. Trust the order of the times, not the times."
    ),
    "picture": gettext_noop(
        "A picture, or what is known of it, is incomplete. What it shows is what the browser showed."
    ),
    "debug": gettext_noop(
        "What was asked for to find a mistake is incomplete. The evidence itself is not touched by that."
    ),
    "evidence": gettext_noop("A piece of the evidence is missing. What is here is still what the browser showed."),
}


def outcome_for(entry: RecordingEntry) -> Outcome:
    """The badge and meaning of a recording's verdict or condition."""
    return outcome_of(entry.summary) if entry.summary else _spoken(_CONDITIONS[entry.condition])


def stance_in_words(stance: ReviewStance) -> Outcome:
    """The badge and meaning of a review."""
    return _spoken(_STANCES[stance])


def action_in_words(stance: ReviewStance) -> str:
    """The label of the button for a review."""
    return _(_ACTIONS[stance])


def check_in_words(name: str) -> str:
    """The name of a checked part of a recording."""
    return _(_CHECKS[name]) if name in _CHECKS else name


def fault_in_words(fault: str) -> str:
    """The explanation of a fault; empty if there is none."""
    meaning = _FAULTS.get(fault.partition(":")[0])
    return _(meaning) if meaning else ""


def _spoken(outcome: Outcome) -> Outcome:
    return replace(outcome, badge=_(outcome.badge), meaning=_(outcome.meaning))

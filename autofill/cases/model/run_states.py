"""What a run can be in the ledger, and who may move it where. Pure.

No database, no clock, no process may be known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal

from autofill.language import gettext_noop

Space = Literal["practice", "live"]
"""Practice never stands in the way of the real thing."""


class State(StrEnum):
    """Where a run stands. The words of the outcomes are those of `Verdict`, so that `State(verdict)` is one."""

    PREPARED = "prepared"
    FILLED = "filled"
    SUBMITTING = "submitting"
    CONFIRMED = "confirmed"
    CONFIRMED_NO_CASE = "confirmed-no-case"
    REJECTED = "rejected"
    UNKNOWN = "unknown"
    NOT_SUBMITTED = "not-submitted"


class Mover(StrEnum):
    """Who moves a run from one state to another."""

    RUN = "run"
    RECOVERY = "recovery"
    PERSON = "person"
    MAIL = "mail"


# What people read, for states and verdicts alike.
WORDS: Final[Mapping[str, str]] = {
    State.PREPARED: gettext_noop("In progress"),
    State.FILLED: gettext_noop("In progress"),
    State.SUBMITTING: gettext_noop("In progress"),
    State.CONFIRMED: gettext_noop("Confirmed"),
    State.CONFIRMED_NO_CASE: gettext_noop("Confirmed, but without a case number"),
    State.REJECTED: gettext_noop("The form refused it"),
    State.UNKNOWN: gettext_noop("Unknown: it may have been sent"),
    State.NOT_SUBMITTED: gettext_noop("Not submitted"),
}

_ANSWERED: Final = frozenset({State.CONFIRMED, State.CONFIRMED_NO_CASE, State.REJECTED})

# No way leads from `submitting` or `unknown` back to a click, and only a person calls an unknown run not submitted.
# What shows that such a run arrived after all is believed: that can only keep a further run from sending it again.
# A run in `submitting` may end as not submitted only while it lives and its guard has seen that nothing left.
# A mail brings the number that the page did not show.
# A run may still settle what recovery took for lost: it has seen the answer.
LEGAL: Final[Mapping[Mover, Mapping[State, frozenset[State]]]] = {
    Mover.RUN: {
        State.PREPARED: frozenset({State.FILLED, State.NOT_SUBMITTED}),
        State.FILLED: frozenset({State.SUBMITTING, State.NOT_SUBMITTED}),
        State.SUBMITTING: _ANSWERED | {State.UNKNOWN, State.NOT_SUBMITTED},
        State.UNKNOWN: _ANSWERED,
    },
    Mover.RECOVERY: {
        State.PREPARED: frozenset({State.NOT_SUBMITTED}),
        State.FILLED: frozenset({State.NOT_SUBMITTED}),
        State.SUBMITTING: frozenset({State.UNKNOWN}),
    },
    Mover.PERSON: {
        State.UNKNOWN: frozenset({State.CONFIRMED, State.NOT_SUBMITTED}),
        State.NOT_SUBMITTED: frozenset({State.CONFIRMED}),  # if it had come to the click
    },
    Mover.MAIL: dict.fromkeys(
        (State.UNKNOWN, State.CONFIRMED_NO_CASE, State.NOT_SUBMITTED), frozenset({State.CONFIRMED})
    ),
}

IN_PROGRESS: Final = frozenset(LEGAL[Mover.RECOVERY])
BLOCKING: Final = IN_PROGRESS | {State.UNKNOWN, State.CONFIRMED, State.CONFIRMED_NO_CASE}


def is_legal(mover: Mover, before: State, after: State) -> bool:
    """Whether this mover may take a run from one state to the other."""
    return after in LEGAL[mover].get(before, frozenset())


def after_death(before: State) -> State:
    """What a run in progress becomes when its process is gone."""
    (after,) = LEGAL[Mover.RECOVERY][before]
    return after

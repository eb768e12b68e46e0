"""Where a case can stand, what can happen to it, and which may follow which. Pure.

No database, no clock and no deadline may be known here: what is late is decided in `case_status`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from autofill.language import gettext_noop


class Status(StrEnum):
    """Where a case stands. `overdue` and `very-overdue` are never kept: time alone makes them of the waiting ones."""

    PREPARED = "prepared"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    UNDER_REVIEW = "under-review"
    ANSWERED = "answered"
    WAITING_FOR_YOU = "waiting-for-you"
    OVERDUE = "overdue"
    VERY_OVERDUE = "very-overdue"
    FOLLOWED_UP = "followed-up"
    ESCALATED = "escalated"
    RESOLVED = "resolved"
    CLOSED = "closed"


class Kind(StrEnum):
    """What can happen to a case.

    `question`: they want something of the person, whose move it is now; `replied`: the person gave it.
    `sent`: another inquiry about the same case. `closed` is given up, `resolved` is settled.
    """

    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    REVIEWED = "reviewed"
    ANSWERED = "answered"
    QUESTION = "question"
    REPLIED = "replied"
    FOLLOWED_UP = "followed-up"
    ESCALATED = "escalated"
    NOTE = "note"
    NUMBER_ADDED = "number-added"
    RESOLVED = "resolved"
    CLOSED = "closed"
    REOPENED = "reopened"


WORDS: Final[Mapping[str, str]] = {
    Status.PREPARED: gettext_noop("prepared"),
    Status.SENT: gettext_noop("sent"),
    Status.ACKNOWLEDGED: gettext_noop("acknowledged"),
    Status.UNDER_REVIEW: gettext_noop("under review"),
    Status.ANSWERED: gettext_noop("answered"),
    Status.WAITING_FOR_YOU: gettext_noop("waiting for you"),
    Status.OVERDUE: gettext_noop("overdue"),
    Status.VERY_OVERDUE: gettext_noop("very overdue"),
    Status.FOLLOWED_UP: gettext_noop("followed up"),
    Status.ESCALATED: gettext_noop("escalated"),
    Status.RESOLVED: gettext_noop("resolved"),
    Status.CLOSED: gettext_noop("closed"),
    Kind.REVIEWED: gettext_noop("under review"),
    Kind.QUESTION: gettext_noop("they asked you something"),
    Kind.REPLIED: gettext_noop("you replied"),
    Kind.NOTE: gettext_noop("note"),
    Kind.NUMBER_ADDED: gettext_noop("another case number"),
    Kind.REOPENED: gettext_noop("reopened"),
}

_WAITING: Final = (Status.SENT, Status.ACKNOWLEDGED, Status.UNDER_REVIEW, Status.FOLLOWED_UP)
_DONE: Final = (Status.RESOLVED, Status.CLOSED)
_OPEN: Final = (*_WAITING, Status.ESCALATED, Status.ANSWERED, Status.WAITING_FOR_YOU)

THEIR_MOVE: Final = frozenset({*_WAITING, Status.ESCALATED})
OVER: Final = frozenset(_DONE)


def _to(after: Status, before: Iterable[Status]) -> dict[Status, Status]:
    return dict.fromkeys(before, after)


def _stay(statuses: Iterable[Status]) -> dict[Status, Status]:
    return {status: status for status in statuses}


# Mails come late, twice and out of order, and are kept whenever they come: they never take a case backwards,
# and a case that is over stays over until the person says otherwise.
LEGAL: Final[Mapping[Kind, Mapping[Status, Status]]] = {
    Kind.SENT: _to(Status.FOLLOWED_UP, (*_OPEN, *_DONE)),
    Kind.ACKNOWLEDGED: _stay((*_OPEN, *_DONE)) | {Status.SENT: Status.ACKNOWLEDGED},
    Kind.REVIEWED: _stay((*_OPEN, *_DONE)) | _to(Status.UNDER_REVIEW, (*_WAITING, Status.ANSWERED)),
    Kind.ANSWERED: _stay(_DONE) | _to(Status.ANSWERED, _OPEN),
    Kind.QUESTION: _stay(_DONE) | _to(Status.WAITING_FOR_YOU, _OPEN),
    Kind.REPLIED: {Status.WAITING_FOR_YOU: Status.UNDER_REVIEW},
    Kind.FOLLOWED_UP: _to(Status.FOLLOWED_UP, (*_WAITING, Status.ESCALATED, Status.ANSWERED)),
    Kind.ESCALATED: _to(Status.ESCALATED, (*_WAITING, Status.ESCALATED, Status.ANSWERED)),
    Kind.NOTE: _stay((*_OPEN, *_DONE)),
    Kind.NUMBER_ADDED: _stay((*_OPEN, *_DONE)),
    Kind.RESOLVED: _to(Status.RESOLVED, _OPEN),
    Kind.CLOSED: _to(Status.CLOSED, (*_OPEN, Status.RESOLVED)),
    Kind.REOPENED: _to(Status.WAITING_FOR_YOU, _DONE),
}


def after(status: Status, kind: Kind) -> Status | None:
    """Where a case that stands at `status` stands once this happened; None if it cannot happen there."""
    return LEGAL[kind].get(status)

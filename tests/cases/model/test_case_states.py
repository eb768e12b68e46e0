"""What may happen to a case where: every pair of status and event is decided, and mails take nothing backwards."""

from __future__ import annotations

import pytest

from autofill.cases.model.case_states import OVER, THEIR_MOVE, WORDS, Kind, Status, after

BY_TIME = {Status.OVERDUE, Status.VERY_OVERDUE}
MAILS = [Kind.ACKNOWLEDGED, Kind.REVIEWED, Kind.ANSWERED, Kind.QUESTION]
OPEN = sorted(set(Status) - BY_TIME - OVER - {Status.PREPARED})


@pytest.mark.parametrize(
    ("status", "kind", "becomes"),
    [
        (Status.SENT, Kind.ACKNOWLEDGED, Status.ACKNOWLEDGED),
        (Status.ACKNOWLEDGED, Kind.REVIEWED, Status.UNDER_REVIEW),
        (Status.UNDER_REVIEW, Kind.ANSWERED, Status.ANSWERED),
        (Status.ANSWERED, Kind.RESOLVED, Status.RESOLVED),
        (Status.ANSWERED, Kind.FOLLOWED_UP, Status.FOLLOWED_UP),
        (Status.UNDER_REVIEW, Kind.QUESTION, Status.WAITING_FOR_YOU),
        (Status.WAITING_FOR_YOU, Kind.REPLIED, Status.UNDER_REVIEW),
        (Status.FOLLOWED_UP, Kind.ACKNOWLEDGED, Status.FOLLOWED_UP),
        (Status.FOLLOWED_UP, Kind.ESCALATED, Status.ESCALATED),
        (Status.ESCALATED, Kind.FOLLOWED_UP, Status.FOLLOWED_UP),
        (Status.ESCALATED, Kind.REVIEWED, Status.ESCALATED),
        (Status.RESOLVED, Kind.REOPENED, Status.WAITING_FOR_YOU),
        (Status.RESOLVED, Kind.CLOSED, Status.CLOSED),
        (Status.CLOSED, Kind.SENT, Status.FOLLOWED_UP),
        (Status.SENT, Kind.REPLIED, None),
        (Status.SENT, Kind.REOPENED, None),
        (Status.WAITING_FOR_YOU, Kind.FOLLOWED_UP, None),
        (Status.CLOSED, Kind.FOLLOWED_UP, None),
        (Status.CLOSED, Kind.RESOLVED, None),
        (Status.RESOLVED, Kind.RESOLVED, None),
    ],
)
def test_one_thing_leads_to_another_or_cannot_be(status: Status, kind: Kind, becomes: Status | None) -> None:
    assert after(status, kind) is becomes


@pytest.mark.parametrize("kind", Kind)
def test_nothing_happens_to_what_is_not_sent_and_time_alone_makes_late(kind: Kind) -> None:
    assert after(Status.PREPARED, kind) is None
    for status in Status:
        assert after(status, kind) not in BY_TIME


@pytest.mark.parametrize("kind", MAILS)
def test_a_mail_can_always_be_kept_and_never_reopens_a_case(kind: Kind) -> None:
    for status in OPEN:
        assert after(status, kind) in OPEN
    for status in OVER:
        assert after(status, kind) is status


def test_an_automatic_mail_changes_nothing_but_a_case_just_sent() -> None:
    for status in set(OPEN) - {Status.SENT}:
        assert after(status, Kind.ACKNOWLEDGED) is status


@pytest.mark.parametrize("status", sorted({*OPEN, *OVER}))
def test_notes_and_numbers_leave_a_case_where_it_is(status: Status) -> None:
    assert after(status, Kind.NOTE) is after(status, Kind.NUMBER_ADDED) is status


def test_every_open_case_can_be_ended() -> None:
    for status in OPEN:
        assert after(status, Kind.RESOLVED) is Status.RESOLVED
        assert after(status, Kind.CLOSED) is Status.CLOSED


def test_every_status_and_event_has_its_words() -> None:
    assert set(WORDS) >= {*Status, *Kind}


def test_it_is_their_move_until_they_answer_or_ask() -> None:
    assert set(OPEN) - THEIR_MOVE == {Status.ANSWERED, Status.WAITING_FOR_YOU}

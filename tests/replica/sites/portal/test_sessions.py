"""Logins of Informed Delivery: how long they last, and when the account is locked."""

from __future__ import annotations

from datetime import timedelta

from autofill.replica.desk import Desk
from autofill.replica.options import PRACTICE_ACCOUNT
from autofill.replica.sites.portal.sessions import IDLE, TRIES, Sessions

NAME, WORD = PRACTICE_ACCOUNT


def test_only_the_account_comes_in() -> None:
    """Both parts have to be right."""
    sessions = Sessions(Desk())
    assert sessions.log_in(NAME, "wrong", remember=False) is None
    assert sessions.log_in("wrong", WORD, remember=False) is None
    name = sessions.log_in(NAME, WORD, remember=False)
    assert name
    assert sessions.find(name)
    assert sessions.find("other") is None


def test_five_wrong_passwords_lock_the_account() -> None:
    """Even the right one does not help then; a right one before forgives the wrong ones."""
    sessions = Sessions(Desk())
    for _ in range(TRIES - 1):
        sessions.log_in(NAME, "wrong", remember=False)
    assert sessions.tries_left == 1
    assert sessions.log_in(NAME, WORD, remember=False)
    assert sessions.tries_left == TRIES
    for _ in range(TRIES):
        sessions.log_in(NAME, "wrong", remember=False)
    assert sessions.log_in(NAME, WORD, remember=False) is None


def test_a_session_ends_when_nothing_happens_or_by_logging_out() -> None:
    """A remembered one outlives the night."""
    desk = Desk()
    sessions = Sessions(desk)
    short, remembered, left = (sessions.log_in(NAME, WORD, remember=keep) or "" for keep in (False, True, False))
    sessions.log_out(left)
    assert sessions.find(left) is None
    desk.advance(IDLE - timedelta(minutes=1))
    assert sessions.find(short)
    desk.advance(IDLE - timedelta(minutes=1))
    assert sessions.find(short)
    desk.advance(IDLE + timedelta(minutes=1))
    assert sessions.find(short) is None
    assert sessions.find(remembered)

"""Who comes in, for how long, and when nobody does any more."""

from __future__ import annotations

from datetime import timedelta

from autofill.replica.desk import Desk
from autofill.replica.options import PRACTICE_ACCOUNT
from autofill.replica.sites.portal.sessions import IDLE, TRIES, Sessions

NAME, WORD = PRACTICE_ACCOUNT


def test_only_the_account_comes_in() -> None:
    """Both parts have to be right."""
    members = Sessions(Desk())
    assert members.log_in(NAME, "wrong", remember=False) is None
    assert members.log_in("wrong", WORD, remember=False) is None
    name = members.log_in(NAME, WORD, remember=False)
    assert name
    assert members.session(name)
    assert members.session("other") is None


def test_five_wrong_passwords_lock_the_account() -> None:
    """Even the right one does not help then; a right one before forgives the wrong ones."""
    members = Sessions(Desk())
    for _ in range(TRIES - 1):
        members.log_in(NAME, "wrong", remember=False)
    assert members.tries_left == 1
    assert members.log_in(NAME, WORD, remember=False)
    assert members.tries_left == TRIES
    for _ in range(TRIES):
        members.log_in(NAME, "wrong", remember=False)
    assert members.log_in(NAME, WORD, remember=False) is None


def test_a_session_ends_when_nothing_happens_or_by_logging_out() -> None:
    """A remembered one outlives the night."""
    desk = Desk()
    members = Sessions(desk)
    short, remembered, left = (members.log_in(NAME, WORD, remember=keep) or "" for keep in (False, True, False))
    members.log_out(left)
    assert members.session(left) is None
    desk.advance(IDLE - timedelta(minutes=1))
    assert members.session(short)
    desk.advance(IDLE - timedelta(minutes=1))
    assert members.session(short)
    desk.advance(IDLE + timedelta(minutes=1))
    assert members.session(short) is None
    assert members.session(remembered)

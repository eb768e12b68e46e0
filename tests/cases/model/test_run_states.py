"""Which way leads where, and above all which does not."""

from __future__ import annotations

from itertools import product

import pytest

from autofill.cases.model.run_states import BLOCKING, IN_PROGRESS, LEGAL, WORDS, Mover, State, after_death, is_legal
from autofill.events import Verdict


def test_every_verdict_is_a_state() -> None:
    assert [State(verdict) for verdict in Verdict] == [verdict.value for verdict in Verdict]


def test_every_state_has_its_words() -> None:
    assert set(WORDS) == set(State)


def test_nobody_leads_back_to_the_click() -> None:
    """From `submitting` and all that follows, however long the way, no path comes back to before the click."""
    reached = {State.SUBMITTING}
    for _ in State:
        reached |= {after for mover, before in product(Mover, reached) for after in LEGAL[mover].get(before, ())}

    assert reached.isdisjoint({State.PREPARED, State.FILLED})
    assert not any(is_legal(mover, state, State.SUBMITTING) for mover, state in product(Mover, reached))


def test_after_the_click_only_a_person_or_the_living_run_itself_calls_it_unsent() -> None:
    """The run may say so while it lives: its guard has seen that nothing left. Recovery never may."""
    unsent = {
        (mover, before)
        for mover, before in product(Mover, {State.SUBMITTING, State.UNKNOWN})
        if is_legal(mover, before, State.NOT_SUBMITTED)
    }

    assert unsent == {(Mover.PERSON, State.UNKNOWN), (Mover.RUN, State.SUBMITTING)}


@pytest.mark.parametrize("state", [State.CONFIRMED, State.REJECTED])
def test_an_outcome_stays(state: State) -> None:
    assert not any(is_legal(mover, state, after) for mover, after in product(Mover, State))


def test_what_was_not_submitted_may_only_turn_out_to_have_arrived() -> None:
    """That blocks a further run, and opens the way to none."""
    ways = {(mover, after) for mover, after in product(Mover, State) if is_legal(mover, State.NOT_SUBMITTED, after)}

    assert ways == {(Mover.PERSON, State.CONFIRMED), (Mover.MAIL, State.CONFIRMED)}


def test_a_run_confirmed_without_a_number_can_only_get_one_and_only_by_a_mail() -> None:
    ways = {(mover, after) for mover, after in product(Mover, State) if is_legal(mover, State.CONFIRMED_NO_CASE, after)}

    assert ways == {(Mover.MAIL, State.CONFIRMED)}


def test_death_after_the_click_is_unknown_and_before_it_is_not_submitted() -> None:
    assert {state: after_death(state) for state in IN_PROGRESS} == {
        State.PREPARED: State.NOT_SUBMITTED,
        State.FILLED: State.NOT_SUBMITTED,
        State.SUBMITTING: State.UNKNOWN,
    }


def test_only_what_certainly_reached_nobody_leaves_the_way_free() -> None:
    assert set(State) - BLOCKING == {State.REJECTED, State.NOT_SUBMITTED}

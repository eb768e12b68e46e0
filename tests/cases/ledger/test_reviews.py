"""What people say of recordings is kept, in order, with their name and the time, and is never overwritten."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.ledger.reviews import Review, ReviewStance
from autofill.cases.model.run_states import State
from autofill.errors import DiskTrouble

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True


def test_before_anybody_spoke_there_is_nothing(ledger: Ledger) -> None:
    """A recording that nobody has looked through has no opinions, not an empty one."""
    assert ledger.reviews() == {}


def test_an_opinion_has_its_author_and_its_time(ledger: Ledger) -> None:
    """The account is the one that the program runs under."""
    before = datetime.now(UTC)

    ledger.add_review("run-1", ReviewStance.DOUBT, "Die Nummer fehlt. 번호가 없습니다.")

    (said,) = ledger.reviews()["run-1"]
    assert (said.who, said.stance, said.note) == (
        getpass.getuser(),
        ReviewStance.DOUBT,
        "Die Nummer fehlt. 번호가 없습니다.",
    )
    assert timedelta(0) <= said.at - before < timedelta(minutes=1)


def test_a_change_of_mind_leaves_the_history(ledger: Ledger) -> None:
    """The last word comes last, and the first is still there; recordings do not mix."""
    ledger.add_review("run-1", ReviewStance.DOUBT)
    ledger.add_review("run-2", ReviewStance.NOTE, "asked by phone")
    ledger.add_review("run-1", ReviewStance.ACCEPT, "the mail came")

    said = ledger.reviews()

    assert [opinion.stance for opinion in said["run-1"]] == [ReviewStance.DOUBT, ReviewStance.ACCEPT]
    assert [opinion.note for opinion in said["run-2"]] == ["asked by phone"]
    assert all(isinstance(opinion, Review) for opinions in said.values() for opinion in opinions)


def test_an_opinion_moves_no_run(ledger: Ledger, bring: Callable[..., str]) -> None:
    """Only evidence and `resolve` say what became of a run; doubting it makes nothing sendable again."""
    run = bring(State.UNKNOWN)

    ledger.add_review(run, ReviewStance.ACCEPT)

    assert ledger.row(run).state is State.UNKNOWN


def test_the_database_knows_three_stances(ledger: Ledger) -> None:
    """What is not one of them is not kept, whoever writes it."""
    with pytest.raises(DiskTrouble):
        ledger.add_review("run-1", "maybe")  # type: ignore[arg-type]

    assert ledger.reviews() == {}

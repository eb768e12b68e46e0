"""A worker on another machine keeps what it is at while it gives signs of life, and loses it within minutes after."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection, update

from autofill.cases.ledger import database, heartbeat, runs
from autofill.cases.ledger.database import reading, time_of, transaction
from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.ledger.owner import HEARTBEAT, LEASE, Owner
from autofill.cases.ledger.tables import RUNS, written
from autofill.cases.model.run_states import Mover, State
from autofill.errors import AlreadySent
from autofill.events import Verdict

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

Elsewhere = Callable[[State], Ledger]


@pytest.fixture
def elsewhere(where: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Elsewhere]:
    """A live run of the inquiry `key` on another machine, brought to a state; its ledger."""
    opened: list[Ledger] = []

    def run(state: State) -> Ledger:
        with monkeypatch.context() as patch:
            me = replace(Owner.of(os.getpid()), host="elsewhere")
            patch.setattr(Owner, "of", lambda _pid: me)
            theirs = open_ledger(where)
        opened.append(theirs)
        theirs.prepare("theirs", "key", space="live", form="a-form")
        if state is not State.PREPARED:
            theirs.filled("theirs")
        if state is State.SUBMITTING:
            theirs.submitting("theirs")
        return theirs

    yield run
    for ledger in opened:
        ledger.close()


def lapse(ledger: Ledger, *, ago: timedelta = timedelta(seconds=1)) -> None:
    """The last sign of life is longer ago than a lease."""
    with transaction(ledger.engine) as connection:
        connection.execute(update(RUNS).values(lease_until=written(time_of(connection) - ago)))


def prepare(ledger: Ledger) -> None:
    ledger.prepare("ours", "key", space="live", form="a-form")


@pytest.mark.parametrize("state", [State.PREPARED, State.FILLED, State.SUBMITTING])
def test_while_the_lease_goes_on_nobody_takes_it(ledger: Ledger, elsewhere: Elsewhere, state: State) -> None:
    elsewhere(state)

    with pytest.raises(AlreadySent):
        prepare(ledger)
    assert ledger.row("theirs").state is state


@pytest.mark.parametrize("state", [State.PREPARED, State.FILLED])
def test_without_a_click_the_claim_is_free_and_its_worker_must_not_click(
    ledger: Ledger, elsewhere: Elsewhere, state: State
) -> None:
    """Also one that only slept, as a laptop does."""
    theirs = elsewhere(state)
    lapse(ledger)

    prepare(ledger)

    assert ledger.row("theirs").state is State.NOT_SUBMITTED
    assert ledger.history("theirs")[-1].mover is Mover.RECOVERY
    theirs.renew()
    for call in (theirs.filled, theirs.submitting):
        with pytest.raises(AlreadySent):
            call("theirs")
    assert ledger.row("theirs").state is State.NOT_SUBMITTED


def test_after_the_click_it_is_unknown_and_its_worker_may_still_say_what_it_saw(
    ledger: Ledger, elsewhere: Elsewhere
) -> None:
    theirs = elsewhere(State.SUBMITTING)
    lapse(ledger)

    with pytest.raises(AlreadySent) as refused:
        prepare(ledger)
    assert refused.value.state == State.UNKNOWN

    theirs.settle("theirs", Verdict.CONFIRMED, "12345678")
    assert ledger.row("theirs").state is State.CONFIRMED


def test_a_sign_of_life_in_time_keeps_it(ledger: Ledger, elsewhere: Elsewhere) -> None:
    theirs = elsewhere(State.FILLED)
    lapse(ledger)

    theirs.renew()

    with pytest.raises(AlreadySent):
        prepare(ledger)
    theirs.submitting("theirs")


def test_each_step_is_a_sign_of_life(ledger: Ledger, elsewhere: Elsewhere) -> None:
    theirs = elsewhere(State.FILLED)
    lapse(ledger)

    theirs.submitting("theirs")

    with pytest.raises(AlreadySent):
        prepare(ledger)
    assert ledger.row("theirs").state is State.SUBMITTING


def test_the_sign_of_one_worker_is_not_that_of_another(ledger: Ledger, elsewhere: Elsewhere) -> None:
    elsewhere(State.FILLED)
    lapse(ledger)

    ledger.renew()

    prepare(ledger)


def test_a_run_that_the_first_version_began_elsewhere_has_no_lease(ledger: Ledger, elsewhere: Elsewhere) -> None:
    elsewhere(State.SUBMITTING)
    with transaction(ledger.engine) as connection:
        connection.execute(update(RUNS).values(lease_until=""))

    with pytest.raises(AlreadySent) as refused:
        prepare(ledger)
    assert refused.value.state == State.UNKNOWN


def test_signs_come_by_themselves_while_anything_is_at_work(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a thread: the event loop may wait for a person."""
    monkeypatch.setattr(heartbeat, "HEARTBEAT", timedelta(milliseconds=1))
    renewed = threading.Event()

    def renew(connection: Connection, owner: str) -> None:
        really(connection, owner)
        renewed.set()

    really = runs.renew
    monkeypatch.setattr(runs, "renew", renew)
    with open_ledger(where) as ledger:
        prepare(ledger)
        lapse(ledger, ago=timedelta(hours=1))
        for _ in range(2):  # when the second one begins, the first is on disk
            renewed.clear()
            assert renewed.wait(60)
        lease = ledger.row("ours").lease_until

    assert lease
    assert lease > datetime.now(UTC)
    assert not [thread for thread in threading.enumerate() if thread.name == "ledger heartbeat"]


def test_a_few_signs_may_be_missed() -> None:
    assert 4 * HEARTBEAT < LEASE


def test_machines_that_share_a_ledger_go_by_its_clock(
    ledger: Ledger, where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite is for one machine, and has no other clock than that one's."""
    wrong = datetime(2040, 1, 1, tzinfo=UTC)
    monkeypatch.setattr(database, "datetime", Mock(now=lambda _zone: wrong))

    with reading(ledger.engine) as connection:
        assert (time_of(connection) == wrong) is not where.startswith("postgresql")

"""An inquiry is claimed once, whoever else tries, whoever dies, and whatever is said about it afterwards."""

from __future__ import annotations

import getpass
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autofill.cases.ledger.ledger import Ledger, open_ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import BLOCKING, IN_PROGRESS, LEGAL, WORDS, Mover, State
from autofill.errors import AlreadySent, AutofillError, Misconfigured
from autofill.events import Verdict

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

ANOTHER_PROCESS = Path(__file__).parents[1] / "another_process.py"
Bring = Callable[..., str]
Running = Callable[[State, str], AbstractContextManager[subprocess.Popen[str]]]
AFTERWARDS = sorted(set(State) - IN_PROGRESS)


def prepare(ledger: Ledger, run_id: str = "run-2", *, because: str | None = None) -> None:
    ledger.prepare(run_id, "key", space="live", form="a-form", again_because=because)


def refusal(call: Callable[[], object]) -> AlreadySent:
    with pytest.raises(AlreadySent) as refused:
        call()
    assert refused.value.exit_code == 84
    return refused.value


def test_a_run_is_known_from_its_claim_to_its_case_number(ledger: Ledger, bring: Bring) -> None:
    begun = datetime.now(UTC)
    bring(State.CONFIRMED, case_number="12345678")

    row = ledger.row("run-1")

    assert (row.state, row.case_number, row.attempt, row.follows) == (State.CONFIRMED, "12345678", 1, None)
    assert begun <= row.prepared_at < row.changed_at <= datetime.now(UTC)
    history = ledger.history("run-1")
    assert [(change.before, change.after) for change in history] == [
        (None, State.PREPARED),
        (State.PREPARED, State.FILLED),
        (State.FILLED, State.SUBMITTING),
        (State.SUBMITTING, State.CONFIRMED),
    ]
    assert {change.mover for change in history} == {Mover.RUN}
    assert (history[0].at, history[-1].at) == (row.prepared_at, row.changed_at)


def test_runs_are_listed_newest_first(ledger: Ledger, bring: Bring) -> None:
    names = [bring(State.PREPARED, f"run-{number}", f"key-{number}") for number in range(3)]

    assert [row.run_id for row in ledger.rows()] == names[::-1]


def step(ledger: Ledger, after: State) -> None:
    if after is State.FILLED:
        ledger.filled("run-1")
    elif after is State.SUBMITTING:
        ledger.submitting("run-1")
    else:
        ledger.settle("run-1", Verdict(after))


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", sorted(set(State) - {State.PREPARED}))
def test_a_run_takes_the_legal_steps_and_no_other(ledger: Ledger, bring: Bring, before: State, after: State) -> None:
    """Saying an outcome twice is no step; it leaves everything as it was."""
    bring(before)
    known = ledger.row("run-1")

    if after in LEGAL[Mover.RUN].get(before, ()):
        step(ledger, after)
        assert ledger.row("run-1").state is after
    elif before is after and after not in IN_PROGRESS:
        step(ledger, after)
        assert ledger.row("run-1") == known
    else:
        assert refusal(lambda: step(ledger, after)).state == before
        assert ledger.row("run-1") == known


@pytest.mark.parametrize("state", State)
def test_what_was_or_may_have_been_sent_blocks_and_nothing_else(ledger: Ledger, bring: Bring, state: State) -> None:
    bring(state)

    if state in BLOCKING:
        refused = refusal(lambda: prepare(ledger))
        assert (refused.first, refused.state) == ("run-1", state)
        assert refused.hint
    else:
        prepare(ledger)
        assert ledger.row("run-2").follows == "run-1"


def test_the_refusal_tells_the_case_number(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED, case_number="12345678")

    refused = refusal(lambda: prepare(ledger))

    assert refused.case_number == "12345678"
    assert "12345678" in str(refused)


def test_practice_never_blocks_live(ledger: Ledger, bring: Bring) -> None:
    ledger.prepare("practice-1", "key", space="practice", form="a-form")

    bring(State.CONFIRMED)

    assert refusal(lambda: ledger.prepare("p", "key", space="practice", form="a-form")).first == "practice-1"


@pytest.mark.parametrize("state", AFTERWARDS)
def test_again_is_a_new_attempt_linked_to_the_one_before(ledger: Ledger, bring: Bring, state: State) -> None:
    bring(state)

    prepare(ledger, because="they lost it")

    row = ledger.row("run-2")
    assert (row.attempt, row.follows, row.because) == (2, "run-1", "they lost it")
    assert ledger.row("run-1").state is state


@pytest.mark.parametrize("state", sorted(IN_PROGRESS))
def test_again_waits_for_a_run_at_work(ledger: Ledger, bring: Bring, state: State) -> None:
    bring(state)

    assert refusal(lambda: prepare(ledger, because="impatient")).first == "run-1"


def test_an_attempt_that_was_not_sent_does_not_make_the_sent_one_forgotten(ledger: Ledger, bring: Bring) -> None:
    bring(State.CONFIRMED)
    prepare(ledger, "run-2", because="they lost it")
    ledger.settle("run-2", Verdict.NOT_SUBMITTED)

    assert refusal(lambda: prepare(ledger, "run-3")).first == "run-1"


@pytest.mark.parametrize("what", ["inquiry", "item"])
def test_fifty_processes_at_once_have_one_winner(ledger: Ledger, where: str, what: str) -> None:
    """Fifty times the same inquiry, or fifty about the same item."""
    command = [sys.executable, str(ANOTHER_PROCESS), "race", where, "50", what]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as race:
        assert race.stdin
        assert race.stdout
        results = dict(race.stdout.readline().split() for _ in range(50))
        race.stdin.close()

    (winner,) = (run_id for run_id, result in results.items() if result == "won")
    assert sorted(results.values()) == [winner] * 49 + ["won"]
    assert [row.run_id for row in ledger.rows()] == [winner]


@pytest.mark.parametrize("state", sorted(IN_PROGRESS))
def test_a_living_run_is_left_alone(where: str, running: Running, state: State) -> None:
    """Whoever opens the ledger meanwhile, or wants to send the same."""
    with running(state, "theirs"), open_ledger(where) as another:
        assert refusal(lambda: prepare(another)).first == "theirs"
        assert another.row("theirs").state is state


@pytest.mark.parametrize(
    ("state", "afterwards"),
    [
        (State.PREPARED, State.NOT_SUBMITTED),
        (State.FILLED, State.NOT_SUBMITTED),
        (State.SUBMITTING, State.UNKNOWN),
    ],
)
def test_a_killed_run_is_settled_when_the_ledger_is_next_opened(
    where: str, running: Running, state: State, afterwards: State
) -> None:
    with running(state, "theirs") as process:
        process.send_signal(signal.SIGKILL)
        process.wait()

    with open_ledger(where) as ledger:
        assert ledger.row("theirs").state is afterwards
        last = ledger.history("theirs")[-1]
        assert (last.before, last.mover) == (state, Mover.RECOVERY)
    with open_ledger(where) as ledger:
        assert ledger.history("theirs")[-1] == last


def test_a_killed_run_is_settled_when_its_inquiry_is_next_prepared(ledger: Ledger, running: Running) -> None:
    with running(State.SUBMITTING, "theirs") as process:
        process.kill()
        process.wait()

        assert refusal(lambda: prepare(ledger)).state == State.UNKNOWN


def test_a_run_of_another_process_cannot_be_gone_on_with(ledger: Ledger, running: Running) -> None:
    with running(State.FILLED, "theirs"):
        assert refusal(lambda: ledger.submitting("theirs")).first == "theirs"
        assert refusal(lambda: ledger.settle("theirs", Verdict.NOT_SUBMITTED)).first == "theirs"


def test_a_person_says_that_it_arrived(ledger: Ledger, bring: Bring) -> None:
    bring(State.UNKNOWN)

    ledger.resolve("run-1", case_number="12345678", evidence="ab" * 32)

    row = ledger.row("run-1")
    assert (row.state, row.case_number) == (State.CONFIRMED, "12345678")
    last = ledger.history("run-1")[-1]
    assert (last.before, last.mover, last.who, last.evidence) == (
        State.UNKNOWN,
        Mover.PERSON,
        getpass.getuser(),
        "ab" * 32,
    )
    refusal(lambda: prepare(ledger))


def test_a_person_says_that_it_never_arrived_and_why(ledger: Ledger, bring: Bring) -> None:
    bring(State.UNKNOWN)

    ledger.resolve("run-1", because="asked them on the phone")

    assert ledger.row("run-1").state is State.NOT_SUBMITTED
    assert ledger.history("run-1")[-1].because == "asked them on the phone"
    prepare(ledger)


def test_a_run_is_not_called_unsent_without_a_reason(ledger: Ledger, bring: Bring) -> None:
    bring(State.UNKNOWN)

    with pytest.raises(Misconfigured, match="reason"):
        ledger.resolve("run-1")

    assert ledger.row("run-1").state is State.UNKNOWN


@pytest.mark.parametrize("state", sorted(set(State) - {State.UNKNOWN}))
@pytest.mark.parametrize("case_number", ["12345678", None])
def test_only_an_unknown_run_can_be_resolved(
    ledger: Ledger, bring: Bring, state: State, case_number: str | None
) -> None:
    bring(state)
    known = ledger.row("run-1")

    with pytest.raises(Misconfigured, match=f"is “{WORDS[state]}”. Only an unknown run"):
        ledger.resolve("run-1", case_number=case_number, because="I think so")

    assert ledger.row("run-1") == known


def said_not_to_have_arrived(ledger: Ledger, bring: Bring) -> None:
    bring(State.UNKNOWN)
    ledger.resolve("run-1", because="asked them on the phone")


def test_what_a_person_called_unsent_may_turn_out_to_have_arrived(ledger: Ledger, bring: Bring) -> None:
    said_not_to_have_arrived(ledger, bring)

    ledger.resolve("run-1", case_number="12345678")

    row, last = ledger.row("run-1"), ledger.history("run-1")[-1]
    assert (row.state, row.case_number) == (State.CONFIRMED, "12345678")
    assert (last.before, last.mover) == (State.NOT_SUBMITTED, Mover.PERSON)
    assert refusal(lambda: prepare(ledger)).first == "run-1"


def test_a_mail_may_show_that_what_a_person_called_unsent_arrived(ledger: Ledger, bring: Bring) -> None:
    said_not_to_have_arrived(ledger, bring)
    (case,) = ledger.cases.awaiting_mail()
    event = CaseEvent(Kind.ACKNOWLEDGED, datetime.now(UTC), "mail", "12345678", evidence="ab" * 32, once="mail ab")

    ledger.confirm_by_mail("run-1", case.case_id, event, lambda: None)

    assert (ledger.row("run-1").state, ledger.row("run-1").case_number) == (State.CONFIRMED, "12345678")
    assert ledger.cases.case("12345678").events == (event,)
    assert refusal(lambda: prepare(ledger)).first == "run-1"


def test_what_never_came_to_the_click_cannot_have_arrived(ledger: Ledger, bring: Bring) -> None:
    bring(State.NOT_SUBMITTED)
    event = CaseEvent(Kind.ACKNOWLEDGED, datetime.now(UTC), case_number="12345678")

    assert ledger.cases.awaiting_mail() == ()
    with pytest.raises(Misconfigured, match="Only an unknown run"):
        ledger.confirm_by_mail("run-1", "run-1", event, pytest.fail)
    assert ledger.row("run-1").state is State.NOT_SUBMITTED


def test_a_killed_run_can_be_resolved_at_once(ledger: Ledger, running: Running) -> None:
    with running(State.SUBMITTING, "theirs") as process:
        process.kill()
        process.wait()

    ledger.resolve("theirs", because="asked them on the phone")

    assert ledger.row("theirs").state is State.NOT_SUBMITTED


@pytest.mark.parametrize(
    "call",
    [
        lambda ledger: ledger.row("none"),
        lambda ledger: ledger.filled("none"),
        lambda ledger: ledger.resolve("none", case_number="1"),
    ],
)
def test_a_run_it_does_not_know_is_said_to_be_unknown_to_it(ledger: Ledger, call: Callable[[Ledger], object]) -> None:
    with pytest.raises(AutofillError, match="has no run none"):
        call(ledger)

    assert ledger.history("none") == ()


def test_the_salt_is_made_once_for_each_ledger(ledger: Ledger, where: str, tmp_path: Path) -> None:
    fields = {"phone": "8005550100"}

    with open_ledger(where) as same, open_ledger(tmp_path / "other.sqlite3") as other:
        assert same.keys("form", "origin", fields) == ledger.keys("form", "origin", fields)
        assert other.keys("form", "origin", fields) != ledger.keys("form", "origin", fields)


def test_a_further_run_is_told_which_one_it_follows(ledger: Ledger, bring: Bring) -> None:
    """The attempt before it, or the last one of the case whose number it quotes."""
    bring(State.CONFIRMED, case_number="12345678")

    again = ledger.prepare("run-2", "key", space="live", form="a-form", again_because="they lost it")
    ledger.settle("run-2", Verdict.NOT_SUBMITTED)
    quoting = ledger.prepare("run-3", "another", space="live", form="a-form", previous_case="12345678")
    alone = ledger.prepare("run-4", "a third", space="live", form="a-form", previous_case="87654321")

    assert (again, quoting, alone) == ("run-1", "run-2", None)


def test_only_practice_heeds_a_clock_that_was_moved(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = datetime.now(UTC)
    monkeypatch.setenv("AUTOFILL_NOW", "2031-05-05T12:00Z")

    ledger.prepare("practice", "key", space="practice", form="a-form")
    ledger.prepare("live", "key", space="live", form="a-form")

    assert ledger.row("practice").prepared_at == datetime(2031, 5, 5, 12, tzinfo=UTC)
    assert begun <= ledger.row("live").prepared_at <= datetime.now(UTC)

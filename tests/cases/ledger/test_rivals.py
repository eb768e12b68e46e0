"""Another inquiry about the same item is not simply sent while an answer may still come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from autofill.cases.ledger.ledger import Ledger
from autofill.cases.model.case_records import CaseEvent
from autofill.cases.model.case_states import Kind
from autofill.cases.model.run_states import BLOCKING, IN_PROGRESS, Space, State
from autofill.errors import AlreadySent, SameItem
from autofill.events import Verdict

# All of this holds in SQLite and in PostgreSQL.
ON_BOTH = True

FORM = "usps-email-us"
# A Monday: of the Postal Service's three business days the last is Thursday the 9th, in Washington.
MONDAY, IN_TIME, TOO_LATE = "2031-06-02T16:00Z", "2031-06-06T03:59Z", "2031-06-06T04:00Z"
Now = Callable[[str], None]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> Now:
    """Practice goes by a clock that can be set."""

    def at(moment: str) -> None:
        monkeypatch.setenv("AUTOFILL_NOW", moment)

    at(MONDAY)
    return at


def prepare(
    ledger: Ledger,
    run_id: str,
    *,
    item: tuple[str, ...] = ("item",),
    space: Space = "practice",
    because: str | None = None,
    quotes: str | None = None,
) -> None:
    """A run whose inquiry is nobody else's."""
    ledger.prepare(run_id, run_id, item_keys=item, space=space, form=FORM, again_because=because, previous_case=quotes)


def bring(ledger: Ledger, run_id: str, state: State, number: str | None = None, *, space: Space = "practice") -> None:
    prepare(ledger, run_id, space=space)
    if state not in {State.PREPARED, State.NOT_SUBMITTED}:
        ledger.filled(run_id)
        if state is not State.FILLED:
            ledger.submitting(run_id)
    if state not in IN_PROGRESS:
        ledger.settle(run_id, Verdict(state), number)


def refusal(call: Callable[[], object]) -> SameItem:
    with pytest.raises(SameItem) as refused:
        call()
    assert refused.value.exit_code == 84
    return refused.value


def test_the_refusal_says_when_it_was_sent_its_case_when_an_answer_is_due_and_what_sends_it(
    ledger: Ledger, now: Now
) -> None:
    """A13."""
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    said = refusal(lambda: prepare(ledger, "run-2"))

    assert str(said) == (
        "Run run-1 sent another inquiry about the same item on 2031-06-02: Confirmed, case number 12345678."
        " An answer may take until 2031-06-05. Nothing more was sent."
    )
    assert "--again --because" in said.hint
    assert "previous_case" in said.hint
    assert not ledger.knows("run-2")


def test_a_number_that_came_by_mail_is_told_too(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED_NO_CASE)
    assert "case number" not in str(refusal(lambda: prepare(ledger, "run-2"))).replace("without a case number", "")
    ledger.cases.record("run-1", CaseEvent(Kind.NUMBER_ADDED, datetime.now(UTC), case_number="87654321"))

    assert "case number 87654321" in str(refusal(lambda: prepare(ledger, "run-2")))


def test_it_is_free_once_the_time_for_an_answer_is_over(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    now(IN_TIME)
    refusal(lambda: prepare(ledger, "run-2"))
    now(TOO_LATE)
    prepare(ledger, "run-2")


def test_the_time_is_what_the_person_sets(ledger: Ledger, now: Now, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AUTOFILL_REPLY_DAYS", "10")
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    now(TOO_LATE)

    assert "until 2031-06-16" in str(refusal(lambda: prepare(ledger, "run-2")))


@pytest.mark.parametrize("state", State)
def test_what_was_not_sent_or_was_refused_is_in_nobodys_way(ledger: Ledger, now: Now, state: State) -> None:
    bring(ledger, "run-1", state)

    if state in BLOCKING:
        refusal(lambda: prepare(ledger, "run-2"))
    else:
        prepare(ledger, "run-2")


@pytest.mark.parametrize("state", sorted(IN_PROGRESS))
def test_of_two_at_once_the_second_waits_whatever_it_says(ledger: Ledger, now: Now, state: State) -> None:
    bring(ledger, "run-1", state)

    said = refusal(lambda: prepare(ledger, "run-2", because="a reason"))

    assert str(said) == "Run run-1 is working on another inquiry about the same item. Nothing more was sent."
    assert said.hint == "Wait for that run to end."


def test_it_is_sent_on_purpose_with_a_reason_and_is_a_case_of_its_own(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    prepare(ledger, "run-2", because="the refund is another matter")

    assert ledger.row("run-2").because == "the refund is another matter"
    assert ledger.cases.case("run-2").case_id == "run-2"


def test_a_follow_up_that_quotes_the_case_goes_through_and_counts_as_sent(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    prepare(ledger, "run-2", quotes="12345678")

    assert ledger.cases.case("12345678").runs[-1].run_id == "run-2"
    assert "run-2" in str(refusal(lambda: prepare(ledger, "run-3")))


def test_another_item_no_item_and_another_space_are_free(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    prepare(ledger, "run-2", item=("another",))
    prepare(ledger, "run-3", item=())
    prepare(ledger, "run-4", item=())
    prepare(ledger, "run-5", space="live")


def test_it_is_known_by_every_name_that_it_ever_had(ledger: Ledger, now: Now) -> None:
    """Under the salt of a ledger that was taken over, and by older rules."""
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    refusal(lambda: prepare(ledger, "run-2", item=("today's", "item")))


def test_the_same_inquiry_is_named_before_another_about_its_item(ledger: Ledger, now: Now) -> None:
    bring(ledger, "run-1", State.CONFIRMED, "12345678")

    with pytest.raises(AlreadySent, match="has this inquiry") as refused:
        ledger.prepare("run-2", "run-1", item_keys=("item",), space="practice", form=FORM)

    assert not isinstance(refused.value, SameItem)

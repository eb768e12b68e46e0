"""The results of submissions with faults of the reply. No browser here."""

from __future__ import annotations

import pytest

from autofill.replica.desk import Desk
from autofill.replica.faults.table import parse_fault
from autofill.replica.sites.wizard.submission import SubmissionResult, submit


def told(desk: Desk, answers: dict[str, str], *faults: str) -> SubmissionResult:
    return submit(desk, answers, [], [parse_fault(fault) for fault in faults])


def filed(desk: Desk) -> list[str | None]:
    return [submission.case_number for submission in desk.records.submissions()]


def test_without_a_fault_the_number_is_told(answers: dict[str, str]) -> None:
    """Faults of other places change nothing."""
    desk = Desk()
    assert told(desk, answers, "hang", "tall") == tuple(filed(desk))


@pytest.mark.parametrize(("fault", "shown"), [("no-number", 0), ("two-numbers", 2), ("same-number-twice", 2)])
def test_a_confirmation_shows_other_numbers(answers: dict[str, str], fault: str, shown: int) -> None:
    """The inquiry is filed and confirmed by mail all the same."""
    desk = Desk()
    numbers = told(desk, answers, fault)
    assert isinstance(numbers, tuple)
    assert len(numbers) == shown
    assert len(set(numbers)) == (1 if fault == "same-number-twice" else shown)
    assert set(numbers) >= set(filed(desk)) or not shown
    assert len(desk.outbox()) == 1


@pytest.mark.parametrize(("fault", "added"), [("stale", 1), ("stale=before", 0)])
def test_a_stale_confirmation_belongs_to_the_submission_before(answers: dict[str, str], fault: str, added: int) -> None:
    """With nothing before it, the number belongs to nobody."""
    desk = Desk()
    stranger = told(desk, answers, fault)
    assert isinstance(stranger, tuple)
    assert not set(stranger) & set(filed(desk))
    earlier = told(desk, answers)
    before = len(filed(desk))
    assert told(desk, answers, fault) == earlier
    assert len(filed(desk)) == before + added


def test_a_refusal_names_the_field_that_was_asked_for(answers: dict[str, str]) -> None:
    """The inquiry is on record as not accepted, and no mail is sent."""
    desk = Desk()
    errors = told(desk, answers, "reject=ZIP Code")
    assert isinstance(errors, list)
    assert [(error.name, error.label) for error in errors] == [("postal_code", "ZIP Code")]
    assert filed(desk) == [None]
    assert desk.outbox() == []


def test_a_silent_refusal_leaves_no_trace(answers: dict[str, str]) -> None:
    """Nothing is said and nothing is kept."""
    desk = Desk()
    assert told(desk, answers, "reject-silently") is None
    assert filed(desk) == []


def test_complaints_come_before_a_wrong_confirmation(answers: dict[str, str]) -> None:
    """An inquiry that is no good is not confirmed with two numbers either."""
    assert isinstance(told(Desk(), answers | {"city": ""}, "two-numbers"), list)

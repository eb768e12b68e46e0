"""Every standing has its sentence, in which names and days are filled in."""

from __future__ import annotations

import pytest

from autofill.cases.model.case_messages import name_of, next_words, status_words, summary_words
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, NextStep
from autofill.cases.model.run_states import State
from tests.cases.case_makers import happened, stands

TWICE = (happened(Kind.FOLLOWED_UP, 7), happened(Kind.FOLLOWED_UP, 14))


@pytest.mark.parametrize(
    ("where", "step", "words"),
    [
        (stands(0), NextStep.WAIT, "2026-10-08"),
        (stands(1), NextStep.LOOK_FOR_CONFIRMATION, "spam folder"),
        (stands(7, happened(Kind.FOLLOWED_UP, 7, "new")), NextStep.SEND_LETTER, "autofill run --live FILE"),
        (stands(9), NextStep.FOLLOW_UP, "autofill followup 12345678"),
        (stands(40, *TWICE), NextStep.ESCALATE, "autofill followup 12345678"),
        (stands(9, happened(Kind.QUESTION, 1)), NextStep.ANSWER_THEM, "--message"),
        (stands(9, happened(Kind.ANSWERED, 1)), NextStep.DECIDE, "--mark resolved"),
        (stands(9, state=State.UNKNOWN, number=None), NextStep.RESOLVE_RUN, "autofill resolve run-1"),
        (stands(9, happened(Kind.CLOSED, 1)), NextStep.NOTHING, "Nothing"),
    ],
)
def test_the_next_step_is_a_sentence(where: CaseStatus, step: NextStep, words: str) -> None:
    assert where.step is step
    assert words in next_words(where)
    assert "{" not in next_words(where)


def test_a_case_goes_by_its_number_if_it_has_one() -> None:
    assert (name_of(stands(0)), name_of(stands(0, number=None))) == ("12345678", "run-1")


def test_the_status_says_how_late_it_is() -> None:
    """Due on Thursday the 8th; Monday the 12th is a holiday."""
    assert status_words(stands(1)) == "sent"
    assert status_words(stands(4)) == "overdue, 1 business day"
    assert status_words(stands(8)) == "overdue, 2 business days"


def test_a_summary_counts_and_tells_nothing() -> None:
    assert summary_words((stands(9), stands(0))) == "1 case is waiting for you."
    assert summary_words((stands(9), stands(9))) == "2 cases are waiting for you."

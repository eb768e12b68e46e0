"""The summary is a contract: its words, its numbers, and what they say about sending again."""

from __future__ import annotations

import json

import pytest

from autofill.errors import ExitCode
from autofill.events import Verdict
from autofill.evidence.keeping.summary import RunSummary, StepSummary, exit_code, retry_safe, submitted


@pytest.mark.parametrize(
    ("verdict", "sent", "code", "without_evidence"),
    [
        (Verdict.CONFIRMED, "yes", 0, 81),
        (Verdict.CONFIRMED_NO_CASE, "yes", 83, 83),
        (Verdict.REJECTED, "no", 82, 82),
        (Verdict.UNKNOWN, "unknown", 80, 80),
        (Verdict.NOT_SUBMITTED, "no", 0, 81),
    ],
)
def test_each_verdict_has_its_answer_and_exit_code(
    verdict: Verdict, sent: str, code: int, without_evidence: int
) -> None:
    """Missing evidence changes the code only where it would be 0: the outcome is worth more."""
    assert submitted(verdict) == sent
    assert exit_code(verdict, evidence_complete=True) == code
    assert exit_code(verdict, evidence_complete=False) == without_evidence


@pytest.mark.parametrize("code", ExitCode)
def test_the_exit_code_alone_says_whether_to_send_again(code: ExitCode) -> None:
    """64-79, 130 and 143: certainly not submitted. All others: not by themselves."""
    assert retry_safe(code) is (64 <= code <= 79 or code in {130, 143})


def test_the_json_has_the_contract_s_fields() -> None:
    """In its first version; later ones add to them."""
    step = StepSummary(n=1, name="Open", screenshot="data/steps/0001-open.png", ms=12)
    summary = RunSummary(profile="p.yaml", form="f", target="replica", exit_code=ExitCode.TRY_LATER, steps=(step,))
    told = json.loads(summary.model_dump_json())
    contract = """schema run_id profile form target verdict submitted case_number retry_safe exit_code recording sealed
      steps faults next"""
    assert list(told)[: len(contract.split())] == contract.split()
    assert (told["schema"], told["exit_code"], told["verdict"]) == ("autofill.run/1", 75, "not-submitted")
    assert told["steps"] == [{"n": 1, "name": "Open", "screenshot": "data/steps/0001-open.png", "ms": 12}]


def test_what_was_told_can_be_read_again() -> None:
    """The gallery reads run.json with the same model."""
    summary = RunSummary(profile="p.yaml", form="f", target="live", exit_code=0, verdict=Verdict.CONFIRMED)
    assert RunSummary.model_validate_json(summary.model_dump_json()) == summary

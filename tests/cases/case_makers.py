"""What tests of letters and calendars share: an inquiry, a case and its standing. Nothing here asserts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from autofill.cases.model.case_records import Case, CaseEvent, Sending
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, case_status
from autofill.cases.model.deadlines import Rules
from autofill.cases.model.run_states import State
from autofill.inquiry.models import Inquiry

SENT = datetime(2026, 10, 5, 16, tzinfo=UTC)
INQUIRY = Inquiry.model_validate_json(
    """{"topic": "missing-package", "sub_topic": "not-received", "subject": "Books not received",
    "contact": {"first_name": "Maria", "last_name": "O'Brien", "email": "maria@example.com"},
    "item": {"tracking_number": "9400111202555830001010"}, "message": "Where are they?", "certify_true": "yes",
    "translation": "어디에 있나요?", "attachments": ["receipt.pdf"], "problem_date": "2026-10-04"}"""
)


def happened(kind: Kind, days: int, detail: str | None = None, number: str | None = None) -> CaseEvent:
    """Something so many days after the case was sent."""
    return CaseEvent(kind, SENT + timedelta(days=days), detail, number)


def stands(
    days: int, *events: CaseEvent, number: str | None = "12345678", state: State = State.CONFIRMED
) -> CaseStatus:
    """Where a case stands so many days after it was sent."""
    case = Case("run-1", "live", "a-form", (Sending("run-1", state, SENT, number),), events)
    return case_status(case, SENT + timedelta(days=days), Rules())

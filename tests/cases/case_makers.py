"""What tests of letters and calendars share: an inquiry, a case and its standing. Nothing here asserts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from autofill.cases.model.case_records import Case, CaseEvent, Sending
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus, case_status
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import State
from autofill.evidence.keeping.inquiry_copy import InquiryCopy
from autofill.inquiry.fields import Fields

# Of an organisation with offices, holidays and steps of its own.
FORM = "usps-email-us"
DEADLINES = DeadlineBook().of(FORM)
SENT = datetime(2026, 10, 5, 16, tzinfo=UTC)
FIELDS: Fields = {
    "topic": "missing-package",
    "sub_topic": "not-received",
    "subject": "Books not received",
    "contact.first_name": "Maria",
    "contact.last_name": "O'Brien",
    "contact.email": "maria@example.com",
    "item.tracking_number": "9400111202555830001010",
    "message": "Where are they?",
    "certify_true": "yes",
    "attachments": ("receipt.pdf",),
    "problem_date": "2026-10-04",
}
INQUIRY = InquiryCopy(form="usps-email-us", fields=FIELDS)


def happened(kind: Kind, days: int, detail: str | None = None, number: str | None = None) -> CaseEvent:
    """Something so many days after the case was sent."""
    return CaseEvent(kind, SENT + timedelta(days=days), detail, number)


def stands(
    days: int, *events: CaseEvent, number: str | None = "12345678", state: State = State.CONFIRMED
) -> CaseStatus:
    """Where a case stands so many days after it was sent."""
    case = Case("run-1", "live", FORM, (Sending("run-1", state, SENT, number),), events)
    return case_status(case, SENT + timedelta(days=days), DEADLINES)

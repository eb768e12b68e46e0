"""Open cases as a calendar that people can subscribe to (RFC 5545): one whole-day event each, on the day it is due.

No personal value may be in it: a calendar is read by servers and shown on screens.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from icalendar import Calendar
from icalendar import Event as Entry

from autofill import __version__
from autofill.cases.model.case_messages import name_of, next_words, status_words
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.deadlines import DeadlineBook
from autofill.language import _


def as_calendar(statuses: Iterable[CaseStatus], now: datetime, book: DeadlineBook) -> bytes:
    """The calendar. What waits for the person stands on today, until it is done."""
    calendar = Calendar()
    calendar.add("PRODID", f"-//autofill//{__version__}//EN")
    calendar.add("VERSION", "2.0")
    calendar.add("X-WR-CALNAME", _("Cases"))
    for case_status in statuses:
        if case_status.due or case_status.is_due:
            today = book.of(case_status.case.form).calendar.day_of(now)
            entry = Entry()
            # The same for as long as the case lasts, so that a calendar moves the entry instead of adding another.
            entry.add("UID", f"{case_status.case.case_id}@autofill.invalid")
            entry.add("DTSTAMP", now)
            entry.add("DTSTART", today if case_status.is_due else case_status.due)
            entry.add("SUMMARY", f"{name_of(case_status)}: {status_words(case_status)}")
            entry.add("DESCRIPTION", next_words(case_status))
            entry.add("TRANSP", "TRANSPARENT")
            calendar.add_component(entry)
    return bytes(calendar.to_ical())

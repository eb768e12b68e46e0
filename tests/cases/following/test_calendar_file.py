"""The calendar has an entry for every open case, the same one as long as the case lasts, and nothing personal."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar, Component

from autofill.cases.following.calendar_file import as_calendar
from autofill.cases.model.case_states import Kind
from autofill.cases.model.case_status import CaseStatus
from autofill.cases.model.deadlines import DeadlineBook
from autofill.cases.model.run_states import State
from tests.cases.case_makers import SENT, happened, stands


def entries(days: int, *statuses: CaseStatus) -> list[Component]:
    raw = as_calendar(statuses, SENT + timedelta(days=days), DeadlineBook())
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(raw)
    assert (str(calendar["VERSION"]), str(calendar["PRODID"])[:11]) == ("2.0", "-//autofill")
    return list(calendar.walk("VEVENT"))


def test_what_is_awaited_stands_on_the_day_it_is_due() -> None:
    (entry,) = entries(1, stands(1))

    assert (str(entry["UID"]), entry.decoded("DTSTART")) == ("run-1@autofill.invalid", date(2026, 10, 8))
    assert str(entry["SUMMARY"]) == "12345678: sent"
    assert entry.decoded("DTSTAMP") == SENT + timedelta(days=1)


def test_what_waits_for_the_person_stands_on_today() -> None:
    late, asked, unsure = stands(20), stands(20, happened(Kind.QUESTION, 1)), stands(20, state=State.UNKNOWN)

    found = entries(20, late, asked, unsure)

    assert {entry.decoded("DTSTART") for entry in found} == {date(2026, 10, 25)}
    assert "followup 12345678" in str(found[0]["DESCRIPTION"])


def test_what_is_over_or_not_sent_yet_has_no_entry() -> None:
    assert entries(20, stands(20, happened(Kind.CLOSED, 1)), stands(20, state=State.FILLED)) == []

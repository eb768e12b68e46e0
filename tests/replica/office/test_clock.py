"""Spans of time as people write them, and the hours in which agents work."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from autofill.replica.office.clock import office_time, read_span


@pytest.mark.parametrize(
    ("text", "hours"), [("72h", 72), ("+72h", 72), ("3d", 72), ("1w", 168), ("90m", 1.5), ("1d12h", 36), ("0h", 0)]
)
def test_spans_are_read(text: str, hours: float) -> None:
    """With or without a plus, of one unit or of several."""
    assert read_span(text) == timedelta(hours=hours)


@pytest.mark.parametrize("text", ["", "72", "h", "-72h", "72 h", "1.5h", "72H", "1y", "9999999h", "٣h", "None"])
def test_what_is_no_span_is_refused(text: str) -> None:
    """Above all, time does not go back."""
    with pytest.raises(ValueError, match="such as 72h"):
        read_span(text)


@pytest.mark.parametrize(
    ("moment", "then"),
    [
        ("2026-11-23T13:00+00:00", "2026-11-23T13:00+00:00"),  # Monday 8:00 in New York
        ("2026-11-23T12:59+00:00", "2026-11-23T13:00+00:00"),  # a minute before
        ("2026-11-23T21:59+00:00", "2026-11-23T21:59+00:00"),  # 16:59
        ("2026-11-23T22:00+00:00", "2026-11-24T13:00+00:00"),  # 17:00, so tomorrow
        ("2026-11-24T04:30+00:00", "2026-11-24T13:00+00:00"),  # Tuesday in Greenwich, still Monday night there
        ("2026-11-20T22:00+00:00", "2026-11-23T13:00+00:00"),  # Friday 17:00
        ("2026-11-21T15:00+00:00", "2026-11-23T13:00+00:00"),  # Saturday
        ("2026-11-22T15:00+00:00", "2026-11-23T13:00+00:00"),  # Sunday
        ("2026-10-30T22:00+00:00", "2026-11-02T13:00+00:00"),  # Friday 18:00; clocks go back that Sunday
        ("2027-03-12T23:00+00:00", "2027-03-15T12:00+00:00"),  # Friday 18:00; clocks go forward that Sunday
    ],
)
def test_agents_work_on_weekdays_from_eight_to_five(moment: str, then: str) -> None:
    """In New York, whatever the desk's own machine thinks."""
    assert office_time(datetime.fromisoformat(moment)) == datetime.fromisoformat(then)

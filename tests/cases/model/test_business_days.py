"""Business days, each expected date worked out by hand on a calendar: holidays, weekends, year ends, time zones.

Weekdays to check by: 2026-10-05 Mon, 2026-07-04 Sat, 2026-11-26 Thu, 2026-12-25 Fri, 2027-06-19 Sat, 2027-07-04 Sun,
2027-12-25 Sat, 2028-01-01 Sat, 2028-02-29 Tue.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from autofill.cases.model.business_days import (
    WorkCalendar,
    add_business_days,
    business_days_between,
)

BOTH = WorkCalendar(ZoneInfo("America/New_York"), holidays="US")
OBSERVED = replace(BOTH, moved_holidays="observed")
ACTUAL = replace(BOTH, moved_holidays="actual")
SATURDAY = frozenset(range(6))
BOTH_SATURDAY = replace(BOTH, workdays=SATURDAY)
OBSERVED_SATURDAY = replace(OBSERVED, workdays=SATURDAY)
ACTUAL_SATURDAY = replace(ACTUAL, workdays=SATURDAY)
CLOSED = replace(BOTH, closed=frozenset({date(2026, 12, 24)}))
GENERAL = WorkCalendar()
HELSINKI = WorkCalendar(ZoneInfo("Europe/Helsinki"), SATURDAY, "FI")
MUNICH = WorkCalendar(ZoneInfo("Europe/Berlin"), SATURDAY, "DE-BY")
DUBAI = WorkCalendar(ZoneInfo("Asia/Dubai"), frozenset({6, 0, 1, 2, 3}))

ADDED = [
    # An ordinary week of October 2026, from Monday the 5th; the day itself never counts.
    (BOTH, "2026-10-05", 0, "2026-10-05"),
    (BOTH, "2026-10-10", 0, "2026-10-10"),  # no days after a Saturday is that Saturday
    (BOTH, "2026-10-05", 1, "2026-10-06"),
    (BOTH, "2026-10-05", 3, "2026-10-08"),
    (BOTH, "2026-10-06", 3, "2026-10-09"),
    (BOTH, "2026-10-19", 5, "2026-10-26"),  # a week from Monday to Monday
    (BOTH, "2026-10-16", 10, "2026-10-30"),  # two weeks from Friday to Friday
    # Columbus Day, Monday 2026-10-12.
    (BOTH, "2026-10-07", 3, "2026-10-13"),  # Thu, Fri, Tue
    (BOTH, "2026-10-08", 3, "2026-10-14"),
    (BOTH, "2026-10-09", 1, "2026-10-13"),
    (BOTH, "2026-10-09", 3, "2026-10-15"),
    (BOTH, "2026-10-10", 3, "2026-10-15"),  # sent on Saturday, Sunday or the holiday: as if on Friday
    (BOTH, "2026-10-11", 3, "2026-10-15"),
    (BOTH, "2026-10-12", 3, "2026-10-15"),
    (BOTH_SATURDAY, "2026-10-07", 3, "2026-10-10"),  # Thu, Fri, Sat
    (BOTH_SATURDAY, "2026-10-09", 3, "2026-10-14"),  # Sat, Tue, Wed: Sunday is never worked
    # Where nothing is known, no holiday counts.
    (GENERAL, "2026-10-09", 1, "2026-10-12"),
    # All Saints' Day in Finland is a Saturday, 2026-10-31; in Bavaria, Epiphany is Wednesday, 2027-01-06.
    (HELSINKI, "2026-10-09", 2, "2026-10-12"),  # Sat, Mon
    (HELSINKI, "2026-10-30", 1, "2026-11-02"),
    (MUNICH, "2027-01-05", 1, "2027-01-07"),
    (DUBAI, "2026-10-08", 2, "2026-10-12"),  # Sun, Mon
    # Veterans Day, Wednesday 2026-11-11.
    (BOTH, "2026-11-10", 1, "2026-11-12"),
    (BOTH, "2026-11-09", 3, "2026-11-13"),  # Tue, Thu, Fri
    # Thanksgiving, Thursday 2026-11-26; the Friday after it is worked.
    (BOTH, "2026-11-20", 3, "2026-11-25"),
    (BOTH, "2026-11-22", 3, "2026-11-25"),
    (BOTH, "2026-11-23", 3, "2026-11-27"),  # Tue, Wed, Fri
    (BOTH, "2026-11-24", 3, "2026-11-30"),  # Wed, Fri, Mon
    (BOTH, "2026-11-25", 1, "2026-11-27"),
    (BOTH, "2026-11-25", 3, "2026-12-01"),
    (BOTH, "2026-11-26", 1, "2026-11-27"),
    (BOTH, "2026-11-27", 1, "2026-11-30"),
    (BOTH, "2026-11-28", 1, "2026-11-30"),
    # Christmas 2026 and New Year 2027 are both Fridays: nothing is moved.
    (BOTH, "2026-12-23", 3, "2026-12-29"),  # Thu, Mon, Tue
    (BOTH, "2026-12-24", 1, "2026-12-28"),
    (BOTH, "2026-12-30", 3, "2027-01-05"),  # Thu, Mon, Tue
    (BOTH, "2026-12-31", 1, "2027-01-04"),
    (BOTH, "2026-12-22", 7, "2027-01-04"),  # 23, 24, 28, 29, 30, 31, 4
    (CLOSED, "2026-12-23", 1, "2026-12-28"),  # the 24th is off as well
    # Mondays in 2027: Martin Luther King, Washington, Memorial Day, Labor Day.
    (BOTH, "2027-01-15", 1, "2027-01-19"),
    (BOTH, "2027-02-11", 2, "2027-02-16"),  # Fri, Tue
    (BOTH, "2027-05-28", 1, "2027-06-01"),
    (BOTH, "2027-09-03", 2, "2027-09-08"),
    # Juneteenth 2026 is a Friday.
    (BOTH, "2026-06-18", 1, "2026-06-22"),
    # Independence Day 2026 is a Saturday, moved to Friday the 3rd for most and not for all of the Postal Service.
    (BOTH, "2026-07-01", 3, "2026-07-07"),  # Thu, Mon, Tue
    (OBSERVED, "2026-07-01", 3, "2026-07-07"),
    (ACTUAL, "2026-07-01", 3, "2026-07-06"),  # Thu, Fri, Mon
    (BOTH, "2026-07-02", 1, "2026-07-06"),
    (ACTUAL, "2026-07-02", 1, "2026-07-03"),
    (BOTH_SATURDAY, "2026-07-02", 1, "2026-07-06"),  # Friday and Saturday are both off
    (OBSERVED_SATURDAY, "2026-07-02", 1, "2026-07-04"),  # the holiday was had on Friday
    (OBSERVED_SATURDAY, "2026-07-02", 2, "2026-07-06"),
    (ACTUAL_SATURDAY, "2026-07-02", 1, "2026-07-03"),
    (ACTUAL_SATURDAY, "2026-07-02", 2, "2026-07-06"),  # Fri, Mon
    # Juneteenth 2027 is a Saturday, observed on Friday the 18th.
    (BOTH, "2027-06-17", 1, "2027-06-21"),
    (OBSERVED, "2027-06-17", 1, "2027-06-21"),
    (ACTUAL, "2027-06-17", 1, "2027-06-18"),
    (BOTH, "2027-06-16", 3, "2027-06-22"),  # Thu, Mon, Tue
    (ACTUAL, "2027-06-16", 3, "2027-06-21"),
    (OBSERVED_SATURDAY, "2027-06-17", 1, "2027-06-19"),
    (ACTUAL_SATURDAY, "2027-06-17", 2, "2027-06-21"),
    # Independence Day 2027 is a Sunday, observed on Monday the 5th.
    (BOTH, "2027-07-02", 1, "2027-07-06"),
    (OBSERVED, "2027-07-02", 1, "2027-07-06"),
    (ACTUAL, "2027-07-02", 1, "2027-07-05"),
    (BOTH_SATURDAY, "2027-07-02", 1, "2027-07-03"),
    (BOTH_SATURDAY, "2027-07-02", 2, "2027-07-06"),
    (ACTUAL_SATURDAY, "2027-07-02", 2, "2027-07-05"),
    # Christmas 2027 and New Year 2028 are Saturdays: the Fridays before are off, the second one in the old year.
    (BOTH, "2027-12-23", 1, "2027-12-27"),
    (ACTUAL, "2027-12-23", 1, "2027-12-24"),
    (BOTH, "2027-12-22", 7, "2028-01-04"),  # 23, 27, 28, 29, 30, 3, 4
    (BOTH, "2027-12-30", 1, "2028-01-03"),
    (ACTUAL, "2027-12-30", 1, "2027-12-31"),
    (BOTH, "2027-12-29", 3, "2028-01-04"),  # Thu, Mon, Tue
    (ACTUAL, "2027-12-29", 3, "2028-01-03"),
    (BOTH_SATURDAY, "2027-12-30", 1, "2028-01-03"),
    (OBSERVED_SATURDAY, "2027-12-30", 1, "2028-01-01"),
    (BOTH, "2021-12-30", 1, "2022-01-03"),  # the same six years before
    # Veterans Day 2028 is a Saturday, observed on Friday the 10th.
    (BOTH, "2028-11-09", 1, "2028-11-13"),
    (ACTUAL, "2028-11-09", 1, "2028-11-10"),
    # A leap day is a day, and missing in other years.
    (BOTH, "2028-02-28", 1, "2028-02-29"),
    (BOTH, "2028-02-28", 2, "2028-03-01"),
    (BOTH, "2028-02-25", 2, "2028-02-29"),
    (BOTH, "2028-02-18", 1, "2028-02-22"),  # over Washington's Birthday, Monday the 21st
    (BOTH, "2027-02-26", 1, "2027-03-01"),
]


@pytest.mark.parametrize(("calendar", "start", "days", "expected"), ADDED)
def test_a_deadline_is_the_last_of_so_many_business_days(
    calendar: WorkCalendar, start: str, days: int, expected: str
) -> None:
    assert add_business_days(date.fromisoformat(start), days, calendar) == date.fromisoformat(expected)


@pytest.mark.parametrize(("calendar", "start", "days", "expected"), ADDED)
def test_counting_goes_back_the_same_way(calendar: WorkCalendar, start: str, days: int, expected: str) -> None:
    assert business_days_between(date.fromisoformat(start), date.fromisoformat(expected), calendar) == days


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-10-06T03:59+00:00", "2026-10-06"),  # 23:59 on Monday in Washington, four hours behind
        ("2026-10-06T04:00+00:00", "2026-10-07"),  # Tuesday has begun there
        ("2026-12-01T04:59+00:00", "2026-12-01"),  # in winter it is five hours
        ("2026-12-01T05:00+00:00", "2026-12-02"),
        ("2026-10-06T09:00+09:00", "2026-10-06"),  # Tuesday morning in Seoul is Monday evening there
        ("2026-10-17T02:00+00:00", "2026-10-19"),  # Saturday for us, Friday there; Monday either way
        ("2026-11-01T03:30+00:00", "2026-11-02"),  # Saturday 23:30, before the clock goes back
        ("2026-11-02T04:30+00:00", "2026-11-02"),  # Sunday 23:30 by the clock that went back that morning
        ("2027-03-15T03:30+00:00", "2027-03-15"),  # Sunday 23:30 by the clock that went forward that morning
        ("2027-03-15T04:00+00:00", "2027-03-16"),  # Monday 0:00
        ("2026-07-03T03:00+00:00", "2026-07-06"),  # Thursday 23:00 before the long weekend
    ],
)
def test_a_moment_lies_in_the_organisations_day(moment: str, expected: str) -> None:
    assert add_business_days(datetime.fromisoformat(moment), 1, BOTH) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("day", "over"),
    [
        ("2026-10-05", datetime(2026, 10, 6, 4, tzinfo=UTC)),
        ("2026-10-31", datetime(2026, 11, 1, 4, tzinfo=UTC)),
        ("2026-11-01", datetime(2026, 11, 2, 5, tzinfo=UTC)),  # a day of 25 hours
        ("2027-03-13", datetime(2027, 3, 14, 5, tzinfo=UTC)),
        ("2027-03-14", datetime(2027, 3, 15, 4, tzinfo=UTC)),  # a day of 23 hours
    ],
)
def test_a_day_is_over_at_midnight_there(day: str, over: datetime) -> None:
    assert BOTH.end_of(date.fromisoformat(day)) == over
    assert BOTH.end_of(date.fromisoformat(day)).tzinfo is UTC


@pytest.mark.parametrize(
    ("calendar", "start", "end", "count"),
    [
        (BOTH, "2026-10-05", "2026-10-05", 0),
        (BOTH, "2026-10-10", "2026-10-11", 0),  # a weekend
        (BOTH, "2026-10-09", "2026-10-12", 0),  # a weekend and a holiday
        (BOTH, "2026-10-09", "2026-10-05", 0),  # the wrong way round
        (BOTH, "2026-10-03", "2026-10-11", 5),  # a week from weekend to weekend
        (BOTH, "2026-07-01", "2026-07-07", 3),
        (ACTUAL, "2026-07-01", "2026-07-07", 4),
        (BOTH, "2025-12-31", "2026-12-31", 250),  # 261 weekdays, 11 holidays on weekdays by rule or by being moved
    ],
)
def test_business_days_are_counted_after_the_first_and_up_to_the_last(
    calendar: WorkCalendar, start: str, end: str, count: int
) -> None:
    assert business_days_between(date.fromisoformat(start), date.fromisoformat(end), calendar) == count


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        add_business_days(datetime(2026, 10, 5, 12), 1, BOTH)  # noqa: DTZ001 - that is the point

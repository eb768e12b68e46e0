"""Business days: on which days an organisation works, and deadlines counted in them. Pure.

No clock is read here, and nothing of cases or of any single organisation may be known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from autofill.organisations.model import MovedHolidays

if TYPE_CHECKING:
    from holidays import HolidayBase

_UTC: Final = ZoneInfo("UTC")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """The days an organisation works.

    Attributes:
        zone: Where the organisation's days begin and end.
        workdays: The days of the week that are worked, from 0, which is Monday.
        holidays: The country, or part of one, whose public holidays are off, such as DE or DE-BY; None if none are.
        moved_holidays: Which day is off when a holiday on a weekend is moved: `both`, the `observed` one, or the
            `actual` one.
        closed: Further days off.
    """

    zone: ZoneInfo = _UTC
    workdays: frozenset[int] = frozenset(range(5))
    holidays: str | None = None
    moved_holidays: MovedHolidays = "both"
    closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether it is a business day."""
        return day.weekday() in self.workdays and not self.is_off(day)

    def is_off(self, day: date) -> bool:
        """Whether it is a holiday, or another day off."""
        # A holiday on a weekend has been moved: where only the observed day counts, its own day is like any other.
        moved = day.weekday() >= 5 and self.moved_holidays == "observed"
        days_off = _days_off(self.holidays, observed=self.moved_holidays != "actual") if self.holidays else ()
        return day in self.closed or (not moved and day in days_off)

    def day_of(self, moment: date) -> date:
        """The organisation's day in which a moment lies; a day without a time is one already.

        Raises:
            ValueError: The moment has no time zone.
        """
        if not isinstance(moment, datetime):
            return moment
        if moment.tzinfo is None:
            raise ValueError("a moment without a time zone lies in no day")
        return moment.astimezone(self.zone).date()

    def end_of(self, day: date) -> datetime:
        """The first moment, in UTC, at which a day of the organisation is over."""
        return datetime.combine(day + _DAY, time.min, self.zone).astimezone(UTC)


def add_business_days(start: date, days: int, calendar: WorkCalendar) -> date:
    """The last of so many business days after `start`, whose own day does not count.

    Args:
        start: A day, or a moment with a time zone.
        days: How many; with none, the day of `start`.
        calendar: The organisation's.
    """
    day = calendar.day_of(start)
    while days > 0:
        day += _DAY
        days -= calendar.is_open(day)
    return day


def business_days_between(start: date, end: date, calendar: WorkCalendar) -> int:
    """How many business days lie after the day of `start`, up to and including that of `end`; none if it is earlier."""
    first, last = calendar.day_of(start), calendar.day_of(end)
    return sum(calendar.is_open(first + _DAY * number) for number in range(1, (last - first).days + 1))


@cache
def _days_off(place: str, *, observed: bool) -> HolidayBase:
    """The holidays, year by year as they are asked for; with `observed`, both days of one that is moved."""
    from holidays import country_holidays  # noqa: PLC0415 - a run needs the ledger, and no holidays

    country, _dash, part = place.partition("-")
    return country_holidays(country, subdiv=part or None, observed=observed)

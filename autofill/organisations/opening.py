"""The opening of an office: whether somebody is there now, and when that changes. Pure but for the words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from autofill.clock import in_local
from autofill.language import _
from autofill.organisations.model import WEEKDAYS, Office, OpeningHours

# Whoever is not open within three weeks, holidays or not, never is.
_DAYS: Final = 22


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether an office is open, and until when it stays so, in UTC."""

    is_open: bool
    until: datetime

    @property
    def words(self) -> str:
        """The same for people, in their language and by their clock."""
        if self.is_open:
            return _("Open now, until {time} your time").format(time=in_local(self.until))
        return _("Closed now, opens {time} your time").format(time=in_local(self.until))


def opening_of(office: Office, now: datetime, is_off: Callable[[date], bool] = lambda _day: False) -> Opening | None:
    """The opening of an office at a moment; None if its hours are not known. When a day `is_off`, nobody comes."""
    if not office.open:
        return None
    zone = ZoneInfo(office.timezone)
    today = now.astimezone(zone).date()
    # One that is open over midnight began yesterday.
    days = (today + timedelta(days=ahead) for ahead in range(-1, _DAYS))
    spans = sorted(span for day in days if not is_off(day) for span in _spans(office, day, zone))
    for begins, ends in spans:
        if now < begins:
            return Opening(is_open=False, until=begins)
        if now < ends:
            return Opening(is_open=True, until=ends)
    return None


def _spans(office: Office, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    for hours in office.open:
        if WEEKDAYS[day.weekday()] in hours.days:
            yield _at(day, hours.opens, zone), _at(day + timedelta(days=_is_over_midnight(hours)), hours.closes, zone)


def _is_over_midnight(hours: OpeningHours) -> bool:
    return hours.closes <= hours.opens


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), zone).astimezone(UTC)

"""Spans of time as people write them (`72h`), and the office hours of the agents."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final

_UNITS: Final = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_SPAN: Final = re.compile(r"\+?((?:[0-9]{1,6}[wdhm])+)")
_EASTERN: Final = "America/New_York"
_OPENS, _CLOSES = time(8), time(17)
_SATURDAY: Final = 5


def read_span(text: str) -> timedelta:
    """The span of time in a text such as `72h`, `+3d` or `1d12h`; units are w, d, h and m.

    Raises:
        ValueError: It is not one.
    """
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise ValueError("a span of time is a number with w, d, h or m, such as 72h or 1d12h")
    parts = re.findall(r"([0-9]+)([wdhm])", found[1])
    return sum((timedelta(**{_UNITS[unit]: int(number)}) for number, unit in parts), timedelta())


def office_time(moment: datetime) -> datetime:
    """The moment itself if it lies in office hours, otherwise the start of the next ones.

    Office hours are Monday to Friday, 8 to 17 in the eastern United States; holidays are not considered.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - nobody waits for it while a practice run starts

    there = moment.astimezone(ZoneInfo(_EASTERN))
    if there.time() >= _CLOSES:
        there = datetime.combine(there.date() + timedelta(days=1), _OPENS, there.tzinfo)
    while there.weekday() >= _SATURDAY:
        there = datetime.combine(there.date() + timedelta(days=1), _OPENS, there.tzinfo)
    opening = datetime.combine(there.date(), _OPENS, there.tzinfo)
    return max(there, opening).astimezone(UTC)

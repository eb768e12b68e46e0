"""Days as forms write them. Pure."""

from __future__ import annotations

import re
from datetime import date

DAY_PART = re.compile(r"YYYY|YY|MMMM|MMM|MM|M|DD|D")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def is_date_format(style: str) -> bool:
    """Whether a day, a month and a year stand in it, once each, with no other letters between them."""
    parts = sorted(part[0] for part in DAY_PART.findall(style))
    return parts == ["D", "M", "Y"] and not re.search(r"[A-Za-z0-9]", DAY_PART.sub("", style))


def written_date(day: date, style: str) -> str:
    """A date as the form writes it; month names are English whatever the machine's language."""
    month = _MONTHS[day.month - 1]
    parts = {
        "YYYY": f"{day.year:04}", "YY": f"{day.year % 100:02}", "MMMM": month, "MMM": month[:3],
        "MM": f"{day.month:02}", "M": str(day.month), "DD": f"{day.day:02}", "D": str(day.day),
    }  # fmt: skip
    return DAY_PART.sub(lambda part: parts[part[0]], style)

"""When a claim, a refund or a search can be asked for: days after mailing, and business days. Pure.

Domestic Mail Manual 609 itself was not readable: the days come from public copies of its table.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, TypeAlias

from autofill.organisations.common.text import Reading

# Sources: uspstrackingpoint.com/usps-domestic-claims; for Ground Advantage and Express muzzleloadingforum.com, post
# 2771562, which says "after 7 days" for Registered Mail; the table's 15 are kept. A year is 365 days.
_MILITARY_STATES: Final = frozenset({"AA", "AE", "AP"})
_INSURED_CLASSES: Final = frozenset({"priority-mail", "priority-mail-express", "ground-advantage"})
_INSURED_SERVICES: Final = frozenset({"insured-mail", "registered-mail", "collect-on-delivery"})
Phase: TypeAlias = Literal["early", "open", "late"]


@dataclass(frozen=True, slots=True)
class Window:
    """The days on which something can be asked for, both included."""

    first: date
    last: date

    def phase(self, today: date) -> Phase:
        """Whether they are still to come, are now, or are over."""
        if today < self.first:
            return "early"
        return "open" if today <= self.last else "late"


def claim_window(reading: Reading, *, damaged: bool) -> Window | None:
    """When a claim for a domestic item can be filed, or None when it is not insured or its mailing date is not known.

    Priority Mail and Ground Advantage count as insured; `damaged` are also items that arrived with contents missing.
    """
    service, mail_class = reading.get("item.service"), reading.get("item.mail_class")
    mailed = reading.day("item.mailing_date")
    if mailed is None or not (service in _INSURED_SERVICES or mail_class in _INSURED_CLASSES):
        return None
    if damaged:
        return _window(mailed, 0, 60)  # of any service, and wherever it goes
    express = mail_class == "priority-mail-express"
    if any(_is_military(reading, side) for side in ("sender", "recipient")):
        first, last = (21, 180) if express else (45, 365)
    else:
        first, last = (7 if express and service != "collect-on-delivery" else 15), 60
    return _window(mailed, first, last)


def refund_window(reading: Reading) -> Window | None:
    """When postage for a late Express item can be refunded, or None for other items, or without a mailing date.

    Source: support.ordoro.com (2 to 30 days, with extra services 10 to 30; international within 90).
    """
    mailed, mail_class = reading.day("item.mailing_date"), reading.get("item.mail_class")
    if mailed is None:
        return None
    if mail_class == "priority-mail-express-international":
        return _window(mailed, 0, 90)
    if mail_class == "priority-mail-express":
        return _window(mailed, 10 if reading.get("item.service") else 2, 30)
    return None


def weekdays_after(day: date, count: int) -> date:
    """The day that lies so many weekdays after another; holidays count as weekdays, so it may be early by those."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _window(mailed: date, first: int, last: int) -> Window:
    return Window(mailed + timedelta(days=first), mailed + timedelta(days=last))


def _is_military(reading: Reading, side: str) -> bool:
    address = f"item.{side}_address"
    return reading.get(f"{address}.country") == "US" and reading.get(f"{address}.state") in _MILITARY_STATES

"""The rules that deadlines follow, as the environment sets them, and nothing else.

No case may be known here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import get_args

from autofill.cases.model.business_days import Holidays, WorkCalendar
from autofill.errors import Misconfigured
from autofill.language import _


@dataclass(frozen=True, slots=True)
class Rules:
    """What is expected of the organisation.

    Attributes:
        calendar: When it works.
        reply_days: Business days that an answer may take; twice as many, and it is very overdue.
        acknowledged_within: How soon a confirmation mail comes as a rule.
        patience: After so many follow-ups without an answer, the next step is another channel.
    """

    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    reply_days: int = 3
    acknowledged_within: timedelta = timedelta(hours=1)
    patience: int = 2


def rules_of(environment: Mapping[str, str] = os.environ) -> Rules:
    """The rules as set: AUTOFILL_REPLY_DAYS, AUTOFILL_HOLIDAYS, AUTOFILL_SATURDAY and AUTOFILL_DAYS_OFF.

    Raises:
        Misconfigured: One of them cannot be read.
    """
    holidays = environment.get("AUTOFILL_HOLIDAYS") or "both"
    if holidays not in get_args(Holidays):
        raise _unreadable("AUTOFILL_HOLIDAYS", "both, observed, actual")
    saturday = environment.get("AUTOFILL_SATURDAY") or "off"
    if saturday not in {"on", "off"}:
        raise _unreadable("AUTOFILL_SATURDAY", "on, off")
    days = environment.get("AUTOFILL_REPLY_DAYS") or "3"
    if not (days.isascii() and days.isdecimal() and 1 <= int(days) <= 366):
        raise _unreadable("AUTOFILL_REPLY_DAYS", "3")
    try:
        closed = frozenset(map(date.fromisoformat, environment.get("AUTOFILL_DAYS_OFF", "").replace(",", " ").split()))
    except ValueError:
        raise _unreadable("AUTOFILL_DAYS_OFF", "2026-12-24,2026-12-31") from None
    calendar = WorkCalendar(holidays, saturday == "on", closed)  # type: ignore[arg-type]  # looked up above
    return Rules(calendar, int(days))


def _unreadable(variable: str, example: str) -> Misconfigured:
    return Misconfigured(
        _("{variable} cannot be read.").format(variable=variable), hint=_("Such as: {example}").format(example=example)
    )

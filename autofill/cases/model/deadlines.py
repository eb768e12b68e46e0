"""Deadlines: what is expected of an organisation, by its own data and as the environment sets it.

No case may be known here.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import get_args
from zoneinfo import ZoneInfo

from autofill.cases.model.business_days import WorkCalendar
from autofill.cases.model.escalation import EscalationStep, escalation_of
from autofill.errors import Misconfigured
from autofill.language import _
from autofill.organisations.model import MovedHolidays, Weekday
from autofill.organisations.organisation import Organisation
from autofill.organisations.registry import organisation_of_form


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is expected of an organisation.

    Attributes:
        calendar: When it works.
        reply_days: Business days that an answer may take; twice as many, and it is very overdue.
        acknowledged_within: How soon a confirmation mail comes as a rule.
        follow_ups: After so many follow-ups without an answer, the next step is another channel.
        escalation: Those other channels.
    """

    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    reply_days: int = 3
    acknowledged_within: timedelta = timedelta(hours=1)
    follow_ups: int = 2
    escalation: tuple[EscalationStep, ...] = ()


@dataclass(frozen=True, slots=True)
class DeadlineBook:
    """The deadlines of every organisation, and what a person sets otherwise for all of them; None is as they say."""

    reply_days: int | None = None
    moved_holidays: MovedHolidays | None = None
    saturday: bool | None = None
    closed: frozenset[date] = frozenset()

    def of(self, form: str) -> Deadlines:
        """Those of the organisation that a form belongs to.

        Raises:
            InvalidFile: The organisation's data are wrong.
        """
        return _deadlines(self, organisation_of_form(form))


def deadline_book(environment: Mapping[str, str] = os.environ) -> DeadlineBook:
    """The deadlines with what AUTOFILL_REPLY_DAYS, AUTOFILL_HOLIDAYS, AUTOFILL_SATURDAY and AUTOFILL_DAYS_OFF set.

    Raises:
        Misconfigured: One of them cannot be read.
    """
    holidays = environment.get("AUTOFILL_HOLIDAYS") or None
    if holidays not in {None, *get_args(MovedHolidays)}:
        raise _unreadable("AUTOFILL_HOLIDAYS", "both, observed, actual")
    saturday = environment.get("AUTOFILL_SATURDAY") or None
    if saturday not in {None, "on", "off"}:
        raise _unreadable("AUTOFILL_SATURDAY", "on, off")
    days = environment.get("AUTOFILL_REPLY_DAYS") or None
    if days and not (days.isascii() and days.isdecimal() and 1 <= int(days) <= 366):
        raise _unreadable("AUTOFILL_REPLY_DAYS", "3")
    try:
        closed = frozenset(map(date.fromisoformat, environment.get("AUTOFILL_DAYS_OFF", "").replace(",", " ").split()))
    except ValueError:
        raise _unreadable("AUTOFILL_DAYS_OFF", "2026-12-24,2026-12-31") from None
    return DeadlineBook(
        reply_days=int(days) if days else None,
        moved_holidays=holidays,  # type: ignore[arg-type]  # looked up above
        saturday=None if saturday is None else saturday == "on",
        closed=closed,
    )


@cache
def _deadlines(book: DeadlineBook, organisation: Organisation) -> Deadlines:
    data = organisation.data
    rules, week = data.calendar, {*data.calendar.workdays}
    if book.saturday is not None:
        week = {*week, "sat"} if book.saturday else week - {"sat"} or week
    calendar = WorkCalendar(
        zone=ZoneInfo(rules.timezone),
        workdays=frozenset(map(get_args(Weekday).index, week)),
        holidays=rules.holidays,
        moved_holidays=book.moved_holidays or rules.moved_holidays,
        closed=book.closed.union(rules.closed),
    )
    return Deadlines(
        calendar=calendar,
        reply_days=book.reply_days or data.deadlines.reply_business_days,
        acknowledged_within=timedelta(minutes=data.deadlines.acknowledged_within_minutes),
        follow_ups=data.deadlines.follow_ups,
        escalation=escalation_of(data),
    )


def _unreadable(variable: str, example: str) -> Misconfigured:
    return Misconfigured(
        _("{variable} is not valid.").format(variable=variable), hint=_("Such as: {example}").format(example=example)
    )

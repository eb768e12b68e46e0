"""The rules of deadlines come from the environment, and what cannot be read is refused without being repeated."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from autofill.cases.model.business_days import WorkCalendar
from autofill.cases.model.deadlines import DeadlineBook, Deadlines, deadline_book
from autofill.errors import Misconfigured


def test_an_organisation_says_what_is_expected_of_it() -> None:
    """Of the Postal Service, the careful reading: of two days on which a holiday can be off, both are."""
    deadlines = deadline_book({}).of("usps-email-us")

    assert deadlines.calendar == WorkCalendar(ZoneInfo("America/New_York"), holidays="US")
    assert (deadlines.reply_days, deadlines.acknowledged_within, deadlines.follow_ups) == (3, timedelta(hours=1), 2)
    assert [step.name for step in deadlines.escalation] == ["phone", "consumer-contact", "regulator"]


def test_where_no_organisation_is_known_a_sound_default_holds() -> None:
    assert deadline_book({}).of("a-form") == Deadlines()


def test_a_person_can_set_it_otherwise_for_all_of_them() -> None:
    book = deadline_book(
        {
            "AUTOFILL_REPLY_DAYS": "5",
            "AUTOFILL_HOLIDAYS": "actual",
            "AUTOFILL_SATURDAY": "on",
            "AUTOFILL_DAYS_OFF": "2026-12-24, 2026-12-31",
        }
    )
    closed = frozenset({date(2026, 12, 24), date(2026, 12, 31)})

    for form, zone, country in (("usps-email-us", "America/New_York", "US"), ("a-form", "UTC", None)):
        deadlines = book.of(form)
        assert deadlines.reply_days == 5
        assert deadlines.calendar == WorkCalendar(ZoneInfo(zone), frozenset(range(6)), country, "actual", closed)


def test_saturdays_can_be_taken_off_too() -> None:
    assert deadline_book({"AUTOFILL_SATURDAY": "off"}) == DeadlineBook(saturday=False)
    assert DeadlineBook(saturday=False).of("a-form").calendar.workdays == frozenset(range(5))


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("AUTOFILL_REPLY_DAYS", "0"),
        ("AUTOFILL_REPLY_DAYS", "-3"),
        ("AUTOFILL_REPLY_DAYS", "three"),
        ("AUTOFILL_REPLY_DAYS", "٣"),
        ("AUTOFILL_REPLY_DAYS", "367"),
        ("AUTOFILL_HOLIDAYS", "none"),
        ("AUTOFILL_SATURDAY", "maybe"),
        ("AUTOFILL_DAYS_OFF", "24.12.2026"),
    ],
)
def test_a_rule_that_cannot_be_read_is_refused(variable: str, value: str) -> None:
    with pytest.raises(Misconfigured, match=variable) as refused:
        deadline_book({variable: value})

    assert refused.value.exit_code == 78
    assert value not in str(refused.value)

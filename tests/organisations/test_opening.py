"""Whether an office is open: by its own clock, over midnight, over a weekend, and when the clocks change."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from autofill.organisations import registry
from autofill.organisations.model import Office, OpeningHours
from autofill.organisations.opening import Opening, opening_of

OFFICE = Office(
    name="Care",
    open=(
        OpeningHours(days=("mon", "tue", "wed", "thu", "fri"), opens="08:00", closes="20:30"),
        OpeningHours(days=("sat",), opens="08:00", closes="18:00"),
    ),
    timezone="America/New_York",
)
NIGHTLY = Office(name="Chat", open=(OpeningHours(days=("mon", "sat"), opens="12:00", closes="00:31"),))


@pytest.mark.parametrize(
    ("office", "now", "is_open", "until"),
    [
        (OFFICE, "2026-11-27T08:00-05:00", True, "2026-11-27T20:30-05:00"),  # the first minute counts
        (OFFICE, "2026-11-27T20:30-05:00", False, "2026-11-28T08:00-05:00"),  # the last one is over
        (OFFICE, "2026-11-28T12:00-05:00", True, "2026-11-28T18:00-05:00"),
        (OFFICE, "2026-11-28T18:01-05:00", False, "2026-11-30T08:00-05:00"),  # over Sunday
        (OFFICE, "2026-11-30T21:00+09:00", False, "2026-11-30T08:00-05:00"),  # the caller is in Seoul
        (OFFICE, "2026-03-07T19:00-05:00", False, "2026-03-09T08:00-04:00"),  # summer time begins meanwhile
        (NIGHTLY, "2026-11-29T00:30+00:00", True, "2026-11-29T00:31+00:00"),  # Saturday's night
        (NIGHTLY, "2026-11-29T00:31+00:00", False, "2026-11-30T12:00+00:00"),
        (NIGHTLY, "2026-12-01T12:00+00:00", False, "2026-12-05T12:00+00:00"),
    ],
)
def test_an_office_is_open_by_its_own_clock(office: Office, now: str, is_open: bool, until: str) -> None:
    opening = opening_of(office, datetime.fromisoformat(now))

    assert opening is not None
    assert (opening.is_open, opening.until) == (is_open, datetime.fromisoformat(until))


def test_on_a_holiday_nobody_is_there_but_who_began_the_evening_before() -> None:
    def told(office: Office, now: str) -> Opening | None:
        return opening_of(office, datetime.fromisoformat(now), {date(2026, 11, 30)}.__contains__)

    assert told(OFFICE, "2026-11-30T12:00-05:00") == Opening(
        is_open=False, until=datetime.fromisoformat("2026-12-01T13:00Z")
    )
    late = NIGHTLY.model_copy(update={"open": (NIGHTLY.open[0].model_copy(update={"days": ("sun", "mon")}),)})
    assert told(late, "2026-11-30T00:30Z") == Opening(is_open=True, until=datetime.fromisoformat("2026-11-30T00:31Z"))
    assert opening_of(OFFICE, datetime.fromisoformat("2026-11-30T12:00-05:00"), lambda _day: True) is None


def test_hours_that_nobody_knows_say_nothing() -> None:
    assert (
        opening_of(Office(name="Post", hours="option 5, 8:00-16:30"), datetime.fromisoformat("2026-11-27T12Z")) is None
    )


@pytest.mark.parametrize("name", registry.built_in())
def test_what_opens_by_the_clock_says_so_in_words(name: str) -> None:
    for office in registry.organisation(name).data.offices.values():
        for each in office.open:
            for clock in (each.opens, each.closes):
                assert clock.lstrip("0") in office.hours.replace("00:31", "0:31")


def test_times_are_checked() -> None:
    for wrong in ("8:00", "24:00", "08:60", "0800"):
        with pytest.raises(ValueError, match="08:30"):
            OpeningHours(days=("mon",), opens=wrong, closes="20:00")

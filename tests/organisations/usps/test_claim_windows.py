"""Days counted from the mailing date, and weekdays; the windows themselves are tested with their rules."""

from __future__ import annotations

from datetime import date

import pytest

from autofill.organisations.common.text import Reading
from autofill.organisations.usps.claim_windows import Window, claim_window, refund_window, weekdays_after


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-11-20", 1, "2026-11-23"),
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-22", 1, "2026-11-23"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-12-24", 7, "2027-01-04"),
    ],
)
def test_weekdays(day: str, count: int, expected: str) -> None:
    """Saturdays and Sundays do not count; holidays do, which the advice says."""
    assert weekdays_after(date.fromisoformat(day), count).isoformat() == expected


def reading(**fields: str) -> Reading:
    return Reading({name.replace("__", "."): text for name, text in fields.items()}, date(2026, 11, 22))


def test_no_window_without_a_day_or_without_insurance() -> None:
    """Nothing is guessed."""
    mailed = "2026-10-05"
    assert claim_window(reading(item__mailing_date=mailed, item__mail_class="media-mail"), damaged=False) is None
    assert claim_window(reading(item__service="insured-mail"), damaged=True) is None
    assert refund_window(reading(item__mail_class="priority-mail-express")) is None
    assert refund_window(reading(item__mailing_date=mailed, item__mail_class="priority-mail")) is None


def test_damage_is_claimed_at_once_and_within_60_days_wherever_it_goes() -> None:
    """A base abroad has more time for what is lost, and not for what came damaged."""
    base = {"item__recipient_address__country": "US", "item__recipient_address__state": "AE"}
    for mail_class in ("priority-mail", "priority-mail-express"):
        item = reading(item__mailing_date="2026-10-05", item__mail_class=mail_class, **base)
        assert claim_window(item, damaged=True) == Window(date(2026, 10, 5), date(2026, 12, 4))
        assert claim_window(item, damaged=False) != claim_window(item, damaged=True)

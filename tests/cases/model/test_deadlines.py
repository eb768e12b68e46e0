"""The rules of deadlines come from the environment, and what cannot be read is refused without being repeated."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from autofill.cases.model.business_days import WorkCalendar
from autofill.cases.model.deadlines import Rules, rules_of
from autofill.errors import Misconfigured


def test_without_settings_the_careful_rules_hold() -> None:
    assert rules_of({}) == Rules(WorkCalendar("both", saturday=False), 3, timedelta(hours=1), 2)


def test_every_rule_can_be_set() -> None:
    rules = rules_of(
        {
            "AUTOFILL_REPLY_DAYS": "5",
            "AUTOFILL_HOLIDAYS": "actual",
            "AUTOFILL_SATURDAY": "on",
            "AUTOFILL_DAYS_OFF": "2026-12-24, 2026-12-31",
        }
    )

    closed = frozenset({date(2026, 12, 24), date(2026, 12, 31)})
    assert rules == Rules(WorkCalendar("actual", saturday=True, closed=closed), 5)


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
        rules_of({variable: value})

    assert refused.value.exit_code == 78
    assert value not in str(refused.value)

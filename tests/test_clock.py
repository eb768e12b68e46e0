"""The clock that can be moved, for rehearsals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autofill.clock import told_time
from autofill.errors import Misconfigured


def test_the_clock_is_the_computers() -> None:
    before = datetime.now(UTC)

    assert before <= told_time({}) <= datetime.now(UTC)


def test_the_clock_can_be_moved_for_a_rehearsal() -> None:
    assert told_time({"AUTOFILL_NOW": "2026-11-30T09:00-05:00"}) == datetime(2026, 11, 30, 14, tzinfo=UTC)


@pytest.mark.parametrize("moment", ["tomorrow", "2026-11-30", "2026-11-30T09:00"])
def test_a_clock_without_a_time_zone_is_refused(moment: str) -> None:
    with pytest.raises(Misconfigured, match="AUTOFILL_NOW"):
        told_time({"AUTOFILL_NOW": moment})

"""The clock that can be moved, for rehearsals."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from autofill.clock import case_now, in_utc, is_rehearsal, refuse_rehearsal
from autofill.errors import Misconfigured


def test_the_clock_is_the_computers() -> None:
    before = datetime.now(UTC)

    assert before <= case_now({}) <= datetime.now(UTC)


def test_the_clock_can_be_moved_for_a_rehearsal() -> None:
    assert case_now({"AUTOFILL_NOW": "2026-11-30T09:00-05:00"}) == datetime(2026, 11, 30, 14, tzinfo=UTC)


def test_a_moment_is_written_in_one_way() -> None:
    """One that has no place in the calendar of UTC, too, is written and stops nothing."""
    assert in_utc(datetime.fromisoformat("2026-11-22T19:08:24.5+01:00")) == "2026-11-22 18:08:24 UTC"
    for edge in ("0001-01-01 00:00:00+14:00", "9999-12-31 23:59:59-14:00"):
        assert in_utc(datetime.fromisoformat(edge)) == edge


@pytest.mark.parametrize("moment", ["tomorrow", "2026-11-30", "2026-11-30T09:00"])
def test_a_clock_without_a_time_zone_is_refused(moment: str) -> None:
    with pytest.raises(Misconfigured, match="AUTOFILL_NOW"):
        case_now({"AUTOFILL_NOW": moment})


def test_a_moved_clock_is_a_rehearsal_and_records_nothing_of_what_is_live() -> None:
    moved = {"AUTOFILL_NOW": "2026-11-30T09:00-05:00"}
    assert [is_rehearsal(moved), is_rehearsal({"AUTOFILL_NOW": ""}), is_rehearsal({})] == [True, False, False]

    refuse_rehearsal("live", {})
    refuse_rehearsal("practice", moved)
    with pytest.raises(Misconfigured, match="AUTOFILL_NOW") as refused:
        refuse_rehearsal("live", moved)
    assert "Unset AUTOFILL_NOW" in refused.value.hint

"""The clock that can be moved, for rehearsals."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from autofill import language
from autofill.clock import case_now, day_in_words, day_of_week, in_local, in_utc, is_rehearsal, refuse_rehearsal
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


@pytest.fixture
def new_year_in_seoul(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Asia/Seoul")
    monkeypatch.setenv("AUTOFILL_NOW", "2026-12-31T12:00Z")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()
    language.choose("en")


@pytest.mark.usefixtures("new_year_in_seoul")
@pytest.mark.parametrize(
    ("code", "day", "next_year", "one_of_few", "moment"),
    [
        ("en", "Wed 2 Dec", "Sat 1 May 2027", "Wed 2", "Wed 2 Dec, 09:05"),
        ("ko", "12월 2일 (수)", "2027년 5월 1일 (토)", "2일(수)", "12월 2일 (수) 09:05"),
        ("de", "Mi., 2. Dez.", "Sa., 1. Mai 2027", "Mi. 2.", "Mi., 2. Dez., 09:05"),
        ("id", "Rab, 2 Des", "Sab, 1 Mei 2027", "Rab 2", "Rab, 2 Des, 09.05"),
    ],
)
def test_days_and_times_are_written_as_the_language_writes_them(
    code: str, day: str, next_year: str, one_of_few: str, moment: str
) -> None:
    """The year is only there when it is another one."""
    language.choose(code)
    assert day_in_words(date(2026, 12, 2)) == day
    assert day_in_words(date(2027, 5, 1)) == next_year
    assert day_of_week(date(2026, 12, 2)) == one_of_few
    assert in_local(datetime(2026, 12, 2, 0, 5, tzinfo=UTC)) == moment
